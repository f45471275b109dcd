"""No number twice: not in order, not after a restart, not after a restore."""

from datetime import date, timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from counter_app.adapters.store.sql_store import SqlStore
from counter_app.domain.numbers import BandExhausted, DossierNumber, NumberBand, ProvisionalNumber
from tests.helpers.dossiers import a_dossier
from tests.helpers.store_rooms import DAY, dossier_id, open_store

FROM = date(2026, 1, 1)


def a_band(first: int, last: int, unit: str = "H36.15") -> NumberBand:
    return NumberBand(unit, first, last, FROM)


def take(store: SqlStore, *bands: NumberBand, day: date = DAY) -> str:
    with store.transaction() as tx:
        return tx.numbers.take(bands, day).text


def test_numbers_rise_from_the_beginning_of_the_band(store: SqlStore) -> None:
    assert [take(store, a_band(38, 40)) for _ in range(3)] == [
        "H36.15-261123-0038",
        "H36.15-261123-0039",
        "H36.15-261123-0040",
    ]
    with pytest.raises(BandExhausted):
        take(store, a_band(38, 40))


def test_every_day_begins_anew(store: SqlStore) -> None:
    take(store, a_band(1, 9))
    assert take(store, a_band(1, 9), day=DAY + timedelta(days=1)).endswith("261124-0001")


def test_a_lower_band_leased_later_the_same_day_is_used_too(store: SqlStore) -> None:
    take(store, a_band(2000, 2001))
    take(store, a_band(2000, 2001))
    assert take(store, a_band(2000, 2001), a_band(100, 199)).endswith("-0100")


def test_numbers_of_other_counters_between_two_bands_do_no_harm(store: SqlStore) -> None:
    with store.transaction() as tx:
        tx.dossiers.put(a_dossier(number=DossierNumber("H36.15-261123-2500")))
    assert take(store, a_band(2000, 2001), a_band(3000, 3001)).endswith("-2000")


def test_a_number_that_a_dossier_of_the_feed_carries_is_not_given_again(store: SqlStore) -> None:
    with store.transaction() as tx:
        tx.dossiers.put(a_dossier(number=DossierNumber("H36.15-261123-2004")))
    assert take(store, a_band(2000, 2999)).endswith("-2005")


def test_what_is_shown_next_is_what_is_given(store: SqlStore) -> None:
    shown = store.reads.next_number((a_band(7, 8),), DAY)
    assert shown is not None
    assert take(store, a_band(7, 8)) == shown.text
    take(store, a_band(7, 8))
    assert store.reads.next_number((a_band(7, 8),), DAY) is None
    assert store.reads.next_number((), DAY) is None


def test_provisional_numbers_rise_for_each_machine_and_day(store: SqlStore) -> None:
    with store.transaction() as tx:
        numbers = [
            tx.numbers.take_provisional(machine, day).text
            for machine, day in [("2", DAY), ("2", DAY), ("a3", DAY), ("2", DAY + timedelta(1))]
        ]
    assert numbers == [
        "TAM-2-261123-001",
        "TAM-2-261123-002",
        "TAM-A3-261123-001",
        "TAM-2-261124-001",
    ]


def test_a_provisional_dossier_is_found_by_either_number_once_linked(store: SqlStore) -> None:
    provisional = ProvisionalNumber("TAM-2-261123-001")
    final = DossierNumber("H36.15-261123-2000")
    dossier = a_dossier(id=dossier_id(1), number=final, former_number=provisional)
    with store.transaction() as tx:
        tx.dossiers.put(a_dossier(id=dossier_id(1), number=provisional))
        tx.dossiers.put(dossier)
        assert tx.dossiers.by_number(provisional) == dossier
    assert store.reads.by_number(final) == store.reads.by_number(provisional) == dossier
    assert take(store, a_band(2000, 2999)).endswith("-2001")


class Counter(RuleBasedStateMachine):
    """Gives numbers, is closed, crashes out of transactions; the bands change under way."""

    folder_of: pytest.TempPathFactory

    @initialize()
    def open(self) -> None:
        self.folder = self.folder_of.mktemp("numbers")
        self.store = open_store(self.folder)
        self.given: list[str] = []
        self.bands: tuple[NumberBand, ...] = (a_band(10, 14),)

    @rule(first=st.integers(1, 40), length=st.integers(1, 6), keeps=st.booleans())
    def lease(self, first: int, length: int, keeps: bool) -> None:
        band = a_band(first, first + length - 1)
        self.bands = (*self.bands, band) if keeps else (band,)

    @rule(day=st.integers(0, 1))
    def take(self, day: int) -> None:
        on = DAY + timedelta(days=day)
        try:
            text = take(self.store, *self.bands, day=on)
        except BandExhausted:
            # Only when each of its numbers is given: none may be lost either.
            free = {
                DossierNumber.compose(b.unit, on, n).text
                for b in self.bands
                for n in range(b.first, b.last + 1)
            } - set(self.given)
            highest = {b: self.highest(b, on) for b in self.bands}
            assert all(
                DossierNumber(n).sequence < max(highest[b] for b in self.bands if self.holds(b, n))
                for n in free
            )
            return
        number = DossierNumber(text)
        assert any(self.holds(band, text) for band in self.bands)
        assert number.day == on
        self.given.append(text)

    @rule()
    def fail_after_taking(self) -> None:
        try:
            with self.store.transaction() as tx:
                tx.numbers.take(self.bands, DAY)
                raise LookupError
        except (LookupError, BandExhausted):
            pass

    @rule()
    def reopen(self) -> None:
        self.store.close()
        self.store = open_store(self.folder)

    @invariant()
    def none_twice(self) -> None:
        given = getattr(self, "given", [])
        assert len(given) == len(set(given))

    def highest(self, band: NumberBand, day: date) -> int:
        numbers = [DossierNumber(text) for text in self.given]
        return max(
            (n.sequence for n in numbers if n.day == day and self.holds(band, n.text)), default=0
        )

    @staticmethod
    def holds(band: NumberBand, text: str) -> bool:
        return band.first <= DossierNumber(text).sequence <= band.last

    def teardown(self) -> None:
        if hasattr(self, "store"):
            self.store.close()


def test_no_number_is_given_twice_whatever_happens(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    class Here(Counter):
        folder_of = tmp_path_factory

    run_state_machine_as_test(Here)
