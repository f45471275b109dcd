"""A head on the network, raw on port 9100."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from printing.devices.conversation import deliver, state_of
from printing.devices.device import Delivery, HeadState
from printing.errors import PrinterNotFound, PrinterUnreachable

PORT: Final = 9100


@dataclass(frozen=True, slots=True)
class NetworkDevice:
    """Connects for each job: a connection kept open shuts other computers out.

    Attributes:
        host: Name or address.
        port: 9100 on nearly every head.
        connect_s: How long the connection may take.
        write_s: How long the head may take no bytes at all.
    """

    host: str
    port: int = PORT
    connect_s: float = 1.0
    write_s: float = 5.0

    @property
    def address(self) -> str:
        return f"tcp://{self.host}:{self.port}"

    def send(self, job: bytes) -> Delivery:
        """See `Device.send`."""
        with self._connected() as link:
            return deliver(link, job)

    def state(self) -> HeadState:
        """See `Device.state`."""
        with self._connected() as link:
            return state_of(link)

    @contextlib.contextmanager
    def _connected(self) -> Iterator[_SocketLink]:
        try:
            connection = socket.create_connection((self.host, self.port), self.connect_s)
        except socket.gaierror as error:
            raise PrinterNotFound(self.address, type(error).__name__) from error
        except OSError as error:
            raise PrinterUnreachable(self.address, type(error).__name__) from error
        with connection:
            yield _SocketLink(connection, self.address, self.write_s)


@dataclass(frozen=True, slots=True)
class _SocketLink:
    connection: socket.socket
    address: str
    write_s: float

    def write(self, piece: bytes) -> int:
        self.connection.settimeout(self.write_s)
        return self.connection.send(piece)

    def read(self, timeout_s: float) -> bytes:
        self.connection.settimeout(timeout_s)
        try:
            heard = self.connection.recv(64)
        except TimeoutError:
            return b""
        if not heard:
            raise ConnectionResetError("the head closed the connection")
        return heard
