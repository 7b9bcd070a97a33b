"""What is known of a channel in which an incident is asked to live."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """A Slack channel as Slack describes it; one that Slack says nothing about is private, and Tocsin is not in it.

    `is_shared` says that another organisation reads it, `is_general` that everybody of the workspace does,
    `is_conversation` that it is a direct message.
    """

    id: str
    name: str = ""
    is_private: bool = True
    is_member: bool = False
    is_shared: bool = False
    is_general: bool = False
    is_conversation: bool = False
