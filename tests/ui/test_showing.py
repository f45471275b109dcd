from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from counter_app.ui.theme import Tone
from counter_app.ui.widgets.buttons import Button, ButtonKind, IconButton
from counter_app.ui.widgets.card import Card, ListRow
from counter_app.ui.widgets.decision import DecisionChoice, DecisionDialog
from counter_app.ui.widgets.empty_state import EmptyState
from counter_app.ui.widgets.figure import Figure
from counter_app.ui.widgets.flow_row import FlowRow
from counter_app.ui.widgets.key_cap import KeyCap, KeyHint
from counter_app.ui.widgets.label import Label
from counter_app.ui.widgets.painting import key_words
from counter_app.ui.widgets.paper import PaperPreview
from counter_app.ui.widgets.pill import ChipOption, ChipRow, Pill
from counter_app.ui.widgets.table import Cell, Column, Table
from counter_app.ui.widgets.thumbnails import Thumbnail, Thumbnails
from counter_app.ui.widgets.timeline import Timeline, TimelineEvent
from tests.helpers.ui_windows import cut_off, shown


@dataclass(frozen=True)
class Row:
    number: str
    name: str
    is_late: bool = False


ROWS = (Row("2001", "Nguyễn Thị Mẫu"), Row("2002", "Trần Văn Thử", True), Row("2003", "Y Bhăm Niê"))
COLUMNS = (
    Column[Row]("Mã", lambda row: Cell(row.number, strong=True), 120),
    Column[Row]("Tên", lambda row: Cell(row.name, detail="Thôn 1")),
    Column[Row]("Hạn", lambda row: Cell("Quá", tone=Tone.TROUBLE if row.is_late else None), 90),
)


def number_of(row: object) -> str:
    assert isinstance(row, Row)
    return row.number


@pytest.fixture
def table(qtbot: QtBot) -> Table:
    table = Table(key=number_of)
    table.set_columns(COLUMNS)
    table.show_rows(ROWS)
    shown(qtbot, table, 600, 300)
    table.setFocus()
    return table


def test_arrows_choose_a_row_and_enter_opens_it(qtbot: QtBot, table: Table) -> None:
    table.choose(0)
    with qtbot.waitSignal(table.row_chosen) as chosen:
        qtbot.keyClick(table, Qt.Key.Key_Down)
    assert chosen.args == [ROWS[1]]
    with qtbot.waitSignal(table.row_opened) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [ROWS[1]]


def test_a_refresh_keeps_the_chosen_row_though_it_moved_and_changed(table: Table) -> None:
    table.choose(1)
    changed = replace(ROWS[1], name="Trần Văn Thử (sửa)")
    table.show_rows((ROWS[2], ROWS[0], changed))
    assert table.chosen_row() == changed
    assert table.currentIndex().row() == 2


def test_a_row_that_is_gone_is_no_longer_chosen(table: Table) -> None:
    table.choose(1)
    table.show_rows((ROWS[0],))
    assert table.chosen_row() is None


def test_new_column_titles_keep_rows_and_choice(table: Table) -> None:
    table.choose(2)
    table.set_columns([Column("Number", lambda row: Cell(number_of(row)))])
    assert table.chosen_row() == ROWS[2]
    title = table.rows_model.headerData(0, Qt.Orientation.Horizontal)
    assert title == "Number"


def test_columns_fill_the_table_and_no_more(table: Table) -> None:
    widths = [table.columnWidth(place) for place in range(3)]
    assert widths[0] == 120
    assert widths[2] == 90
    assert sum(widths) == table.viewport().width()


def test_an_empty_table_says_what_to_do_next(qtbot: QtBot, table: Table) -> None:
    empty = EmptyState()
    empty.show_words("Chưa có hồ sơ", "Tiếp nhận hồ sơ đầu tiên.", "Tiếp nhận", "F2")
    table.set_empty(empty)
    assert not empty.isVisible()
    table.show_rows(())
    assert empty.isVisible()
    with qtbot.waitSignal(empty.acted):
        qtbot.keyClick(table, Qt.Key.Key_F2)
    table.show_rows(ROWS)
    assert not empty.isVisible()


def test_a_table_can_be_read_aloud(table: Table) -> None:
    model = table.rows_model
    assert model.data(model.index(0, 1)) == "Nguyễn Thị Mẫu\nThôn 1"


