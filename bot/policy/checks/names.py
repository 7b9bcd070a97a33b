"""Whoever and whatever is named exists, and can be reached in the way asked for."""

from collections.abc import Collection, Mapping

from bot.policy.model import Contact, People
from bot.policy.reading import Kind, Mention, Reading, nearest


def check_names(*, reading: Reading, known: Mapping[Kind, Collection[str]]) -> None:
    """Note every name that nothing in `known` answers to; kinds that `known` lacks are not looked at.

    A runbook that is not there is a warning: writing it takes longer than naming it.
    """
    for kind, spot in reading.named:
        name = str(spot.value or spot.key)
        if kind in known and name not in known[kind]:
            if kind is Kind.RUNBOOK:
                reading.warn(spot, allowed="in the runbooks folder")
            else:
                reading.refuse(spot, allowed=f"a {kind}: {nearest(word=name, known=known[kind])}")


def check_mentions(*, reading: Reading, people: People) -> None:
    """Note every contact that is named and does not exist, or cannot be reached in the way asked for."""
    for mention in reading.mentions:
        contact = people.contacts.get(mention.contact)
        if contact is None:
            allowed = f"a contact: {nearest(word=mention.contact, known=people.contacts)}"
            reading.refuse(mention.spot, allowed=allowed)
        else:
            _check_reachable(reading, mention, contact, people)


def _check_reachable(reading: Reading, mention: Mention, contact: Contact, people: People) -> None:
    if contact.person is None:
        if mention.filled:
            reading.refuse(mention.spot, allowed="filled: nobody stands behind this contact")
        return
    person = people.persons.get(contact.person)
    if person and len(person.ways) < mention.way:
        allowed = f"there for way {mention.way}: {person.name} has {len(person.ways)}"
        reading.refuse(mention.spot, allowed=allowed)
