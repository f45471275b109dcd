"""Finding dossiers while the officer types.

Rows rise with the time of reception, so the newest come first without sorting, and the search ends
when enough are found.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from threading import Lock
from typing import Any, Final

from sqlalchemy import Connection, select, text

from counter_app.adapters.store.queries import (
    Procedure,
    matching,
    of_statuses,
    terms_of,
    with_procedures,
)
from counter_app.adapters.store.rows import dossier_row, row_at
from counter_app.adapters.store.tables import procedure_seen
from counter_app.application.ports.reading import DossierRow, Search
from counter_app.domain.dossier import ENDED, Status
from counter_app.domain.errors import InvalidValue
from counter_app.domain.folding import fold_words
from counter_app.domain.numbers import parse_number

_LISTED: Final = """
    SELECT dossier.id, dossier.number, dossier.status, dossier.owner, dossier.owner_id,
           dossier.phone, procedure_seen.name, dossier.received_at, dossier.due_at,
           dossier.is_on_hold, dossier.finished_at,
           EXISTS (SELECT 1 FROM letter INDEXED BY letter_unsettled
                   WHERE letter.dossier = dossier.id AND letter.state <> 'accepted'),
           EXISTS (SELECT 1 FROM letter INDEXED BY letter_unsettled
                   WHERE letter.dossier = dossier.id AND letter.state <> 'accepted'
                   AND letter.state = 'refused' AND letter.is_attended = 0),
           dossier.row
    FROM {source}
    CROSS JOIN procedure_seen ON procedure_seen.n = dossier.procedure
"""
Found = dict[int, DossierRow]
_OPEN: Final = frozenset(Status) - ENDED
_ZONES: Final = timedelta(hours=14)
"""How far a day anywhere may lie from the same day in UTC."""
_LATE_ROWS: Final = timedelta(hours=1)
"""How far a row may lie behind its second, where many dossiers share one."""


class ProcedureShelf:
    """The procedures of which the store holds dossiers, with their words; few, and only added."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._held: tuple[Procedure, ...] = ()

    def procedures(self, connection: Connection) -> tuple[Procedure, ...]:
        last = connection.execute(text("SELECT max(n) FROM procedure_seen")).scalar() or 0
        with self._lock:
            held = self._held
        if held and held[-1].n == last:
            return held
        rows = connection.execute(select(procedure_seen).order_by(procedure_seen.c.n))
        read = tuple(
            Procedure(n, code.casefold(), frozenset(fold_words(name))) for n, code, name in rows
        )
        with self._lock:
            self._held = read
        return read


def find(connection: Connection, search: Search, shelf: ProcedureShelf) -> tuple[DossierRow, ...]:
    """The rows that fit, the newest first.

    Persons and numbers come first: words are tried as names of procedures only while there is room.
    """
    if exact := _by_whole_number(connection, search):
        return _newest(exact, search.limit)
    terms = terms_of(search.text)
    if not terms:
        return () if search.text.strip() else _newest(_listed(connection, search, ""), search.limit)
    found = _listed(connection, search, matching(terms))
    if len(found) < search.limit:
        for reading in with_procedures(terms, shelf.procedures(connection)):
            found |= _listed(connection, search, reading)
            if len(found) >= search.limit:
                break
    return _newest(found, search.limit)


def _newest(found: Found, limit: int) -> tuple[DossierRow, ...]:
    return tuple(found[row] for row in sorted(found, reverse=True)[:limit])


def _by_whole_number(connection: Connection, search: Search) -> Found:
    try:
        number = parse_number(search.text)
    except InvalidValue:
        return {}
    at = """dossier.row IN (SELECT row FROM dossier WHERE number = :number
            UNION ALL SELECT row FROM dossier WHERE former_number = :number)"""
    return _rows(connection, search, "dossier", [at], {"number": number.text})


def _listed(connection: Connection, search: Search, words: str) -> Found:
    """Choose the cheapest way in: the words, the open promises, or the rows of a day."""
    if search.due_by is not None:
        if not words:
            source = "dossier INDEXED BY dossier_open_due"
            return _rows(connection, search, source, [], {})
        words = f"({words}) AND {of_statuses(search.statuses & _OPEN or _OPEN)}"
    elif search.statuses and (words or search.received_on is None):
        statuses = of_statuses(search.statuses)
        words = f"({words}) AND {statuses}" if words else statuses
    if not words:
        return _rows(connection, search, "dossier", [], {})
    span = _span(search.received_on)
    inside = "" if span is None else "AND rowid BETWEEN :first AND :last"
    # Where the index decides everything it may also stop; else rows are looked at one by one.
    stops = "" if search.due_by or search.received_on else "LIMIT :limit"
    source = f"""(SELECT rowid FROM search WHERE search MATCH :words {inside}
                  ORDER BY rowid DESC {stops}) AS hit
                  CROSS JOIN dossier ON dossier.row = hit.rowid"""
    return _rows(connection, search, source, [], {"words": words})


def _rows(
    connection: Connection,
    search: Search,
    source: str,
    conditions: list[str],
    values: dict[str, Any],
) -> Found:
    conditions, values = list(conditions), {**values, "limit": search.limit}
    if search.statuses:
        # The numbers are our own, so they may stand in the statement.
        numbers = ", ".join(str(int(status)) for status in sorted(search.statuses))
        conditions.append(f"dossier.status IN ({numbers})")
    span = _span(search.received_on)
    if span is not None and search.received_on is not None:
        conditions.append("dossier.row BETWEEN :first AND :last")
        conditions.append("substr(dossier.received_at, 1, 10) = :day")
        values |= {"first": span[0], "last": span[1], "day": search.received_on.isoformat()}
    if search.due_by is not None:
        conditions.append("dossier.open_due <= :due")
        values["due"] = int(search.due_by.timestamp())
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    statement = f"{_LISTED.format(source=source)} {where} ORDER BY dossier.row DESC LIMIT :limit"
    return {row[-1]: dossier_row(row) for row in connection.execute(text(statement), values)}


def _span(day: date | None) -> tuple[int, int] | None:
    """The rows among which everything received on a day must be."""
    if day is None:
        return None
    midnight = datetime.combine(day, time(), UTC)
    return (
        row_at(midnight - _ZONES),
        row_at(midnight + timedelta(days=1) + _ZONES + _LATE_ROWS),
    )
