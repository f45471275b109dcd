"""The server as a counter sees it, and what can be wrong with the line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from counter_app.application.ports.history import Cursor
from counter_app.domain.errors import Trouble
from counter_app.domain.ids import DossierId
from counter_app.wire.messages import (
    Enrolled,
    EnrolRequest,
    News,
    OfficePack,
    PostLetters,
    Verdicts,
)


class CentralServer(Protocol):
    """The other end of the line.

    Every call may raise a `LineTrouble`, and every call may be repeated.
    """

    def enrol(self, url: str, request: EnrolRequest) -> Enrolled: ...

    def post_letters(self, post: PostLetters) -> Verdicts: ...

    def news_after(self, cursor: Cursor) -> News: ...

    def office_pack(self) -> OfficePack: ...

    def page_offset(self, sha256: str) -> int | None:
        """How many bytes of the page the server holds; None when it has never heard of it."""
        ...

    def send_page(
        self, sha256: str, dossier: DossierId, content: bytes, *, report: Callable[[int], None]
    ) -> None:
        """Send what the server lacks of a page; returns when it holds it whole and durable.

        Args:
            sha256: Name of the page.
            dossier: Which dossier it belongs to.
            content: The whole plain content.
            report: Told the bytes that the server holds, after each piece.
        """
        ...

    def fetch_page(self, sha256: str) -> bytes:
        """A page that another counter scanned, checked against its name."""
        ...


@dataclass(eq=False)
class LineTrouble(Trouble):
    """Something between here and the server; nothing is lost, it is sent again."""

    detail: str = ""


class ServerUnreachable(LineTrouble):
    """No line, no answer, or a time-out."""


class ServerFailing(LineTrouble):
    """It answers, but with a fault of its own (5xx), or is restarting."""


class ServerNonsense(LineTrouble):
    """The answer is cut short, not of the protocol, or contradicts itself."""


class NotEnrolled(LineTrouble):
    """The server does not know this counter, or has taken its token back."""


class WrongServer(LineTrouble):
    """Another server answers at this address than the one this counter belongs to."""


class ProgramTooOld(LineTrouble):
    """The server speaks a newer protocol."""


class ServerTooOld(LineTrouble):
    """The server does not know a kind of letter yet; the letter waits until it does."""


class EnrolmentRefused(LineTrouble):
    """The one-time code is unknown, used or expired."""


class PageNotThere(LineTrouble):
    """The server does not hold the page (yet)."""
