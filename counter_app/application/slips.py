"""Slips as rows: queued with the work they belong to, put on paper later, never twice unasked."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from counter_app.application.changes import Change, Changes
from counter_app.application.office import office_in
from counter_app.application.ports.paper import Slips
from counter_app.application.ports.records import PrintJob, PrintKind, PrintState
from counter_app.application.ports.running import Clock
from counter_app.application.ports.store import Store, Transaction
from counter_app.application.recording import load
from counter_app.domain.ids import DossierId


def queue_slip(tx: Transaction, id: DossierId, kind: PrintKind, now: datetime) -> PrintJob:
    """Queue a slip with the transaction at hand; its copy number counts the earlier ones."""
    earlier = sum(1 for job in tx.prints.of_dossier(id) if job.kind is kind)
    return tx.prints.add(
        PrintJob(
            dossier=id,
            kind=kind,
            copy_no=earlier + 1,
            state=PrintState.QUEUED,
            payload=b"",
            made_at=now,
        )
    )


def print_queued(*, store: Store, slips: Slips, clock: Clock, changes: Changes) -> int:
    """Put every queued slip on paper, oldest first; stops at the first that fails.

    A job is marked `sent` before its first byte leaves, so that after a crash it is `unknown`
    rather than printed a second time.

    Returns:
        How many slips went out.
    """
    office = office_in(store)
    printed = 0
    while True:
        with store.transaction() as tx:
            queue = tx.prints.queued()
            if not queue:
                return printed
            job = queue[0]
            dossier = load(tx, job.dossier)
        render = slips.receipt if job.kind is PrintKind.RECEIPT_SLIP else slips.returned
        payload = job.payload or render(dossier, office.pack, job.copy_no)
        job = replace(job, state=PrintState.SENT, payload=payload)
        with store.transaction() as tx:
            tx.prints.put(job)
        result = slips.send(payload)
        with store.transaction() as tx:
            tx.prints.put(
                replace(job, state=result.state, reason=result.trouble, settled_at=clock.now())
            )
        changes.publish(Change.PRINTS)
        if result.state is PrintState.FAILED:
            return printed
        printed += 1


def settle_interrupted(*, store: Store, clock: Clock) -> int:
    """At start: of jobs that were being sent when the program died, nobody knows what came out."""
    with store.transaction() as tx:
        left = tx.prints.left_sent()
        for job in left:
            tx.prints.put(
                replace(
                    job,
                    state=PrintState.UNKNOWN,
                    reason="Interrupted",
                    settled_at=clock.now(),
                )
            )
    return len(left)


def print_again(
    id: DossierId, kind: PrintKind, *, store: Store, clock: Clock, changes: Changes
) -> PrintJob:
    """Queue one more copy, numbered on the paper as a reprint."""
    with store.transaction() as tx:
        job = queue_slip(tx, load(tx, id).id, kind, clock.now())
    changes.publish(Change.PRINTS)
    return job


def try_again(job_id: int, *, store: Store, changes: Changes) -> None:
    """Queue anew a job of which nothing came out; it stays the same copy."""
    with store.transaction() as tx:
        job = tx.prints.get(job_id)
        if job is not None and job.state in (PrintState.FAILED, PrintState.UNKNOWN):
            tx.prints.put(replace(job, state=PrintState.QUEUED, reason="", settled_at=None))
    changes.publish(Change.PRINTS)


def confirm(job_id: int, *, store: Store, clock: Clock, changes: Changes) -> None:
    """The officer saw the paper come out."""
    with store.transaction() as tx:
        job = tx.prints.get(job_id)
        if job is not None and job.state is PrintState.UNKNOWN:
            tx.prints.put(replace(job, state=PrintState.CONFIRMED, settled_at=clock.now()))
    changes.publish(Change.PRINTS)
