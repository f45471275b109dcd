"""The thermal printer of this counter: dossiers to bytes, bytes to paper, bytes to pictures."""

from __future__ import annotations

import io
from dataclasses import dataclass, field

from PIL import Image

from counter_app.adapters.devices.slip_wording import SlipWording
from counter_app.application.ports.paper import HeadState, Picture, SendResult
from counter_app.application.ports.records import PrintState
from counter_app.domain.dossier import Dossier
from counter_app.wire.messages import OfficePack
from printing.devices import Device, open_device
from printing.documents import NamedSlip, lay_out
from printing.errors import DeliveryFailed, DeliveryUncertain, PrintingError
from printing.thermal.encode import encode
from printing.thermal.profiles import Profile, load_profile
from printing.thermal.reader import read
from printing.thermal.readings import head_of


@dataclass(slots=True)
class PaperSlips:
    """Implements the port `Slips`.

    Attributes:
        wording: How a slip is worded.
        address: Of the printer; empty for none.
        profile: Name of the kind of head.
    """

    wording: SlipWording
    address: str
    profile: str
    _head: Profile = field(init=False)

    def __post_init__(self) -> None:
        self._head = load_profile(self.profile)

    def receipt(self, dossier: Dossier, office: OfficePack, copy_no: int) -> bytes:
        return self._encode(self.wording.receipt(dossier, office, copy_no))

    def returned(self, dossier: Dossier, office: OfficePack, copy_no: int) -> bytes:
        return self._encode(self.wording.returned(dossier, office, copy_no))

    def preview(self, payload: bytes) -> Picture:
        """What the head would put on paper, read back from the very bytes."""
        slips = read(payload, head_of(self._head)).slips
        if not slips:
            raise ValueError("these bytes print nothing")
        return _picture(slips[0].picture)

    def send(self, payload: bytes) -> SendResult:
        """Put bytes on paper, and say what is known of it; every outcome is a value."""
        device = self._device()
        if device is None:
            return SendResult(PrintState.FAILED, "NotConfigured")
        try:
            delivery = device.send(payload)
        except DeliveryUncertain as error:
            return SendResult(PrintState.UNKNOWN, error.reason or type(error).__name__)
        except PrintingError as error:
            return SendResult(PrintState.FAILED, type(error).__name__)
        return SendResult(PrintState.CONFIRMED if delivery.is_confirmed else PrintState.SENT)

    def state(self) -> HeadState:
        device = self._device()
        if device is None:
            return HeadState.NOT_CONFIGURED
        try:
            return _STATES.get(device.state().value, HeadState.UNKNOWN)
        except DeliveryFailed:
            return HeadState.UNREACHABLE

    def _device(self) -> Device | None:
        return open_device(self.address) if self.address else None

    def _encode(self, slip: NamedSlip) -> bytes:
        return encode(lay_out(slip), self._head)


_STATES = {state.value: state for state in HeadState}


def _picture(paper: Image.Image) -> Picture:
    out = io.BytesIO()
    paper.save(out, "PNG")
    return Picture(out.getvalue(), paper.width, paper.height)
