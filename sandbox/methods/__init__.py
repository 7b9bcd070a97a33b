"""The Web API methods the workspace answers."""

from sandbox.methods import auth, bookmarks, channels, chat, files, history, membership, pins, reactions, users, views
from sandbox.methods.registry import METHODS

__all__ = [
    "METHODS",
    "auth",
    "bookmarks",
    "channels",
    "chat",
    "files",
    "history",
    "membership",
    "pins",
    "reactions",
    "users",
    "views",
]
