"""Thermal slips and A4 forms."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from counter_app.application.ports.records import PrintState
from counter_app.domain.dossier import Dossier
from counter_app.wire.messages import OfficePack


class HeadState(StrEnum):
    """What the thermal printer says of itself; silence is `unknown`, never `paper_out`."""

    READY = "ready"
    PAPER_LOW = "paper_low"
    PAPER_OUT = "paper_out"
    COVER_OPEN = "cover_open"
    UNREACHABLE = "unreachable"
    NOT_CONFIGURED = "not_configured"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SendResult:
    """What is known after the bytes went out; `trouble` names what went wrong."""

    state: PrintState
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in memory, PNG, with its size in pixels."""

    png: bytes
    width: int
    height: int


class Slips(Protocol):
    """The thermal printer of this counter."""

    def receipt(self, dossier: Dossier, office: OfficePack, copy_no: int) -> bytes:
        """Render the reception slip to bytes of the configured head."""
        ...

    def returned(self, dossier: Dossier, office: OfficePack, copy_no: int) -> bytes: ...

    def preview(self, payload: bytes) -> Picture:
        """What the head would put on paper."""
        ...

    def send(self, payload: bytes) -> SendResult:
        """Put bytes on paper; never raises, never blocks longer than its time-outs."""
        ...

    def state(self) -> HeadState: ...


class Forms(Protocol):
    """The A4 forms."""

    def receipt(self, dossier: Dossier, office: OfficePack) -> bytes:
        """Mẫu 01, PDF, both copies (liên)."""
        ...

    def preview(self, pdf: bytes, page: int, width: int) -> Picture: ...

    def open(self, pdf: bytes, name: str) -> str:
        """Hand the PDF to the system's viewer; returns the path of the file."""
        ...

    def print(self, pdf: bytes, name: str) -> bool:
        """Hand the PDF to the A4 printer's queue; False when the system has none."""
        ...
