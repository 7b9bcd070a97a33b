"""Publishes people's own pages."""

from collections.abc import Callable
from datetime import datetime

from bot.usecases.asked import Job
from bot.usecases.outcomes import Outcome, Sent, Skipped
from delivery.calls import SlackCalls
from delivery.drawing import Drawing
from delivery.posts import fingerprint_of


class Homes:
    """Draws a page as it stands now and puts it before its one reader; `now` is virtual time."""

    def __init__(self, *, calls: SlackCalls, drawing: Drawing, now: Callable[[], datetime]) -> None:
        self._calls = calls
        self._drawing = drawing
        self._now = now

    async def publish(self, job: Job) -> Outcome:
        """Publish the page, unless it stands just so already; raises Denied and CallFailed.

        The newest drawing replaces whatever stands there, so that doing it twice does no harm.
        """
        delivery = job.delivery
        if job.home is None:
            return Skipped()
        view = self._drawing.home(job.home, now=self._now())
        shown = fingerprint_of(view)
        if shown != delivery.drawn:
            await self._calls.call("views.publish", row=delivery.effect, user_id=job.home.person, view=dict(view))
        return Sent(at=None, rev=delivery.wanted_rev, drawn=shown)
