"""Worker threads: one for each slow thing, so that none waits for another."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


class ThreadLane:
    """One thread that does its work in order; the threads of a process end with it."""

    def __init__(self, name: str) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)

    def submit(self, work: Callable[[], T]) -> Future[T]:
        """Queue work.

        Raises:
            RuntimeError: The lane is closed.
        """
        return self._pool.submit(work)

    def close(self) -> None:
        """Finish what is running, drop what has not begun."""
        self._pool.shutdown(wait=True, cancel_futures=True)


class InlineLane:
    """Does the work at once, on the thread that asks: for tools and tests without a window."""

    def submit(self, work: Callable[[], T]) -> Future[T]:
        future: Future[T] = Future()
        try:
            future.set_result(work())
        except BaseException as error:  # carried in the future, as a pool does
            future.set_exception(error)
        return future
