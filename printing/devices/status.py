"""`DLE EOT n`, answered even while the head prints, and `GS r 1`, answered in its turn.

Source: Epson's ESC/POS reference. The fixed bits tell the answers apart: 0xx1xx10 of the first,
0xx0xx00 of the second.
"""

from __future__ import annotations

from typing import Final

from printing.devices.device import HeadState

ASK_PRINTER: Final = b"\x10\x04\x01"
ASK_OFFLINE: Final = b"\x10\x04\x02"
ASK_PAPER: Final = b"\x10\x04\x04"
ASK_WHEN_DONE: Final = b"\x1dr\x01"

_COVER_OPEN: Final = 0x04
_PAPER_STOP: Final = 0x20
_ERROR: Final = 0x40
_PAPER_END: Final = 0x60
_PAPER_NEAR_END: Final = 0x0C
_OFF_LINE: Final = 0x08
_PAPER_END_QUEUED: Final = 0x0C


def read_state(printer: int | None, offline: int | None, paper: int | None) -> HeadState:
    """What three answers say together; None stands for a question without an answer."""
    if paper is not None and paper & _PAPER_END:
        return HeadState.PAPER_OUT
    if offline is not None:
        if offline & _COVER_OPEN:
            return HeadState.COVER_OPEN
        if offline & _PAPER_STOP:
            return HeadState.PAPER_OUT
        if offline & _ERROR:
            return HeadState.IN_ERROR
    if printer is None:
        return HeadState.UNKNOWN
    if printer & _OFF_LINE:
        return HeadState.IN_ERROR
    if paper is not None and paper & _PAPER_NEAR_END:
        return HeadState.PAPER_LOW
    return HeadState.READY


def is_real_time_answer(byte: int) -> bool:
    return byte & 0b1001_0011 == 0b0001_0010


def is_done_answer(byte: int) -> bool:
    return byte & 0b1001_0011 == 0


def says_paper_end(done: int) -> bool:
    """Whether the answer to `GS r 1` says that the roll ended."""
    return done & _PAPER_END_QUEUED == _PAPER_END_QUEUED
