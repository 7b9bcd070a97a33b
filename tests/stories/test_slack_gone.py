"""Slack no longer knows us: whoever leads hears of it outside Slack, once a day."""

from tests.stories.company import Cast

GONE = "Tocsin cannot reach Slack: SEV-1 INC-1"


async def test_a_revoked_token_is_told_by_mail(company: Cast) -> None:
    """Noor commands a SEV-1 when the token is revoked: she and the escalation contact get one mail each."""

    await company.types("ada", "/incident declare sev1 Checkout returns 500s")
    await company.types("noor", "/incident 1 ack")
    company.sandbox.workspace.revoked = True
    await company.sandbox.advance("40m")
    mails = [one for one in company.mailbox.letters if one.subject == GONE]
    company.sandbox.workspace.revoked = False
    await company.sandbox.advance("5m")
    company.sandbox.workspace.violations.clear()  # calls with a revoked token are what is played here

    assert [("mia@example.com",), ("noor@example.com",)] == sorted(one.to for one in mails)
    assert (
        "Tocsin cannot reach Slack. SEV-1 INC-1 is open, Noor Haddad commands. "
        "This address reads no replies; call +49 30 23125 100."
    ) == " ".join(mails[0].text.split())
    assert [] == company.undone()


async def test_nobody_is_woken_for_what_can_wait(company: Cast) -> None:
    """A SEV-3 waits until Slack is back, and so does a test."""

    await company.types("ada", "/incident declare sev3 Search is slow")
    await company.types("ada", "/incident declare test sev1 Trying it out")
    company.sandbox.workspace.revoked = True
    await company.sandbox.advance("40m")
    company.sandbox.workspace.revoked = False
    await company.sandbox.advance("5m")
    company.sandbox.workspace.violations.clear()

    assert [] == [one.subject for one in company.mailbox.letters if "cannot reach Slack" in one.subject]
