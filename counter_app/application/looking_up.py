"""Finding dossiers, and all that is known of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from counter_app.application.capture import PageMissing, PageVault
from counter_app.application.handling import Step, allowed_steps
from counter_app.application.ports.history import LetterEntry, LetterState
from counter_app.application.ports.line import CentralServer
from counter_app.application.ports.records import PageProgress, PrintJob
from counter_app.application.ports.store import Store
from counter_app.domain.dossier import Dossier, Status, UnknownDossier
from counter_app.domain.errors import Refusal
from counter_app.domain.events import Event
from counter_app.domain.ids import DossierId, EventId
from counter_app.wire.letters import unseal


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One thing that happened, and how far its letter has got.

    Attributes:
        id: Of the letter.
        event: What happened; None where only a newer program can read it.
        at: When, by the clock of the counter where it happened.
        is_own: Whether it happened at this counter.
        state: Waiting, accepted by the server, refused, forked.
        reason: Why the server refused it.
        needs_attention: Refused, and nobody has looked yet.
    """

    id: EventId
    event: Event | None
    at: datetime | None
    is_own: bool
    state: LetterState
    reason: str
    needs_attention: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierPage:
    """Everything about one dossier, read in one go.

    Attributes:
        dossier: As it is now, own waiting letters included.
        timeline: The oldest first.
        prints: Slips of it, the oldest first.
        pages_missing: Pages that the server does not hold whole yet.
        steps: What may be done with it now.
        can_return: Whether the result can be handed over now.
    """

    dossier: Dossier
    timeline: tuple[TimelineEntry, ...]
    prints: tuple[PrintJob, ...]
    pages_missing: tuple[PageProgress, ...]
    steps: tuple[Step, ...]
    can_return: bool


def look_at(id: DossierId, *, store: Store) -> DossierPage:
    """Read a dossier with its history.

    Raises:
        UnknownDossier: It is not here.
    """
    reads = store.reads
    dossier = reads.dossier(id)
    if dossier is None:
        raise UnknownDossier(id)
    return DossierPage(
        dossier=dossier,
        timeline=tuple(_entry(entry) for entry in reads.letters_of(id)),
        prints=reads.prints_of(id),
        pages_missing=reads.pages_missing_at_server(id),
        steps=allowed_steps(dossier),
        can_return=dossier.allows(Status.RETURNED),
    )


def _entry(entry: LetterEntry) -> TimelineEntry:
    try:
        event: Event | None = unseal(entry.letter)
    except Refusal:
        event = None
    return TimelineEntry(
        id=entry.letter.id,
        event=event,
        at=event.at if event else None,
        is_own=entry.is_own,
        state=entry.state,
        reason=entry.reason,
        needs_attention=entry.needs_attention,
    )


def page_content(sha256: str, *, vault: PageVault, server: CentralServer) -> bytes:
    """The picture of a page: from here, or from the server where another counter scanned it.

    Raises:
        PageDamaged: The file here is not what it was.
        LineTrouble: It is not here, and the server cannot be reached.
    """
    try:
        return vault.load(sha256)
    except PageMissing:
        content = server.fetch_page(sha256)
        vault.store(content)
        return content


def attend(id: EventId, *, store: Store) -> None:
    """A person has read why a letter was refused, and has done what was to be done."""
    with store.transaction() as tx:
        tx.letters.attend(id)
