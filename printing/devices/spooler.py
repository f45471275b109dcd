"""A head behind the Windows spooler, raw. Written after the Win32 documentation; not yet run on Windows."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module

from printing.devices.device import Delivery, HeadState
from printing.errors import AddressInvalid, DeliveryUncertain, PrinterNotFound


@dataclass(frozen=True, slots=True)
class SpoolerDevice:
    """Hands jobs to a printer of the system by its name; the spooler tells nothing of paper."""

    name: str

    @property
    def address(self) -> str:
        return f"spooler://{self.name}"

    def send(self, job: bytes) -> Delivery:
        """See `Device.send`; never confirmed."""
        try:
            win32print, pywintypes = import_module("win32print"), import_module("pywintypes")
        except ModuleNotFoundError as error:
            raise AddressInvalid(self.address) from error
        try:
            printer = win32print.OpenPrinter(self.name)
        except pywintypes.error as error:
            raise PrinterNotFound(self.address, str(error.winerror)) from error
        sent = 0
        try:
            win32print.StartDocPrinter(printer, 1, ("one-stop counter", None, "RAW"))
            sent = win32print.WritePrinter(printer, job)
            win32print.EndDocPrinter(printer)
        except pywintypes.error as error:
            raise DeliveryUncertain(self.address, sent, len(job), str(error.winerror)) from error
        finally:
            win32print.ClosePrinter(printer)
        if sent < len(job):
            raise DeliveryUncertain(self.address, sent, len(job), "short")
        return Delivery(sent, is_confirmed=False)

    def state(self) -> HeadState:
        return HeadState.UNKNOWN
