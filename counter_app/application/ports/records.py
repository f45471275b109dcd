"""What a transaction of the counter's store holds, beside the letters."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from counter_app.domain.dossier import Dossier, Page
from counter_app.domain.ids import CounterId, DossierId, StaffId
from counter_app.domain.numbers import DossierNumber, Number, NumberBand, ProvisionalNumber
from counter_app.wire.messages import OfficePack


class Dossiers(Protocol):
    def get(self, id: DossierId) -> Dossier | None: ...

    def by_number(self, number: Number) -> Dossier | None:
        """By the present number, or by the provisional one it had before."""
        ...

    def put(self, dossier: Dossier) -> None:
        """Insert or replace, search entries included."""
        ...

    def remove(self, id: DossierId) -> None:
        """Take out of the lists a dossier whose reception the server refused; its letters stay."""
        ...


class Numbers(Protocol):
    """The numbers of this counter: used once each, whatever happens."""

    def take(self, bands: tuple[NumberBand, ...], day: date) -> DossierNumber:
        """Give out the next one.

        Raises:
            BandExhausted: None is left for the day.
        """
        ...

    def take_provisional(self, machine: str, day: date) -> ProvisionalNumber: ...


@dataclass(frozen=True, slots=True)
class Draft:
    """What an officer was typing; survives a crash.

    Attributes:
        id: Becomes the dossier's id.
        owner: Who was typing.
        form: The raw form in JSON, as the screen keeps it.
        saved_at: When it was last written.
    """

    id: DossierId
    owner: StaffId
    form: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class DraftPage:
    """A page scanned for a draft: in the vault already, and in this list before the next is pulled.

    Attributes:
        id: Rises by one; 0 before it is stored.
        component: Code of the component it was scanned for.
        page: The file.
        is_replaced: A later scan took its place; kept, not sent.
    """

    id: int
    component: str
    page: Page
    is_replaced: bool = False


class Drafts(Protocol):
    def put(self, draft: Draft) -> None: ...

    def remove(self, id: DossierId) -> None:
        """The draft and its list of pages; the page files stay in the vault."""
        ...

    def add_page(self, draft: DossierId, component: str, page: Page) -> DraftPage:
        """Put a page at the end of a component; works before the draft itself was ever put."""
        ...

    def replace_page(self, draft: DossierId, old: int, page: Page) -> DraftPage:
        """Put a page in the place of page `old`, which is kept as replaced."""
        ...

    def drop_page(self, draft: DossierId, old: int) -> None:
        """Take a page out of the component; it is kept as replaced."""
        ...

    def pages_of(self, draft: DossierId) -> tuple[DraftPage, ...]:
        """The pages in force, in the order in which they belong, replaced ones left out."""
        ...

    def all_of(self, owner: StaffId) -> tuple[Draft, ...]:
        """The latest first."""
        ...


@dataclass(frozen=True, slots=True)
class PageProgress:
    """A page that the server does not hold whole yet; `sent` is in bytes."""

    sha256: str
    size: int
    dossier: DossierId
    sent: int


class PageUploads(Protocol):
    def expect(self, dossier: Dossier) -> None:
        """Note every page of the dossier that is not known to be at the server."""
        ...

    def waiting(self, limit: int) -> tuple[PageProgress, ...]:
        """Pages of accepted dossiers (records first, pictures later), oldest first."""
        ...

    def progress(self, sha256: str, sent: int) -> None: ...

    def done(self, sha256: str) -> None: ...

    def forget_all_done(self) -> None:
        """The server was restored: ask it about every page again."""
        ...


class PrintState(StrEnum):
    QUEUED = "queued"
    SENT = "sent"
    CONFIRMED = "confirmed"
    UNKNOWN = "unknown"
    FAILED = "failed"


class PrintKind(StrEnum):
    RECEIPT_SLIP = "receipt_slip"
    RETURN_SLIP = "return_slip"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintJob:
    """One piece of thermal paper, as a row.

    Attributes:
        id: Rises by one; 0 before it is stored.
        dossier: What it is about.
        kind: Which slip.
        copy_no: 1 for the first print, 2 for the first reprint, …
        state: What is known of the paper.
        payload: The rendered bytes.
        reason: Name of the trouble, where it failed or is unknown.
        made_at: When it was queued.
        settled_at: When the state became final.
    """

    id: int = 0
    dossier: DossierId
    kind: PrintKind
    copy_no: int
    state: PrintState
    payload: bytes
    reason: str = ""
    made_at: datetime
    settled_at: datetime | None = None


class PrintJobs(Protocol):
    def add(self, job: PrintJob) -> PrintJob:
        """Store it; returns it with its id."""
        ...

    def get(self, id: int) -> PrintJob | None: ...

    def put(self, job: PrintJob) -> None: ...

    def queued(self) -> tuple[PrintJob, ...]:
        """In the order they were made."""
        ...

    def of_dossier(self, dossier: DossierId) -> tuple[PrintJob, ...]: ...

    def left_sent(self) -> tuple[PrintJob, ...]:
        """Jobs that were being sent when the program died: nobody knows what came out."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """Who this store is to the server.

    Attributes:
        counter: Name given at enrolment.
        token: Shown with every request.
        server_url: Where the server is.
        server: Identity of the server's database, checked in every answer.
    """

    counter: CounterId
    token: str
    server_url: str
    server: str


class Machine(Protocol):
    """What this store knows of itself and of its office."""

    def store_id(self) -> str:
        """32 hex digits, drawn when the store was made."""
        ...

    def enrolment(self) -> Enrolment | None: ...

    def enrol(self, enrolment: Enrolment, pack: OfficePack) -> None: ...

    def pack(self) -> OfficePack | None: ...

    def put_pack(self, pack: OfficePack) -> None: ...

    def pin_hash(self, staff: StaffId) -> str | None: ...

    def put_pin_hash(self, staff: StaffId, pin_hash: str) -> None: ...

    def note(self, key: str) -> str | None:
        """A small remembered fact (time of the last contact, last printer, …)."""
        ...

    def put_note(self, key: str, value: str) -> None: ...
