"""What one transaction knows and changes of an office: read at once, written at once.

Fifty letters cost a handful of statements, whatever is in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, or_, select, update

from central_server.service.access import Asking
from central_server.service.bands import bands_of, from_reserve
from central_server.service.dossiers import dossiers_of
from central_server.store import tables
from central_server.store.bulk import insert_rows, update_rows, upsert_rows
from counter_app.domain.dossier import Dossier, Page
from counter_app.domain.events import Event
from counter_app.domain.ids import SERVER, DossierId, EventId
from counter_app.domain.numbers import DossierNumber, Number, NumberBand
from counter_app.wire.letters import Letter, link, seal


@dataclass(frozen=True, slots=True)
class HeldLetter:
    """What the server answered to a letter before."""

    digest: str
    reason: str
    position: int | None


@dataclass(slots=True)
class History:
    """How far the history of one counter is held."""

    seq: int
    digest: str


@dataclass(slots=True)
class _Feed:
    head: int
    chain: str
    server: History


@dataclass(slots=True)
class _Changes:
    letters: list[dict[str, Any]] = field(default_factory=list)
    dossiers: dict[DossierId, Dossier] = field(default_factory=dict)
    pages: dict[str, dict[str, Any]] = field(default_factory=dict)


class Ledger:
    """The books of one office, locked until the transaction ends.

    Attributes:
        history: Up to where the letters of the asking counter are answered.
    """

    def __init__(self, connection: Connection, asking: Asking, now_ms: int) -> None:
        self._connection = connection
        self._asking = asking
        self._now_ms = now_ms
        self._feed = self._lock()
        self.history = self._read_history()
        self._before: dict[DossierId, Dossier] = {}
        self._numbers: set[str] = set()
        self._bands: tuple[NumberBand, ...] | None = None
        self._changes = _Changes()

    def known(self, seqs: Sequence[int]) -> dict[int, HeldLetter]:
        """The letters of the asking counter in these places that were answered before."""
        if min(seqs) > self.history.seq:
            return {}
        letter = tables.letter
        rows = self._connection.execute(
            select(letter.c.seq, letter.c.digest, letter.c.reason, letter.c.position)
            .where(letter.c.unit == self._asking.unit)
            .where(letter.c.counter == self._asking.counter)
            .where(letter.c.seq.in_(seqs))
        )
        return {row.seq: HeldLetter(row.digest, row.reason, row.position) for row in rows}

    def load(self, dossiers: Iterable[DossierId], numbers: Iterable[Number]) -> None:
        """Read what the letters speak of."""
        unit = self._asking.unit
        self._before = dossiers_of(self._connection, unit, set(dossiers))
        if texts := sorted({number.text for number in numbers}):
            table = tables.dossier
            taken = self._connection.execute(
                select(table.c.number, table.c.former_number)
                .where(table.c.unit == unit)
                .where(or_(table.c.number.in_(texts), table.c.former_number.in_(texts)))
            )
            self._numbers = {text for row in taken for text in row if text is not None}

    def dossier(self, id: DossierId) -> Dossier | None:
        return self._changes.dossiers.get(id) or self._before.get(id)

    def put(self, dossier: Dossier) -> None:
        self._changes.dossiers[dossier.id] = dossier
        self._numbers.add(dossier.number.text)

    def is_taken(self, number: Number) -> bool:
        return number.text in self._numbers

    def is_leased(self, number: DossierNumber) -> bool:
        """Whether the asking counter may give this number, written in this way."""
        if self._bands is None:
            self._bands = bands_of(self._connection, self._asking.counter)
        return any(
            band.unit == number.unit
            and band.first <= number.sequence <= band.last
            and band.holds_on(number.day)
            and DossierNumber.compose(band.unit, number.day, number.sequence) == number
            for band in self._bands
        )

    def draw_from_reserve(self, day: date) -> DossierNumber:
        return from_reserve(self._connection, self._asking.unit, day)

    def expect_pages(self, pages: Iterable[Page], dossier: DossierId) -> None:
        for page in pages:
            self._changes.pages[page.sha256] = {
                "unit": self._asking.unit,
                "sha256": page.sha256,
                "size": page.size,
                "dossier": dossier,
            }

    def accept(self, letter: Letter, dossier: DossierId) -> int:
        """Place the letter in the feed; returns its position."""
        feed = self._feed
        feed.head += 1
        feed.chain = link(feed.chain, letter)
        self._keep(letter, dossier=dossier, position=feed.head, chain=feed.chain)
        return feed.head

    def refuse(self, letter: Letter, reason: str) -> None:
        """Keep the letter and the answer, so that both are the same the next time."""
        self._keep(letter, reason=reason)

    def write_own(self, event: Event) -> int:
        """Write a letter of the server's own into the feed."""
        own = self._feed.server
        letter = seal(event, id=EventId(SERVER, own.seq + 1), previous=own.digest)
        self._feed.server = History(letter.id.seq, letter.digest)
        return self.accept(letter, event.dossier)

    def write_down(self) -> None:
        """Put every change into the database."""
        if not self._changes.letters:
            return
        asking, feed = self._asking, self._feed
        insert_rows(self._connection, tables.letter, self._changes.letters)
        self._connection.execute(
            update(tables.counter)
            .where(tables.counter.c.id == asking.counter)
            .values(held_seq=self.history.seq, held_digest=self.history.digest)
        )
        self._connection.execute(
            update(tables.feed)
            .where(tables.feed.c.unit == asking.unit)
            .values(
                head=feed.head,
                chain=feed.chain,
                server_seq=feed.server.seq,
                server_digest=feed.server.digest,
            )
        )
        self._write_dossiers()
        self._write_pages()

    def _lock(self) -> _Feed:
        feed = tables.feed
        row = self._connection.execute(
            select(feed).where(feed.c.unit == self._asking.unit).with_for_update()
        ).one()
        return _Feed(row.head, row.chain, History(row.server_seq, row.server_digest))

    def _read_history(self) -> History:
        """After the lock: another request of the same counter may have gone before."""
        counter = tables.counter
        row = self._connection.execute(
            select(counter.c.held_seq, counter.c.held_digest).where(
                counter.c.id == self._asking.counter
            )
        ).one()
        return History(row.held_seq, row.held_digest)

    def _keep(
        self,
        letter: Letter,
        *,
        dossier: DossierId | None = None,
        reason: str = "",
        position: int | None = None,
        chain: str | None = None,
    ) -> None:
        if letter.id.counter != SERVER:
            self.history = History(letter.id.seq, letter.digest)
        self._changes.letters.append(
            {
                "unit": self._asking.unit,
                "counter": letter.id.counter,
                "seq": letter.id.seq,
                "kind": letter.kind,
                "v": letter.v,
                "body": letter.body,
                "previous": letter.previous,
                "digest": letter.digest,
                "dossier": dossier,
                "reason": reason,
                "position": position,
                "chain": chain,
                "came_at": self._now_ms,
            }
        )

    def _write_dossiers(self) -> None:
        new: list[dict[str, Any]] = []
        changed: list[dict[str, Any]] = []
        for id, dossier in sorted(self._changes.dossiers.items()):
            row = {
                "unit": self._asking.unit,
                "id": id,
                "number": dossier.number.text,
                "former_number": dossier.former_number and dossier.former_number.text,
                "status": int(dossier.status),
                "revision": dossier.revision,
            }
            (changed if id in self._before else new).append(row)
        insert_rows(self._connection, tables.dossier, new)
        update_rows(self._connection, tables.dossier, changed, key=("unit", "id"))

    def _write_pages(self) -> None:
        # While a page is not here, the latest letter decides how long it is.
        upsert_rows(
            self._connection,
            tables.page,
            list(self._changes.pages.values()),
            change="size",
            only_where="page.stored_at IS NULL AND page.size <> excluded.size",
        )
