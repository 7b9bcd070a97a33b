"""Whether everyone on call can be paged without Slack, and whether the mail server takes letters."""

import asyncio
import smtplib
from functools import partial

from bot.ops.check.finding import Finding, fail, good, listed, warn
from bot.policy.model import People, Person
from bot.settings import Settings

SECOND, MAIL = "Second way", "Mail server"
PATIENCE_S = 5.0
_MAILTO = "mailto:"


async def look_at_ways(people: People, settings: Settings) -> tuple[Finding, ...]:
    """Return how it stands with the second way of everyone on call, and with the mail server it may need."""
    on_call = {one.person for one in people.contacts.values() if one.person}
    persons = [person for key, person in people.persons.items() if key in on_call]
    by_mail = [person.name for person in persons if any(way.url.startswith(_MAILTO) for way in person.ways)]
    return (_second_ways(persons), *await _mail(settings, by_mail))


def _second_ways(persons: list[Person]) -> Finding:
    lacking = [one.name for one in persons if not one.outside]
    if lacking:
        found = f"{listed(lacking)} can only be paged in Slack."
        return fail(SECOND, found, "Give each of them an e-mail or apprise way in people.yaml, for when Slack is down.")
    return good(SECOND, f"all {len(persons)} who may be paged have one beside Slack.")


async def _mail(settings: Settings, by_mail: list[str]) -> tuple[Finding, ...]:
    """Return whether the mail server answers, nothing when nobody needs one and none is set."""
    if not settings.tocsin_smtp_host:
        if not by_mail:
            return ()
        found = f"there is none, and {listed(by_mail)} are paged by e-mail."
        return (fail(MAIL, found, "Set TOCSIN_SMTP_HOST and TOCSIN_SMTP_FROM."),)
    if "@" not in settings.tocsin_smtp_from:
        return (fail(MAIL, "no letter can be sent without a sender.", "Set TOCSIN_SMTP_FROM to an e-mail address."),)
    return (await asyncio.to_thread(partial(_greet, settings)),)


def _greet(settings: Settings) -> Finding:
    """Say EHLO to the mail server and hang up; nothing is sent, and no password is tried."""
    where = f"{settings.tocsin_smtp_host}:{settings.tocsin_smtp_port}"
    secured = settings.tocsin_smtp_tls
    kind = smtplib.SMTP_SSL if secured == "ssl" else smtplib.SMTP
    try:
        with kind(settings.tocsin_smtp_host, settings.tocsin_smtp_port, timeout=PATIENCE_S) as server:
            server.ehlo_or_helo_if_needed()
            lacks = secured == "starttls" and not server.has_extn("starttls")
    except (OSError, smtplib.SMTPException) as wrong:
        found = f"{where} does not answer ({type(wrong).__name__})."
        return fail(MAIL, found, "Correct TOCSIN_SMTP_HOST, _PORT and _TLS, or let this machine reach it.")
    if lacks:
        return fail(MAIL, f"{where} offers no STARTTLS.", "Set TOCSIN_SMTP_TLS to ssl, with the port for it.")
    if secured == "insecure" and settings.tocsin_smtp_password.get_secret_value():
        return warn(MAIL, f"{where} is sent the password in the clear.", "Set TOCSIN_SMTP_TLS to starttls or ssl.")
    return good(MAIL, f"{where} answers.")
