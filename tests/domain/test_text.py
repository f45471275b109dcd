from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import InvalidValue
from counter_app.domain.text import clean_line, clean_text, require_line


def rule_of(text: str, max_length: int = 200) -> str:
    with pytest.raises(InvalidValue) as refusal:
        clean_line(text, "note", max_length)
    assert refusal.value.field == "note"
    return refusal.value.rule


def test_decomposed_letters_are_composed() -> None:
    assert clean_line(unicodedata.normalize("NFD", "Nguyễn Thị Mẫu"), "name") == "Nguyễn Thị Mẫu"


def test_spaces_of_every_kind_become_single_ones() -> None:
    assert clean_line("  Xã\u00a0Ví \u2003 Dụ\t\r\n", "place") == "Xã Ví Dụ"
    assert clean_line("Thôn 1,\r\nXã Ví Dụ\u2028Đắk Nông", "place") == "Thôn 1, Xã Ví Dụ Đắk Nông"


def test_an_empty_line_stays_empty_unless_it_is_required() -> None:
    assert clean_line(" \t ", "note") == ""
    with pytest.raises(InvalidValue) as refusal:
        require_line("\u200b ", "note")
    assert refusal.value.rule == "empty"


@pytest.mark.parametrize(
    "command",
    [
        pytest.param("\x1b@", id="ESC @: reset the printer"),
        pytest.param("\x1dV\x00", id="GS V: cut the paper"),
        pytest.param("\x10\x14\x01", id="DLE DC4: kick the drawer"),
        pytest.param("\x00", id="NUL"),
        pytest.param("\x07", id="BEL"),
        pytest.param("\x0c", id="FF: print the page"),
        pytest.param("\x1c.", id="FS: Chinese mode"),
        pytest.param("\x7f", id="DEL"),
        pytest.param("\x85", id="NEL"),
        pytest.param("\x9b1m", id="CSI of C1"),
    ],
)
def test_no_printer_command_gets_through(command: str) -> None:
    assert rule_of(f"Nguyễn {command}Thị Mẫu") == "control_character"


@pytest.mark.parametrize(
    "char", list("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
)
def test_no_change_of_direction_gets_through(char: str) -> None:
    assert rule_of(f"Mẫu{char}uẫM") == "direction_control"


@pytest.mark.parametrize(
    ("char", "rule"),
    [
        ("\ue000", "private_character"),
        ("\U0010fffd", "private_character"),
        ("\u0378", "unassigned_character"),
        ("\ufffe", "unassigned_character"),
        ("\ud800", "damaged_character"),
        ("\ufffd", "damaged_character"),
        ("\U000e0041", "control_character"),
        ("\u2061", "control_character"),
    ],
)
def test_what_is_not_text_is_refused_by_name(char: str, rule: str) -> None:
    assert rule_of(f"a{char}b") == rule


def test_letters_piled_with_marks_are_refused() -> None:
    assert rule_of("a" + "\u0335\u0336\u0337\u0338") == "too_many_marks"


def test_invisible_leftovers_of_a_paste_go_silently() -> None:
    assert clean_line("\ufeffNguyễn\u200b Thị\u00ad Mẫu\u2060", "name") == "Nguyễn Thị Mẫu"


def test_a_letter_and_its_mark_meet_when_the_invisible_between_them_goes() -> None:
    assert clean_line("a\u200b\u0301", "name") == "á"


def test_the_icelandic_lookalike_of_a_capital_is_put_right() -> None:
    assert clean_line("\u00d0ắk Nông", "place") == "Đắk Nông"


def test_length_is_counted_after_composing() -> None:
    decomposed = unicodedata.normalize("NFD", "ễ" * 10)
    assert clean_line(decomposed, "name", 10) == "ễ" * 10
    assert rule_of("ễ" * 11, 10) == "too_long"


def test_a_text_keeps_its_lines_and_one_blank_between() -> None:
    assert clean_text("\n Dòng  một \r\n\r\n\r\n\r\nDòng hai\t\n", "note") == "Dòng một\n\nDòng hai"
    with pytest.raises(InvalidValue):
        clean_text("Dòng một\n\x1b@", "note")


@given(st.text())
def test_what_is_clean_stays_as_it_is_and_has_no_control_in_it(text: str) -> None:
    try:
        line = clean_line(text, "note")
    except InvalidValue:
        return
    assert clean_line(line, "note") == line
    assert unicodedata.is_normalized("NFC", line)
    assert line == line.strip()
    assert not any(unicodedata.category(char)[0] == "C" for char in line)
    assert all(char == " " for char in line if unicodedata.category(char)[0] == "Z")


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x1c\x1d\x1e\x1f\x85")))
def test_a_clean_text_stays_as_it_is(text: str) -> None:
    try:
        clean = clean_text(text, "note")
    except InvalidValue:
        return
    assert clean_text(clean, "note") == clean


vietnamese = st.text(
    alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạấầẩẫậắằẳẵặéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ ĐẮẾ.,/-()",
    max_size=60,
)


@given(vietnamese)
def test_plain_vietnamese_loses_nothing_but_spare_spaces(text: str) -> None:
    expected = " ".join(text.split())
    assert clean_line(text, "note") == expected
    assert clean_line(unicodedata.normalize("NFD", text), "note") == expected
