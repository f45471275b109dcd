from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import InvalidValue
from counter_app.domain.numbers import (
    BandExhausted,
    DossierNumber,
    NumberBand,
    ProvisionalNumber,
    next_number,
    parse_number,
)

DAY = date(2026, 11, 23)
days = st.dates(date(2000, 1, 1), date(2099, 12, 31))


def band(first: int, last: int, **changes: date | None) -> NumberBand:
    return NumberBand(
        "H36.15",
        first,
        last,
        changes.get("valid_from") or date(2026, 1, 1),
        changes.get("valid_until"),
    )


@given(days, st.integers(1, 9_999_999))
def test_a_composed_number_tells_its_parts(day: date, sequence: int) -> None:
    number = DossierNumber.compose("H36.15.01", day, sequence)
    assert (number.unit, number.day, number.sequence) == ("H36.15.01", day, sequence)
    assert parse_number(f" {str(number).lower()} ") == number


@given(days, st.integers(1, 99_999))
def test_a_provisional_number_can_never_pass_for_a_final_one(day: date, sequence: int) -> None:
    number = ProvisionalNumber.compose("2", day, sequence)
    assert parse_number(str(number)) == number
    assert not number.is_final
    with pytest.raises(InvalidValue):
        DossierNumber(str(number))


@pytest.mark.parametrize(
    "text",
    ["H16.15-190731-0007", "H36.99.01-260105-0012", "G09.20-20260609-0092637", "H01-250101-001"],
)
def test_numbers_of_running_systems_are_read_as_they_stand(text: str) -> None:
    assert str(parse_number(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "H36.15",
        "H36.15-261123",
        "H36.15-261323-0001",
        "H36.15-260230-0001",
        "36.15-261123-0001",
        "H36.15-261123-01",
        "H36.15-261123-00000001",
        "H36.15–261123–0001",
        "TAM-261123-001",
        "H36.15-261123-0001\x1b@",
    ],
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue):
        parse_number(text)


def test_the_first_number_of_a_day_is_the_first_of_the_band() -> None:
    assert str(next_number((band(2000, 2999),), DAY, None)) == "H36.15-261123-2000"


def test_the_last_number_of_a_band_is_given_and_then_no_more() -> None:
    bands = (band(2000, 2001),)
    assert next_number(bands, DAY, 2000).sequence == 2001
    with pytest.raises(BandExhausted):
        next_number(bands, DAY, 2001)


def test_a_second_band_goes_on_where_the_first_ends() -> None:
    bands = (band(12000, 12999), band(2000, 2001))
    assert next_number(bands, DAY, 2001).sequence == 12000


def test_a_band_gives_nothing_outside_its_lease() -> None:
    ended = band(2000, 2999, valid_until=DAY - timedelta(days=1))
    with pytest.raises(BandExhausted):
        next_number((ended,), DAY, None)


@given(st.lists(st.integers(0, 9), max_size=8), st.integers(1, 60))
def test_bands_never_give_a_number_twice_and_never_go_back(starts: list[int], count: int) -> None:
    bands = tuple(band(start * 10 + 1, start * 10 + 10) for start in sorted(set(starts)))
    given_out: list[int] = []
    for _ in range(count):
        try:
            number = next_number(bands, DAY, given_out[-1] if given_out else None)
        except BandExhausted:
            assert len(given_out) == 10 * len(bands)
            return
        given_out.append(number.sequence)
    assert given_out == sorted(set(given_out))
    assert all(any(b.first <= n <= b.last for b in bands) for n in given_out)


def test_bands_that_share_a_number_on_a_day_overlap() -> None:
    assert band(1, 10).overlaps(band(10, 20))
    assert not band(1, 10).overlaps(band(11, 20))
    earlier = band(1, 10, valid_until=DAY)
    assert not earlier.overlaps(band(1, 10, valid_from=DAY + timedelta(days=1)))
    assert earlier.overlaps(band(1, 10, valid_from=DAY))
