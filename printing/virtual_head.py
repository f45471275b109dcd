"""A print head on loopback: obeys ESC/POS, answers status, and keeps each slip as a picture.

It is the demo's printer and the tests'. It can run out of paper, open its cover, fall silent, and
drop the line in the middle of a job.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Final

from printing.thermal.reader import Reader
from printing.thermal.readings import HeadModel, ReadSlip

_REAL_TIME: Final = b"\x10\x04"
_WHEN_DONE: Final = b"\x1dr"
_FIXED: Final = 0b0001_0010


@dataclass(slots=True)
class HeadMood:
    """How the head behaves now; may be changed from any thread at any time.

    Attributes:
        has_paper: False: it takes nothing and says that the paper is out.
        is_cover_open: True: it takes nothing and says so.
        is_silent: It prints but answers nothing.
        drops_after: Close the line after so many bytes of a job; None for never.
    """

    has_paper: bool = True
    is_cover_open: bool = False
    is_silent: bool = False
    drops_after: int | None = None


@dataclass(slots=True)
class VirtualHead:
    """Listens on loopback while it is entered as a context.

    Attributes:
        head: What kind of head.
        printed: Told each slip as it is cut, on the head's own thread.
        port: 0 picks a free one; `address` tells which.
    """

    head: HeadModel = field(default_factory=HeadModel)
    printed: Callable[[ReadSlip], None] = lambda slip: None
    port: int = 0
    mood: HeadMood = field(default_factory=HeadMood)
    slips: list[ReadSlip] = field(default_factory=list)
    _listener: socket.socket | None = None
    _thread: threading.Thread | None = None

    def __enter__(self) -> VirtualHead:
        self._listener = socket.create_server(("127.0.0.1", self.port))
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, name="virtual-head", daemon=True)
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._listener is not None and self._thread is not None:
            # Closing alone does not wake an accept on Linux.
            self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._thread.join(timeout=5)

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    def _serve(self) -> None:
        assert self._listener is not None
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(10)
                self._print_from(connection)

    def _print_from(self, connection: socket.socket) -> None:
        reader = Reader(self.head)
        received = 0
        while True:
            try:
                piece = connection.recv(4096)
            except OSError:
                return
            if not piece:
                return
            piece = self._answer_real_time(connection, piece)
            received += len(piece)
            drops_after = self.mood.drops_after
            if drops_after is not None and received > drops_after:
                return
            self._obey(connection, reader, piece)

    def _obey(self, connection: socket.socket, reader: Reader, piece: bytes) -> None:
        # The question that waits its turn is answered after what stands before it.
        before, asked, after = piece.partition(_WHEN_DONE)
        self._cut(reader, before)
        if asked:
            self._answer(connection, 0 if self.mood.has_paper else 0x0C)
            self._cut(reader, after[1:])

    def _cut(self, reader: Reader, stream: bytes) -> None:
        for event in reader.feed(stream):
            if isinstance(event, ReadSlip):
                self.slips.append(event)
                self.printed(event)

    def _answer_real_time(self, connection: socket.socket, piece: bytes) -> bytes:
        """Take the questions out of the stream; only a piece that is one question is taken for it."""
        if len(piece) == 3 and piece.startswith(_REAL_TIME):
            self._answer(connection, _FIXED | self._status(piece[2]))
            return b""
        return piece

    def _status(self, question: int) -> int:
        mood = self.mood
        match question:
            case 1:
                return 0 if mood.has_paper and not mood.is_cover_open else 0x08
            case 2:
                return (0x04 if mood.is_cover_open else 0) | (0 if mood.has_paper else 0x20)
            case 4:
                return 0 if mood.has_paper else 0x60
            case _:
                return 0

    def _answer(self, connection: socket.socket, byte: int) -> None:
        if not self.mood.is_silent:
            connection.sendall(bytes([byte]))
