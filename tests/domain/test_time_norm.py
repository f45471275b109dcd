from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import InvalidValue
from counter_app.domain.time_norm import (
    SAME_DAY,
    NormUnit,
    TimeNorm,
    calendar_days,
    working_days,
    working_hours,
)


@pytest.mark.parametrize(
    ("text", "norm"),
    [
        ("same_day", SAME_DAY),
        ("3 working_day", working_days(3)),
        ("0.5 working_day", working_days("0.5")),
        ("2.5 working_day", working_days("2.5")),
        ("30 calendar_day", calendar_days(30)),
        ("8 working_hour", working_hours(8)),
    ],
)
def test_a_norm_is_written_as_it_is_read(text: str, norm: TimeNorm) -> None:
    assert TimeNorm.parse(text) == norm
    assert str(norm) == text


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "not_a_norm"),
        ("3", "not_a_norm"),
        ("3 ngày", "not_a_norm"),
        ("3 working_days", "not_a_norm"),
        ("-3 working_day", "not_a_norm"),
        ("0.25 working_day", "not_a_norm"),
        ("3 working_day ", "not_a_norm"),
        ("0 working_day", "amount"),
        ("9999 working_day", "amount"),
        ("1 same_day", "amount"),
        ("0.5 working_hour", "fraction"),
        ("1.5 calendar_day", "fraction"),
    ],
)
def test_what_is_no_norm_is_refused_by_its_rule(text: str, rule: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        TimeNorm.parse(text)
    assert refusal.value.rule == rule


@given(st.integers(1, 2000))
def test_every_norm_in_half_days_survives_writing(halves: int) -> None:
    norm = TimeNorm(Decimal(halves) / 2, NormUnit.WORKING_DAY)
    assert TimeNorm.parse(str(norm)) == norm
    assert norm.whole * 2 + norm.has_half == halves
