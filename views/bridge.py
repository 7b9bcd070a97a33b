"""The bridge: the address policy gives for talking about one incident, made of its number alone."""

from views.scene import Scene
from views.sentences import Line, Link
from views.standing import ended


def bridge(scene: Scene) -> Line:
    """Return the address as a link while the incident is open; nothing where policy names none."""
    template = scene.picture.policy.channels.bridge
    if not template or ended(scene):
        return ()
    return ("Bridge: ", Link(template.replace("{number}", str(scene.incident.number))))
