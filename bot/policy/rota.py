"""Who stands behind the contacts of policy, as accounts of this workspace."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.policy.model import People, Person, Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One account of the workspace as Slack describes it; `zone` is an IANA time zone, `handle` carries no @."""

    id: str
    handle: str
    name: str
    zone: str
    is_bot: bool
    deleted: bool
    is_restricted: bool
    is_stranger: bool
    team_id: str

    @property
    def is_eligible(self) -> bool:
        """Return whether policy may name this account: a person who is a full and present member."""
        return not (self.is_bot or self.deleted or self.is_restricted or self.is_stranger)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rota:
    """The people of policy with their Slack user ids; `missing` are the keys of those no member could be found for."""

    people: People
    ids: Mapping[str, str]
    missing: tuple[str, ...]

    def contact(self, key: str) -> str | None:
        """Return the user id behind the contact `key`, or None when nobody is, or nobody was found."""
        contact = self.people.contacts.get(key)
        return self.ids.get(contact.person) if contact and contact.person else None

    def of(self, keys: Iterable[str]) -> tuple[str, ...]:
        """Return the user ids of the people under `keys`, those that were found."""
        return tuple(self.ids[key] for key in keys if key in self.ids)

    def person(self, user_id: str) -> Person | None:
        """Return whom policy knows under this user id, or None."""
        return next((self.people.persons[key] for key, known in self.ids.items() if known == user_id), None)

    def name_of(self, user_id: str) -> str:
        """Return the name policy gives this user, or "" for whom it does not know."""
        person = self.person(user_id)
        return person.name if person else ""

    def describe(self, user_id: str) -> str:
        """Return what people call this user: the first contact they stand behind, else their title, else ""."""
        person = self.person(user_id)
        if person is None:
            return ""
        labels = (contact.label for contact in self.people.contacts.values() if contact.person == person.key)
        return next(labels, person.title)


def board_of(*, policy: Policy, rota: Rota) -> tuple[str, ...]:
    """Return the Governance Board: the user ids of those whom policy names to approve, each once, those found."""
    return tuple(dict.fromkeys(rota.of(policy.board)))


def resolve(*, people: People, members: Iterable[Member]) -> Rota:
    """Return the rota of `people` among `members`.

    This is the only place where handles are compared (people can change their own): from here on ids decide. A handle
    that fits two eligible members fits nobody, so that no page goes to a namesake.
    """
    eligible = [member for member in members if member.is_eligible]
    found = {key: _account(person, eligible) for key, person in people.persons.items()}
    return Rota(
        people=people,
        ids={key: user_id for key, user_id in found.items() if user_id},
        missing=tuple(key for key, user_id in found.items() if not user_id),
    )


def _account(person: Person, eligible: Iterable[Member]) -> str | None:
    handle = person.slack.removeprefix("@").casefold() if person.slack.startswith("@") else None
    fitting = [member.id for member in eligible if _fits(member, person.slack, handle)]
    return fitting[0] if len(fitting) == 1 else None


def _fits(member: Member, user_id: str, handle: str | None) -> bool:
    return member.id == user_id if handle is None else member.handle.casefold() == handle
