"""What the relay needs of the views: five functions that draw."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.incident.reacting.effects import Place, Words
from bot.incident.reading.picture import Picture
from bot.incident.reading.timeline_file import TimelineFile
from bot.usecases.asked import Answer, Home
from bot.words import Act


class Drawn(Protocol):
    """A message as it is drawn: `text` for notifications, `blocks` as Block Kit."""

    @property
    def text(self) -> str:
        """Return the words of the notification."""

    @property
    def blocks(self) -> Sequence[Mapping[str, Any]]:
        """Return what is seen."""


class DrawMessage(Protocol):
    """Draws messages."""

    def __call__(
        self,
        view: str,
        picture: Picture | None,
        words: Words,
        *,
        handles: Mapping[Act, str],
        now: datetime,
        first: bool,
        place: Place,
    ) -> Drawn | None:
        """Return the message, None when nothing is to be said any more; `first` is False when it is drawn again."""


class DrawAnswer(Protocol):
    """Draws private answers."""

    def __call__(self, answer: Answer, *, now: datetime) -> Drawn:
        """Return the message that says `answer`."""


class DrawNotice(Protocol):
    """Writes pages that leave by e-mail or SMS."""

    def __call__(self, view: str, picture: Picture | None, words: Words, *, now: datetime) -> tuple[str, str] | None:
        """Return subject and body, None when the page is no longer needed."""


class DrawHome(Protocol):
    """Draws somebody's own page."""

    def __call__(self, home: Home, *, now: datetime) -> Mapping[str, Any]:
        """Return the view."""


class DrawnFile(Protocol):
    """A file as it is written: its name, and a title and a comment that stand beside it."""

    @property
    def name(self) -> str:
        """Return its name."""

    @property
    def title(self) -> str:
        """Return what it is called."""

    @property
    def comment(self) -> str:
        """Return the words of the message it comes with."""

    @property
    def content(self) -> bytes:
        """Return its bytes."""


class DrawFile(Protocol):
    """Writes a timeline as a file."""

    def __call__(self, file: TimelineFile) -> DrawnFile:
        """Return the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """The five together."""

    message: DrawMessage
    answer: DrawAnswer
    notice: DrawNotice
    home: DrawHome
    file: DrawFile
