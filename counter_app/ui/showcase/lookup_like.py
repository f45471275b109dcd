"""A screen with figures, filters, a table and a timeline, and one with nothing in it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_app.ui.screens.screen import Screen
from counter_app.ui.theme import Tone
from counter_app.ui.widgets.buttons import Button, ButtonKind
from counter_app.ui.widgets.card import Card
from counter_app.ui.widgets.check_box import CheckBox
from counter_app.ui.widgets.empty_state import EmptyState
from counter_app.ui.widgets.figure import Figure
from counter_app.ui.widgets.key_cap import KeyHint
from counter_app.ui.widgets.label import Label, Role
from counter_app.ui.widgets.pages import ScrollPage, SplitPage
from counter_app.ui.widgets.pill import ChipOption, ChipRow, Pill
from counter_app.ui.widgets.table import Cell, Column, Table
from counter_app.ui.widgets.text_input import TextArea
from counter_app.ui.widgets.thumbnails import Thumbnail, Thumbnails
from counter_app.ui.widgets.timeline import Timeline, TimelineEvent


@dataclass(frozen=True, slots=True)
class _Row:
    number: str
    name: str
    procedure: str
    due: str
    state: str
    tone: Tone


_ROWS = (
    _Row("H36.15-261118-1004", "Nguyễn Thị Mẫu", "Đăng ký đất đai lần đầu", "17:00 hôm nay",
         "Còn 3 giờ", Tone.WARNING),
    _Row("H36.15-261112-3011", "Trần Văn Thử", "Cấp giấy phép xây dựng nhà ở riêng lẻ", "20/11",
         "Quá 1 ngày", Tone.TROUBLE),
    _Row("H36.15-261120-2002", "Y Bhăm Niê", "Xác nhận tình trạng hôn nhân", "tạm dừng",
         "Chờ bổ sung", Tone.NEUTRAL),
    _Row("H36.15-261123-2007", "Hồ Thị Ví Dụ", "Đăng ký khai sinh", "17:00 hôm nay",
         "Có kết quả", Tone.OK),
)  # fmt: skip

_EVENTS = (
    TimelineEvent(title="Có kết quả", when="14:05 23/11", who="UBND xã Quảng Mẫu", tone=Tone.OK),
    TimelineEvent(
        title="Yêu cầu bổ sung",
        when="10:20 23/11",
        who="Trần Thị Mẫu · Quầy 2",
        detail="Trang 2 giấy chứng nhận kết hôn bị mờ.",
        tone=Tone.WARNING,
    ),
    TimelineEvent(
        title="Tiếp nhận", when="09:41 23/11", who="Trần Thị Mẫu · Quầy 2", icon="file-plus"
    ),
)


def _show_number(row: _Row) -> Cell:
    return Cell(row.number, strong=True)


def _show_person(row: _Row) -> Cell:
    return Cell(row.name, detail=row.procedure)


def _show_due(row: _Row) -> Cell:
    return Cell(row.due, quiet=True)


def _show_state(row: _Row) -> Cell:
    return Cell(row.state, tone=row.tone)


def _number_of(row: object) -> str:
    return row.number if isinstance(row, _Row) else ""


class LookupLikeScreen(Screen):
    """Figures, chips, table, timeline, thumbnails."""

    key = "lookup"
    icon = "search"
    shortcut = "F4"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = Table(key=_number_of, tall=True)
        self._chips = ChipRow()
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(self._head())
        column.addLayout(self._figures())
        rows = Card(padded=False)
        rows.add(self._table)
        self._table.setMinimumHeight(250)
        column.addWidget(rows)
        column.addWidget(self._pages())
        page = ScrollPage()
        page.add(SplitPage(main, self._history(), side_width=340))
        page.body.addStretch(1)
        self.fill(page)
        self.retranslate()
        self._table.show_rows(_ROWS)
        self._table.choose(0)

    def title(self) -> str:
        return self.tr("Tra cứu")

    def retranslate(self) -> None:
        self._title.setText(self.title())
        self._chips.set_options(
            [
                ChipOption("all", self.tr("Tất cả"), 146),
                ChipOption("due", self.tr("Sắp đến hạn"), 5),
                ChipOption("late", self.tr("Quá hạn"), 2),
                ChipOption("ready", self.tr("Có kết quả")),
            ]
        )
        self._table.set_columns(
            [
                Column(self.tr("Mã hồ sơ"), _show_number, 176),
                Column(self.tr("Người nộp, thủ tục"), _show_person),
                Column(self.tr("Hẹn trả"), _show_due, 130),
                Column(self.tr("Trạng thái"), _show_state, 140),
            ]
        )

    def entered(self) -> None:
        self._table.setFocus()

    def _head(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(12)
        self._title = Label("", Role.TITLE)
        line.addWidget(self._title)
        line.addWidget(self._chips, 1)
        line.addWidget(Button("Xuất XLSX", icon="download"))
        return line

    def _figures(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(10)
        for label, value, unit, words, tone in (
            ("Đang chờ", "23", "người", "6 ưu tiên", Tone.NEUTRAL),
            ("Chờ lâu nhất", "41", "phút", "U-003, Hộ tịch", Tone.TROUBLE),
            ("Đúng hạn tháng này", "96,4 %", "", "812 / 842 hồ sơ", Tone.OK),
        ):
            figure = Figure(label)
            figure.show_value(value, unit)
            figure.show_meaning(words, tone)
            line.addWidget(figure)
        return line

    def _pages(self) -> Card:
        card = Card("Các trang đã quét")
        strip = Thumbnails(height=110, gap=10)
        strip.show_pages(
            [
                Thumbnail(
                    key=str(number),
                    name=f"Trang {number}",
                    number=number,
                    tone=Tone.WARNING if number == 3 else Tone.NEUTRAL,
                )
                for number in range(1, 6)
            ],
            chosen="2",
        )
        card.add(strip)
        reason = TextArea(lines=2)
        reason.setPlaceholderText("Lý do quét lại…")
        card.add(reason)
        line = QHBoxLayout()
        line.addWidget(CheckBox("Gửi kèm tin nhắn cho người nộp"))
        line.addStretch(1)
        line.addWidget(KeyHint("Del", "xoá trang"))
        line.addWidget(Button("Xoá", kind=ButtonKind.DANGER, icon="trash-2"))
        busy = Button("Đang quét…", icon="maximize")
        busy.show_busy(True)
        line.addWidget(busy)
        card.body.addLayout(line)
        return card

    def _history(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        card = Card("Diễn biến")
        timeline = Timeline()
        timeline.show_events(_EVENTS)
        card.add(timeline)
        states = ChipRow()
        states.clear()
        for words, tone, icon in (
            ("Đã lưu", Tone.OK, "check"),
            ("Chưa gửi", Tone.WARNING, "cloud-upload"),
            ("Bị từ chối", Tone.TROUBLE, "circle-x"),
            ("Mẫu 01", Tone.INFO, "file-text"),
            ("Tạm dừng", Tone.NEUTRAL, "circle-pause"),
        ):
            states.add(Pill(words, tone, icon))
        card.add(states)
        column.addWidget(card)
        nothing = Card("Thư chờ gửi", padded=False)
        empty = EmptyState("inbox")
        empty.show_words(
            "Không còn thư nào chờ",
            "Mọi hồ sơ đã tới Tỉnh. Hồ sơ mới tiếp nhận sẽ hiện ở đây cho tới khi gửi xong.",
            "Tiếp nhận hồ sơ",
            "F2",
        )
        nothing.add(empty)
        column.addWidget(nothing)
        column.addStretch(1)
        return side
