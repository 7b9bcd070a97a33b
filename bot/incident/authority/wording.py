"""Who has a right, in words: as the table of rights and the duties of policy say, and not as anybody remembers them."""

from collections.abc import Iterator, Mapping

from bot.incident.authority.rights import Right
from bot.incident.authority.table import RULES, Part
from bot.policy.model import Policy

_SAID: Mapping[Part, str] = {
    Part.MEMBER: "any member",
    Part.DEPUTY: "the deputy",
    Part.ON_CALL: "who is on call",
}


def holders(right: Right, policy: Policy) -> str:
    """Return who has `right`, in one enumeration: "the commander, ML Platform SRE, the deputy or who is on call"."""
    said = list(dict.fromkeys(_holders(right, policy)))
    return " or ".join(filter(None, (", ".join(said[:-1]), said[-1])))


def _holders(right: Right, policy: Policy) -> Iterator[str]:
    rule, raci = RULES[right], policy.raci
    for party, column in raci.parties.items():
        if rule.activity and raci.may_act(activity=rule.activity, party=party):
            yield f"the {column.role}" if column.role else column.label
    yield from (_SAID.get(part, part.value) for part in rule.also)
