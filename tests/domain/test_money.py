from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import InvalidValue
from counter_app.domain.money import (
    MAX_DONG,
    Balance,
    Money,
    format_money,
    group_digits,
    in_words,
)
from counter_app.domain.number_words import Reading

amounts = st.integers(0, 10**9)


def test_money_is_written_with_dots() -> None:
    assert format_money(Money(1_234_567)) == "1.234.567 đồng"
    assert format_money(Money(0)) == "0 đồng"
    assert format_money(Money(8_000), "đ") == "8.000 đ"


def test_a_balance_may_stand_below_zero_and_money_may_not() -> None:
    balance = Balance() + Money(10_000) - Money(12_000)
    assert format_money(balance) == "\u22122.000 đồng"
    for refused in (lambda: Money(10) - Money(11), lambda: Money(-1)):
        with pytest.raises(InvalidValue) as refusal:
            refused()
        assert refusal.value.rule == "negative"


@pytest.mark.parametrize("amount", [8000.0, "8000", True, None])
def test_money_is_never_made_of_anything_but_whole_numbers(amount: object) -> None:
    with pytest.raises(TypeError):
        Money(amount)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Money(1) * 1.5  # type: ignore[operator]


def test_no_amount_is_larger_than_an_office_can_hold() -> None:
    with pytest.raises(InvalidValue):
        Money(MAX_DONG + 1)


@pytest.mark.parametrize(
    ("text", "dong"),
    [
        ("8000", 8_000),
        ("8.000", 8_000),
        ("8,000 đ", 8_000),
        ("8 000 đồng", 8_000),
        (" 1.234.567 VND", 1_234_567),
        ("0", 0),
        ("500₫", 500),
    ],
)
def test_an_amount_is_read_as_people_type_it(text: str, dong: int) -> None:
    assert Money.parse(text) == Money(dong)


@pytest.mark.parametrize(
    "text", ["8.00", "8,5", "1.234,567", "-5", "8k", "１２", "80.0000", "1..000", "८०"]
)
def test_an_amount_that_could_mean_two_things_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        Money.parse(text, "received")
    assert (refusal.value.field, refusal.value.rule) == ("received", "not_money")


@pytest.mark.parametrize("text", ["9" * 14, "9" * 5000])
def test_an_amount_beyond_reason_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        Money.parse(text)
    assert refusal.value.rule == "too_large"


@pytest.mark.parametrize(
    ("dong", "words"),
    [
        (0, "Không đồng"),
        (8_000, "Tám nghìn đồng chẵn"),
        (8_500, "Tám nghìn năm trăm đồng"),
        (24_000, "Hai mươi tư nghìn đồng chẵn"),
        (105_000, "Một trăm lẻ năm nghìn đồng chẵn"),
        (1_200_000, "Một triệu hai trăm nghìn đồng chẵn"),
        (400_021, "Bốn trăm nghìn không trăm hai mươi mốt đồng"),
    ],
)
def test_a_receipt_says_the_amount_in_words(dong: int, words: str) -> None:
    assert in_words(Money(dong)) == words


def test_the_words_follow_the_region() -> None:
    assert (
        in_words(Money(105_000), Reading(zero_tens="linh")) == "Một trăm linh năm nghìn đồng chẵn"
    )


def test_an_amount_can_be_charged_several_times_and_nothing_is_nothing() -> None:
    assert 3 * Money(2_000) == Money(2_000) * 3 == Money(6_000)
    assert not Money(0)
    assert Money(1)
    with pytest.raises(InvalidValue) as refusal:
        Money.parse(" đồng ")
    assert refusal.value.rule == "empty"


@given(amounts)
def test_what_is_written_can_be_read_again(dong: int) -> None:
    assert Money.parse(format_money(Money(dong))) == Money(dong)
    assert group_digits(dong).replace(".", "") == str(dong)


@given(st.lists(amounts, max_size=8))
def test_a_total_is_the_sum_in_any_order(dongs: list[int]) -> None:
    total = Money.total(Money(dong) for dong in reversed(dongs))
    assert total.dong == sum(dongs)
    running = Money(0)
    for dong in dongs:
        running = running + Money(dong)
    assert running == total


@given(amounts, amounts)
def test_what_is_added_can_be_taken_away(one: int, other: int) -> None:
    assert Money(one) + Money(other) - Money(other) == Money(one)
    assert (Money(one) < Money(other)) == (one < other)
