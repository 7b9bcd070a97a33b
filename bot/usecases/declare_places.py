"""What the declare form knows of places: the channel it was opened in, and the incidents it shows."""

from dataclasses import replace
from typing import Any

from bot.incident import commands as c
from bot.incident.context import Context
from bot.incident.history.codec import build, plain
from bot.incident.reacting.effects import Json, Words
from bot.incident.rules.housing import why_not_here
from bot.ports import UnitOfWork
from bot.usecases.answering import message_of
from bot.usecases.world import World
from bot.words import Act


def offer_here(unit: UnitOfWork, words: Words, context: Context) -> tuple[Words, Words]:
    """Return the form's words with the name of the channel it may use, and what its handle keeps of that channel."""
    host = _host(words.get("host"))
    rest = {key: value for key, value in words.items() if key != "host"}
    if host is None or why_not_here(host, replace(context, other=unit.incidents.by_channel(host.id))):
        return rest, {}
    return {**rest, "here": host.name, "here_private": host.is_private}, {"host": plain(host)}


def in_its_channel(command: c.Command, kept: Words) -> c.Command:
    """Return a declaration with the channel its form was opened in, if it asks for it and that was kept."""
    if not isinstance(command, c.Declare) or not command.here:
        return command
    return replace(command, host=_host(kept.get("host")))


def _host(known: Any) -> c.Host | None:  # noqa: ANN401 - JSON is what it is
    return build(c.Host, known) if known else None


def mint_shows(unit: UnitOfWork, words: Words, *, key: str, person: str, world: World) -> Json:
    """Return a handle for the panel of each incident the form names, by its number, for `person` alone."""
    named: Any = words.get("open") or ()
    return {
        str(one["number"]): unit.handles.mint(
            message_of(f"{key}/show/{one['number']}"), Act.PANEL, incident=one["number"], person=person, now=world.now()
        )
        for one in named
    }
