"""A letter: one event, sealed where it happened, that travels unopened and unchanged.

Each letter names the digest of the one before it from the same counter, so that a restored backup
or a copied disk shows: two different letters in one place of the history.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from counter_app.domain import events
from counter_app.domain.errors import Refusal
from counter_app.domain.events import Event
from counter_app.domain.ids import EventId
from counter_app.wire.codec import from_json, to_json

FIRST: Final = "0" * 64
"""What the first letter of a counter names as the digest before it."""

_KINDS: Final[dict[str, type[Event]]] = {
    "dossier_received": events.DossierReceived,
    "number_linked": events.NumberLinked,
    "pages_added": events.PagesAdded,
    "dossier_forwarded": events.DossierForwarded,
    "supplement_requested": events.SupplementRequested,
    "supplement_received": events.SupplementReceived,
    "obligation_requested": events.ObligationRequested,
    "obligation_settled": events.ObligationSettled,
    "dossier_withdrawn": events.DossierWithdrawn,
    "dossier_stopped": events.DossierStopped,
    "result_ready": events.ResultReady,
    "result_returned": events.ResultReturned,
}
_NAMES: Final = {kind: name for name, kind in _KINDS.items()}
VERSION: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """An event as it was sealed.

    Attributes:
        id: Place in the history of its counter.
        kind: Name of the event (`dossier_received`).
        v: Version of the body's shape.
        body: The event in canonical JSON.
        previous: Digest of the letter before, or `FIRST`.
        digest: SHA-256 over all of the above, 64 hex digits.
    """

    id: EventId
    kind: str
    v: int
    body: str
    previous: str
    digest: str


@dataclass(eq=False)
class LetterDamaged(Refusal):
    """The digest does not fit the letter."""

    id: EventId


@dataclass(eq=False)
class LetterTooNew(Refusal):
    """A kind or version that this program does not know yet: it must be brought up to date."""

    kind: str
    v: int


def seal(event: Event, *, id: EventId, previous: str) -> Letter:
    """Put an event into a letter, for ever."""
    kind, body = _NAMES[type(event)], to_json(event)
    digest = _digest(id, kind, VERSION, body, previous)
    return Letter(id=id, kind=kind, v=VERSION, body=body, previous=previous, digest=digest)


def unseal(letter: Letter) -> Event:
    """Read the event out of a letter.

    Raises:
        LetterDamaged: The digest does not fit.
        LetterTooNew: The kind or the version is unknown here.
        MessageUnreadable: The body is not such an event.
    """
    if not is_whole(letter):
        raise LetterDamaged(letter.id)
    return content_of(letter)


def content_of(letter: Letter) -> Event:
    """Read the event out of a letter that is known to be whole.

    Raises:
        LetterTooNew: The kind or the version is unknown here.
        MessageUnreadable: The body is not such an event.
    """
    kind = _KINDS.get(letter.kind)
    if kind is None or letter.v != VERSION:
        raise LetterTooNew(letter.kind, letter.v)
    return from_json(kind, letter.body)


def link(chain: str, letter: Letter) -> str:
    """The chain of a feed after one more letter; `FIRST` is that of an empty feed."""
    return hashlib.sha256(f"{chain}\n{letter.digest}".encode()).hexdigest()


def is_whole(letter: Letter) -> bool:
    """Whether the digest fits the rest."""
    return letter.digest == _digest(letter.id, letter.kind, letter.v, letter.body, letter.previous)


def _digest(id: EventId, kind: str, v: int, body: str, previous: str) -> str:
    head = f"{id.counter}\n{id.seq}\n{kind}\n{v}\n{previous}\n"
    return hashlib.sha256((head + body).encode()).hexdigest()
