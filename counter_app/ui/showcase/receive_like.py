"""A screen like the one for receiving a dossier, with sample words: how the kit looks at work."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from counter_app.ui.screens.screen import Screen
from counter_app.ui.showcase.sample_paper import sample_slip
from counter_app.ui.theme import Tone
from counter_app.ui.widgets.action_bar import ActionBar, Fact
from counter_app.ui.widgets.buttons import Button, ButtonKind
from counter_app.ui.widgets.card import Card, ListRow
from counter_app.ui.widgets.choice import Choice, Option
from counter_app.ui.widgets.date_input import DateInput
from counter_app.ui.widgets.field import Field, FieldGrid
from counter_app.ui.widgets.pages import ScrollPage, SplitPage
from counter_app.ui.widgets.paper import PaperPreview
from counter_app.ui.widgets.pill import Pill
from counter_app.ui.widgets.search_field import Match, SearchField
from counter_app.ui.widgets.text_input import TextInput
from counter_app.ui.widgets.thumbnails import Thumbnail, Thumbnails

_COMPONENTS = (
    ("Tờ khai đăng ký khai sinh", "1 bản chính", Tone.OK, "circle-check", 2, "Đủ, rõ"),
    ("Giấy chứng sinh", "1 bản chính", Tone.OK, "circle-check", 1, "Đủ, rõ"),
    ("Giấy chứng nhận kết hôn", "1 bản sao", Tone.WARNING, "triangle-alert", 2, "Trang 2 mờ"),
    ("CCCD của người yêu cầu", "Xuất trình", Tone.NEUTRAL, "check", 0, "Dùng lại từ kho"),
)

_MATCHES = (
    Match(value="1.001193", code="1.001193", title="Đăng ký khai sinh", detail="Hộ tịch · cấp xã"),
    Match(
        value="2.000815",
        code="2.000815",
        title="Chứng thực bản sao từ bản chính",
        detail="Chứng thực · cấp xã",
        state="trong ngày",
        tone=Tone.OK,
    ),
    Match(value="1.000894", code="1.000894", title="Đăng ký kết hôn", detail="Hộ tịch · cấp xã"),
)


class ReceiveLikeScreen(Screen):
    """Cards, fields, rows, preview and the row of actions."""

    key = "receive"
    icon = "file-plus"
    shortcut = "F2"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for card in (self._people(), self._procedure(), self._papers(), self._actions()):
            column.addWidget(card)
        page = ScrollPage()
        page.add(SplitPage(main, self._preview()))
        page.body.addStretch(1)
        self.fill(page)
        self.retranslate()

    def title(self) -> str:
        return self.tr("Tiếp nhận")

    def retranslate(self) -> None:
        self._people_card.set_title(self.tr("Người nộp"))
        self._people_card.set_note(self.tr("Đã đọc thẻ CCCD"))
        self._phone.set_label(self.tr("Điện thoại"))
        self._submit.setText(self.tr("Tiếp nhận và in"))

    def entered(self) -> None:
        self._phone.editor.setFocus()

    def show_problem(self) -> None:
        self._phone.show_problem("Số điện thoại có 10 chữ số, bắt đầu bằng 0.")

    def open_matches(self) -> None:
        self._search.setFocus()
        self._search.show_matches(_MATCHES)

    def _people(self) -> Card:
        card = self._people_card = Card(number=1)
        card.add_to_heading(Pill("khớp", Tone.OK))
        grid = FieldGrid()
        born = DateInput()
        born.show_value(date(1999, 3, 5))
        self._phone = Field("", TextInput("0905 123 456"), required=True)
        sexes = Choice([Option("f", "Nữ"), Option("m", "Nam")])
        roles = Choice([Option("self", "Chính chủ"), Option("agent", "Được uỷ quyền")])
        grid.add(Field("Số định danh", TextInput("067199000001")), 3)
        grid.add(Field("Họ và tên", TextInput("Nguyễn Thị Mẫu"), required=True), 5)
        grid.add(Field("Ngày sinh", born), 2)
        grid.add(Field("Giới tính", sexes), 2)
        grid.add(Field("Nơi thường trú", TextInput("Thôn 1, xã Ví Dụ, tỉnh Lâm Đồng")), 8)
        grid.add(self._phone, 2)
        grid.add(Field("Tư cách", roles), 2)
        card.add(grid)
        return card

    def _procedure(self) -> Card:
        card = Card("Thủ tục", number=2)
        card.set_note("Hộ tịch · cấp xã · một phần")
        grid = FieldGrid()
        self._search = SearchField()
        self._search.show_picked("1.001193  Đăng ký khai sinh")
        self._search.query_changed.connect(self._find)
        self._search.picked.connect(self._picked)
        ways = Choice([Option("counter", "Tại quầy"), Option("post", "Qua bưu chính")])
        grid.add(Field("Thủ tục (mã, tên, viết tắt)", self._search, required=True), 6)
        grid.add(Field("Nhận kết quả", ways), 3)
        grid.add(Field("Số bộ", TextInput("1")), 3)
        card.add(grid)
        return card

    def _papers(self) -> Card:
        card = Card("Thành phần hồ sơ", number=3, padded=False)
        card.set_note("Đếm 5 mặt · quét 5 mặt")
        card.add_to_heading(Pill("khớp", Tone.OK))
        for place, (name, form, tone, icon, pages, words) in enumerate(_COMPONENTS):
            row = ListRow(name, form, icon=icon, tone=tone)
            row.set_first(place == 0)
            row.set_lit(tone is Tone.WARNING)
            strip = Thumbnails()
            strip.show_pages(
                [
                    Thumbnail(
                        key=f"{place}-{page}",
                        name=f"Trang {page + 1}",
                        tone=tone if page == 1 else Tone.NEUTRAL,
                    )
                    for page in range(pages)
                ]
            )
            row.add(strip, width=112)
            row.add(Pill(words, tone), width=128)
            row.add(Button("Quét", icon="maximize"))
            card.add(row)
        return card

    def _actions(self) -> Card:
        card = Card()
        bar = ActionBar()
        for label, value, why in (
            ("Hẹn trả", "17:00 thứ Hai, 23/11/2026", "Trong ngày: nhận trước 15:00"),
            ("Lệ phí", "Miễn", "Đúng hạn, trong nước"),
        ):
            fact = Fact(label)
            fact.show_value(value, why)
            bar.add_fact(fact)
        bar.add_button(Button("Phiếu bổ sung", keys="Ctrl+B"))
        self._submit = Button(kind=ButtonKind.PRIMARY, icon="printer", keys="Ctrl+Return")
        bar.add_button(self._submit)
        card.add(bar)
        return card

    def _preview(self) -> Card:
        card = Card("Xem trước", padded=False)
        card.add_to_heading(Pill("Phiếu 80 mm", Tone.INFO))
        card.add_to_heading(Pill("Mẫu 01", Tone.NEUTRAL))
        paper = PaperPreview()
        paper.show_picture(sample_slip(), "Phiếu tiếp nhận")
        card.add(paper, 1)
        return card

    @Slot(str)
    def _find(self, query: str) -> None:
        words = query.casefold().split()
        found = [m for m in _MATCHES if all(w in f"{m.code} {m.title}".casefold() for w in words)]
        self._search.show_matches(found)

    @Slot(object)
    def _picked(self, value: object) -> None:
        match = next(each for each in _MATCHES if each.value == value)
        self._search.show_picked(f"{match.code}  {match.title}")
