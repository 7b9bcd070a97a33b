"""Private answers to who gave an incident a turn: another severity or title, a way back, an end for good."""

from bot.incident.sentences import Quote
from views.kit import Message
from views.lines import line
from views.scene import Scene
from views.sentences import Line, Room
from views.standing import commands
from views.told import both_told, channel_told
from views.turns import closed_line


def severity_changed(scene: Scene) -> Message:
    """Return the severity now, and who is told."""
    cadence = scene.incident.cadence
    every: Line = (" Updates fall due.",) if cadence else (" No updates fall due.",)
    channel = channel_told(scene)
    told = f"{scene.incident.ref} is now {scene.incident.severity.label}; {channel[0].lower()}{channel[1:]}"
    return line(scene, (told, " Clocks count from the start.", *every))


def reopened(scene: Scene) -> Message:
    """Return that it is open again, and who commands."""
    return line(scene, (f"{scene.incident.ref} is open again; its clocks count from now. ", *commands(scene)))


def retitled(scene: Scene) -> Message:
    """Return the new title, to the one who gave it."""
    title: Line = () if scene.withheld else (": ", Quote(scene.incident.title))
    return line(scene, (f"{scene.incident.ref} has its new title", *title, ". The old one is on the record."))


def closed(scene: Scene) -> Message:
    """Return the end for good."""
    return line(scene, (closed_line(scene, scene.incident.version),))


def merged(scene: Scene) -> Message:
    """Return where it goes on, and that both channels are told."""
    gone = scene.incident.merged
    into = f"INC-{gone.into}" if gone else "another incident"
    where: Line = (" in ", Room(gone.channel, gone.channel_name)) if gone and gone.channel else ()
    return line(scene, (f"{scene.incident.ref} goes on as {into}", *where, f". {both_told(scene, into)}"))
