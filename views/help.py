"""Help, printed from the table of verbs."""

from bot.incident.reading.verb import Verb, VerbGroup
from bot.incident.reading.verbs import BY_NAME, VERBS
from views import kit
from views.sentences import Bold, Code, Line, Pen


def draw_help(pen: Pen) -> kit.Message:
    """Return every verb in its group."""
    groups = ((group, [verb.form for verb in VERBS if verb.group is group]) for group in VerbGroup)
    lines: list[Line] = [(Bold(group.value), f" {' · '.join(forms)}") for group, forms in groups if forms]
    return kit.Message(
        text=pen.text("In doubt, declare. Verbs: ", ", ".join(verb.name for verb in VERBS), "."),
        blocks=[
            pen.lines(lines),
            pen.says(
                "In an incident's channel the verbs mean that incident. Anywhere else put its number first: ",
                Code("/incident 42 update …"),
                ". Not in threads: Slack does not allow it there.",
            ),
            pen.below("In doubt, declare. A false alarm costs two minutes."),
        ],
    )


def draw_verb(name: str, pen: Pen) -> kit.Message:
    """Return one verb in its five parts; all of them when there is no such verb."""
    verb = BY_NAME.get(name)
    return _verb(verb, pen) if verb else draw_help(pen)


def _verb(verb: Verb, pen: Pen) -> kit.Message:
    rest = verb.form.removeprefix(verb.name)
    lines: list[Line] = [
        (Bold(verb.name), rest),
        (verb.effect,),
        (f"Who: {verb.who}",),
        ("Example: ", Code(verb.example)),
        (verb.undo,),
    ]
    return kit.Message(text=pen.text(f"{verb.name}: {verb.effect}"), blocks=[pen.lines(lines)])
