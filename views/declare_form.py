"""The declare form: it turns a worry into a running incident in under 20 seconds."""

from collections.abc import Iterator
from datetime import datetime

from bot.incident.naming import channel_name
from bot.incident.reacting.effects import Words
from bot.incident.reading.promises import ANYONE_JOINS
from bot.incident.sentences import When, Who
from bot.words import Act, Severity
from views import buttons, inputs, kit
from views.confirming import UNLISTED, not_on_the_list
from views.declare_seen import DATA_BOX, is_seen_by_few, who_sees
from views.declared import WAKES, is_called, not_here, unlisted, wrong
from views.form_frame import Form
from views.inputs import Field, Option
from views.kit import Block
from views.reading import number, part, parts, text, texts
from views.scene import Scene
from views.sentences import Bold, Line, Pen, Room

TITLE = Field(block="title")
CRITERIA = Field(block="criteria", action="tick.criteria")
SEVERITY = Field(block="severity", action="tick.severity")
DESCRIPTION = Field(block="description")
COMMANDER = Field(block="commander", action="chosen")
STARTED = Field(block="started", action="chosen")
HERE = Field(block="here", action="ticked")
BY_HAND = "by_hand"
"""What the list of severities is drawn with once somebody chose from it, in place of the suggestion."""

MOST_OPEN = 3


def declare_form(words: Words, *, now: datetime) -> Form:
    """Return the form; `words` are what policy promises and what was typed before, all of it optional."""
    severity = Severity(text(words, "severity") or Severity.SEV2)
    return Form(
        title="Declare an incident",
        submit="Declare and page" if severity in WAKES else "Declare",
        blocks=[
            *_open(words),
            *_inputs(words, severity),
            *_promise(words, Pen(name=str, now=now)),
            *_unlisted(words, severity, Pen(name=str, now=now)),
            *([kit.context(kit.escape(text(words, "context")))] if text(words, "context") else []),
        ],
    )


def _open(words: Words) -> Iterator[Block]:
    for one in parts(words, "open")[:MOST_OPEN]:
        title = kit.one_line(text(one, "title"), limit=kit.LONGEST_TITLE)
        severity = Severity(text(one, "severity")).label
        ref = f"INC-{number(one, 'number')}"
        block = kit.plain_section(f"Already open: {ref} · {severity} · {title}")
        token = text(part(words, "shows") or {}, str(number(one, "number")))
        show = buttons.button(Act.PANEL, None, {Act.PANEL: token}, label=f"Show {ref}") if token else None
        yield {**block, "accessory": show} if show else block


def _inputs(words: Words, severity: Severity) -> list[Block]:
    on_call = text(words, "on_call")
    empty = f"Empty: {on_call}." if on_call else "Empty: nobody commands yet, for nobody is on call."
    return [
        inputs.typed(
            TITLE,
            label="What is broken?",
            hint="3 to 100 characters, such as: Checkout returns 500s",
            multiline=False,
            initial=kit.one_line(text(words, "title") or text(words, "kept"), limit=inputs.LONGEST_TYPED),
            focus=True,
        ),
        *_criteria(words),
        inputs.chosen(
            _severity_field(words, severity),
            label="Severity",
            hint=_weighed(words, severity),
            options=_severities(words),
            initial=severity.value,
            tells=True,
        ),
        who_sees(words),
        inputs.typed(
            DESCRIPTION,
            label="What do you see?",
            hint=text(words, "description_hint") or "No customer names, e-mail addresses or secrets.",
            optional=True,
            initial=text(words, "description"),
        ),
        inputs.person(COMMANDER, label="Commander", hint=empty, optional=True, initial=text(words, "commander")),
        inputs.moment(STARTED, label="When did it start?", hint="Empty: not known yet. It can be given later."),
        *_here(words),
    ]


