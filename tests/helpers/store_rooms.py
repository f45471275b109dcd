"""A real store in a folder of its own, enrolled, and work done in it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from counter_app.adapters.store.sql_store import SqlStore
from counter_app.application.ports.reading import Search
from counter_app.application.ports.records import Enrolment
from counter_app.application.ports.store import Store
from counter_app.domain.dossier import Dossier
from counter_app.domain.ids import CounterId, DossierId, EventId
from counter_app.domain.numbers import NumberBand
from counter_app.wire.letters import FIRST, Letter, seal
from counter_app.wire.messages import NewsItem, Outcome, Verdict
from tests.helpers.dossiers import NINE, a_reception
from tests.helpers.offices import an_office

KEY = bytes(range(32))
OTHER_KEY = bytes(32)
DAY = date(2026, 11, 23)
BAND = NumberBand("H36.15", 2000, 9999, date(2026, 1, 1))
COUNTER = CounterId("counter-2")
OTHER_COUNTER = CounterId("counter-3")


def open_store(folder: Path, key: bytes = KEY) -> SqlStore:
    return SqlStore(folder / "store.db", key)


def an_enrolment(**changes: Any) -> Enrolment:
    facts: dict[str, Any] = {
        "counter": COUNTER,
        "token": "token",
        "server_url": "http://localhost",
        "server": "server-1",
    }
    return Enrolment(**{**facts, **changes})


def enrol(store: Store, **changes: Any) -> None:
    with store.transaction() as tx:
        tx.machine.enrol(an_enrolment(**changes), an_office(bands=(BAND,)))


def dossier_id(n: int) -> DossierId:
    return DossierId(f"{n:032x}")


def receive(store: Store, n: int, **changes: Any) -> Dossier:
    """Take dossier `n` in, as the counter does; it comes `n` minutes after nine."""
    with store.transaction() as tx:
        facts = {"received_at": NINE + timedelta(minutes=n), **changes}
        number = facts.pop("number", None) or tx.numbers.take((BAND,), DAY)
        event = a_reception(id=dossier_id(n), number=number, **facts)
        tx.letters.append(event)
        tx.dossiers.put(event.snapshot)
    return event.snapshot


def accept(store: Store, *letters: Letter, first: int = 1) -> None:
    """Let the server accept letters, at positions from `first` on."""
    verdicts = tuple(
        Verdict(id=letter.id, outcome=Outcome.ACCEPTED, position=first + n)
        for n, letter in enumerate(letters)
    )
    with store.transaction() as tx:
        tx.letters.settle(verdicts)


def waiting(store: Store, limit: int = 1000) -> tuple[Letter, ...]:
    with store.transaction() as tx:
        return tx.letters.waiting(limit)


def news(
    position: int, n: int, seq: int, counter: CounterId = OTHER_COUNTER, **facts: Any
) -> NewsItem:
    """An accepted letter in which a counter takes dossier `n` in."""
    letter = seal(a_reception(id=dossier_id(n), **facts), id=EventId(counter, seq), previous=FIRST)
    return NewsItem(position, letter)


def found(store: Store, text: str = "", **filters: Any) -> list[str]:
    """The numbers of the dossiers found, in the order of the list."""
    return [row.number for row in store.reads.search(Search(text=text, **filters))]
