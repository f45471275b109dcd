from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from counter_app.ui.theme import Tone
from counter_app.ui.widgets.check_box import CheckBox
from counter_app.ui.widgets.choice import Choice, Option
from counter_app.ui.widgets.date_input import DateInput, parse_date, show_date
from counter_app.ui.widgets.field import Field, FieldGrid
from counter_app.ui.widgets.search_field import Match, SearchField
from counter_app.ui.widgets.text_input import TextArea, TextInput
from tests.helpers.ui_windows import shown

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31))
MATCHES = (
    Match(value="a", code="1.001193", title="Đăng ký khai sinh", detail="Hộ tịch"),
    Match(value="b", title="Chứng thực bản sao", state="trong ngày", tone=Tone.OK),
    Match(value="c", title="Đăng ký kết hôn"),
)


def test_a_field_says_below_what_is_wrong_and_stops_saying_it(qtbot: QtBot) -> None:
    editor = TextInput()
    field = Field("Điện thoại", editor, required=True)
    shown(qtbot, field)
    height = field.sizeHint().height()
    field.show_problem("Số điện thoại có 10 chữ số.")
    assert field.problem == "Số điện thoại có 10 chữ số."
    assert editor.accessibleDescription() == field.problem
    assert editor.property("wrong") is True
    assert field.sizeHint().height() > height
    field.clear_problem()
    assert (field.problem, editor.accessibleDescription()) == ("", "")
    assert editor.property("wrong") is False
    assert field.sizeHint().height() == height


def test_a_mnemonic_in_the_label_jumps_to_the_input(qtbot: QtBot) -> None:
    editor, other = TextInput(), TextInput()
    window = QWidget()
    column = QVBoxLayout(window)
    column.addWidget(Field("Đ&iện thoại", editor))
    column.addWidget(Field("Tên", other))
    shown(qtbot, window)
    other.setFocus()
    qtbot.keyClick(window, Qt.Key.Key_I, Qt.KeyboardModifier.AltModifier)
    assert editor.hasFocus()
    assert editor.accessibleName() == "Điện thoại"


def test_a_text_is_committed_once_when_it_was_changed(qtbot: QtBot) -> None:
    editor = TextInput("cũ")
    shown(qtbot, editor)
    told: list[str] = []
    editor.committed.connect(lambda: told.append(editor.text()))
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert told == []
    editor.selectAll()
    qtbot.keyClicks(editor, "moi")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert told == ["moi"]
    editor.show_text("từ ngoài")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert told == ["moi"]


def test_tab_leaves_a_text_of_several_lines(qtbot: QtBot) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    area, after = TextArea(), TextInput()
    column.addWidget(area)
    column.addWidget(after)
    shown(qtbot, window)
    area.setFocus()
    qtbot.keyClick(area, Qt.Key.Key_Tab)
    assert after.hasFocus()
    assert area.toPlainText() == ""


@given(DAYS)
def test_every_day_is_read_back_as_it_is_shown(day: date) -> None:
    assert parse_date(show_date(day)) == day
    assert parse_date(show_date(day).replace("/", "")) == day
    assert parse_date(f"{day.day}.{day.month}.{day.year}") == day


