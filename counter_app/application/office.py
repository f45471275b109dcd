"""The office pack, read: what the counter knows of its office, its procedures and its calendar."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from counter_app.application.ports.store import NotEnrolledYet, Store
from counter_app.domain.procedure import Catalogue
from counter_app.domain.working_days import WorkingCalendar
from counter_app.wire.codec import parse
from counter_app.wire.messages import OfficePack
from counter_app.wire.reference import calendar_from_json, catalogue_from_json


@dataclass(frozen=True, slots=True)
class Office:
    """The pack with its catalogue and calendar made usable."""

    pack: OfficePack
    catalogue: Catalogue
    calendar: WorkingCalendar


@lru_cache(maxsize=2)
def read_pack(pack: OfficePack) -> Office:
    """Read a pack once; the same pack gives the same office without reading again."""
    return Office(
        pack,
        catalogue_from_json(parse(pack.catalogue)),
        calendar_from_json(parse(pack.calendar)),
    )


def office_in(store: Store) -> Office:
    """The office of this counter.

    Raises:
        NotEnrolledYet: The store belongs to no office.
    """
    pack = store.reads.pack()
    if pack is None:
        raise NotEnrolledYet
    return read_pack(pack)
