"""The grammar of the slash: one line of text becomes a command, a form to open, help, or a refusal."""

from collections.abc import Callable
from dataclasses import replace

from bot.incident import commands as c
from bot.incident.decision import MIN_TITLE, word_count
from bot.incident.reacting.effects import Words
from bot.incident.reading.verbs import nearest
from bot.incident.refusing.refusals import Refused, no_such_severity, not_a_person, say_what, unknown_verb
from bot.words import Act, Severity
from handlers.declare_words import NAMELESS_TEST, read_alarm
from handlers.exception_words import read_exception
from handlers.handover_words import read_handover
from handlers.looking_words import read_list, read_summary, read_timeline
from handlers.oncall_words import read_follow, read_oncall, read_unfollow
from handlers.page_words import read_page
from handlers.parsed import Bare, Do, Govern, Help, Look, OnCall, OpenForm, Parsed, Roles, TestPage, Unclear
from handlers.policy_words import read_policy
from handlers.role_words import read_invite, read_join, read_role, read_roles
from handlers.seeing_words import read_access, read_classify
from handlers.severity_words import is_like_severity, severity_of
from handlers.time_words import read_times
from handlers.type_words import read_type
from handlers.typed import (
    bare,
    first_word,
    leading_number,
    leading_person,
    names_nobody,
    plain_words,
    quotable,
    read_correction,
    read_told,
)

LIKE_AN_ALARM = 3
"""So many words without a verb may be an alarm, and are one press from its form: `checkout is down`."""

SAY_WHAT = "Say in a few words what is broken; emoji are welcome after that."

_ALSO = {"acknowledge": "ack", "severity": "sev", "?": "help"}


def parse(text: str) -> Parsed:
    """Return what the text after `/incident` asks for, as Slack sends it with `should_escape` on.

    Never raises: whatever was typed gets an answer.
    """
    number, rest = leading_number(text)
    word, rest = first_word(rest)
    if not word:
        return Bare(number=number)
    verb = _verb(word)
    if verb is None:
        return _no_verb(word, rest, number)
    parsed = _READ[verb](rest)
    return parsed if isinstance(parsed, Bare | Help | Govern) else _about(parsed, number)


def _no_verb(word: str, rest: str, number: int | None) -> Parsed:
    """Return the refusal of a verb there is none of; where not a single letter was typed, the form to declare."""
    said = next((seen for seen in (quotable(word), quotable(first_word(rest)[0])) if word_count(seen)), None)
    if said is None:
        return _declare_form(plain_words(f"{word} {rest}"), None, because=SAY_WHAT)
    close, kept = nearest(said), plain_words(rest)
    alarm = read_alarm(f"{word} {rest}" if close is None else rest)
    is_alarm = close is None and (alarm.severity or len(alarm.title.split()) >= LIKE_AN_ALARM)
    means = Act.DECLARE if is_alarm else _MEANT.get(close or "")
    carries = alarm.words if means is Act.DECLARE else {"title": kept}
    back = plain_words(f"{word} {rest}") if is_alarm and not alarm.severity else kept
    refused = replace(unknown_verb(said, nearest=close, means=means, carries=carries), kept=back)
    return Unclear(verb=said, refused=refused, number=number)


def _about(parsed: Do | OpenForm | Look | Unclear | Roles | OnCall | TestPage, number: int | None) -> Parsed:
    return replace(parsed, number=number) if parsed.number is None else parsed


def _verb(word: str) -> str | None:
    typed = bare(word).casefold()
    typed = _ALSO.get(typed, typed)
    return typed if typed in _READ else None


def _declare(rest: str) -> Parsed:
    alarm = read_alarm(rest)
    marks, severity = alarm.marks, alarm.severity
    title = alarm.title or (NAMELESS_TEST if marks.is_test and not alarm.unknown else "")
    because = _sentence(no_such_severity(alarm.unknown)) if alarm.unknown else SAY_WHAT if title else ""
    if alarm.unknown or word_count(title) < MIN_TITLE:
        form = _declare_form(title, severity, because=because)
        return replace(form, words={**form.words, **marks.words})
    return Do(
        verb="declare",
        command=c.Declare(
            title=title, severity=severity, is_test=marks.is_test, here=marks.here, is_private=marks.is_private
        ),
    )


def _declare_form(title: str, severity: Severity | None, *, because: str) -> OpenForm:
    words: Words = {"title": title, "kept": title, "severity": severity.value if severity else None, "context": because}
    return OpenForm(verb="declare", act=Act.DECLARE, words=words)


def _sentence(refused: Refused) -> str:
    return "".join(part for part in refused.sentence if isinstance(part, str))


def _acknowledge(rest: str) -> Parsed:
    return Do(verb="ack", command=c.Acknowledge(), number=leading_number(rest)[0])


def _take_command(rest: str) -> Parsed:
    number, rest = leading_number(rest)
    person, after = leading_person(rest)
    if person:
        return Do(verb="command", command=c.NameCommander(person=person), number=number)
    if after.strip():
        return Unclear(verb="command", refused=not_a_person(quotable(first_word(after)[0])), number=number)
    return Do(verb="command", command=c.TakeCommand(), number=number)


