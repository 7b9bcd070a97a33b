"""The timeline as a file: every entry in UTC, and nothing anybody typed or is called reads as markup."""

from dataclasses import replace

import pytest

from bot.incident import commands as c
from bot.incident.reading.readings import RecordCheck
from bot.incident.reading.timeline_file import TimelineFile, Told
from bot.incident.sentences import Quote, Sentence, When, Who
from bot.words import Role
from tests.views.pictures import ADA, IRIS, NOOR, SAM, Story, at
from tests.views.stories import acknowledged, no_commander, resolved
from tests.views.test_safety import HOSTILE
from views.timeline_file import draw_timeline_file, escaped

LEAF = "ab" * 32


def file(story: Story, *lines: Sentence, **more: object) -> TimelineFile:
    """Return a file of these entries, a minute apart."""
    held = TimelineFile(
        picture=story.picture,
        entries=tuple(Told(at=at(minute), line=line) for minute, line in enumerate(lines)),
        checked=RecordCheck(ok=True),
        checked_at=at(31),
        leaf=LEAF,
        whole=True,
    )
    return replace(held, **more)  # type: ignore[arg-type]


def text(held: TimelineFile) -> str:
    """Return what the file says."""
    return draw_timeline_file(held).content.decode()


NOTED: Sentence = (
    "Note",
    " ",
    Quote("p99 doubled\nsince 13:50"),
    " (no. 1)",
    " about ",
    When(at(-10)),
    " · ",
    Who(ADA),
)


def test_a_file_as_it_reads():
    """Heading, what is broken in its declarer's words, how it stands, every entry, and what the record is worth."""

    story = acknowledged().does(NOOR, 5, c.GiveRole(role=Role.SCRIBE, person=SAM))

    expected = f"""# Timeline of INC-42

```text
Checkout returns 500s
```

- Severity: SEV-1
- Status: acknowledged
- Declared: 2026-11-21T14:00:00Z by Ada Obi
- Acknowledged: 2026-11-21T14:02:12Z by Noor Haddad
- Commander: Noor Haddad
- Scribe: Sam Reyes
- Times: UTC, ISO 8601

## Entries

- 2026-11-21T14:00:00Z Declared as SEV-1 · Ada Obi
- 2026-11-21T14:01:00Z Note (no. 1) about 2026-11-21T13:50:00Z · Ada Obi

  ```text
  p99 doubled
  since 13:50
  ```


---

2 entries · record checked at 2026-11-21T14:31:00Z, unbroken · last leaf {LEAF}
"""
    assert expected == text(file(story, ("Declared as SEV-1", " · ", Who(ADA)), NOTED))


def test_its_name_and_comment_tell_no_more_than_the_number():
    """What a push shows beside the file is the same for a private incident."""

    for story in (acknowledged(), acknowledged(private=True)):
        paper = draw_timeline_file(file(story, ("Channel opened",)))
        assert (
            "inc-42-timeline.md",
            "Timeline of INC-42",
            "Timeline of INC-42: 1 entry, times in UTC.",
        ) == (paper.name, paper.title, paper.comment)


def test_what_stays_inside_is_not_in_it():
    """A private incident read outside its channel: what happened, and no words of anybody's."""

    held = text(file(acknowledged(private=True), NOTED, whole=False))

    assert "its title and people's words stay in its channel" in held
    assert ("Checkout" in held, "p99" in held) == (False, False)
    assert "- 2026-11-21T14:00:00Z Note (no. 1)" in held


def test_every_time_it_passed_is_in_it():
    """Impact, mitigation and resolution each have their line; a seat nobody holds has none."""

    story = resolved()
    began = replace(story.picture, incident=replace(story.incident, started_at=at(-12)))

    assert "- Impact began: 2026-11-21T13:48:00Z\n" in text(file(story, picture=began))
    assert "- Resolved: " in text(file(story))
    assert "- Commander" not in text(file(no_commander()))


def test_a_record_that_does_not_verify_says_so_last():
    """From which entry on, and nothing of unbroken."""

    held = text(file(acknowledged(), NOTED, checked=RecordCheck(ok=False, first_bad=9), leaf=""))

    assert "❗ 1 entry · the record does not verify from entry 9 on · no leaf" == held.strip().split("\n")[-1]


@pytest.mark.parametrize("typed", [*HOSTILE.values(), "```\n# forged\n```", "````` x", "~~~\n- 2026-11-21T forged"])
def test_peoples_words_stay_inside_their_fence(typed: str):
    """No line of theirs begins outside it, and no fence they typed is as long as ours."""

    lines = text(file(acknowledged(), ("Note", " ", Quote(typed), " · ", Who(ADA)))).split("\n")
    start = lines.index("- 2026-11-21T14:00:00Z Note · Ada Obi") + 2
    fence = lines[start].removesuffix("text")
    end = lines.index(fence, start + 1)

    assert fence.strip() == "`" * len(fence.strip())
    assert all(fence.strip() not in line for line in lines[start + 1 : end])
    assert all(line.startswith("  ") for line in lines[start : end + 1])
    assert ["", "", "---"] == lines[end + 1 : end + 4]


NAMES = {
    "marks": ("*Eve* _x_ ~y~ `z`", "Eve x y z"),
    "broadcast": ("<!channel>", r"\<\!channel\>"),
    "lines": ("Eve\n# forged", r"Eve \# forged"),
    "turned": ("Eve \u202ednuora\u200f", "Eve dnuora"),
    "link": ("[Eve](http://evil.example)", r"\[Eve\](http\:\/\/evil.example)"),
    "long": ("Eve " * 20, "Eve Eve Eve Eve Eve Eve Eve Eve Eve…"),
    "nothing": ("***", "somebody"),
}


@pytest.mark.parametrize("name", NAMES)
def test_names_are_no_markup(name: str):
    """A display name is one line of at most forty characters in which nothing is live."""

    called, shown = NAMES[name]
    story = acknowledged()
    picture = replace(story.picture, names=dict.fromkeys(story.picture.names, called))
    line = text(file(story, ("Joined", " · ", Who(IRIS)), picture=picture)).split("## Entries\n\n")[1].split("\n")[0]

    assert line.startswith(f"- 2026-11-21T14:00:00Z Joined · {shown}")
    assert len(line.partition(" · ")[2].replace("\\", "")) <= 40


def test_a_quotation_that_stands_alone_is_escaped():
    """Markdown finds nothing in text that was escaped."""

    assert r"\[x\](http\:\/\/e) \*b\* \<\!here\> a b" == escaped("[x](http://e) *b* <!here> a\nb")
