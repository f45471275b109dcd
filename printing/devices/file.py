"""A device file or a plain one; bytes only go out, and nothing answers."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from printing.devices.device import Delivery, HeadState
from printing.errors import (
    DeliveryUncertain,
    PrinterAccessDenied,
    PrinterNotFound,
    PrinterUnreachable,
)


@dataclass(frozen=True, slots=True)
class FileDevice:
    """Appends each job to a file, or writes it to a character device (`/dev/usb/lp0`)."""

    path: Path

    @property
    def address(self) -> str:
        return f"file://{self.path}"

    def send(self, job: bytes) -> Delivery:
        """See `Device.send`; never confirmed, as a file says nothing of paper."""
        sent = 0
        try:
            handle = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        except PermissionError as error:
            raise PrinterAccessDenied(self.address) from error
        except FileNotFoundError as error:
            raise PrinterNotFound(self.address) from error
        except OSError as error:
            raise PrinterUnreachable(self.address, type(error).__name__) from error
        try:
            while sent < len(job):
                sent += os.write(handle, job[sent:])
        except OSError as error:
            if sent == 0:
                raise PrinterUnreachable(self.address, type(error).__name__) from error
            raise DeliveryUncertain(self.address, sent, len(job), type(error).__name__) from error
        finally:
            os.close(handle)
        return Delivery(sent, is_confirmed=False)

    def state(self) -> HeadState:
        return HeadState.UNKNOWN
