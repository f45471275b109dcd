"""Print jobs as rows."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from sqlalchemy import Connection, bindparam, insert, literal_column, select, update

from counter_app.adapters.store.rows import print_job_of, print_job_values
from counter_app.adapters.store.tables import print_job as table
from counter_app.application.ports.records import PrintJob, PrintState
from counter_app.domain.ids import DossierId

_OPEN: Final = table.c.state != literal_column("'confirmed'")
_OF_DOSSIER: Final = (
    select(table).where(table.c.dossier == bindparam("dossier")).order_by(table.c.id)
)


def prints_of(connection: Connection, dossier: DossierId) -> tuple[PrintJob, ...]:
    return tuple(
        map(print_job_of, connection.execute(_OF_DOSSIER, {"dossier": dossier}).mappings())
    )


def prints_in(connection: Connection, *states: PrintState) -> tuple[PrintJob, ...]:
    """Unconfirmed jobs in one of the states, in the order they were made."""
    query = select(table).where(_OPEN, table.c.state.in_([state.value for state in states]))
    return tuple(map(print_job_of, connection.execute(query.order_by(table.c.id)).mappings()))


class SqlPrintJobs:
    """The print jobs within one transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, job: PrintJob) -> PrintJob:
        added = self._connection.execute(insert(table), print_job_values(job))
        assert added.inserted_primary_key is not None
        return replace(job, id=added.inserted_primary_key[0])

    def get(self, id: int) -> PrintJob | None:
        row = self._connection.execute(select(table).where(table.c.id == id)).mappings().first()
        return None if row is None else print_job_of(row)

    def put(self, job: PrintJob) -> None:
        self._connection.execute(update(table).where(table.c.id == job.id), print_job_values(job))

    def queued(self) -> tuple[PrintJob, ...]:
        return prints_in(self._connection, PrintState.QUEUED)

    def of_dossier(self, dossier: DossierId) -> tuple[PrintJob, ...]:
        return prints_of(self._connection, dossier)

    def left_sent(self) -> tuple[PrintJob, ...]:
        sent = prints_in(self._connection, PrintState.SENT)
        return tuple(job for job in sent if job.settled_at is None)
