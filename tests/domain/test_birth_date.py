from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.birth_date import BirthDate
from counter_app.domain.errors import InvalidValue


@pytest.mark.parametrize(
    ("text", "birth", "written", "stored"),
    [
        ("05031999", BirthDate(1999, 3, 5), "05/03/1999", "1999-03-05"),
        ("1960", BirthDate(1960), "1960", "1960"),
        ("00001960", BirthDate(1960), "1960", "1960"),
        ("00071960", BirthDate(1960, 7), "07/1960", "1960-07"),
        ("5/3/1999", BirthDate(1999, 3, 5), "05/03/1999", "1999-03-05"),
        ("07.1960", BirthDate(1960, 7), "07/1960", "1960-07"),
        ("1999-03-05", BirthDate(1999, 3, 5), "05/03/1999", "1999-03-05"),
        ("29022000", BirthDate(2000, 2, 29), "29/02/2000", "2000-02-29"),
    ],
)
def test_a_birth_is_read_with_as_much_as_is_known(
    text: str, birth: BirthDate, written: str, stored: str
) -> None:
    assert BirthDate.parse(text) == birth
    assert birth.formatted() == written
    assert birth.stored == stored


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "empty"),
        ("31021999", "day"),
        ("29/02/1999", "day"),
        ("05131999", "month"),
        ("05001999", "month"),
        ("05030999", "year"),
        ("199", "not_a_date"),
        ("5 tháng 3 1999", "not_a_date"),
        ("١٩٦٠", "not_a_date"),
        ("1999-3-5", "not_a_date"),
    ],
)
def test_a_birth_that_cannot_be_is_refused_by_its_rule(text: str, rule: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        BirthDate.parse(text)
    assert refusal.value.rule == rule


def test_age_counts_only_years_that_have_certainly_passed() -> None:
    today = date(2026, 7, 6)
    assert BirthDate(1966, 7, 6).age_on(today) == 60
    assert BirthDate(1966, 7, 7).age_on(today) == 59
    assert BirthDate(1966, 7).age_on(today) == 59
    assert BirthDate(1966).age_on(today) == 59
    assert BirthDate(1965).age_on(today) == 60
    assert BirthDate(2027).age_on(today) < 0


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 2))
def test_what_is_stored_or_written_is_read_again(day: date, known: int) -> None:
    birth = BirthDate(day.year, day.month if known else None, day.day if known == 2 else None)
    assert BirthDate.parse(birth.stored) == birth
    assert BirthDate.parse(birth.formatted()) == birth
    assert birth.earliest <= day <= birth.latest
