"""Rows ⇄ domain values, written out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from sqlalchemy import RowMapping

from counter_app.application.ports.history import LetterEntry, LetterState
from counter_app.application.ports.reading import DossierRow
from counter_app.application.ports.records import Draft, DraftPage, PrintJob, PrintKind, PrintState
from counter_app.domain.dossier import Dossier, Page, Status
from counter_app.domain.ids import CounterId, DossierId, EventId, StaffId
from counter_app.wire.letters import Letter

_FIRST_SECOND: Final = int(datetime(2000, 1, 1, tzinfo=UTC).timestamp())

Values = dict[str, Any]
Stored = Mapping[str, Any] | RowMapping


def when(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def written(time: datetime | None) -> str | None:
    return None if time is None else time.isoformat()


def row_at(time: datetime) -> int:
    """The row that a reception at this time gets, if it is free: seconds since 2000."""
    return max(1, int(time.timestamp()) - _FIRST_SECOND)


def dossier_values(dossier: Dossier, *, row: int, procedure: int) -> Values:
    is_open = dossier.finished_at is None and not dossier.has_ended
    due = dossier.due_at
    return {
        "row": row,
        "id": dossier.id,
        "number": dossier.number.text,
        "former_number": dossier.former_number.text if dossier.former_number else None,
        "status": int(dossier.status),
        "owner": dossier.owner.name,
        "owner_id": dossier.owner.id_number,
        "phone": dossier.owner.phone
        or (dossier.submitter.person.phone if dossier.submitter else ""),
        "procedure": procedure,
        "received_at": written(dossier.received_at),
        "due_at": written(due),
        "is_on_hold": dossier.hold is not None,
        "finished_at": written(dossier.finished_at),
        "open_due": int(due.timestamp()) if is_open and due is not None else None,
    }


def dossier_row(row: Any) -> DossierRow:
    """A line of a list, from a row of `searching.LISTED`."""
    return DossierRow(
        id=DossierId(row[0]),
        number=row[1],
        status=Status(row[2]),
        owner=row[3],
        owner_id=row[4],
        phone=row[5],
        procedure=row[6],
        received_at=datetime.fromisoformat(row[7]),
        due_at=when(row[8]),
        is_on_hold=bool(row[9]),
        finished_at=when(row[10]),
        is_at_server=not row[11],
        needs_attention=bool(row[12]),
    )


def letter_values(
    letter: Letter, *, dossier: DossierId, is_own: bool, state: LetterState, position: int | None
) -> Values:
    return {
        "counter": letter.id.counter,
        "seq": letter.id.seq,
        "kind": letter.kind,
        "v": letter.v,
        "body": letter.body,
        "previous": letter.previous,
        "digest": letter.digest,
        "dossier": dossier,
        "is_own": is_own,
        "state": state.value,
        "position": position,
        "reason": "",
        "is_attended": False,
        "fork": 0,
    }


def letter_of(row: Stored) -> Letter:
    return Letter(
        id=EventId(CounterId(row["counter"]), row["seq"]),
        kind=row["kind"],
        v=row["v"],
        body=row["body"],
        previous=row["previous"],
        digest=row["digest"],
    )


def letter_entry(row: Stored) -> LetterEntry:
    state = LetterState(row["state"])
    return LetterEntry(
        letter=letter_of(row),
        state=state,
        position=row["position"],
        reason=row["reason"],
        dossier=DossierId(row["dossier"]),
        is_own=row["is_own"],
        needs_attention=state is LetterState.REFUSED and not row["is_attended"],
    )


def draft_of(row: Stored) -> Draft:
    return Draft(
        DossierId(row["id"]),
        StaffId(row["owner"]),
        row["form"],
        datetime.fromisoformat(row["saved_at"]),
    )


def draft_page_of(row: Stored) -> DraftPage:
    return DraftPage(
        row["id"], row["component"], Page(row["sha256"], row["size"]), row["is_replaced"]
    )


def print_job_values(job: PrintJob) -> Values:
    return {
        "dossier": job.dossier,
        "kind": job.kind.value,
        "copy_no": job.copy_no,
        "state": job.state.value,
        "reason": job.reason,
        "made_at": written(job.made_at),
        "settled_at": written(job.settled_at),
        "payload": job.payload,
    }


def print_job_of(row: Stored) -> PrintJob:
    return PrintJob(
        id=row["id"],
        dossier=DossierId(row["dossier"]),
        kind=PrintKind(row["kind"]),
        copy_no=row["copy_no"],
        state=PrintState(row["state"]),
        payload=row["payload"],
        reason=row["reason"],
        made_at=datetime.fromisoformat(row["made_at"]),
        settled_at=when(row["settled_at"]),
    )
