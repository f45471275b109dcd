"""Taking a citizen's papers in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from counter_app.application.changes import Change, Changes
from counter_app.application.office import Office, office_in
from counter_app.application.officer import Officer
from counter_app.application.ports.records import Draft, DraftPage, PrintKind
from counter_app.application.ports.running import Clock
from counter_app.application.ports.store import Store, Transaction
from counter_app.application.recording import record
from counter_app.application.slips import queue_slip
from counter_app.domain.dossier import (
    Channel,
    Component,
    Dossier,
    Fee,
    FeeState,
    Page,
    PaperKind,
    Person,
    ReturnChannel,
    Status,
    Submitter,
)
from counter_app.domain.errors import InvalidValue, Refusal
from counter_app.domain.events import DossierReceived
from counter_app.domain.fee import ONE, FeeCounts
from counter_app.domain.ids import DossierId
from counter_app.domain.numbers import BandExhausted, Number
from counter_app.domain.procedure import Procedure, due_fee
from counter_app.domain.text import clean_line


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperHandedIn:
    """One line of the checklist as the officer left it.

    Attributes:
        code: Of the component in the catalogue.
        title: As it will stand on the form.
        kind: Original, copy, electronic, or only shown.
        originals: How many.
        copies: How many.
        note: Why a mandatory paper is missing, where it was waived.
    """

    code: str
    title: str
    kind: PaperKind
    originals: int = 0
    copies: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeChoice:
    """What the officer counted and picked; the amount itself comes from the catalogue.

    Attributes:
        counts: Cases, copies, pages.
        chosen: Codes of fee rules picked in place of the defaults.
        waiver: Code of the ground on which nothing is charged, or empty.
        is_settled: Paid now; False when it is paid later.
    """

    counts: FeeCounts = ONE
    chosen: tuple[str, ...] = ()
    waiver: str = ""
    is_settled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveDossier:
    """Everything that the officer decided.

    Attributes:
        id: Of the draft; receiving the same draft twice gives one dossier.
        procedure: Code in the catalogue.
        norm_variant: Code of the procedure's other time norm that applies, or empty.
        papers: The checklist; pages come from the draft's list in the store.
        return_address: Where to post the result; empty unless it goes by post.
        prints_slip: Whether a slip is queued with the reception.
    """

    id: DossierId
    officer: Officer
    procedure: str
    norm_variant: str = ""
    owner: Person
    submitter: Submitter | None
    papers: tuple[PaperHandedIn, ...]
    sets: int
    return_channel: ReturnChannel
    return_address: str
    fee: FeeChoice = FeeChoice()
    note: str = ""
    prints_slip: bool = True


@dataclass(frozen=True, slots=True)
class Receipt:
    """The dossier as committed; `is_new` is False where it had been received before."""

    dossier: Dossier
    is_new: bool


@dataclass(eq=False)
class PapersMissing(Refusal):
    """Mandatory papers are neither there nor waived with a reason.

    Attributes:
        titles: Of the missing papers, in the order of the checklist.
    """

    titles: tuple[str, ...]


def receive_dossier(
    command: ReceiveDossier, *, store: Store, clock: Clock, changes: Changes
) -> Receipt:
    """Take a citizen's papers in and promise a date.

    The dossier, its number, the letter that announces it and its slip in the print queue are
    committed together: a crash leaves all or none.

    Raises:
        ProcedureUnknown: The catalogue has no such procedure.
        ProcedureNotInForce: It may not be received today.
        PapersMissing: A mandatory paper was neither handed in nor waived.
        InvalidValue: A field breaks its rule.
    """
    office = office_in(store)
    with store.transaction() as tx:
        existing = tx.dossiers.get(command.id)
        if existing is not None:
            return Receipt(existing, is_new=False)
        now = clock.now()
        procedure = office.catalogue.find(command.procedure, now.date())
        check_papers(procedure, command.papers)
        pages = tx.drafts.pages_of(command.id)
        born = snapshot(command, office, now, pages, take_number(tx, office, now))
        dossier = record(
            tx,
            DossierReceived(
                dossier=born.id,
                at=now,
                by=command.officer.id,
                by_name=command.officer.name,
                snapshot=born,
            ),
        )
        tx.uploads.expect(dossier)
        tx.drafts.remove(command.id)
        if command.prints_slip:
            queue_slip(tx, dossier.id, PrintKind.RECEIPT_SLIP, now)
    changes.publish(Change.DOSSIERS, Change.LETTERS, Change.PRINTS)
    return Receipt(dossier, is_new=True)


def take_number(tx: Transaction, office: Office, now: datetime) -> Number:
    """A final number from the leased band, or a visibly provisional one when none is left."""
    day = now.date()
    try:
        return tx.numbers.take(office.pack.bands, day)
    except BandExhausted:
        return tx.numbers.take_provisional(str(office.pack.counter_no), day)


def check_papers(procedure: Procedure, papers: tuple[PaperHandedIn, ...]) -> None:
    """Refuse a dossier whose mandatory papers are not there.

    Raises:
        PapersMissing: Some are neither there nor waived.
    """
    there = {
        paper.code
        for paper in papers
        if paper.note or paper.originals or paper.copies or paper.kind is PaperKind.SHOWN
    }
    missing = tuple(
        rule.name for rule in procedure.components if rule.mandatory and rule.code not in there
    )
    if missing:
        raise PapersMissing(missing)


def snapshot(
    command: ReceiveDossier,
    office: Office,
    now: datetime,
    pages: tuple[DraftPage, ...],
    number: Number,
) -> Dossier:
    """The dossier as it will be committed; also what the previews show before that."""
    procedure = office.catalogue.find(command.procedure, now.date())
    norm = procedure.norm_for(command.norm_variant)
    promise = office.calendar.promise(now, norm)
    if command.return_channel is ReturnChannel.POST and not command.return_address:
        raise InvalidValue("return_address", "empty")
    return Dossier(
        id=command.id,
        number=number,
        status=Status.RECEIVED,
        unit=office.pack.unit,
        procedure=procedure.reference,
        owner=command.owner,
        submitter=command.submitter,
        components=_components(command.papers, pages),
        sets=command.sets,
        channel=Channel.DIRECT,
        return_channel=command.return_channel,
        return_address=clean_line(command.return_address, "return_address", 300),
        fee=_fee(procedure, command.fee),
        norm=str(norm),
        received_at=now,
        received_by=command.officer.id,
        received_by_name=command.officer.name,
        due_at=promise.due,
        first_due_at=promise.due,
        form_set=office.pack.form_set,
        note=clean_line(command.note, "note", 500),
    )


def _fee(procedure: Procedure, choice: FeeChoice) -> Fee:
    due = due_fee(procedure, choice.counts, chosen=choice.chosen, waiver=choice.waiver)
    waiver = next((each for each in procedure.waivers if each.code == choice.waiver), None)
    grounds = [waiver.legal_basis] if waiver else [line.rule.legal_basis for line in due.lines]
    if not due.total:
        state = FeeState.FREE
    else:
        state = FeeState.PAID if choice.is_settled else FeeState.UNPAID
    return Fee(due.total.dong, state, "; ".join(dict.fromkeys(filter(None, grounds))))


def _components(
    papers: tuple[PaperHandedIn, ...], pages: tuple[DraftPage, ...]
) -> tuple[Component, ...]:
    scanned: dict[str, tuple[Page, ...]] = {}
    for page in pages:
        scanned[page.component] = (*scanned.get(page.component, ()), page.page)
    listed = tuple(
        Component(
            code=paper.code,
            title=clean_line(paper.title, "component_title", 500),
            kind=paper.kind,
            originals=paper.originals,
            copies=paper.copies,
            pages=scanned.pop(paper.code, ()),
            note=clean_line(paper.note, "component_note", 500),
        )
        for paper in papers
        if paper.originals or paper.copies or paper.note or paper.code in scanned
    )
    if scanned:
        # A page whose line was taken off the checklist is still a page that the citizen handed in.
        raise InvalidValue("component_pages", "without_component", ", ".join(sorted(scanned)))
    return listed


def save_draft(draft: Draft, *, store: Store) -> None:
    """Keep what the officer is typing; a draft that was received meanwhile stays away."""
    with store.transaction() as tx:
        if tx.dossiers.get(draft.id) is None:
            tx.drafts.put(draft)


def discard_draft(id: DossierId, *, store: Store) -> None:
    """The officer cleared the form on purpose."""
    with store.transaction() as tx:
        tx.drafts.remove(id)
