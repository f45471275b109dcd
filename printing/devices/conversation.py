"""One job over one open link: ask first, send all of it, then wait until the head has printed it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Final, Protocol

from printing.devices.device import Delivery, HeadState
from printing.devices.status import (
    ASK_OFFLINE,
    ASK_PAPER,
    ASK_PRINTER,
    ASK_WHEN_DONE,
    is_done_answer,
    is_real_time_answer,
    read_state,
    says_paper_end,
)
from printing.errors import (
    CoverOpen,
    DeliveryUncertain,
    HeadInError,
    PaperOut,
    PrinterUnreachable,
)

PIECE: Final = 4096
STATUS_S: Final = 0.5
"""How long a real-time question may stay unanswered."""
DONE_S: Final = 6.0
"""How long the head may print after the last byte before it counts as not confirmed."""


class Link(Protocol):
    """An open link. Both calls end within their time-outs."""

    @property
    def address(self) -> str: ...

    def write(self, piece: bytes) -> int:
        """Hand over some bytes; returns how many were taken, at least one.

        Raises:
            OSError: None were.
        """
        ...

    def read(self, timeout_s: float) -> bytes:
        """What the head said within the time; empty when it was silent.

        Raises:
            OSError: The link is gone.
        """
        ...


def deliver(link: Link, job: bytes) -> Delivery:
    """Send a job; see `Device.send`."""
    try:
        before = ask_state(link)
    except OSError as error:
        raise PrinterUnreachable(link.address, type(error).__name__) from error
    _require_well(before, link.address)
    sent = 0
    while sent < len(job):
        try:
            sent += link.write(job[sent : sent + PIECE])
        except OSError as error:
            if sent == 0:
                raise PrinterUnreachable(link.address, type(error).__name__) from error
            raise DeliveryUncertain(link.address, sent, len(job), type(error).__name__) from error
    if before is HeadState.UNKNOWN:
        return Delivery(sent, is_confirmed=False)
    try:
        is_confirmed = _waited_until_done(link, job)
    except OSError as error:
        # The link broke while the head still had bytes of ours.
        raise DeliveryUncertain(link.address, sent, len(job), type(error).__name__) from error
    return Delivery(sent, is_confirmed)


def ask_state(link: Link) -> HeadState:
    """Three real-time questions; a head that leaves the first unanswered is unknown."""
    printer = _answer(link, ASK_PRINTER, is_real_time_answer, STATUS_S)
    if printer is None:
        return HeadState.UNKNOWN
    offline = _answer(link, ASK_OFFLINE, is_real_time_answer, STATUS_S)
    return read_state(printer, offline, _answer(link, ASK_PAPER, is_real_time_answer, STATUS_S))


def state_of(link: Link) -> HeadState:
    """Ask an open link; see `Device.state`."""
    try:
        return ask_state(link)
    except OSError as error:
        raise PrinterUnreachable(link.address, type(error).__name__) from error


def _waited_until_done(link: Link, job: bytes) -> bool:
    """`GS r` waits its turn behind the job, so its answer means that the job is on paper."""
    done = _answer(link, ASK_WHEN_DONE, is_done_answer, DONE_S)
    if done is not None and not says_paper_end(done):
        return True
    state = HeadState.PAPER_OUT if done is not None else ask_state(link)
    if state in (HeadState.PAPER_OUT, HeadState.COVER_OPEN, HeadState.IN_ERROR):
        raise DeliveryUncertain(link.address, len(job), len(job), state.value)
    return False


def _answer(
    link: Link, question: bytes, fits: Callable[[int], bool], timeout_s: float
) -> int | None:
    """The first byte that can be an answer; others (automatic status, noise) are passed over.

    Raises:
        OSError: The link is gone.
    """
    deadline = time.monotonic() + timeout_s
    link.write(question)
    while (left := deadline - time.monotonic()) > 0:
        for byte in link.read(left):
            if fits(byte):
                return byte
    return None


def _require_well(state: HeadState, address: str) -> None:
    if state is HeadState.PAPER_OUT:
        raise PaperOut(address)
    if state is HeadState.COVER_OPEN:
        raise CoverOpen(address)
    if state is HeadState.IN_ERROR:
        raise HeadInError(address)
