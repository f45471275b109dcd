"""Letters: the outbox of this counter and the news of the others."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from counter_app.domain.events import Event
from counter_app.domain.ids import DossierId, EventId
from counter_app.wire.letters import Letter
from counter_app.wire.messages import NewsItem, Verdict


class LetterState(StrEnum):
    """How far a letter of this counter has got; letters of others are always `accepted`."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    FORKED = "forked"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterEntry:
    """A letter as this store keeps it; none is ever deleted.

    Attributes:
        state: How far it has got.
        position: In the office's feed, once known.
        reason: Why it was refused.
        dossier: Which dossier it is about.
        is_own: Whether this counter wrote it.
        needs_attention: Refused, and no person has looked at it yet.
    """

    letter: Letter
    state: LetterState
    position: int | None
    reason: str
    dossier: DossierId
    is_own: bool
    needs_attention: bool


@dataclass(frozen=True, slots=True)
class Cursor:
    """Up to where the office's feed was read; `digest` is of the letter at that position."""

    position: int = 0
    digest: str = ""


class Letters(Protocol):
    """Every letter this store knows: its own outbox, and the others' news."""

    def append(self, event: Event) -> Letter:
        """Seal the event at the next place of this counter's history and keep it waiting."""
        ...

    def waiting(self, limit: int) -> tuple[Letter, ...]:
        """Own letters still to be sent, in order."""
        ...

    def settle(self, verdicts: tuple[Verdict, ...]) -> None:
        """Note the server's verdicts; `gap` changes nothing."""
        ...

    def send_again_after(self, seq: int) -> int:
        """Put own settled letters after `seq` back to waiting; returns how many."""
        ...

    def add_news(self, item: NewsItem) -> bool:
        """Keep an accepted letter of the feed; False when it was placed already."""
        ...

    def of_dossier(self, dossier: DossierId) -> tuple[LetterEntry, ...]:
        """All letters of a dossier: accepted ones by position, then own waiting ones by place."""
        ...

    def acknowledged(self) -> int:
        """Highest place up to which every own letter is settled; 0 at the beginning."""
        ...

    def cursor(self) -> Cursor: ...

    def move_cursor(self, cursor: Cursor) -> None: ...

    def attend(self, id: EventId) -> None:
        """A person has looked at a refused letter."""
        ...
