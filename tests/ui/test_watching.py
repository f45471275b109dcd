from __future__ import annotations

from time import perf_counter

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from counter_app.ui.idle import IdleWatch
from counter_app.ui.stall_meter import StallMeter
from tests.helpers.ui_windows import shown


class Hog(QObject):
    """Keeps the GUI thread from listening."""

    def __init__(self, milliseconds: float) -> None:
        super().__init__()
        self._milliseconds = milliseconds

    @Slot()
    def hog(self) -> None:
        until = perf_counter() + self._milliseconds / 1000
        while perf_counter() < until:
            pass


def test_a_stall_is_measured_at_its_full_length(qtbot: QtBot) -> None:
    meter, hog = StallMeter(threshold_ms=50), Hog(120)
    meter.start()
    qtbot.waitUntil(lambda: meter.ticks > 2)
    with qtbot.waitSignal(meter.stalled) as told:
        QTimer.singleShot(0, hog.hog)
    assert told.args[0] >= 110
    assert meter.stop() >= 110
    assert meter.count >= 1


def test_a_stall_that_lasts_until_the_end_is_counted_too(qtbot: QtBot) -> None:
    meter = StallMeter()
    meter.start()
    Hog(90).hog()
    assert meter.stop() >= 80


def test_each_measurement_begins_from_nothing(qtbot: QtBot) -> None:
    meter = StallMeter()
    meter.start()
    Hog(90).hog()
    meter.stop()
    meter.start()
    assert (meter.worst_ms, meter.count, meter.ticks) == (0.0, 0, 0)
    meter.stop()


def test_a_meter_that_does_not_run_measures_nothing(qtbot: QtBot) -> None:
    assert StallMeter().stop() == 0.0


def test_nobody_at_the_machine_is_noticed(qtbot: QtBot) -> None:
    window = QWidget()
    shown(qtbot, window, 200, 100)
    watch = IdleWatch(window, minutes=0.05 / 60)
    with qtbot.waitSignal(watch.idle):
        pass


def test_every_key_begins_the_wait_anew(qtbot: QtBot) -> None:
    window = QWidget()
    shown(qtbot, window, 200, 100)
    watch = IdleWatch(window, minutes=60)
    timer = watch.findChild(QTimer)
    assert timer is not None
    timer.start(3_600_000)
    qtbot.waitUntil(lambda: timer.remainingTime() < 3_600_000)
    timer.setInterval(3_700_000)
    timer.start(100_000)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_A)
    assert timer.remainingTime() > 99_000
    assert timer.isActive()
