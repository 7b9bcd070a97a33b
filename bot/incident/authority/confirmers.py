"""Who may confirm a severity: those R or A of declaring, and the commander on call, but whoever raised it (G2)."""

from datetime import datetime

from bot.incident.authority.deciding import who_may
from bot.incident.authority.rights import Right
from bot.incident.context import TOCSIN, Context
from bot.incident.model import Incident
from bot.policy.model import Policy
from bot.policy.rota import Rota


def confirmers(incident: Incident, *, policy: Policy, rota: Rota, now: datetime) -> tuple[str, ...]:
    """Return who may confirm the incident's severity now; nobody where nothing waits for it."""
    if incident.awaiting is None or not incident.status.is_open:
        return ()
    return who_may(Right.CONFIRM, incident, Context(policy=policy, rota=rota, now=now, actor=TOCSIN))
