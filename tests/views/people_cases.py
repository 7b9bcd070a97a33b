"""Who is on call, tests of one's own page, and what followers hear, in every state that draws differently."""

from dataclasses import replace

from bot.incident import commands as c
from bot.incident.history.codec import plain
from bot.incident.reacting.effects import Json, Words, dm
from bot.usecases.asked import Answer
from bot.words import Severity
from tests.views.cases import Case, Cases, fresh, told
from tests.views.pictures import ADA, IRIS, LENA, MIA, NOOR, SAM, Story, at, declare
from tests.views.stories import acknowledged, changed

UNTIL = plain(at(60 * 42))
TEST: Words = {"ref": "t-7K3Q", "person": NOOR, "ways": ["DM", "e-mail"], "way": 1}


def _turn(label: str, name: str, zone: str, **more: Json) -> Json:
    return {"label": label, "name": name, "zone": zone, "is_known": True, "ways": ["DM", "e-mail"], **more}


PRIMARY = _turn("primary", "Noor Haddad", "Europe/Berlin", telephone="+49 30 23125 101")
SILENT = _turn("secondary", "Sam *Reyes*", "Europe/London", disturb_until=plain(at(600)))
ASLEEP = _turn("commander", "Mia Chen", "America/Los_Angeles", is_quiet=True, telephone="+1 415 555 0103")
FAR = _turn("commander", "Ana Lima", "America/Sao_Paulo")
GAP: Json = {"label": "secondary"}
LEFT = _turn("secondary", "Sam Reyes", "Europe/London", is_known=False)


def on_call_cases() -> dict[str, Answer]:
    """Return everything that is answered about people on call, by name."""
    team: Words = {"team": "ML Platform", "until": UNTIL}
    shown: dict[str, Words] = {
        "all": {**team, "turns": [PRIMARY, SILENT, ASLEEP], "others": ["Data Platform"]},
        "gap": {**team, "turns": [FAR, GAP]},
        "gap without an end": {"team": "Data Platform", "turns": [FAR, GAP]},
        "who left": {**team, "turns": [FAR, LEFT]},
    }
    answers = {f"oncall, {name}": Answer(view="oncall", words=words) for name, words in shown.items()}
    return {
        **answers,
        "page tested": Answer(view="page_tested", words=TEST),
        "page test reached": Answer(view="page_test_reached", words={**TEST, "at": plain(at(1))}),
        "page test reached, no time": Answer(view="page_test_reached", words=TEST),
        "follows": Answer(view="follows", picture=acknowledged().picture),
        "follows no more": Answer(view="follows_no_more", picture=acknowledged().picture),
        "declared, do not disturb": Answer(view="declared", picture=disturbed().picture),
    }


def disturbed(severity: Severity = Severity.SEV1) -> Story:
    """Return a story whose primary has Do Not Disturb on until the morning."""
    story = declare(severity)
    return story.does("tocsin", 0, c.RecordDoNotDisturb(ref=story.incident.pages[0].ref, until=at(600)))


def followed(command: c.Command, *, private: bool = False) -> Case:
    """Return what Iris hears of `command`."""
    story = acknowledged(private=private).does(IRIS, 5, c.Follow())
    return told(story.does(NOOR, 26, command), "followed")


UPDATE = c.PostUpdate(now="SECRET *Rolling* back.")


def following_cases() -> Cases:
    """Return everything a follower hears."""
    yield "update", followed(UPDATE)
    yield "update, private", followed(UPDATE, private=True)
    yield "less bad", followed(c.ChangeSeverity(severity=Severity.SEV2, why="the retries hide it"))
    worse = acknowledged(Severity.SEV2).does(IRIS, 5, c.Follow())
    yield "worse", told(worse.does(NOOR, 9, c.ChangeSeverity(severity=Severity.SEV1)), "followed")
    yield "mitigated", followed(c.Mitigate(words="Rolled back."))
    over = acknowledged().does(IRIS, 5, c.Follow()).does(NOOR, 72, c.Resolve(words="Pool limit raised."))
    yield "resolved", told(over, "followed")
    yield "cancelled", followed(c.Cancel(why="the probe itself was broken"))
    again = acknowledged().does(IRIS, 5, c.Follow()).does(NOOR, 72, c.Resolve(words="Pool limit raised."))
    yield "reopened", told(again.does(ADA, 80, c.Reopen(why="the errors are back")), "followed")
    yield "mitigated and open again", told(over, "followed", later=again)
    yield "closed", told(over.does(NOOR, 90, c.Close()), "followed")
    yield "merged", fresh("followed", acknowledged(), {"what": "merged", "into": 40, "by": NOOR}, place=dm(IRIS))
    yield "merged, unknown", fresh("followed", acknowledged(), {"what": "merged", "by": NOOR}, place=dm(IRIS))
    lost = changed(acknowledged(), mitigated=None, resolved=None)
    for what in ("mitigated", "resolved"):
        yield f"{what}, overtaken", fresh("followed", lost, {"what": what, "by": NOOR}, place=dm(IRIS))


def disturbed_cases() -> Cases:
    """Return the card and the page while who is paged has Do Not Disturb on."""
    yield "card, by e-mail too", fresh("card", disturbed())
    yield "card, direct message only", fresh("card", disturbed(Severity.SEV3))
    first = disturbed().incident.pages[0]
    several = tuple(replace(first, person=one, step=step) for step, one in enumerate((NOOR, SAM, MIA, LENA)))
    yield "card, four of them", fresh("card", changed(disturbed(), pages=several))
    yield "card, answered", fresh("card", disturbed().does(SAM, 2, c.Acknowledge()))
    yield "page, sent by e-mail too", told(declare(), "page", later=disturbed(), place=dm(NOOR))
    yield "test", Case(view="page.test", picture=None, words=TEST, now=at(0), place=dm(NOOR))
    for error in ("no_mail_server", "not one e-mail address"):
        words: Words = {"ref": "t-K7M2", "ways": ["DM", "e-mail"], "way": 2, "error": error}
        yield f"test, lost: {error}", Case(view="page.test_lost", picture=None, words=words, now=at(0), place=dm(NOOR))
    yield "rota gap", Case(view="rota_gap", picture=None, words={"team": "Data Platform"}, now=at(0))


def people_cases() -> dict[str, dict[str, Case]]:
    """Return every message of them, by the file it is kept in."""
    return {"following": dict(following_cases()), "disturbed": dict(disturbed_cases())}