@pytest.mark.parametrize(
    ("keys", "words"),
    [("Ctrl+Return", "Ctrl ↵"), ("F7", "F7"), ("Escape", "Esc"), ("Ctrl+K", "Ctrl K")],
)
def test_a_key_cap_names_the_key(keys: str, words: str) -> None:
    assert key_words(keys) == words


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_both_enter_keys_press_the_primary_button(qtbot: QtBot, key: Qt.Key) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    button = Button("Tiếp nhận", kind=ButtonKind.PRIMARY, keys="Ctrl+Return")
    column.addWidget(button)
    shown(qtbot, window)
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)


def test_a_busy_button_takes_no_second_press(qtbot: QtBot) -> None:
    button = Button("Tiếp nhận", icon="printer", keys="Ctrl+Return")
    shown(qtbot, button)
    button.show_busy(True)
    with qtbot.assertNotEmitted(button.clicked):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    button.show_busy(False)
    with qtbot.waitSignal(button.clicked):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_new_keys_take_the_place_of_the_old_ones(qtbot: QtBot) -> None:
    button = Button("In", keys="F7")
    shown(qtbot, button)
    button.set_keys("F8")
    with qtbot.assertNotEmitted(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_F7)
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_F8)


def test_buttons_are_large_enough_to_hit(qtbot: QtBot) -> None:
    for button in (Button("In"), Button("In", kind=ButtonKind.QUIET), IconButton("x")):
        qtbot.addWidget(button)
        assert min(button.sizeHint().width(), button.sizeHint().height()) >= 36


def test_an_icon_that_acts_has_a_word(qtbot: QtBot) -> None:
    button = IconButton("x")
    qtbot.addWidget(button)
    button.set_word("Đóng")
    assert (button.toolTip(), button.accessibleName()) == ("Đóng", "Đóng")


def test_one_chip_is_always_on_and_a_press_is_told(qtbot: QtBot) -> None:
    row = ChipRow()
    row.set_options([ChipOption("all", "Tất cả", 12), ChipOption("late", "Quá hạn")])
    shown(qtbot, row, 400, 60)
    assert row.value() == "all"
    with qtbot.waitSignal(row.chosen) as chosen:
        qtbot.mouseClick(row.buttons()[1], Qt.MouseButton.LeftButton)
    assert chosen.args == ["late"]
    row.set_options([ChipOption("all", "All"), ChipOption("late", "Overdue", 3)])
    assert row.value() == "late"


def test_a_flow_row_breaks_into_lines_and_asks_for_their_height(qtbot: QtBot) -> None:
    row = FlowRow(gap=8)
    for _ in range(6):
        row.add(Pill("Chờ bổ sung", Tone.WARNING))
    shown(qtbot, row, 900, 30)
    one_line = row.heightForWidth(900)
    assert row.heightForWidth(200) > 2 * one_line
    row.resize(200, row.heightForWidth(200))
    assert cut_off(row) == []
    row.clear()
    assert row.heightForWidth(200) == 0


def test_a_pill_speaks_its_word(qtbot: QtBot) -> None:
    pill = Pill("Đủ, rõ", Tone.OK, "check")
    qtbot.addWidget(pill)
    before = pill.sizeHint().width()
    pill.show_state("Trang 2 mờ, cần quét lại", Tone.WARNING)
    assert pill.accessibleName() == "Trang 2 mờ, cần quét lại"
    assert pill.sizeHint().width() > before


def a_page(width: int = 210, height: int = 297) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    return image


def test_pressing_a_thumbnail_tells_its_key(qtbot: QtBot) -> None:
    strip = Thumbnails(height=110)
    strip.show_pages(
        [
            Thumbnail(key="p1", name="Trang 1", picture=a_page(), number=1),
            Thumbnail(key="p2", name="Trang 2, mờ", tone=Tone.WARNING, number=2),
        ],
        chosen="p1",
    )
    shown(qtbot, strip, 400, 140)
    first, second = strip.buttons()
    assert (first.isChecked(), second.accessibleName()) == (True, "Trang 2, mờ")
    with qtbot.waitSignal(strip.chosen) as chosen:
        qtbot.mouseClick(second, Qt.MouseButton.LeftButton)
    assert chosen.args == ["p2"]
    assert not first.isChecked()


def test_paper_is_shown_white_and_no_larger_than_it_is(qtbot: QtBot) -> None:
    paper = PaperPreview()
    shown(qtbot, paper, 600, 500)
    paper.show_picture(a_page(200, 300), "Phiếu tiếp nhận")
    qtbot.waitUntil(lambda: paper.grab().toImage().pixelColor(300, 100) == QColor("white"))
    image = paper.grab().toImage()
    white = [x for x in range(image.width()) if image.pixelColor(x, 100) == QColor("white")]
    assert len(white) == 200


