"""A head on a serial port."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

import serial

from printing.devices.conversation import deliver, state_of
from printing.devices.device import Delivery, HeadState
from printing.errors import PrinterAccessDenied, PrinterNotFound


@dataclass(frozen=True, slots=True)
class SerialDevice:
    """Opens the port for each job.

    Attributes:
        port: `/dev/ttyUSB0`, `COM3`.
        baud: Bits per second, as set on the head.
        write_s: How long the head may hold the line (it does while it prints a full buffer).
    """

    port: str
    baud: int = 115_200
    write_s: float = 10.0

    @property
    def address(self) -> str:
        return f"serial://{self.port}?baud={self.baud}"

    def send(self, job: bytes) -> Delivery:
        """See `Device.send`."""
        with self._opened() as link:
            return deliver(link, job)

    def state(self) -> HeadState:
        """See `Device.state`."""
        with self._opened() as link:
            return state_of(link)

    @contextlib.contextmanager
    def _opened(self) -> Iterator[_SerialLink]:
        try:
            port = serial.Serial(
                self.port, self.baud, timeout=0, write_timeout=self.write_s, exclusive=True
            )
        except serial.SerialException as error:
            if isinstance(error.__context__, PermissionError) or error.errno == 13:
                raise PrinterAccessDenied(self.address) from error
            raise PrinterNotFound(self.address, type(error).__name__) from error
        with port:
            yield _SerialLink(port, self.address)


@dataclass(frozen=True, slots=True)
class _SerialLink:
    port: serial.Serial
    address: str

    def write(self, piece: bytes) -> int:
        # pyserial's errors are OSErrors, its write time-out included.
        taken = self.port.write(piece)
        if not taken:
            raise OSError("the head took nothing")
        self.port.flush()
        return taken

    def read(self, timeout_s: float) -> bytes:
        self.port.timeout = timeout_s
        first: bytes = self.port.read(1)
        return first + self.port.read(self.port.in_waiting) if first else b""