def _escalate(rest: str) -> Parsed:
    person, after = leading_person(rest)
    word, _ = first_word(after)
    if names_nobody(rest):
        kept = plain_words(first_word(after)[1])
        return Unclear(verb="escalate", refused=replace(not_a_person(quotable(word)), kept=kept))
    why = plain_words(after)
    if not why:
        return OpenForm(verb="escalate", act=Act.ESCALATE, words={"person": person} if person else {})
    return Do(verb="escalate", command=c.Escalate(why=why, person=person))


def _update(rest: str) -> Parsed:
    corrects, after = read_correction(rest)
    words = plain_words(after)
    if not words:
        return OpenForm(verb="update", act=Act.POST_UPDATE, words={})
    return Do(verb="update", command=c.PostUpdate(now=words, corrects=corrects))


def _note(rest: str) -> Parsed:
    corrects, after = read_correction(rest)
    told, after = read_told(after)
    return Do(verb="note", command=c.AddNote(words=plain_words(after), corrects=corrects, told=told))


def _change_severity(rest: str) -> Parsed:
    word, after = first_word(rest)
    if not word:
        return OpenForm(verb="sev", act=Act.CHANGE_SEVERITY, words={})
    severity, why = severity_of(bare(word)), plain_words(after)
    if severity is None:
        named = word if is_like_severity(word) else f"sev{word}" if word.isdigit() else word
        return Unclear(verb="sev", refused=replace(no_such_severity(quotable(named.casefold())), kept=why))
    return Do(verb="sev", command=c.ChangeSeverity(severity=severity, why=why))


def _retitle(rest: str) -> Parsed:
    return Do(verb="retitle", command=c.Retitle(title=plain_words(rest)))


def _merge(rest: str) -> Parsed:
    into, _ = leading_number(rest)
    if into is None:
        return Unclear(verb="merge", refused=say_what(1, what="which incident it goes on as, such as `merge 40`"))
    return Do(verb="merge", command=c.Merge(into=into))


def _close(rest: str) -> Parsed:
    return Do(verb="close", command=c.Close(), number=leading_number(rest)[0])


def _confirm(rest: str) -> Parsed:
    return Do(verb="confirm", command=c.ConfirmSeverity(), number=leading_number(rest)[0])


def _help(rest: str) -> Parsed:
    word, _ = first_word(rest)
    verb = _verb(word) or nearest(quotable(word)) if word else None
    return Help(verb=verb)


def _words_or_form(verb: str, act: Act, make: Callable[[str], c.Command]) -> Callable[[str], Parsed]:
    def read(rest: str) -> Parsed:
        words = plain_words(rest)
        return Do(verb=verb, command=make(words)) if words else OpenForm(verb=verb, act=act, words={})

    return read


_MEANT: dict[str, Act] = {
    "declare": Act.DECLARE,
    "confirm": Act.CONFIRM_SEVERITY,
    "ack": Act.ACKNOWLEDGE,
    "command": Act.TAKE_COMMAND,
    "update": Act.POST_UPDATE,
    "note": Act.NOTE,
    "escalate": Act.ESCALATE,
    "page": Act.PAGE_PERSON,
    "mitigate": Act.MITIGATE,
    "resolve": Act.RESOLVE,
    "cancel": Act.CANCEL,
    "sev": Act.CHANGE_SEVERITY,
    "reopen": Act.REOPEN,
    "close": Act.CLOSE,
    "timeline": Act.TIMELINE,
    "summary": Act.SUMMARY,
}
"""The button that does what a verb does, for one that was misspelt; it opens a form where words are needed."""

_READ: dict[str, Callable[[str], Parsed]] = {
    "declare": _declare,
    "ack": _acknowledge,
    "command": _take_command,
    "update": _update,
    "note": _note,
    "escalate": _escalate,
    "mitigate": _words_or_form("mitigate", Act.MITIGATE, lambda words: c.Mitigate(words=words)),
    "resolve": _words_or_form("resolve", Act.RESOLVE, lambda words: c.Resolve(words=words)),
    "cancel": _words_or_form("cancel", Act.CANCEL, lambda words: c.Cancel(why=words)),
    "sev": _change_severity,
    "reopen": _words_or_form("reopen", Act.REOPEN, lambda words: c.Reopen(why=words)),
    "retitle": _retitle,
    "merge": _merge,
    "close": _close,
    "confirm": _confirm,
    "help": _help,
    "list": read_list,
    "timeline": read_timeline,
    "summary": read_summary,
    "handover": read_handover,
    "times": read_times,
    "role": read_role,
    "roles": read_roles,
    "join": read_join,
    "invite": read_invite,
    "policy": read_policy,
    "oncall": read_oncall,
    "follow": read_follow,
    "unfollow": read_unfollow,
    "classify": read_classify,
    "access": read_access,
    "type": read_type,
    "page": read_page,
    "exception": read_exception,
}