def test_long_paper_scrolls_and_keeps_its_place_when_it_is_drawn_anew(qtbot: QtBot) -> None:
    paper = PaperPreview()
    shown(qtbot, paper, 300, 300)
    paper.show_pictures((a_page(280, 900), a_page(280, 900)))
    bar = paper.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 1300)
    bar.setValue(500)
    paper.show_pictures((a_page(280, 900), a_page(280, 900)))
    qtbot.waitUntil(lambda: bar.maximum() > 1300)
    assert bar.value() == 500


def test_paper_that_is_not_there_yet_says_so(qtbot: QtBot) -> None:
    paper = PaperPreview()
    shown(qtbot, paper, 300, 300)
    paper.show_picture(a_page(), "Phiếu")
    paper.show_words("Phiếu hiện ở đây khi chọn xong thủ tục.")
    labels = [each for each in paper.findChildren(Label) if each.isVisible()]
    assert [each.text() for each in labels] == ["Phiếu hiện ở đây khi chọn xong thủ tục."]


def test_a_timeline_shows_what_it_is_given_last(qtbot: QtBot) -> None:
    timeline = Timeline()
    shown(qtbot, timeline, 320, 400)
    timeline.show_events([TimelineEvent(title="Cũ")])
    timeline.show_events(
        [
            TimelineEvent(title="Có kết quả", when="14:05", who="Quầy 2", tone=Tone.OK),
            TimelineEvent(title="Tiếp nhận", when="09:41", detail="5 mặt"),
        ]
    )
    wanted = ["Có kết quả", "14:05", "Quầy 2", "Tiếp nhận", "09:41", "5 mặt"]

    def words() -> list[str]:
        return [each.text() for each in timeline.findChildren(Label) if each.isVisible()]

    qtbot.waitUntil(lambda: words() == wanted)


def test_a_name_can_never_become_markup(qtbot: QtBot) -> None:
    label = Label("<b>Nguyễn</b> <img src=x>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_cards_rows_and_figures_keep_their_words_whole(qtbot: QtBot) -> None:
    window = QWidget()
    column = QVBoxLayout(window)
    card = Card("Thành phần hồ sơ", number=3, padded=False)
    card.set_note("Đếm 5 mặt")
    card.add_to_heading(Pill("khớp", Tone.OK))
    for place in range(3):
        row = ListRow("Giấy chứng nhận kết hôn của cha mẹ", "1 bản sao", icon="circle-check")
        row.set_first(place == 0)
        row.set_lit(place == 1)
        row.add(Pill("Đủ, rõ", Tone.OK), width=110)
        row.add(Button("Quét", icon="maximize"))
        card.add(row)
    column.addWidget(card)
    figure = Figure("Đang chờ")
    figure.show_value("23", "người")
    figure.show_meaning("6 ưu tiên", Tone.NEUTRAL)
    column.addWidget(figure)
    hint = KeyHint("Esc", "bỏ qua")
    column.addWidget(hint)
    column.addWidget(KeyCap("Ctrl+K"))
    shown(qtbot, window, 560, 460)
    assert cut_off(window) == []


def test_a_card_without_a_heading_is_plain(qtbot: QtBot) -> None:
    card = Card()
    card.add(Label("x"))
    qtbot.addWidget(card)
    plain = card.sizeHint().height()
    card.set_title("Hồ sơ")
    assert card.sizeHint().height() > plain + 30


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_a_decision_is_told_and_closes_the_question(qtbot: QtBot, key: Qt.Key) -> None:
    window = QWidget()
    shown(qtbot, window, 600, 400)
    dialog = DecisionDialog(
        window,
        title="Giấy đã ra chưa?",
        sentence="Nếu chưa, phiếu được in lại.",
        choices=[
            DecisionChoice("again", "Chưa, in lại"),
            DecisionChoice("out", "Đã ra", ButtonKind.PRIMARY, "Ctrl+Return"),
        ],
    )
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    told: list[object] = []
    dialog.decided.connect(told.append)
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog, key, Qt.KeyboardModifier.ControlModifier)
    assert told == ["out"]


def test_escape_decides_nothing(qtbot: QtBot) -> None:
    window = QWidget()
    shown(qtbot, window, 600, 400)
    choices = [DecisionChoice("yes", "Rút hồ sơ", ButtonKind.DANGER)]
    dialog = DecisionDialog(window, title="Rút hồ sơ?", sentence="", choices=choices)
    dialog.open()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    with qtbot.assertNotEmitted(dialog.decided), qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
