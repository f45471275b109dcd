from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.number_words import DIGITS, Reading, read_number, spell_digits


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (4, "bốn"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (55, "năm mươi lăm"),
        (100, "một trăm"),
        (101, "một trăm lẻ một"),
        (105, "một trăm lẻ năm"),
        (110, "một trăm mười"),
        (115, "một trăm mười lăm"),
        (231, "hai trăm ba mươi mốt"),
        (1000, "một nghìn"),
        (1005, "một nghìn không trăm lẻ năm"),
        (1015, "một nghìn không trăm mười lăm"),
        (1150, "một nghìn một trăm năm mươi"),
        (24_000, "hai mươi tư nghìn"),
        (105_000, "một trăm lẻ năm nghìn"),
        (1_000_005, "một triệu không trăm lẻ năm"),
        (1_005_000, "một triệu không trăm lẻ năm nghìn"),
        (
            1_234_567,
            "một triệu hai trăm ba mươi tư nghìn năm trăm sáu mươi bảy",
        ),
        (1_000_000_000, "một tỷ"),
        (1_000_000_021, "một tỷ không trăm hai mươi mốt"),
        (1_000_000_000_000, "một nghìn tỷ"),
        (2_000_000_000_000_000_000, "hai tỷ tỷ"),
    ],
)
def test_numbers_are_read_as_people_read_them(number: int, words: str) -> None:
    assert read_number(number) == words


def test_the_north_reads_linh_and_may_read_bon() -> None:
    north = Reading(zero_tens="linh", four="bốn", thousand="ngàn", billion="tỉ")
    assert read_number(105, north) == "một trăm linh năm"
    assert read_number(24_000_000_000, north) == "hai mươi bốn tỉ"
    assert read_number(4_024, north) == "bốn ngàn không trăm hai mươi bốn"


def test_numbers_below_zero_are_not_read() -> None:
    with pytest.raises(ValueError, match="zero"):
        read_number(-1)


def test_a_ticket_is_spelled_sign_by_sign() -> None:
    assert spell_digits("A025") == "A, không, hai, năm"
    assert spell_digits("ưt-007") == "Ư, T, không, không, bảy"


def heard(words: str) -> int:
    """The number that a listener writes down: an own reading of the rules, from the other end."""
    value = {word: digit for digit, word in enumerate(DIGITS)} | {"mốt": 1, "tư": 4, "lăm": 5}
    total = group = millions = 0
    digit: int | None = None
    for word in words.split():
        if word in value:
            digit = value[word]
        elif word == "trăm":
            group, digit = group + 100 * (digit or 0), None
        elif word in ("mươi", "mười"):
            group, digit = group + 10 * (1 if word == "mười" else digit or 0), None
        elif word == "nghìn":
            millions, group, digit = millions + 1000 * (group + (digit or 0)), 0, None
        elif word == "triệu":
            millions, group, digit = millions + 1_000_000 * (group + (digit or 0)), 0, None
        elif word == "tỷ":
            total = (total + millions + group + (digit or 0)) * 1_000_000_000
            millions = group = 0
            digit = None
        else:
            assert word == "lẻ"
    return total + millions + group + (digit or 0)


@given(st.one_of(st.integers(0, 3000), st.integers(0, 10**12), st.integers(0, 10**18)))
def test_who_hears_the_words_writes_down_the_number(number: int) -> None:
    assert heard(read_number(number)) == number


@given(st.integers(0, 10**18))
def test_the_rules_of_mot_lam_and_tu_are_kept(number: int) -> None:
    words = read_number(number).split()
    for before, word in pairwise(words):
        if before == "mươi":
            assert word not in ("một", "năm", "bốn")
        if before == "mười":
            assert word != "năm"
        if word in ("mốt", "tư"):
            assert before == "mươi"
