"""What the slip will look like, while the officer is still typing."""

from __future__ import annotations

from dataclasses import dataclass

from counter_app.application.office import office_in
from counter_app.application.ports.paper import Picture, Slips
from counter_app.application.ports.running import Clock
from counter_app.application.ports.store import Store
from counter_app.application.receiving import ReceiveDossier, snapshot
from counter_app.domain.numbers import ProvisionalNumber
from counter_app.domain.promise import Promise


@dataclass(frozen=True, slots=True)
class Preview:
    """The slip as it would print now, the promise with its reasons.

    Attributes:
        slip: Picture of the paper.
        promise: When, and why then.
        number: The number that would be given now.
    """

    slip: Picture
    promise: Promise
    number: str


def preview_slip(command: ReceiveDossier, *, store: Store, slips: Slips, clock: Clock) -> Preview:
    """Render the slip of a dossier that is not received yet; nothing is written.

    Raises:
        ProcedureUnknown: The catalogue has no such procedure.
        ProcedureNotInForce: It may not be received today.
        InvalidValue: A field breaks its rule.
    """
    office = office_in(store)
    now = clock.now()
    number = store.reads.next_number(office.pack.bands, now.date()) or ProvisionalNumber.compose(
        str(office.pack.counter_no), now.date(), 1
    )
    dossier = snapshot(command, office, now, store.reads.draft_pages(command.id), number)
    payload = slips.receipt(dossier, office.pack, 1)
    norm = office.catalogue.find(command.procedure, now.date()).norm_for(command.norm_variant)
    return Preview(slips.preview(payload), office.calendar.promise(now, norm), str(number))
