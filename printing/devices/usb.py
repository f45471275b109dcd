"""A head on USB, through libusb; on Windows the spooler is used, as libusb would take its driver away."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import usb.core
import usb.util

from printing.devices.conversation import deliver, state_of
from printing.devices.device import Delivery, HeadState
from printing.errors import PrinterAccessDenied, PrinterNotFound, PrinterUnreachable

_PRINTER_CLASS: Final = 7
_NO_ACCESS: Final = 13
_BUSY: Final = 16
_TIMED_OUT: Final = (110, 60, 10060)
"""Error numbers of a time-out on Linux, macOS and Windows."""


@dataclass(frozen=True, slots=True)
class UsbDevice:
    """Claims the printer for each job, and gives it back.

    Attributes:
        vendor: Vendor number.
        product: Product number.
        serial: Serial number, where two heads of one kind are plugged in; empty for the first.
        write_s: How long the head may take no bytes at all.
    """

    vendor: int
    product: int
    serial: str = ""
    write_s: float = 5.0

    @property
    def address(self) -> str:
        tail = f"/{self.serial}" if self.serial else ""
        return f"usb://{self.vendor:04x}:{self.product:04x}{tail}"

    def send(self, job: bytes) -> Delivery:
        """See `Device.send`."""
        with self._claimed() as link:
            return deliver(link, job)

    def state(self) -> HeadState:
        """See `Device.state`."""
        with self._claimed() as link:
            return state_of(link)

    @contextlib.contextmanager
    def _claimed(self) -> Iterator[_UsbLink]:
        device = self._found()
        number, taken_from_kernel = -1, False
        try:
            try:
                interface = _printer_interface(device)
                number = interface.bInterfaceNumber
                taken_from_kernel = _detach(device, number)
                usb.util.claim_interface(device, number)
                link = _link(device, interface, self)
            except usb.core.USBError as error:
                raise _trouble(error, self.address) from error
            yield link
        finally:
            with contextlib.suppress(usb.core.USBError):
                if number >= 0:
                    usb.util.release_interface(device, number)
                    if taken_from_kernel:
                        device.attach_kernel_driver(number)
            usb.util.dispose_resources(device)

    def _found(self) -> Any:
        try:
            found = usb.core.find(find_all=True, idVendor=self.vendor, idProduct=self.product)
            for device in found:
                if not self.serial or device.serial_number == self.serial:
                    return device
        except usb.core.NoBackendError as error:
            raise PrinterNotFound(self.address, "NoBackendError") from error
        except (usb.core.USBError, ValueError) as error:
            # pyusb cannot read the serial number of a device that this user may not open.
            raise PrinterAccessDenied(self.address, type(error).__name__) from error
        raise PrinterNotFound(self.address)


@dataclass(frozen=True, slots=True)
class _UsbLink:
    out: Any
    back: Any
    address: str
    write_s: float

    def write(self, piece: bytes) -> int:
        """A short count is what pyusb gives after a time-out in mid-transfer: it is not an error there."""
        taken: int = self.out.write(piece, timeout=int(self.write_s * 1000))
        if not taken:
            raise OSError("the head took nothing")
        return taken

    def read(self, timeout_s: float) -> bytes:
        if self.back is None:
            return b""
        try:
            heard = self.back.read(self.back.wMaxPacketSize, timeout=max(1, int(timeout_s * 1000)))
        except usb.core.USBError as error:
            if error.errno in _TIMED_OUT:
                return b""
            raise
        return bytes(heard)


def _printer_interface(device: Any) -> Any:
    for configuration in device:
        for interface in configuration:
            if interface.bInterfaceClass == _PRINTER_CLASS:
                return interface
    return device.get_active_configuration()[(0, 0)]


def _detach(device: Any, number: int) -> bool:
    try:
        if device.is_kernel_driver_active(number):
            device.detach_kernel_driver(number)
            return True
    except NotImplementedError:
        pass  # Windows and macOS have no kernel driver to take it from
    return False


def _link(device: Any, interface: Any, printer: UsbDevice) -> _UsbLink:
    def towards(direction: int) -> Any:
        return usb.util.find_descriptor(
            interface,
            custom_match=lambda end: usb.util.endpoint_direction(end.bEndpointAddress) == direction,
        )

    out = towards(usb.util.ENDPOINT_OUT)
    if out is None:
        raise PrinterNotFound(printer.address, "no way in")
    return _UsbLink(out, towards(usb.util.ENDPOINT_IN), printer.address, printer.write_s)


def _trouble(
    error: Any, address: str
) -> PrinterNotFound | PrinterAccessDenied | PrinterUnreachable:
    if error.errno == _NO_ACCESS:
        return PrinterAccessDenied(address)
    if error.errno == _BUSY:
        return PrinterUnreachable(address, "busy")
    return PrinterNotFound(address, f"usb {error.errno}")
