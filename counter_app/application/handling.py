"""The steps of a dossier between its reception and its return."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, TypedDict

from counter_app.application.changes import Change, Changes
from counter_app.application.office import Office, office_in
from counter_app.application.officer import Officer
from counter_app.application.ports.running import Clock
from counter_app.application.ports.store import Store
from counter_app.application.recording import load, record
from counter_app.domain.dossier import Dossier, Status
from counter_app.domain.errors import InvalidValue
from counter_app.domain.events import (
    DossierForwarded,
    DossierStopped,
    DossierWithdrawn,
    Event,
    ObligationRequested,
    ObligationSettled,
    ResultReady,
    SupplementReceived,
    SupplementRequested,
)
from counter_app.domain.ids import DossierId, StaffId
from counter_app.domain.text import clean_line

MIN_REASON: Final = 10
MAX_REASON: Final = 500


class Step(StrEnum):
    """What an officer can do with a dossier that was received and not yet returned."""

    FORWARD = "forward"
    MARK_READY = "mark_ready"
    REQUEST_SUPPLEMENT = "request_supplement"
    REQUEST_OBLIGATION = "request_obligation"
    RESUME = "resume"
    WITHDRAW = "withdraw"
    STOP = "stop"


_FROM: Final[dict[Step, frozenset[Status]]] = {
    Step.FORWARD: frozenset({Status.RECEIVED}),
    Step.MARK_READY: frozenset({Status.RECEIVED, Status.PROCESSING}),
    Step.REQUEST_SUPPLEMENT: frozenset({Status.PROCESSING}),
    Step.REQUEST_OBLIGATION: frozenset({Status.PROCESSING}),
    Step.RESUME: frozenset({Status.SUPPLEMENT_AWAITED, Status.OBLIGATION_AWAITED}),
    Step.WITHDRAW: frozenset(
        {
            Status.RECEIVED,
            Status.PROCESSING,
            Status.SUPPLEMENT_AWAITED,
            Status.OBLIGATION_AWAITED,
        }
    ),
    Step.STOP: frozenset(
        {
            Status.RECEIVED,
            Status.PROCESSING,
            Status.SUPPLEMENT_AWAITED,
            Status.OBLIGATION_AWAITED,
        }
    ),
}

NEEDS_REASON: Final = frozenset(
    {Step.REQUEST_SUPPLEMENT, Step.REQUEST_OBLIGATION, Step.WITHDRAW, Step.STOP}
)


def allowed_steps(dossier: Dossier) -> tuple[Step, ...]:
    """The steps that the screen may offer now, in the order of the work."""
    return tuple(step for step in Step if dossier.status in _FROM[step])


@dataclass(frozen=True, slots=True)
class TakeStep:
    """One step with one dossier. `words` is the reason, the note, or the handling unit."""

    id: DossierId
    step: Step
    officer: Officer
    words: str = ""


def take_step(command: TakeStep, *, store: Store, clock: Clock, changes: Changes) -> Dossier:
    """Let one step happen.

    A dossier that never left the counter (a copy certified on the spot) is forwarded to the counter
    itself before it is ready, as the status codes know no way from received to ready.

    Raises:
        InvalidValue: The reason is shorter than `MIN_REASON` or the unit is empty.
        StepNotAllowed: Not from the status that the dossier has.
    """
    words = _parse_words(command.step, command.words)
    office = office_in(store)
    with store.transaction() as tx:
        dossier = load(tx, command.id)
        for event in _events(command, words, dossier, clock.now(), office):
            dossier = record(tx, event)
    changes.publish(Change.DOSSIERS, Change.LETTERS)
    return dossier


def _parse_words(step: Step, words: str) -> str:
    words = clean_line(words, "reason", MAX_REASON)
    if step in NEEDS_REASON and len(words) < MIN_REASON:
        raise InvalidValue("reason", "too_short", words)
    if step is Step.FORWARD and not words:
        raise InvalidValue("to_unit", "empty")
    return words


class _Signature(TypedDict):
    dossier: DossierId
    at: datetime
    by: StaffId
    by_name: str


def _events(
    command: TakeStep, words: str, dossier: Dossier, now: datetime, office: Office
) -> tuple[Event, ...]:
    sign = _Signature(
        dossier=dossier.id, at=now, by=command.officer.id, by_name=command.officer.name
    )
    match command.step:
        case Step.FORWARD:
            return (DossierForwarded(**sign, to_unit=words),)
        case Step.MARK_READY if dossier.status is Status.RECEIVED:
            to_counter = DossierForwarded(**sign, to_unit=office.pack.name)
            return (to_counter, ResultReady(**sign, note=words))
        case Step.MARK_READY:
            return (ResultReady(**sign, note=words),)
        case Step.REQUEST_SUPPLEMENT:
            return (SupplementRequested(**sign, reason=words),)
        case Step.REQUEST_OBLIGATION:
            return (ObligationRequested(**sign, reason=words),)
        case Step.RESUME if dossier.status is Status.OBLIGATION_AWAITED:
            return (ObligationSettled(**sign, new_due_at=_moved(dossier, now, office)),)
        case Step.RESUME:
            return (SupplementReceived(**sign, new_due_at=_moved(dossier, now, office)),)
        case Step.WITHDRAW:
            return (DossierWithdrawn(**sign, reason=words),)
        case Step.STOP:
            return (DossierStopped(**sign, reason=words),)


def _moved(dossier: Dossier, now: datetime, office: Office) -> datetime | None:
    """The promise, later by the working time for which the clock stood still."""
    if dossier.due_at is None or dossier.hold is None:
        return dossier.due_at
    return office.calendar.resume(dossier.due_at, paused_at=dossier.hold.since, resumed_at=now).due
