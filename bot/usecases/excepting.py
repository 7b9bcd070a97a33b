"""Exceptions at the edges of the core: which of them a button is about, and who may answer without seeing more."""

from dataclasses import replace

from bot.incident import commands as c
from bot.incident.commands import Command
from bot.incident.model import Incident
from bot.incident.reacting.effects import Words
from bot.incident.sight import is_asked
from bot.ports import Handle
from bot.words import Act

ANSWERS = (Act.APPROVE_EXCEPTION, Act.DECLINE_EXCEPTION)


def number_of(handle: Handle) -> int | None:
    """Return the exception a button is about: as its message carries it, or as somebody's own page quoted it."""
    said = str(handle.words.get("number") or handle.quoted)
    return int(said) if said.isdecimal() else None


def asked_for(handle: Handle) -> Words:
    """Return what the form that declines has to carry on."""
    return {"number": number_of(handle)} if handle.act is Act.DECLINE_EXCEPTION else {}


def meant(command: Command, handle: Handle) -> Command:
    """Return what a form says, about the exception it was opened for."""
    return replace(command, number=number_of(handle)) if isinstance(command, c.DeclineException) else command


def may_answer(incident: Incident | None, asked: Command | Act | None, person: str) -> bool:
    """Return whether it is an answer from one of the Board who was asked, though the incident may be hidden to them."""
    is_answer = asked in ANSWERS or isinstance(asked, c.ApproveException | c.DeclineException)
    return incident is not None and is_answer and is_asked(incident, person)
