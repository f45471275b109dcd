from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from counter_app.ui.notices import Notice, NoticeBar
from counter_app.ui.theme import Tone
from counter_app.ui.widgets.buttons import Button, IconButton
from counter_app.ui.widgets.label import Label
from tests.helpers.ui_windows import shown

PRINTER = Notice(sentence="Máy in hết giấy.", tone=Tone.TROUBLE, topic="printer")


def a_bar(qtbot: QtBot, good_news_ms: int = 60_000) -> NoticeBar:
    bar = NoticeBar(good_news_ms=good_news_ms)
    shown(qtbot, bar, 700, 300)
    return bar


def sentences(bar: NoticeBar) -> list[str]:
    return [notice.sentence for notice in bar.notices]


def test_good_news_goes_by_itself_and_trouble_stays(qtbot: QtBot) -> None:
    bar = a_bar(qtbot, good_news_ms=10)
    bar.tell(Notice(sentence="Đã tiếp nhận.", tone=Tone.OK))
    bar.tell(PRINTER)
    qtbot.waitUntil(lambda: sentences(bar) == ["Máy in hết giấy."])
    assert bar.isVisible()


def test_trouble_stands_above_good_news(qtbot: QtBot) -> None:
    bar = a_bar(qtbot)
    bar.tell(PRINTER)
    bar.tell(Notice(sentence="Đã tiếp nhận.", tone=Tone.OK))
    assert sentences(bar) == ["Máy in hết giấy.", "Đã tiếp nhận."]


def test_a_later_word_on_the_same_topic_takes_the_place_of_the_first(qtbot: QtBot) -> None:
    bar = a_bar(qtbot)
    bar.tell(PRINTER)
    bar.tell(Notice(sentence="Máy in mở nắp.", tone=Tone.TROUBLE, topic="printer"))
    assert sentences(bar) == ["Máy in mở nắp."]
    bar.withdraw_topic("printer")
    assert sentences(bar) == []
    assert not bar.isVisible()


def test_the_action_is_done_and_the_notice_goes(qtbot: QtBot) -> None:
    bar, done = a_bar(qtbot), []
    bar.tell(
        Notice(
            sentence="Máy in hết giấy.",
            tone=Tone.TROUBLE,
            action="In lại",
            acted=lambda: done.append("in lại"),
        )
    )
    button = next(each for each in bar.findChildren(Button) if each.text() == "In lại")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert done == ["in lại"]
    assert sentences(bar) == []


def test_a_notice_can_be_dismissed_by_key(qtbot: QtBot) -> None:
    bar = a_bar(qtbot)
    bar.tell(PRINTER)
    close = bar.findChild(IconButton)
    assert close is not None
    assert close.accessibleName() == "Đóng thông báo"
    close.setFocus()
    qtbot.keyClick(close, Qt.Key.Key_Space)
    assert sentences(bar) == []


def test_at_most_three_are_shown_and_the_rest_come_after_them(qtbot: QtBot) -> None:
    bar = a_bar(qtbot)
    for number in range(5):
        bar.tell(Notice(sentence=f"Lỗi {number}", tone=Tone.TROUBLE, topic=str(number)))

    def visible() -> list[str]:
        labels = [each for each in bar.findChildren(Label) if each.isVisible()]
        labels.sort(key=lambda each: each.mapTo(bar, QPoint(0, 0)).y())
        return [each.text() for each in labels]

    qtbot.waitUntil(lambda: visible() == ["Lỗi 4", "Lỗi 3", "Lỗi 2"])
    bar.withdraw_topic("4")
    qtbot.waitUntil(lambda: visible() == ["Lỗi 3", "Lỗi 2", "Lỗi 1"])


def test_a_notice_never_takes_the_caret(qtbot: QtBot) -> None:
    bar = a_bar(qtbot)
    bar.setFocus()
    bar.tell(PRINTER)
    assert not any(button.hasFocus() for button in bar.findChildren(Button))
