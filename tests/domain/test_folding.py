from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.folding import fold, fold_words, folds_alike

words = st.text(
    alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyạấằễợữýỹỷĐÝQUẾH'’ -.0129",
    max_size=25,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("thuý", "thúy"),
        ("Lý", "Lí"),
        ("quý", "quí"),
        ("Quý Mỹ", "QUÍ MĨ"),
        ("kỹ sư", "kĩ sư"),
        ("tỷ", "tỉ"),
        ("Quỳnh", "Quình"),
        ("y tế", "i tế"),
        ("Đắk Nông", "dak nong"),
        ("H'Ngân", "H’ngan"),
        ("K'Brể", "kbre"),
        ("Nguyễn", unicodedata.normalize("NFD", "NGUYỄN")),
    ],
)
def test_two_spellings_of_a_word_are_found_alike(one: str, other: str) -> None:
    assert folds_alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("tay", "tai"), ("thủy", "thui"), ("may", "mai"), ("nguy", "ngui"), ("ba", "bà bà")],
)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert not folds_alike(one, other)


def test_punctuation_parts_words_and_is_not_searched() -> None:
    assert fold_words("Chứng thực (bản sao), từ bản chính/1.2-3") == (
        *("chung", "thuc", "ban", "sao", "tu", "ban", "chinh", "1", "2", "3"),
    )
    assert fold_words(" ,.! ") == ()


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(words, words)
def test_the_fold_of_a_beginning_is_a_beginning_of_the_fold(beginning: str, rest: str) -> None:
    assert fold(beginning + rest).startswith(fold(beginning))


@given(words)
def test_composed_and_decomposed_upper_and_lower_fold_alike(text: str) -> None:
    folded = fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == folded
    assert fold(text.upper()) == folded
    assert fold(text.lower()) == folded


@given(words)
def test_a_fold_of_vietnamese_is_plain_letters_digits_and_single_spaces(text: str) -> None:
    folded = fold(text)
    assert folded.isascii()
    assert folded == " ".join(folded.split())
    assert all(char.isalnum() or char == " " for char in folded)
