"""Filing: a timeline leaves as a file for the one who asked, and whether they may read it is settled twice."""

from bot.incident.clocks import clocks
from bot.incident.model import Incident
from bot.incident.reacting.effects import Effect, EffectKind, Words, dm
from bot.incident.reading.timeline import line_of
from bot.incident.reading.timeline_file import TimelineFile, Told
from bot.incident.refusing.refusals import Refused
from bot.incident.sentences import Sentence, Who
from bot.incident.sight import may_see
from bot.ports import UnitOfWork
from bot.usecases.asked import Answer, Early, Principal
from bot.usecases.looking import is_here
from bot.usecases.pictures import picture
from bot.usecases.principals import admit
from bot.usecases.refusing import refuse_early, target
from bot.usecases.timelines import check
from bot.usecases.world import World
from bot.words import ActorKind, Lane


def ask_file(unit: UnitOfWork, early: Early, world: World) -> Answer:
    """Return that the timeline comes as a file, which is put in the outbox; or why not.

    The row names the entries and holds none of them: what is sent is read when it is sent.
    """
    admitted = admit(unit, early.who, world.policy(unit), world)
    incident = admitted if isinstance(admitted, Refused) else target(unit, early)
    if isinstance(incident, Refused):
        return refuse_early(unit, early, incident, world)
    words: Words = {"upto": unit.audit.size(incident.number), "inside": is_here(incident, early)}
    effect = Effect(
        id=f"file:{early.key}",
        kind=EffectKind.UPLOAD,
        lane=Lane.DIGEST,
        incident=incident.number,
        place=dm(early.who.id),
        view="timeline.file",
        words=words,
    )
    unit.outbox.add([effect], now=world.now())
    return Answer(view="filed", words=words, picture=picture(unit, incident, world))


def timeline_file(unit: UnitOfWork, effect: Effect, world: World) -> TimelineFile | None:
    """Return what the file `effect` asks for holds now, or None when its reader may no longer have it (G6.1).

    Of a private incident it holds people's words only for who asked in its channel, and is still in it.
    """
    incident = unit.incidents.get(effect.incident) if effect.incident else None
    if incident is None:
        return None
    who = Principal(kind=ActorKind.PERSON, id=effect.place.key)
    inside = bool(effect.words.get("inside"))
    actor = admit(unit, who, world.policy(unit), world)
    if isinstance(actor, Refused) or not (inside or may_see(incident, actor)):
        return None
    return _read(unit, incident, _upto(effect), inside=inside, world=world)


def _upto(effect: Effect) -> int:
    upto = effect.words.get("upto")
    return upto if isinstance(upto, int) else 0


def _read(unit: UnitOfWork, incident: Incident, upto: int, *, inside: bool, world: World) -> TimelineFile:
    running = clocks(incident, world.policy(unit, incident.policy_hash))
    events = unit.audit.part(incident.number, actions=(), start=0, limit=upto)
    entries = tuple(Told(at=event.at, line=line_of(event, running)) for event in events)
    checked = check(unit, incident, world)
    return TimelineFile(
        picture=picture(unit, incident, world, also=sorted({who for one in entries for who in _named(one.line)})),
        entries=entries,
        checked=checked.found,
        checked_at=checked.at,
        leaf=unit.audit.leaf(incident.number, place=len(entries)),
        whole=inside or not incident.is_private,
        members_of=incident.channel.id if incident.is_private and inside and incident.channel else "",
    )


def _named(line: Sentence) -> set[str]:
    return {part.person for part in line if isinstance(part, Who) and part.person}
