"""Lanes and the clock."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from typing import Protocol, TypeVar

T = TypeVar("T")


class Lane(Protocol):
    """One worker for one slow thing; work runs in the order it was given."""

    def submit(self, work: Callable[[], T]) -> Future[T]: ...


class Clock(Protocol):
    def now(self) -> datetime:
        """The time, aware, in the office's zone."""
        ...
