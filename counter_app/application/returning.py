"""Giving the result to the citizen."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from counter_app.application.changes import Change, Changes
from counter_app.application.officer import Officer
from counter_app.application.ports.reading import DossierRow, Search
from counter_app.application.ports.records import PrintKind
from counter_app.application.ports.running import Clock
from counter_app.application.ports.store import Store
from counter_app.application.recording import load, record
from counter_app.application.slips import queue_slip
from counter_app.domain.card_qr import parse_card_qr
from counter_app.domain.dossier import Capacity, Dossier, Handover
from counter_app.domain.events import ResultReturned
from counter_app.domain.ids import DossierId
from counter_app.domain.numbers import parse_number
from counter_app.domain.person_name import PersonName
from counter_app.domain.text import clean_line

_NUMBER_IN_TEXT: Final = re.compile(
    r"TAM-[0-9A-Z]{1,12}-\d{6}-\d{3,5}|[A-Z]\d{2}(?:\.\d{1,3})*-\d{6}(?:\d{2})?-\d{3,7}", re.I
)


class Proof(StrEnum):
    """How the dossier was found; kept with the handover."""

    SLIP = "slip"
    CARD = "card"
    NUMBER = "number"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Found:
    """What a scan or a few typed words led to.

    Attributes:
        rows: Dossiers that fit, the newest first.
        proof: What kind of thing was shown or typed.
        receiver: Name on the card, where a card was shown.
        receiver_id: Number on the card.
    """

    rows: tuple[DossierRow, ...]
    proof: Proof
    receiver: str = ""
    receiver_id: str = ""


def find_for_return(shown: str, *, store: Store) -> Found:
    """Find dossiers by slip QR, card QR, number, or name; an unknown text finds nothing."""
    if shown.count("|") >= 6:
        card = parse_card_qr(shown)
        rows = store.reads.search(Search(text=str(card.citizen_id)))
        return Found(rows, Proof.CARD, str(card.name), str(card.citizen_id))
    match = _NUMBER_IN_TEXT.search(shown)
    if match is None:
        return Found(store.reads.search(Search(text=shown)), Proof.NAME)
    proof = Proof.NUMBER if match[0] == shown.strip() else Proof.SLIP
    dossier = store.reads.by_number(parse_number(match[0]))
    if dossier is None:
        return Found((), proof)
    rows = store.reads.search(Search(text=str(dossier.number)))
    return Found(tuple(row for row in rows if row.id == dossier.id), proof)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnResult:
    """Hand the result over.

    Attributes:
        receiver: Name of who takes it.
        receiver_id: Number of the paper they showed; may be empty.
        capacity: By what right they take it.
        prints_slip: Whether the citizen gets a slip of it.
    """

    id: DossierId
    officer: Officer
    receiver: str
    receiver_id: str
    capacity: Capacity
    proof: Proof
    prints_slip: bool = True


def return_result(
    command: ReturnResult, *, store: Store, clock: Clock, changes: Changes
) -> Dossier:
    """Record that the citizen has the result.

    Pressing twice is harmless: a dossier that this handover already returned is answered as it is.

    Raises:
        StepNotAllowed: The result is not ready, or somebody else has taken it.
        InvalidValue: No name.
    """
    receiver = PersonName.parse(command.receiver, "receiver").text
    receiver_id = clean_line(command.receiver_id, "receiver_id", 40)
    with store.transaction() as tx:
        dossier = load(tx, command.id)
        earlier = dossier.handover
        if earlier and (earlier.receiver, earlier.id_number) == (receiver, receiver_id):
            return dossier
        now = clock.now()
        handover = Handover(
            receiver=receiver,
            id_number=receiver_id,
            capacity=command.capacity,
            proof=command.proof,
            at=now,
            by_name=command.officer.name,
        )
        dossier = record(
            tx,
            ResultReturned(
                dossier=dossier.id,
                at=now,
                by=command.officer.id,
                by_name=command.officer.name,
                handover=handover,
            ),
        )
        if command.prints_slip:
            queue_slip(tx, dossier.id, PrintKind.RETURN_SLIP, now)
    changes.publish(Change.DOSSIERS, Change.LETTERS, Change.PRINTS)
    return dossier
