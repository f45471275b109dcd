"""The small language spoken between the program and the process that runs SANE.

A frame is a JSON object and, behind it, raw bytes (a page); both lengths come first.
Both sides are ours and of one version, so a frame that makes no sense is a fault, not a dialect.
"""

from __future__ import annotations

import io
import json
import select
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_LENGTHS = struct.Struct(">II")
_LONGEST_HEAD = 1 << 20
# 1200 dpi A4 in colour is 430 MB raw and some tens of MB as JPEG.
_LONGEST_BODY = 1 << 28


class LineLost(Exception):
    """The other side is gone, or says what makes no sense."""


class LineSilent(Exception):
    """The other side said nothing for too long."""


@dataclass(frozen=True, slots=True)
class Frame:
    head: Mapping[str, Any]
    body: bytes = b""


def write_frame(stream: io.FileIO, head: Mapping[str, Any], body: bytes = b"") -> None:
    """Write one frame to a stream that blocks.

    Raises:
        LineLost: Nobody reads any more.
    """
    encoded = json.dumps(head).encode()
    try:
        for piece in (_LENGTHS.pack(len(encoded), len(body)) + encoded, body):
            rest = memoryview(piece)
            while rest:
                rest = rest[stream.write(rest) :]
    except OSError as error:
        raise LineLost(type(error).__name__) from error


def read_frame(stream: io.FileIO, silence_s: float | None = None) -> Frame:
    """Wait for one frame.

    Args:
        stream: Where to read from.
        silence_s: How long not a single byte may come; for ever when None.

    Raises:
        LineLost: The stream ended or is not of this language.
        LineSilent: Nothing came for `silence_s`.
    """
    lengths = _read_exactly(stream, _LENGTHS.size, silence_s)
    head_size, body_size = _LENGTHS.unpack(lengths)
    if head_size > _LONGEST_HEAD or body_size > _LONGEST_BODY:
        raise LineLost("lengths out of bounds")
    try:
        head = json.loads(_read_exactly(stream, head_size, silence_s))
    except ValueError as error:
        raise LineLost("head is not JSON") from error
    if not isinstance(head, dict):
        raise LineLost("head is not an object")
    return Frame(head, bytes(_read_exactly(stream, body_size, silence_s)))


def _read_exactly(stream: io.FileIO, size: int, silence_s: float | None) -> bytearray:
    taken = bytearray(size)
    window = memoryview(taken)
    while window:
        if silence_s is not None:
            _await_bytes(stream, silence_s)
        try:
            count = stream.readinto(window)
        except OSError as error:
            raise LineLost(type(error).__name__) from error
        if count == 0:
            raise LineLost("the line was closed")
        window = window[count or 0 :]
    return taken


def _await_bytes(stream: io.FileIO, silence_s: float) -> None:
    poll = select.poll()
    poll.register(stream, select.POLLIN)
    if not poll.poll(silence_s * 1000):
        raise LineSilent
