"""The counter's own encrypted memory, and what can be wrong with it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from counter_app.application.ports.history import Letters
from counter_app.application.ports.reading import Reads
from counter_app.application.ports.records import (
    Dossiers,
    Drafts,
    Machine,
    Numbers,
    PageUploads,
    PrintJobs,
)
from counter_app.domain.errors import Refusal, Trouble


class Transaction(Protocol):
    """All of it is committed on leaving the block, or none."""

    @property
    def dossiers(self) -> Dossiers: ...
    @property
    def letters(self) -> Letters: ...
    @property
    def numbers(self) -> Numbers: ...
    @property
    def drafts(self) -> Drafts: ...
    @property
    def uploads(self) -> PageUploads: ...
    @property
    def prints(self) -> PrintJobs: ...
    @property
    def machine(self) -> Machine: ...


class Store(Protocol):
    """The counter's own encrypted memory."""

    def transaction(self) -> AbstractContextManager[Transaction]:
        """Write; others that write wait their turn, for at most a few seconds.

        Raises:
            StoreBusy: Somebody else held the store too long; nothing was written.
            DiskFull: Nothing was written.
            StoreDamaged: The file is not what it was.
        """
        ...

    @property
    def reads(self) -> Reads: ...


@dataclass(eq=False)
class StoreBusy(Trouble):
    """Another process holds the store."""


@dataclass(eq=False)
class StoreDamaged(Trouble):
    """The store file is damaged, or not a store."""

    path: str = ""


@dataclass(eq=False)
class StoreLocked(Trouble):
    """The key does not open the store."""

    path: str = ""


@dataclass(eq=False)
class StoreInUse(Trouble):
    """Another instance of the program works on this store."""

    path: str = ""


@dataclass(eq=False)
class KeysDamaged(Trouble):
    """The file with the ways to the data key is damaged; the copy of before lies beside it."""

    path: str = ""


@dataclass(eq=False)
class StoreTooNew(Trouble):
    """A newer program made this store; this one must not touch it."""

    path: str = ""


@dataclass(eq=False)
class NotEnrolledYet(Refusal):
    """The store belongs to no office yet, so nothing can be taken in."""
