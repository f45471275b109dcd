"""Questions that change nothing; each reads one snapshot on a connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection, text

from counter_app.adapters.store import searching
from counter_app.adapters.store.dossiers import dossier_by_id, dossier_by_number
from counter_app.adapters.store.drafts import drafts_of, pages_of_draft
from counter_app.adapters.store.letters import letters_of_dossier, open_letters
from counter_app.adapters.store.machine import PackShelf, enrolment_in, note_in, pin_hash_in
from counter_app.adapters.store.numbers import number_after_last
from counter_app.adapters.store.prints import prints_in, prints_of
from counter_app.adapters.store.uploads import pages_left, pages_missing, pages_waiting
from counter_app.application.ports.history import LetterEntry
from counter_app.application.ports.reading import DossierRow, Search, SyncCounts
from counter_app.application.ports.records import (
    Draft,
    DraftPage,
    Enrolment,
    PageProgress,
    PrintJob,
    PrintState,
)
from counter_app.application.syncing import LAST_CONTACT
from counter_app.domain.dossier import Dossier
from counter_app.domain.ids import DossierId, StaffId
from counter_app.domain.numbers import BandExhausted, DossierNumber, Number, NumberBand
from counter_app.wire.messages import OfficePack

# Places of a history have no holes, so the accepted ones need not be counted one by one.
_LETTER_COUNTS: Final = text(
    """
    SELECT
        (SELECT coalesce(sum((SELECT max(seq) FROM letter WHERE counter = own_counter.counter)), 0)
         FROM own_counter),
        count(DISTINCT CASE WHEN fork = 0 THEN row END),
        count(CASE WHEN state = 'waiting' THEN 1 END),
        count(CASE WHEN state = 'refused' AND NOT is_attended THEN 1 END),
        count(CASE WHEN state = 'forked' THEN 1 END),
        count(CASE WHEN state = 'forked' AND NOT EXISTS (
            SELECT 1 FROM letter AS other WHERE other.counter = letter.counter
            AND other.seq = letter.seq AND other.fork = 0) THEN 1 END)
    FROM letter INDEXED BY letter_unsettled WHERE state <> 'accepted' AND is_own
    """
)


class SqlReads:
    """The questions, as `ports.reading.Reads` tells them.

    Args:
        reading: Opens a snapshot.
        packs: The office pack as last read.
    """

    def __init__(
        self, reading: Callable[[], AbstractContextManager[Connection]], packs: PackShelf
    ) -> None:
        self._reading = reading
        self._packs = packs
        self._procedures = searching.ProcedureShelf()

    def search(self, search: Search) -> tuple[DossierRow, ...]:
        with self._reading() as connection:
            return searching.find(connection, search, self._procedures)

    def dossier(self, id: DossierId) -> Dossier | None:
        with self._reading() as connection:
            return dossier_by_id(connection, id)

    def by_number(self, number: Number) -> Dossier | None:
        with self._reading() as connection:
            return dossier_by_number(connection, number)

    def letters_of(self, id: DossierId) -> tuple[LetterEntry, ...]:
        with self._reading() as connection:
            return letters_of_dossier(connection, id)

    def prints_of(self, id: DossierId) -> tuple[PrintJob, ...]:
        with self._reading() as connection:
            return prints_of(connection, id)

    def pages_missing_at_server(self, id: DossierId) -> tuple[PageProgress, ...]:
        with self._reading() as connection:
            return pages_missing(connection, id)

    def sync_counts(self) -> SyncCounts:
        with self._reading() as connection:
            placed, unsettled, waiting, refused, forked, only_forked = connection.execute(
                _LETTER_COUNTS
            ).one()
            pages, missing = pages_left(connection)
            contact = note_in(connection, LAST_CONTACT)
        return SyncCounts(
            letters_waiting=waiting,
            letters_refused=refused,
            letters_accepted=placed - unsettled - only_forked,
            pages_waiting=pages,
            bytes_waiting=missing,
            last_contact=None if contact is None else datetime.fromisoformat(contact),
            forked=forked,
        )

    def next_number(self, bands: tuple[NumberBand, ...], day: date) -> DossierNumber | None:
        with self._reading() as connection:
            try:
                return number_after_last(connection, bands, day)
            except BandExhausted:
                return None

    def draft_pages(self, draft: DossierId) -> tuple[DraftPage, ...]:
        with self._reading() as connection:
            return pages_of_draft(connection, draft)

    def drafts_of(self, owner: StaffId) -> tuple[Draft, ...]:
        with self._reading() as connection:
            return drafts_of(connection, owner)

    def pack(self) -> OfficePack | None:
        with self._reading() as connection:
            return self._packs.pack(connection)

    def enrolment(self) -> Enrolment | None:
        with self._reading() as connection:
            return enrolment_in(connection)

    def pin_hash(self, staff: StaffId) -> str | None:
        with self._reading() as connection:
            return pin_hash_in(connection, staff)

    def open_letters(self, limit: int) -> tuple[LetterEntry, ...]:
        with self._reading() as connection:
            return open_letters(connection, limit)

    def pages_waiting(self, limit: int) -> tuple[PageProgress, ...]:
        with self._reading() as connection:
            return pages_waiting(connection, limit)

    def prints_open(self) -> tuple[PrintJob, ...]:
        with self._reading() as connection:
            return prints_in(connection, PrintState.QUEUED, PrintState.UNKNOWN, PrintState.FAILED)
