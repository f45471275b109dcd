"""What every link to a print head does: take a whole job or say how much of it went."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class HeadState(Enum):
    """What the head says of itself; a head that does not answer is `UNKNOWN`, never out of paper."""

    READY = "ready"
    PAPER_LOW = "paper_low"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    IN_ERROR = "in_error"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A job whose every byte was handed over.

    Attributes:
        bytes_sent: How many.
        is_confirmed: The head answered afterwards that it is well and has paper.
    """

    bytes_sent: int
    is_confirmed: bool


class Device(Protocol):
    """One head on one link; every call opens the link, ends within its time-outs, and closes it."""

    def send(self, job: bytes) -> Delivery:
        """Hand over a whole job.

        Raises:
            DeliveryFailed: One of its children; nothing went.
            DeliveryUncertain: Some went, and the rest did not.
        """
        ...

    def state(self) -> HeadState:
        """Ask the head.

        Raises:
            DeliveryFailed: The head cannot be reached.
        """
        ...
