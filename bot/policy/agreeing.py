"""What all files together say, and whether they agree with each other."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from bot.policy import classification, governance, matrix, people, raci, roles
from bot.policy.channels import ChannelsFile
from bot.policy.checks.duties import check_duties, check_governance, check_levels
from bot.policy.checks.holders import check_apart, check_needed, check_ways_up, holders
from bot.policy.checks.names import check_mentions
from bot.policy.checks.types import check_types
from bot.policy.classification import ClassificationFile
from bot.policy.governance import GovernanceFile
from bot.policy.matrix import MatrixFile
from bot.policy.model import Policy, PolicyFile
from bot.policy.people import PeopleFile
from bot.policy.raci import RaciFile
from bot.policy.reading import Kind, Reading
from bot.policy.roles import RolesFile, key_of
from bot.policy.severity import SeverityFile
from bot.policy.slos import SlosFile
from bot.policy.source import Spot
from bot.words import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What each file says; None for a file that could not be read."""

    severity: SeverityFile | None
    people: PeopleFile | None
    channels: ChannelsFile | None
    roles: RolesFile | None
    raci: RaciFile | None
    matrix: MatrixFile | None
    classification: ClassificationFile | None
    slos: SlosFile | None
    governance: GovernanceFile | None

    def policy(self, digest: str) -> Policy | None:
        """Return the policy whose files have the hash `digest`, or None while a file is missing."""
        by_severity, who, where, duties = self.severity, self.people, self.channels, self.roles
        table, types, levels, goals, around = self.raci, self.matrix, self.classification, self.slos, self.governance
        if not (by_severity and who and where and duties and table and types and levels and goals and around):
            return None
        heads = (by_severity, who, where, duties, table, types, levels, goals, around)
        return Policy(
            version=by_severity.head.version,
            hash=digest,
            default_severity=by_severity.default,
            severities=by_severity.severities,
            warn=by_severity.warn,
            ladder=by_severity.ladder,
            headline_after=by_severity.headline_after,
            calls=by_severity.calls,
            people=who.people,
            channels=where.channels,
            files=_by_name(one.head for one in heads),
            roles=duties.roles,
            offices=duties.offices,
            must_differ=duties.must_differ,
            groups=who.groups,
            raci=table.raci,
            types=types.types,
            default_type=types.default,
            phases_run=types.phases_run,
            classifications=levels.levels,
            objectives=goals.objectives,
            governance=around.governance,
        )


def _by_name(heads: Iterable[PolicyFile]) -> Mapping[str, PolicyFile]:
    return {head.name: head for head in heads}


def known_names(said: Said) -> Mapping[Kind, Collection[str]]:
    """Return what may be named, by kind, as far as the files that say so could be read."""
    known: dict[Kind, Collection[str]] = {}
    if said.people:
        known[Kind.PERSON] = tuple(said.people.people.persons)
        known[Kind.GROUP] = tuple(said.people.groups)
    if said.roles:
        known[Kind.ROLE] = (*(key_of(role) for role in Role), *said.roles.offices)
    if said.matrix:
        known[Kind.TYPE] = tuple(said.matrix.types)
    if said.people and said.roles:
        contacts = tuple(said.people.people.contacts)
        known[Kind.HOLDER] = (*known[Kind.ROLE], *known[Kind.GROUP], *contacts)
    return known


def check_all(*, reading: Reading, roots: Mapping[str, Spot], said: Said) -> None:
    """Note every contradiction in and between the files; those between files once both could be read."""
    if said.people:
        check_mentions(reading=reading, people=said.people.people)
        check_ways_up(reading=reading, root=roots[people.FILE], groups=said.people.groups)
    if said.roles:
        check_needed(reading=reading, root=roots[roles.FILE])
    if said.people and said.roles:
        check_apart(reading=reading, root=roots[roles.FILE], held_by=holders(who=said.people, duties=said.roles))
    if said.raci:
        check_duties(reading=reading, root=roots[raci.FILE], raci=said.raci.raci)
    if said.classification:
        check_levels(reading=reading, root=roots[classification.FILE], levels=said.classification.levels)
    _check_around(reading, roots, said)


def _check_around(reading: Reading, roots: Mapping[str, Spot], said: Said) -> None:
    """Note what contradicts the governance file, where what it is measured against is right in itself."""
    small = [roots[name] for name in (governance.FILE, raci.FILE, classification.FILE) if name in roots]
    if not (said.governance and said.raci and said.classification and all(map(reading.is_sound, small))):
        return
    around = said.governance.governance
    check_governance(reading=reading, root=roots[governance.FILE], governance=around, raci=said.raci.raci)
    if said.matrix:
        check_types(
            reading=reading,
            root=roots[matrix.FILE],
            types=said.matrix.types,
            default=said.matrix.default,
            levels=said.classification.levels,
            governance=around,
        )
