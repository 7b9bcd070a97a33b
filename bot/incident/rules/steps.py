"""The next step of policy: whom to call when help is asked for, or when nobody called has answered (P2, P3)."""

from collections.abc import Collection, Iterator

from bot.incident.context import Context
from bot.incident.history import climb_events as k
from bot.incident.history import events as e
from bot.incident.history.climb import Climb
from bot.incident.model import Incident


def next_step(
    incident: Incident, context: Context, *, reached: Collection[str | None], above: Collection[str]
) -> tuple[str, str] | None:
    """Return the key and the person of the first step whose person is not among those `reached`, or None at the top.

    First whom the severity names, then the groups above whoever is in `above`, one by one; then every other contact.
    """
    return next(((key, person) for key, person in _steps(incident, context, above) if person not in reached), None)


def _steps(incident: Incident, context: Context, above: Collection[str]) -> Iterator[tuple[str, str]]:
    rules = context.rules(incident.severity)
    yield from _contacts((rules.escalation_contact, *rules.escalation), context)
    for group in _groups_above(above, context):
        yield from ((group, person) for person in context.rota.of(context.policy.groups[group].members))
    yield from _contacts(context.policy.people.contacts, context)


def _contacts(keys: Collection[str], context: Context) -> Iterator[tuple[str, str]]:
    return ((key, person) for key in keys if (person := context.rota.contact(key)))


def _groups_above(people: Collection[str], context: Context) -> Iterator[str]:
    """Return the groups that theirs escalate to, nearest first, each once; policy goes in no circle."""
    groups = context.policy.groups
    known = {person.key for one in people if (person := context.rota.person(one))}
    here = [key for key, group in groups.items() if known & set(group.members)]
    seen = set(here)
    while here:
        up = dict.fromkeys(above for key in here if (above := groups[key].escalates_to))
        here = [key for key in up if key not in seen]
        seen.update(here)
        yield from here


def unanswered(incident: Incident, context: Context) -> tuple[e.Event, ...]:
    """Return the next step called, because nobody called so far answered in time; or that there is nobody further."""
    climb = incident.climb or Climb(since=context.now, waiting=(), called=())
    on_it = (call.person for call in incident.calls if call.answered_at)
    paged = (page.person for page in incident.pages_now)
    reached = {*climb.called, incident.commander, *on_it, *paged}
    step = next_step(incident, context, reached=reached, above=climb.called)
    if step is None:
        return (k.NobodyFurther(at=context.now, by=context.actor.id, unanswered=climb.called),)
    contact, person = step
    called = k.NextStepCalled(
        at=context.now, by=context.actor.id, person=person, contact=contact, unanswered=climb.waiting
    )
    return (called,)
