"""What can happen to a dossier, in the past tense, and what each event makes of it.

`evolve` is the whole state machine: every event passes through it, at the counter where it
happened, at the server, and at every counter that hears of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import singledispatch

from counter_app.domain.dossier import (
    AlreadyReceived,
    Component,
    Dossier,
    Handover,
    Hold,
    Page,
    Status,
    StepNotAllowed,
    UnknownDossier,
)
from counter_app.domain.errors import InvalidValue
from counter_app.domain.ids import DossierId, StaffId
from counter_app.domain.numbers import DossierNumber
from counter_app.domain.text import clean_line


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """What every event tells: which dossier, when by the clock of the counter, by whom."""

    dossier: DossierId
    at: datetime
    by: StaffId
    by_name: str

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise InvalidValue("at", "no_time_zone")
        for name in ("by", "by_name", "note", "reason", "to_unit"):
            text = getattr(self, name, None)
            if text is not None and clean_line(text, name, 500) != text:
                raise InvalidValue(name, "not_normal", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierReceived(Happening):
    """Taken in at the counter; carries the whole dossier as it was committed."""

    snapshot: Dossier


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberLinked(Happening):
    """The server gave the final number to a dossier that had a provisional one."""

    number: DossierNumber


@dataclass(frozen=True, slots=True, kw_only=True)
class PagesAdded(Happening):
    """Scanned after the reception, onto the end of one component."""

    component: str
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierForwarded(Happening):
    """Handed to the unit that handles it (2 → 4)."""

    to_unit: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementRequested(Happening):
    """The citizen must bring more (4 → 5); the clock stands still."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplementReceived(Happening):
    """The citizen brought it (5 → 4); the promise moves by the time that the clock stood still."""

    new_due_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationRequested(Happening):
    """A financial obligation must be met first (4 → 6); the clock stands still."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ObligationSettled(Happening):
    """It is met (6 → 4)."""

    new_due_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierWithdrawn(Happening):
    """The citizen took the dossier back (→ 7)."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierStopped(Happening):
    """Handling was stopped (→ 8)."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultReady(Happening):
    """The result lies at the counter (4 → 9)."""

    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultReturned(Happening):
    """The citizen has it (9 → 10)."""

    handover: Handover


Event = (
    DossierReceived
    | NumberLinked
    | PagesAdded
    | DossierForwarded
    | SupplementRequested
    | SupplementReceived
    | ObligationRequested
    | ObligationSettled
    | DossierWithdrawn
    | DossierStopped
    | ResultReady
    | ResultReturned
)


def evolve(dossier: Dossier | None, event: Event) -> Dossier:
    """What the dossier is after the event.

    Args:
        dossier: As it was before; None when the event is a reception.
        event: What happened.

    Raises:
        AlreadyReceived: A reception of a dossier that exists.
        UnknownDossier: Any other event of a dossier that does not exist.
        StepNotAllowed: The law knows no such step from here.
    """
    if isinstance(event, DossierReceived):
        if dossier is not None:
            raise AlreadyReceived(str(dossier.number))
        return _received(event)
    if dossier is None or dossier.id != event.dossier:
        raise UnknownDossier(event.dossier)
    return replace(_apply(event, dossier), revision=dossier.revision + 1)


def _received(event: DossierReceived) -> Dossier:
    born = event.snapshot
    if born.id != event.dossier or born.status is not Status.RECEIVED or born.revision != 1:
        raise InvalidValue("snapshot", "not_a_reception")
    born.require_clean()
    if not 1 <= born.sets <= 99:
        raise InvalidValue("sets", "bounds", str(born.sets))
    if born.due_at is not None and born.due_at < born.received_at:
        raise InvalidValue("due_at", "before_reception")
    return born


def _step(dossier: Dossier, status: Status) -> Dossier:
    if not dossier.allows(status):
        raise StepNotAllowed(str(dossier.number), dossier.status, status)
    return replace(dossier, status=status)


@singledispatch
def _apply(event: Event, dossier: Dossier) -> Dossier:
    raise TypeError(type(event))


@_apply.register
def _(event: NumberLinked, dossier: Dossier) -> Dossier:
    if dossier.number.is_final:
        raise InvalidValue("dossier_number", "already_final", str(dossier.number))
    return replace(dossier, number=event.number, former_number=dossier.number)


@_apply.register
def _(event: PagesAdded, dossier: Dossier) -> Dossier:
    if dossier.has_ended:
        raise StepNotAllowed(str(dossier.number), dossier.status, dossier.status)
    if event.component not in {component.code for component in dossier.components}:
        raise InvalidValue("component_code", "unknown", event.component)
    return replace(
        dossier,
        components=tuple(
            _with_pages(component, event.pages) if component.code == event.component else component
            for component in dossier.components
        ),
    )


def _with_pages(component: Component, pages: tuple[Page, ...]) -> Component:
    return replace(component, pages=component.pages + pages)


@_apply.register
def _(event: DossierForwarded, dossier: Dossier) -> Dossier:
    if dossier.status is not Status.RECEIVED:
        raise StepNotAllowed(str(dossier.number), dossier.status, Status.PROCESSING)
    return _step(dossier, Status.PROCESSING)


@_apply.register
def _(event: SupplementRequested, dossier: Dossier) -> Dossier:
    paused = _step(dossier, Status.SUPPLEMENT_AWAITED)
    return replace(paused, hold=Hold(event.at, event.reason))


@_apply.register
def _(event: ObligationRequested, dossier: Dossier) -> Dossier:
    paused = _step(dossier, Status.OBLIGATION_AWAITED)
    return replace(paused, hold=Hold(event.at, event.reason))


@_apply.register
def _(event: SupplementReceived, dossier: Dossier) -> Dossier:
    return _resume(dossier, Status.SUPPLEMENT_AWAITED, event.new_due_at)


@_apply.register
def _(event: ObligationSettled, dossier: Dossier) -> Dossier:
    return _resume(dossier, Status.OBLIGATION_AWAITED, event.new_due_at)


def _resume(dossier: Dossier, expected: Status, due_at: datetime | None) -> Dossier:
    if dossier.status is not expected:
        raise StepNotAllowed(str(dossier.number), dossier.status, Status.PROCESSING)
    if due_at is not None and dossier.due_at is not None and due_at < dossier.due_at:
        raise InvalidValue("due_at", "earlier_than_before")
    return replace(_step(dossier, Status.PROCESSING), hold=None, due_at=due_at)


@_apply.register
def _(event: DossierWithdrawn, dossier: Dossier) -> Dossier:
    return replace(_step(dossier, Status.WITHDRAWN), hold=None, finished_at=event.at)


@_apply.register
def _(event: DossierStopped, dossier: Dossier) -> Dossier:
    return replace(_step(dossier, Status.STOPPED), hold=None, finished_at=event.at)


@_apply.register
def _(event: ResultReady, dossier: Dossier) -> Dossier:
    return replace(_step(dossier, Status.READY), finished_at=event.at)


@_apply.register
def _(event: ResultReturned, dossier: Dossier) -> Dossier:
    return replace(_step(dossier, Status.RETURNED), handover=event.handover)
