"""The vocabulary of incident response as types, and nothing else."""

from enum import IntEnum, StrEnum


class Severity(StrEnum):
    """How bad it is; SEV-1 is the worst (G3)."""

    SEV1 = "sev1"
    SEV2 = "sev2"
    SEV3 = "sev3"
    SEV4 = "sev4"

    @property
    def rank(self) -> int:
        """Return 1 for the worst severity to 4 for the mildest."""
        return int(self.value[-1])

    @property
    def label(self) -> str:
        """Return the severity as people read it, such as "SEV-1"."""
        return f"SEV-{self.rank}"


class Status(StrEnum):
    """Where an incident is in its lifecycle."""

    DECLARED = "declared"
    ACKNOWLEDGED = "acknowledged"
    MITIGATED = "mitigated"
    RESOLVED = "resolved"
    CLOSED = "closed"
    CANCELLED = "cancelled"
    MERGED = "merged"

    @property
    def is_open(self) -> bool:
        """Return whether clocks run in this status."""
        return self in OPEN


OPEN = frozenset({Status.DECLARED, Status.ACKNOWLEDGED, Status.MITIGATED})
GONE = frozenset({Status.CLOSED, Status.CANCELLED, Status.MERGED})
"""Where nothing about an incident is left to do."""


class Role(StrEnum):
    """What a person answers for in an incident (S2)."""

    COMMANDER = "commander"
    DEPUTY = "deputy"
    COMMUNICATIONS_LEAD = "communications lead"
    SCRIBE = "scribe"
    SECURITY_LEAD = "security lead"
    LEGAL_COUNSEL = "legal counsel"
    CUSTOMER_ADVOCATE = "customer advocate"


class Classification(StrEnum):
    """How widely an incident may be seen (G6.1)."""

    PUBLIC = "public"
    INTERNAL = "internal"
    CONFIDENTIAL = "confidential"
    RESTRICTED = "restricted"

    @property
    def is_private(self) -> bool:
        """Return whether only people invited may see the incident."""
        return self in {Classification.CONFIDENTIAL, Classification.RESTRICTED}


class ClockKind(StrEnum):
    """A rule that something be done in time (G3.1, G3.3, G8.1)."""

    ACKNOWLEDGE = "acknowledge"
    COMMANDER = "commander"
    MITIGATE = "mitigate"
    RESOLVE = "resolve"
    UPDATE = "update"


class ActorKind(StrEnum):
    """Who can make something happen."""

    PERSON = "person"
    CLOCK = "clock"
    OPERATOR = "operator"
    TOCSIN = "tocsin"


class Act(StrEnum):
    """What a control in Slack asks for; a handle is minted for one of these."""

    ACKNOWLEDGE = "acknowledge"
    TAKE_COMMAND = "take_command"
    GIVE_BACK = "give_back"
    PASS_ON = "pass_on"  # a verb  # nosec B105
    POST_UPDATE = "post_update"
    NO_CHANGE = "no_change"
    SNOOZE = "snooze"
    ESCALATE = "escalate"
    ON_IT = "on_it"
    MITIGATE = "mitigate"
    RESOLVE = "resolve"
    CANCEL = "cancel"
    CHANGE_SEVERITY = "change_severity"
    REOPEN = "reopen"
    CLOSE = "close"
    MERGE = "merge"
    DECLARE = "declare"
    DECLARE_AGAIN = "declare_again"
    HELP = "help"
    TIMELINE = "timeline"
    OLDER = "older"
    NEWER = "newer"
    SUMMARY = "summary"
    EARLIER_UPDATES = "earlier_updates"
    NEXT_LISTED = "next_listed"
    NOTE = "note"
    UNDO_NOTE = "undo_note"
    TAKE_ROLE = "take_role"
    GIVE_ROLE = "give_role"
    ADOPT_POLICY = "adopt_policy"
    KEEP_POLICY = "keep_policy"
    HAND_OVER = "hand_over"
    ACCEPT = "accept"
    DECLINE = "decline"
    WITHDRAW_OFFER = "withdraw_offer"
    ANSWER_OFFER = "answer_offer"
    FOLLOW = "follow"
    UNFOLLOW = "unfollow"
    TEST_PAGE = "test_page"
    REACHED = "reached"
    SEND_TO_COMMANDER = "send_to_commander"
    POST_SUGGESTED = "post_suggested"
    TAKE_AND_POST = "take_and_post"
    SUGGEST_SEVERITY = "suggest_severity"
    CHANGE_TO = "change_to"
    LEAVE_SEVERITY = "leave_severity"
    ROLES = "roles"
    PANEL = "panel"
    TIMES = "times"
    CLASSIFY = "classify"
    LIST = "list"
    AS_FILE = "as_file"
    PREVIOUS_LISTED = "previous_listed"
    DECLARE_APART = "declare_apart"
    CONFIRM_SEVERITY = "confirm_severity"
    SHOW_TYPE = "show_type"
    SET_TYPE = "set_type"
    PAGE_PERSON = "page_person"
    EXCEPTION = "exception"
    APPROVE_EXCEPTION = "approve_exception"
    DECLINE_EXCEPTION = "decline_exception"
    MISSED_CLOCKS = "missed_clocks"
    EXCEPTIONS = "exceptions"
    DENIED_ACTS = "denied_acts"
    MOVE_INSIDE = "move_inside"
    KEEP_WITHHOLDING = "keep_withholding"


class PolicyDecision(StrEnum):
    """What is asked of the policy in force: to see how it stands, or to settle what is proposed."""

    SHOW = "show"
    ADOPT = "adopt"
    KEEP = "keep"


class Lane(IntEnum):
    """How urgent a delivery is; the first three keep strict order."""

    PAGE = 0
    DECLARE = 1
    ANSWER = 2
    UPDATE = 3
    REMINDER = 4
    DIGEST = 5
