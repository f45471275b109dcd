"""Links to print heads: each takes a job of bytes whole, or says how much of it went."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from printing.devices.device import Delivery, Device, HeadState
from printing.devices.file import FileDevice
from printing.devices.network import PORT, NetworkDevice
from printing.devices.serial_port import SerialDevice
from printing.devices.spooler import SpoolerDevice
from printing.devices.usb import UsbDevice
from printing.errors import AddressInvalid

__all__ = ["Delivery", "Device", "HeadState", "open_device"]


def open_device(address: str) -> Device:
    """The device of an address; nothing is opened before the first job.

    Args:
        address: `usb://04b8:0e15[/serial]`, `tcp://host[:9100]`, `serial:///dev/ttyUSB0?baud=115200`,
            `spooler://Name`, `file:///path`.

    Raises:
        AddressInvalid: It is none of these.
    """
    try:
        return _open(address)
    except ValueError as error:
        raise AddressInvalid(address) from error


def _open(address: str) -> Device:
    parts = urlsplit(address)
    match parts.scheme:
        case "tcp" if parts.hostname:
            return NetworkDevice(parts.hostname, parts.port or PORT)
        case "usb":
            vendor, _, product = parts.netloc.partition(":")
            return UsbDevice(int(vendor, 16), int(product, 16), parts.path.lstrip("/"))
        case "serial" if parts.netloc + parts.path:
            baud = parse_qs(parts.query).get("baud", ["115200"])[0]
            return SerialDevice(unquote(parts.netloc + parts.path), int(baud))
        case "file" if parts.path:
            return FileDevice(Path(unquote(parts.path)))
        case "spooler" if parts.netloc:
            return SpoolerDevice(unquote(parts.netloc))
        case _:
            raise AddressInvalid(address)
