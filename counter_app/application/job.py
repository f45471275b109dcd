"""A long piece of work that tells how far it is and can be stopped between two steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from counter_app.domain.errors import Refusal

ProgressT = TypeVar("ProgressT")


class Cancelled(Refusal):
    """Stopped on demand; what was done before stands."""


@dataclass(slots=True)
class Job(Generic[ProgressT]):
    """Handed to the work; `cancel` may be called from any thread.

    Attributes:
        report: Told each step, on the lane's thread.
    """

    report: Callable[[ProgressT], None]
    is_cancelled: bool = False

    def cancel(self) -> None:
        self.is_cancelled = True

    def check(self) -> None:
        """Stop here when somebody asked for it.

        Raises:
            Cancelled: Somebody did.
        """
        if self.is_cancelled:
            raise Cancelled
