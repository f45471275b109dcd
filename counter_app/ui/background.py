"""The only file that crosses threads: work goes to a lane, its outcome comes back to the screen."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from counter_app.application.ports.running import Lane

T = TypeVar("T")

__all__ = ["Background", "Lane"]


@dataclass(frozen=True, slots=True)
class _Settled:
    future: Future[Any]
    owner: QObject
    done: Callable[[Any], None]
    failed: Callable[[BaseException], None]


@dataclass(frozen=True, slots=True)
class _Told:
    what: Any
    owner: QObject
    told: Callable[[Any], None]


class Background(QObject):
    """Carry work off the GUI thread and its outcome back onto it.

    Make it on the GUI thread, and let it outlive the lanes.
    """

    _settled = Signal(object)
    _told = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Queued, also for work that was done before `run` returned: the caller is never called
        # back in the middle of its own function, and all words come in the order they were said.
        self._settled.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._told.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        lane: Lane,
        work: Callable[[], T],
        *,
        owner: QObject,
        done: Callable[[T], None],
        failed: Callable[[BaseException], None],
    ) -> Future[T]:
        """Run `work` on `lane`; then call `done` or `failed` on the GUI thread.

        Never before this function has returned.
        Neither is called when `owner` is gone by then, or when the future was cancelled.
        """
        future = lane.submit(work)
        future.add_done_callback(
            lambda settled: self._settled.emit(_Settled(settled, owner, done, failed))
        )
        return future

    def carry(self, told: Callable[[T], None], *, owner: QObject) -> Callable[[T], None]:
        """Return a function that any thread may call; `told` is then called on the GUI thread.

        For what a lane tells on its way: `changes.subscribe(…)`, `Job(report=…)`.
        Nothing is called when `owner` is gone by then.
        """

        def tell(what: T) -> None:
            if shiboken6.isValid(self):  # a lane may still tell something while the program ends
                self._told.emit(_Told(what, owner, told))

        return tell

    @Slot(object)
    def _pass_on(self, told: _Told) -> None:
        if shiboken6.isValid(told.owner):
            told.told(told.what)

    @Slot(object)
    def _deliver(self, settled: _Settled) -> None:
        if settled.future.cancelled() or not shiboken6.isValid(settled.owner):
            return  # the screen is gone; nobody is listening
        error = settled.future.exception()
        if error is None:
            settled.done(settled.future.result())
        else:
            settled.failed(error)
