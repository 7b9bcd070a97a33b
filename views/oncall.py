"""Who is on call: one line for a team, a line for each gap, and telephone numbers inside an incident."""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.incident.reacting.effects import Words
from bot.incident.sentences import When
from bot.policy.model import ON_CALL
from bot.usecases.asked import Answer
from bot.words import Role
from views import kit
from views.reading import moment, parts, text, texts
from views.sentences import Bold, Code, Line, Pen, strung


def draw_on_call(answer: Answer, pen: Pen) -> kit.Message:
    """Return the team's line; times are in each person's own zone, for it is sent once."""
    words = answer.words
    turns = parts(words, "turns")
    whole = strung([(_team(words),), *(_turn(one, pen) for one in turns if one.get("is_known")), *_until(words)])
    return kit.Message(
        text=pen.text(*whole, "."),
        blocks=[
            pen.says(*whole),
            *(pen.says(*gap) for one in turns if (gap := _gap(one, words))),
            *_numbers(turns, pen),
            *_others(words, pen),
        ],
    )


def draw_rota_gap(words: Words, pen: Pen) -> kit.Message:
    """Return, for governance, that a team has nobody on call."""
    gap = f"Nobody is on call for {_team(words)}. A page of its own reaches nobody; `people.yaml` says who should be."
    whole: Line = (gap.partition("`")[0], Code("people.yaml"), gap.rpartition("`")[2])
    return kit.Message(text=pen.text(*whole), blocks=[pen.says("❗ ", *whole)])


def _team(words: Words) -> str:
    return kit.clean_name(text(words, "team"))


def _turn(turn: Words, pen: Pen) -> Line:
    said = f"{_label(turn)} {kit.clean_name(text(turn, 'name'))}, {_local(pen.now, text(turn, 'zone'))}, "
    until = moment(turn, "disturb_until")
    if until:
        return (said, "Do Not Disturb until ", When(until))
    if turn.get("is_quiet"):
        return (f"{said}quiet hours",)
    return (f"{said}reachable ({', '.join(texts(turn, 'ways'))})",)


def _label(turn: Words) -> str:
    """Return the turn as people say it: what is a role besides is told apart from it."""
    label = text(turn, "label")
    return f"{label}{ON_CALL}" if label in set(Role) else label


def _local(now: datetime, zone: str) -> str:
    """Return the time of day in `zone` with the zone's short name, or its offset where it has none."""
    here = now.astimezone(ZoneInfo(zone))
    name = here.tzname() or ""
    return f"{here:%H:%M} {name if name.isalpha() else f'UTC{name}'}"


def _until(words: Words) -> Iterator[Line]:
    until = moment(words, "until")
    if until:
        yield ("until ", When(until))


def _gap(turn: Words, words: Words) -> Line:
    if turn.get("is_known"):
        return ()
    label, until = _label(turn), moment(words, "until")
    gap = f"❗ Nobody is {label} for {_team(words)}"
    named = kit.clean_name(text(turn, "name")) if text(turn, "name") else ""
    if named:
        return (f"{gap}: {named} is no member of this workspace.",)
    return (f"{gap} until ", When(until), ".") if until else (f"{gap}.",)


def _numbers(turns: list[Words], pen: Pen) -> Iterator[kit.Block]:
    told = {text(one, "name"): text(one, "telephone") for one in turns if text(one, "telephone")}
    if told:
        numbers: list[Line] = [(f"{kit.clean_name(name)} {number}",) for name, number in told.items()]
        yield pen.says(Bold("Call:"), " ", *strung(numbers))


def _others(words: Words, pen: Pen) -> Iterator[kit.Block]:
    others = texts(words, "others")
    if others:
        named = ", ".join(kit.clean_name(other) for other in others)
        yield pen.below(f"Other teams: {named} · ", Code("/incident oncall team"))
