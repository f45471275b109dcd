"""Dossiers as rows, and the search index kept in step with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection, bindparam, delete, insert, or_, select, text, update

from counter_app.adapters.store.numbers import SqlNumbers
from counter_app.adapters.store.prepared import Prepared, driver_of
from counter_app.adapters.store.rows import dossier_values, row_at
from counter_app.adapters.store.tables import dossier as table
from counter_app.adapters.store.tables import dossier_document as document
from counter_app.adapters.store.tables import page_upload, procedure_seen
from counter_app.adapters.store.words import words_of
from counter_app.domain.dossier import Dossier, ProcedureRef
from counter_app.domain.ids import DossierId
from counter_app.domain.numbers import Number
from counter_app.wire.codec import from_json, to_json

_BY_ID: Final = Prepared(
    select(table.c.row, document.c.words, document.c.document)
    .join(document, document.c.row == table.c.row)
    .where(table.c.id == bindparam("id"))
)
_BY_NUMBER: Final = (
    select(document.c.document)
    .join(table, document.c.row == table.c.row)
    .where(or_(table.c.number == bindparam("number"), table.c.former_number == bindparam("number")))
    .order_by(table.c.row.desc())
    .limit(1)
)
# NULL when the first of the rows is free.
_LAST_IN: Final = Prepared(
    text(
        """
        SELECT max(row) FROM dossier WHERE row BETWEEN :first AND :last
        AND EXISTS (SELECT 1 FROM dossier WHERE row = :first)
        """
    )
)
_PROCEDURE: Final = Prepared(
    text("SELECT n FROM procedure_seen WHERE code = :code AND name = :name")
)
_INSERT: Final = Prepared(insert(table))
_INSERT_DOCUMENT: Final = Prepared(insert(document))
_UPDATE: Final = Prepared(
    update(table).where(table.c.row == bindparam("at")),
    [c.name for c in table.c if c.name != "row"],
)
_UPDATE_DOCUMENT: Final = Prepared(
    update(document).where(document.c.row == bindparam("at")), ["words", "document"]
)
_INDEX: Final = Prepared(text("INSERT INTO search (rowid, words) VALUES (:row, :words)"))
_UNINDEX: Final = Prepared(
    text("INSERT INTO search (search, rowid, words) VALUES ('delete', :row, :words)")
)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the store holds of a dossier at this point of the transaction."""

    row: int
    words: str
    number: str


@dataclass(slots=True)
class _Reindexing:
    """Words of a row before the transaction and after it; None where it was or is not there."""

    before: str | None
    after: str | None


def dossier_by_id(connection: Connection, id: DossierId) -> Dossier | None:
    row = _BY_ID.run(driver_of(connection), {"id": id}).fetchone()
    return None if row is None else from_json(Dossier, row[2])


def dossier_by_number(connection: Connection, number: Number) -> Dossier | None:
    json = connection.execute(_BY_NUMBER, {"number": number.text}).scalar()
    return None if json is None else from_json(Dossier, json)


class SqlDossiers:
    """The dossiers within one transaction.

    Args:
        connection: Of the transaction.
        numbers: Told of every number that a dossier carries, so that it is not given again.
    """

    def __init__(self, connection: Connection, numbers: SqlNumbers) -> None:
        self._connection = connection
        self._driver = driver_of(connection)
        self._numbers = numbers
        self._known: dict[DossierId, _Kept | None] = {}
        self._reindexing: dict[int, _Reindexing] = {}

    def get(self, id: DossierId) -> Dossier | None:
        row = _BY_ID.run(self._driver, {"id": id}).fetchone()
        if row is None:
            self._known[id] = None
            return None
        dossier = from_json(Dossier, row[2])
        self._known[id] = _Kept(row[0], row[1], dossier.number.text)
        return dossier

    def by_number(self, number: Number) -> Dossier | None:
        return dossier_by_number(self._connection, number)

    def put(self, dossier: Dossier) -> None:
        kept = self._kept(dossier.id)
        procedure = self._procedure(dossier.procedure)
        words = words_of(dossier, procedure)
        row = self._free_row(row_at(dossier.received_at)) if kept is None else kept.row
        values = dossier_values(dossier, row=row, procedure=procedure)
        texts = {"row": row, "words": words, "document": to_json(dossier)}
        if kept is None:
            _INSERT.run(self._driver, values)
            _INSERT_DOCUMENT.run(self._driver, texts)
        else:
            _UPDATE.run(self._driver, {**values, "at": row})
            _UPDATE_DOCUMENT.run(self._driver, {**texts, "at": row})
        if kept is None or kept.number != dossier.number.text:
            self._numbers.reserve(dossier.number)
        self._reindex(row, None if kept is None else kept.words, words)
        self._known[dossier.id] = _Kept(row, words, dossier.number.text)

    def remove(self, id: DossierId) -> None:
        kept = self._kept(id)
        if kept is None:
            return
        self._connection.execute(delete(document).where(document.c.row == kept.row))
        self._connection.execute(delete(table).where(table.c.row == kept.row))
        # The server will never take them; their files stay in the vault.
        self._connection.execute(
            delete(page_upload).where(page_upload.c.dossier == id, page_upload.c.is_done.is_(False))
        )
        self._reindex(kept.row, kept.words, None)
        self._known[id] = None

    def flush(self) -> None:
        """Bring the search index up to date; in the order of rows, as the index likes it best."""
        for row, change in sorted(self._reindexing.items()):
            if change.before == change.after:
                continue
            if change.before is not None:
                _UNINDEX.run(self._driver, {"row": row, "words": change.before})
            if change.after is not None:
                _INDEX.run(self._driver, {"row": row, "words": change.after})
        self._reindexing.clear()

    def _kept(self, id: DossierId) -> _Kept | None:
        if id not in self._known:
            self.get(id)
        return self._known[id]

    def _reindex(self, row: int, before: str | None, after: str | None) -> None:
        change = self._reindexing.setdefault(row, _Reindexing(before, after))
        change.after = after

    def _free_row(self, wanted: int) -> int:
        """The wanted row, or the next free one after those that follow closely."""
        width = 64
        while True:
            (last,) = _LAST_IN.run(
                self._driver, {"first": wanted, "last": wanted + width - 1}
            ).fetchone()
            if last is None:
                return wanted
            wanted, width = last + 1, width * 2

    def _procedure(self, procedure: ProcedureRef) -> int:
        known = {"code": procedure.code, "name": procedure.name}
        row = _PROCEDURE.run(self._driver, known).fetchone()
        if row is not None:
            return int(row[0])
        added = self._connection.execute(insert(procedure_seen), known)
        assert added.inserted_primary_key is not None
        return int(added.inserted_primary_key[0])
