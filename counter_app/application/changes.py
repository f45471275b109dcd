"""Tells whoever listens that something was committed; values only, after the commit."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Change(StrEnum):
    """What kind of thing changed; the listener reads anew what it shows."""

    DOSSIERS = "dossiers"
    LETTERS = "letters"
    PRINTS = "prints"
    LINE = "line"
    PACK = "pack"


Listener = Callable[[Change], None]


class Changes:
    """A plain list of listeners, called on the thread on which the change was made."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Start listening; the returned function ends it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def publish(self, *changes: Change) -> None:
        for listener in tuple(self._listeners):
            for change in changes:
                listener(change)