def _here(words: Words) -> Iterator[Block]:
    """Return the box that keeps the incident in the channel the form was opened in; none where that cannot be."""
    name = text(words, "here")
    if name:
        who = "Only its members see it (CONFIDENTIAL)." if words.get("here_private") else "Its topic stays as it is."
        yield inputs.box(
            HERE,
            label="Where is it worked on?",
            hint=f"No new channel is made. {who}",
            option=Option(value="here", label=f"In this channel, #{name}"),
            is_ticked=bool(words.get("use_here")),
        )


def _criteria(words: Words) -> Iterator[Block]:
    options = [
        Option(value=text(one, "value"), label=text(one, "words"), description=Severity(text(one, "severity")).label)
        for one in parts(words, "criteria")
    ]
    if options:
        hint = "Tick what you know. It suggests a severity; you decide."
        yield inputs.ticked(CRITERIA, label="What is true right now?", hint=hint, options=[*options, DATA_BOX])


def _severity_field(words: Words, severity: Severity) -> Field:
    """Return the field with what it is drawn with in its ids.

    Slack keeps an old choice for as long as the block's id stays (a Slack limit), so the id moves with the suggestion.
    """
    drawn = BY_HAND if words.get(BY_HAND) else severity.value
    block = f"{SEVERITY.block}.{drawn}" if words.get("again") else SEVERITY.block
    return Field(block=block, action=f"{SEVERITY.action}.{drawn}")


def _weighed(words: Words, severity: Severity) -> str:
    suggested = text(words, "suggested")
    if not words.get(BY_HAND) or suggested in {"", severity.value}:
        return "Not sure? Take the higher one; it can be lowered."
    return f"You chose {severity.label}; what you ticked suggests {Severity(suggested).label}."


def _severities(words: Words) -> Iterator[Option]:
    known = {text(one, "value"): one for one in parts(words, "severities")}
    for severity in Severity:
        said = known.get(severity.value, {})
        name = f" · {text(said, 'name')}" if said else ""
        yield Option(value=severity.value, label=f"{severity.label}{name}", description=text(said, "definition"))


def _promise(words: Words, pen: Pen) -> Iterator[Block]:
    promised = " · ".join(_as_seen(line, words) for line in texts(words, "promise"))
    if promised:
        yield pen.says(Bold("This will, at once:"), f" {promised}. Nothing goes outside the company.")


def _unlisted(words: Words, severity: Severity, pen: Pen) -> Iterator[Block]:
    names = texts(words, "confirmers")
    if names:
        yield {**pen.below(not_on_the_list(severity, names)), "block_id": UNLISTED}


def _as_seen(line: str, words: Words) -> str:
    """Return a promise as it holds for a private incident too."""
    if not is_seen_by_few(words):
        return line
    said = {ANYONE_JOINS: "open a private channel for those invited"}.get(line, line)
    return f"{said}, without its title" if said.startswith("tell ") else said


def declared_view(scene: Scene) -> Form:
    """Return what the form turns into once it was submitted; it is not drawn again."""
    incident, pen = scene.incident, scene.pen
    who: Line = (
        (Who(incident.pages[0].person), f" {is_called(scene)}. ") if incident.pages else ("Nobody is on call. ",)
    )
    named = "Your channel" if incident.is_private else f"Your channel, {channel_name(incident)},"
    made: Line = (f"{named} is being made; it appears in your sidebar in a moment.",)
    if incident.is_hosted and incident.channel:
        made = ("It is worked on in ", Room(incident.channel.id, incident.channel.name), ".")
    return Form(
        title=f"{incident.ref} is declared",
        close="Done",
        blocks=[
            pen.says(*who, "The clocks started at ", When(incident.clocks_from), "."),
            pen.says(*made),
            *(pen.says(*line) for line in (*unlisted(scene), *not_here(scene))),
            pen.below(*wrong(scene, by=". ")),
            *([pen.below(text(scene.words, "removed"))] if text(scene.words, "removed") else []),
        ],
    )
