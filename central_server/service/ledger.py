"""What one transaction knows and changes of an office: read at once, written at once.

Fifty letters cost a handful of statements, whatever is in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from central_server.service.access import Asking
from central_server.service.bands import bands_of, from_reserve
from central_server.store import tables
from counter_app.domain.dossier import Dossier, Page
from counter_app.domain.ids import SERVER, DossierId, EventId
from counter_app.domain.numbers import DossierNumber, Number, NumberBand
from counter_app.wire.codec import from_json, to_json
from counter_app.wire.letters import Letter, link, seal

Event = Any


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
    dossiers: set[DossierId] = field(default_factory=set)
    numbers: list[dict[str, Any]] = field(default_factory=list)
    pages: dict[str, dict[str, Any]] = field(default_factory=dict)


class Ledger:
    """The books of one office, locked until the transaction ends."""

    def __init__(self, connection: Connection, asking: Asking, now_ms: int) -> None:
        self._connection = connection
        self._asking = asking
        self._now_ms = now_ms
        self._feed = self._lock()
        self.history = self._read_history()
        self._stored: dict[DossierId, Dossier] = {}
        self._dossiers: dict[DossierId, Dossier] = {}
        self._numbers: set[str] = set()
        self._bands: tuple[NumberBand, ...] | None = None
        self._changes = _Changes()

    def known(self, seqs: Sequence[int]) -> dict[int, HeldLetter]:
        """The letters of the asking counter in these places that were answered before."""
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
        if ids := set(dossiers):
            table = tables.dossier
            states = self._connection.scalars(
                select(table.c.state).where(table.c.unit == unit, table.c.id.in_(ids))
            )
            self._stored = {d.id: d for d in (from_json(Dossier, state) for state in states)}
            self._dossiers = dict(self._stored)
        if texts := {number.text for number in numbers}:
            taken = self._connection.scalars(
                select(tables.number.c.text).where(
                    tables.number.c.unit == unit, tables.number.c.text.in_(texts)
                )
            )
            self._numbers = set(taken)

    def dossier(self, id: DossierId) -> Dossier | None:
        return self._dossiers.get(id)

    def put(self, dossier: Dossier) -> None:
        self._dossiers[dossier.id] = dossier
        self._changes.dossiers.add(dossier.id)

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

    def use_number(self, number: Number, dossier: DossierId) -> None:
        self._numbers.add(number.text)
        self._changes.numbers.append(
            {"unit": self._asking.unit, "text": number.text, "dossier": dossier}
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

    def accept(self, letter: Letter) -> int:
        """Place the letter in the feed; returns its position."""
        self._feed.head += 1
        self._feed.chain = link(self._feed.chain, letter)
        self._keep(letter, "", self._feed.head, self._feed.chain)
        return self._feed.head

    def refuse(self, letter: Letter, reason: str) -> None:
        """Keep the letter and the answer, so that both are the same the next time."""
        self._keep(letter, reason, None, None)

    def write_own(self, event: Event) -> int:
        """Write a letter of the server's own into the feed."""
        own = self._feed.server
        letter = seal(event, id=EventId(SERVER, own.seq + 1), previous=own.digest)
        self._feed.server = History(letter.id.seq, letter.digest)
        return self.accept(letter)

    def write_down(self) -> None:
        """Put every change into the database."""
        if not self._changes.letters:
            return
        asking, feed = self._asking, self._feed
        self._connection.execute(insert(tables.letter), self._changes.letters)
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
        if self._changes.numbers:
            self._connection.execute(insert(tables.number), self._changes.numbers)
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

    def _keep(self, letter: Letter, reason: str, position: int | None, chain: str | None) -> None:
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
                "reason": reason,
                "position": position,
                "chain": chain,
                "came_at": self._now_ms,
            }
        )

    def _write_dossiers(self) -> None:
        rows = [self._row_of(self._dossiers[id]) for id in sorted(self._changes.dossiers)]
        if new := [row for row in rows if row["id"] not in self._stored]:
            self._connection.execute(insert(tables.dossier), new)
        if changed := [row for row in rows if row["id"] in self._stored]:
            table = tables.dossier
            self._connection.execute(
                update(table)
                .where(table.c.unit == bindparam("of_unit"), table.c.id == bindparam("of_id"))
                .values(
                    number=bindparam("number"),
                    status=bindparam("status"),
                    revision=bindparam("revision"),
                    state=bindparam("state"),
                ),
                [
                    {**row, "of_unit": row.pop("unit"), "of_id": row.pop("id")}
                    for row in (dict(row) for row in changed)
                ],
            )

    def _row_of(self, dossier: Dossier) -> dict[str, Any]:
        return {
            "unit": self._asking.unit,
            "id": dossier.id,
            "number": dossier.number.text,
            "status": int(dossier.status),
            "revision": dossier.revision,
            "state": to_json(dossier),
        }

    def _write_pages(self) -> None:
        pages = self._changes.pages
        if not pages:
            return
        table = tables.page
        rows = self._connection.execute(
            select(table.c.sha256, table.c.size, table.c.stored_at).where(
                table.c.unit == self._asking.unit, table.c.sha256.in_(sorted(pages))
            )
        ).all()
        present = {row.sha256 for row in rows}
        if new := [page for name, page in pages.items() if name not in present]:
            self._connection.execute(insert(table), new)
        # While it is not here, the latest letter decides how long the page is.
        for row in rows:
            if row.stored_at is None and row.size != pages[row.sha256]["size"]:
                self._connection.execute(
                    update(table)
                    .where(table.c.unit == self._asking.unit, table.c.sha256 == row.sha256)
                    .values(size=pages[row.sha256]["size"])
                )
