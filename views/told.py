"""Who hears of what was done: the incident's channel, or whatever takes its place once somebody archived that."""

from bot.incident.showing import why
from views.scene import Scene


def channel_told(scene: Scene) -> str:
    """Return that the channel is told; while it is archived by hand, who is told instead."""
    if why(scene.incident):
        return "Its channel is not told: others read it, and details are withheld there."
    if not scene.picture.is_archived:
        return "Its channel is told."
    return f"Its channel is archived; {_instead(scene)} told."


def both_told(scene: Scene, other: str) -> str:
    """Return that the channels of the incident and of `other`, the one it goes on as, are told."""
    if why(scene.incident):
        mine = f"that of {scene.incident.ref} is not: others read it, and details are withheld there."
        return f"The channel of {other} is told; {mine}"
    if not scene.picture.is_archived:
        return "Both channels are told."
    return f"The channel of {other} is told; that of {scene.incident.ref} is archived, so {_instead(scene)} told."


def _instead(scene: Scene) -> str:
    """Return who hears what the channel does not take, as the fallback has it: "nobody is" where nobody may."""
    if not (scene.incident.is_private or scene.incident.is_test):
        return f"{scene.its_channel} is"
    return "the commander is" if scene.incident.commander else "nobody is"
