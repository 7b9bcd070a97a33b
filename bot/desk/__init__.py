"""The desk: what the edges hold; it runs each use-case in one transaction."""

from bot.desk.whole import Desk

__all__ = ["Desk"]