@pytest.mark.parametrize(
    "text", ["", "31/02/2026", "05/03/99", "1999", "00/01/2000", "5/3", "32/1/2020", "05/03/19999"]
)
def test_what_is_no_day_is_not_guessed(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize("typed", ["05031999", "05/03/1999", "5/3/1999", "05-03-1999"])
def test_slashes_come_by_themselves_and_may_be_typed(qtbot: QtBot, typed: str) -> None:
    editor = DateInput()
    shown(qtbot, editor)
    told: list[date | None] = []
    editor.date_changed.connect(told.append)
    qtbot.keyClicks(editor, typed)
    assert editor.value() == date(1999, 3, 5)
    assert told[-1] == date(1999, 3, 5)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert editor.text() == "05/03/1999"


def test_a_date_can_be_taken_back_key_by_key(qtbot: QtBot) -> None:
    editor = DateInput()
    shown(qtbot, editor)
    qtbot.keyClicks(editor, "05031999")
    for _ in range(12):
        qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    assert editor.text() == ""
    assert editor.value() is None


def test_letters_cannot_be_typed_into_a_date(qtbot: QtBot) -> None:
    editor = DateInput()
    shown(qtbot, editor)
    qtbot.keyClicks(editor, "ab0c5")
    assert editor.text() == "05/"


def test_a_choice_keeps_its_value_when_its_words_change(qtbot: QtBot) -> None:
    choice = Choice([Option("m", "Nam"), Option("f", "Nữ")])
    qtbot.addWidget(choice)
    assert choice.value() == "m"
    choice.select("f")
    told: list[object] = []
    choice.chosen.connect(told.append)
    choice.set_options([Option("m", "Male"), Option("f", "Female")])
    assert (choice.value(), choice.currentText(), told) == ("f", "Female", [])
    choice.select(None)
    assert choice.value() is None


def test_a_choice_made_by_key_is_told(qtbot: QtBot) -> None:
    choice = Choice([Option("m", "Nam"), Option("f", "Nữ")])
    shown(qtbot, choice)
    choice.setFocus()
    with qtbot.waitSignal(choice.chosen) as told:
        qtbot.keyClick(choice, Qt.Key.Key_Down)
    assert told.args == ["f"]


def test_the_wheel_never_changes_a_choice(qtbot: QtBot, qapp: QApplication) -> None:
    choice = Choice([Option(1, "Một"), Option(2, "Hai")])
    shown(qtbot, choice)
    choice.setFocus()
    middle = QPointF(choice.rect().center())
    event = QWheelEvent(
        middle,
        middle,
        QPoint(0, 0),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    qapp.sendEvent(choice, event)
    assert choice.value() == 1
    assert not event.isAccepted()


def test_a_box_is_ticked_by_its_word_and_by_the_space_bar(qtbot: QtBot) -> None:
    box = CheckBox("Gửi tin nhắn")
    shown(qtbot, box)
    place = QPoint(box.width() - 6, box.height() // 2)
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=place)
    assert box.isChecked()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert not box.isChecked()


@pytest.fixture
def search(qtbot: QtBot) -> Iterator[SearchField]:
    window = QWidget()
    column = QVBoxLayout(window)
    field = SearchField(delay_ms=1)
    column.addWidget(field)
    column.addStretch(1)
    shown(qtbot, window, 600, 500)
    field.setFocus()
    yield field
    window.close()


def test_typing_asks_for_matches_once_the_fingers_rest(qtbot: QtBot, search: SearchField) -> None:
    with qtbot.waitSignal(search.query_changed) as asked:
        qtbot.keyClicks(search, "khai sinh")
    assert asked.args == ["khai sinh"]


def test_arrows_and_enter_pick_a_match(qtbot: QtBot, search: SearchField) -> None:
    search.show_matches(MATCHES)
    assert search.list_is_open
    qtbot.keyClick(search, Qt.Key.Key_Down)
    qtbot.keyClick(search, Qt.Key.Key_Down)
    qtbot.keyClick(search, Qt.Key.Key_Up)
    with qtbot.waitSignal(search.picked) as picked:
        qtbot.keyClick(search, Qt.Key.Key_Return)
    assert picked.args == ["b"]
    assert not search.list_is_open


def test_the_first_match_is_marked_so_that_enter_suffices(
    qtbot: QtBot, search: SearchField
) -> None:
    search.show_matches(MATCHES)
    with qtbot.waitSignal(search.picked) as picked:
        qtbot.keyClick(search, Qt.Key.Key_Enter)
    assert picked.args == ["a"]


def test_a_press_with_the_mouse_picks_and_leaves_the_caret(
    qtbot: QtBot, search: SearchField
) -> None:
    search.show_matches(MATCHES)
    view = search.window().findChild(QWidget, "matchFrame").layout().itemAt(0).widget()
    place = view.visualRect(view.model().index(2)).center()
    with qtbot.waitSignal(search.picked) as picked:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert picked.args == ["c"]
    assert search.hasFocus()


def test_escape_closes_the_list_and_then_empties_the_field(
    qtbot: QtBot, search: SearchField
) -> None:
    search.show_text("khai")
    search.show_matches(MATCHES)
    qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert (search.list_is_open, search.text()) == (False, "khai")
    with qtbot.waitSignal(search.query_changed) as asked:
        qtbot.keyClick(search, Qt.Key.Key_Escape)
    assert (search.text(), asked.args) == ("", [""])


def test_no_match_closes_the_list_and_enter_hands_the_text_over(
    qtbot: QtBot, search: SearchField
) -> None:
    search.show_text("H36.15-261123-2007")
    search.show_matches(MATCHES)
    search.show_matches(())
    assert not search.list_is_open
    with qtbot.waitSignal(search.entered) as entered:
        qtbot.keyClick(search, Qt.Key.Key_Return)
    assert entered.args == ["H36.15-261123-2007"]


def test_matches_that_come_too_late_open_no_list(qtbot: QtBot, search: SearchField) -> None:
    search.clearFocus()
    search.show_matches(MATCHES)
    assert not search.list_is_open


def test_the_list_stays_inside_a_low_window(qtbot: QtBot) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    column.addStretch(1)
    field = SearchField()
    column.addWidget(field)
    shown(qtbot, window, 500, 320)
    field.setFocus()
    field.show_matches(MATCHES * 4)
    frame = window.findChild(QWidget, "matchFrame")
    assert frame is not None
    assert window.rect().contains(frame.geometry())
    assert frame.geometry().bottom() < field.geometry().top()


def places(grid: FieldGrid) -> list[tuple[int, int, int]]:
    layout = grid.layout()
    assert layout is not None
    positions = [layout.getItemPosition(place) for place in range(layout.count())]  # type: ignore[attr-defined]  # a QGridLayout
    return [(row, column, span) for row, column, _, span in positions]


def test_fields_take_more_room_where_there_is_less(qtbot: QtBot) -> None:
    grid = FieldGrid()
    for span in (3, 5, 2, 2, 8, 2, 2):
        grid.add(Field("x", TextInput()), span)
    shown(qtbot, grid, 800, 300)
    assert [row for row, _, _ in places(grid)] == [0, 0, 0, 0, 1, 1, 1]
    grid.resize(500, 600)
    qtbot.waitUntil(lambda: places(grid)[-1][0] == 4)
    for row in range(5):
        assert sum(span for at, _, span in places(grid) if at == row) == 12
    grid.resize(330, 900)
    qtbot.waitUntil(lambda: [row for row, _, _ in places(grid)] == list(range(7)))
