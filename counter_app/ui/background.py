"""The only file that crosses threads: work goes to a lane, its outcome comes back to the screen."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal, Slot

T = TypeVar("T")


class Lane(Protocol):
    """One worker thread for one slow thing; works strictly in the order of submission."""

    def submit(self, work: Callable[[], T], /) -> Future[T]: ...


@dataclass(frozen=True, slots=True)
class _Settled:
    future: Future[Any]
    owner: QObject
    done: Callable[[Any], None]
    failed: Callable[[BaseException], None]


class Background(QObject):
    """Carry work off the GUI thread and its outcome back onto it.

    Make it on the GUI thread, and let it outlive the lanes.
    """

    _settled = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # This object lives on the GUI thread, so delivery is queued there.
        self._settled.connect(self._deliver)

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

        Neither is called when `owner` is gone by then, or when the future was cancelled.
        """
        future = lane.submit(work)
        future.add_done_callback(
            lambda settled: self._settled.emit(_Settled(settled, owner, done, failed))
        )
        return future

    @Slot(object)
    def _deliver(self, settled: _Settled) -> None:
        if settled.future.cancelled() or not shiboken6.isValid(settled.owner):
            return  # the screen is gone; nobody is listening
        error = settled.future.exception()
        if error is None:
            settled.done(settled.future.result())
        else:
            settled.failed(error)
