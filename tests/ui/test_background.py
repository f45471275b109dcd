from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from counter_app.adapters.system.lanes import ThreadLane
from counter_app.ui.background import Background


@pytest.fixture
def lane() -> Iterator[ThreadLane]:
    lane = ThreadLane("test")
    yield lane
    lane.close()


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    background = Background()
    yield background
    shiboken6.delete(background)


class Heard:
    """Keeps what was told, and on which thread."""

    def __init__(self) -> None:
        self.values: list[object] = []
        self.threads: list[threading.Thread] = []

    def __call__(self, value: object) -> None:
        self.values.append(value)
        self.threads.append(threading.current_thread())


def fail(error: BaseException) -> None:
    raise error


def test_work_runs_on_the_lane_and_its_result_arrives_on_the_gui_thread(
    qtbot: QtBot, background: Background, lane: ThreadLane
) -> None:
    owner, done, failed = QObject(), Heard(), Heard()
    background.run(lane, threading.current_thread, owner=owner, done=done, failed=failed)
    qtbot.waitUntil(lambda: bool(done.values))
    assert done.values[0] is not threading.main_thread()
    assert done.threads == [threading.main_thread()]
    assert failed.values == []


def test_an_error_arrives_as_it_was_raised(
    qtbot: QtBot, background: Background, lane: ThreadLane
) -> None:
    owner, done, failed = QObject(), Heard(), Heard()
    error = ValueError("x")
    background.run(lane, partial(fail, error), owner=owner, done=done, failed=failed)
    qtbot.waitUntil(lambda: bool(failed.values))
    assert failed.values == [error]
    assert failed.threads == [threading.main_thread()]
    assert done.values == []


def test_nothing_is_told_to_a_screen_that_is_gone(
    qtbot: QtBot, background: Background, lane: ThreadLane
) -> None:
    gone, here = QObject(), QObject()
    unheard, heard = Heard(), Heard()
    gate = threading.Event()
    background.run(lane, gate.wait, owner=gone, done=unheard, failed=unheard)
    background.run(lane, lambda: "later", owner=here, done=heard, failed=heard)
    shiboken6.delete(gone)
    gate.set()
    qtbot.waitUntil(lambda: heard.values == ["later"])
    assert unheard.values == []


def test_cancelled_work_tells_nothing(
    qtbot: QtBot, background: Background, lane: ThreadLane
) -> None:
    owner, unheard, heard = QObject(), Heard(), Heard()
    gate = threading.Event()
    background.run(lane, gate.wait, owner=owner, done=heard, failed=heard)
    waiting = background.run(lane, lambda: "never", owner=owner, done=unheard, failed=unheard)
    assert waiting.cancel()
    gate.set()
    background.run(lane, lambda: "last", owner=owner, done=heard, failed=heard)
    qtbot.waitUntil(lambda: heard.values == [True, "last"])
    assert unheard.values == []


def test_what_a_lane_tells_on_its_way_arrives_on_the_gui_thread_in_order(
    qtbot: QtBot, background: Background, lane: ThreadLane
) -> None:
    owner, told, done = QObject(), Heard(), Heard()
    tell = background.carry(told, owner=owner)

    def work() -> None:
        for page in range(3):
            tell(page)

    background.run(lane, work, owner=owner, done=done, failed=done)
    qtbot.waitUntil(lambda: bool(done.values))
    assert told.values == [0, 1, 2]
    assert set(told.threads) == {threading.main_thread()}


def test_a_late_word_to_a_closed_window_is_dropped(qtbot: QtBot, background: Background) -> None:
    owner, told = QObject(), Heard()
    tell = background.carry(told, owner=owner)
    shiboken6.delete(owner)
    tell("late")
    assert told.values == []


def test_a_word_after_the_bridge_is_gone_is_dropped(qtbot: QtBot) -> None:
    background, owner, told = Background(), QObject(), Heard()
    tell = background.carry(told, owner=owner)
    shiboken6.delete(background)
    tell("late")
    assert told.values == []
