"""The dossier and its state machine.

A dossier changes only by an event: `evolve` takes the dossier and the event, checks that the law
allows the step, and returns the new dossier.
The counter and the server run the same function, so they cannot drift apart.
Status codes are those of the National Public Service Portal (1 to 10).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Final

from counter_app.domain.errors import InvalidValue, Refusal
from counter_app.domain.ids import DossierId, StaffId
from counter_app.domain.numbers import Number
from counter_app.domain.text import clean_line

MAX_PAGES_A_COMPONENT: Final = 2_000


class Status(IntEnum):
    """TrangThaiHoSo of the National Public Service Portal."""

    REGISTERED = 1
    RECEIVED = 2
    REFUSED = 3
    PROCESSING = 4
    SUPPLEMENT_AWAITED = 5
    OBLIGATION_AWAITED = 6
    WITHDRAWN = 7
    STOPPED = 8
    READY = 9
    RETURNED = 10


LEGAL_STEPS: Final[dict[Status, frozenset[Status]]] = {
    Status.REGISTERED: frozenset({Status.RECEIVED, Status.REFUSED}),
    Status.RECEIVED: frozenset({Status.PROCESSING, Status.WITHDRAWN, Status.STOPPED}),
    Status.REFUSED: frozenset(),
    Status.PROCESSING: frozenset(
        {
            Status.SUPPLEMENT_AWAITED,
            Status.OBLIGATION_AWAITED,
            Status.READY,
            Status.WITHDRAWN,
            Status.STOPPED,
        }
    ),
    Status.SUPPLEMENT_AWAITED: frozenset({Status.PROCESSING, Status.WITHDRAWN, Status.STOPPED}),
    Status.OBLIGATION_AWAITED: frozenset({Status.PROCESSING, Status.WITHDRAWN, Status.STOPPED}),
    Status.WITHDRAWN: frozenset(),
    Status.STOPPED: frozenset(),
    Status.READY: frozenset({Status.RETURNED}),
    Status.RETURNED: frozenset(),
}

ENDED: Final = frozenset({Status.REFUSED, Status.WITHDRAWN, Status.STOPPED, Status.RETURNED})


class ApplicantKind(StrEnum):
    CITIZEN = "citizen"
    ENTERPRISE = "enterprise"
    HOUSEHOLD_BUSINESS = "household_business"


class Sex(StrEnum):
    MALE = "male"
    FEMALE = "female"


class Capacity(StrEnum):
    """By what right the submitter acts for the owner of the dossier."""

    SELF = "self"
    AUTHORISED = "authorised"
    GUARDIAN = "guardian"
    FAMILY = "family"
    REPRESENTATIVE = "representative"


class Channel(StrEnum):
    """KenhThucHien: how the dossier came."""

    DIRECT = "direct"
    ONLINE = "online"
    POST = "post"


class ReturnChannel(StrEnum):
    """HinhThucTra: how the result goes back; independent of how the dossier came."""

    COUNTER = "counter"
    POST = "post"
    ELECTRONIC = "electronic"


class PaperKind(StrEnum):
    """LoaiBan of a component; `shown` is compared at the counter and handed back."""

    ORIGINAL = "original"
    COPY = "copy"
    ELECTRONIC = "electronic"
    SHOWN = "shown"


class FeeState(StrEnum):
    FREE = "free"
    UNPAID = "unpaid"
    PAID = "paid"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A citizen or an organisation, as written on the forms.

    Attributes:
        name: One line, NFC.
        kind: Citizen, enterprise or household business.
        id_number: Twelve digits (or the nine of an old card, a passport, a business code); may be
            empty where the procedure allows it.
        birth: `1999-03-05`, `1960-07` or `1960`; empty where not known.
        sex: None where not known or not a citizen.
        residence: Place of residence, one line.
        phone: Ten digits, or empty.
        email: Or empty.
    """

    name: str
    kind: ApplicantKind = ApplicantKind.CITIZEN
    id_number: str = ""
    birth: str = ""
    sex: Sex | None = None
    residence: str = ""
    phone: str = ""
    email: str = ""

    def __post_init__(self) -> None:
        _require_clean("name", self.name, 200)
        if not self.name:
            raise InvalidValue("name", "empty")
        _require_clean("id_number", self.id_number, 40)
        _require_clean("birth", self.birth, 10)
        _require_clean("residence", self.residence, 300)
        _require_clean("phone", self.phone, 20)
        _require_clean("email", self.email, 200)


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitter:
    """Who stands at the counter, where that is not the owner of the dossier."""

    person: Person
    capacity: Capacity


@dataclass(frozen=True, slots=True)
class Page:
    """One scanned side. The file travels apart; its name is its content.

    Attributes:
        sha256: Of the plain file, 64 lower-case hex digits.
        size: In bytes.
    """

    sha256: str
    size: int

    def __post_init__(self) -> None:
        if len(self.sha256) != 64 or not set(self.sha256) <= set("0123456789abcdef"):
            raise InvalidValue("page", "sha256", self.sha256)
        if self.size < 1:
            raise InvalidValue("page", "empty")


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """A paper of the dossier (thành phần hồ sơ) as handed in."""

    code: str
    title: str
    kind: PaperKind
    originals: int = 0
    copies: int = 0
    pages: tuple[Page, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        _require_clean("component_code", self.code, 60)
        _require_clean("component_title", self.title, 500)
        _require_clean("component_note", self.note, 500)
        if not (0 <= self.originals <= 999 and 0 <= self.copies <= 999):
            raise InvalidValue("component_count", "bounds", f"{self.originals}/{self.copies}")
        if len(self.pages) > MAX_PAGES_A_COMPONENT:
            raise InvalidValue("component_pages", "too_many", str(len(self.pages)))


@dataclass(frozen=True, slots=True)
class ProcedureRef:
    """The catalogue entry under which the dossier was taken; later versions do not touch it."""

    code: str
    name: str
    field: str
    version: str

    def __post_init__(self) -> None:
        _require_clean("procedure_code", self.code, 60)
        _require_clean("procedure_name", self.name, 1000)
        _require_clean("procedure_field", self.field, 300)
        _require_clean("procedure_version", self.version, 60)


@dataclass(frozen=True, slots=True)
class Fee:
    """What is due, in whole đồng, and on what ground."""

    amount: int
    state: FeeState
    basis: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.amount <= 1_000_000_000_000:
            raise InvalidValue("fee", "bounds", str(self.amount))
        _require_clean("fee_basis", self.basis, 1000)


@dataclass(frozen=True, slots=True)
class Hold:
    """The clock stands still since then."""

    since: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Handover:
    """Who took the result, and what they showed.

    Attributes:
        receiver: Name as written.
        id_number: What their paper says; may be empty.
        capacity: By what right.
        proof: `slip`, `card`, `number` or `name`: how the dossier was found.
        at: When.
        by_name: Which officer handed it over.
    """

    receiver: str
    id_number: str
    capacity: Capacity
    proof: str
    at: datetime
    by_name: str

    def __post_init__(self) -> None:
        _require_clean("receiver", self.receiver, 200)
        if not self.receiver:
            raise InvalidValue("receiver", "empty")
        _require_clean("receiver_id", self.id_number, 40)
        _require_clean("proof", self.proof, 40)
        _require_clean("by_name", self.by_name, 200)


_LINES_OF_A_DOSSIER: Final = (
    ("unit", 40),
    ("norm", 200),
    ("received_by", 100),
    ("received_by_name", 200),
    ("return_address", 300),
    ("form_set", 60),
    ("note", 500),
)
"""What another counter will print or show: nothing that is not text may be in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """One application and all that is known of it now.

    Attributes:
        due_at: The promised time; None where the calendar cannot promise.
        norm: How long the law allows, as data (`3 working_day`).
        form_set: The set of forms under which it was taken (`circular-03-2025`).
        revision: How many events made it.
    """

    id: DossierId
    number: Number
    former_number: Number | None = None
    status: Status
    unit: str
    procedure: ProcedureRef
    owner: Person
    submitter: Submitter | None = None
    components: tuple[Component, ...] = ()
    sets: int = 1
    channel: Channel = Channel.DIRECT
    return_channel: ReturnChannel = ReturnChannel.COUNTER
    return_address: str = ""
    fee: Fee
    norm: str
    received_at: datetime
    received_by: StaffId
    received_by_name: str
    due_at: datetime | None
    first_due_at: datetime | None
    form_set: str
    note: str = ""
    hold: Hold | None = None
    finished_at: datetime | None = None
    handover: Handover | None = None
    revision: int = 1

    @property
    def pages(self) -> tuple[Page, ...]:
        return tuple(page for component in self.components for page in component.pages)

    @property
    def has_ended(self) -> bool:
        return self.status in ENDED

    def require_clean(self) -> None:
        """Raises `InvalidValue` where a line of its own is not text in its one normal form.

        Not asked at every step: no event but the reception touches these lines.
        """
        for name, max_length in _LINES_OF_A_DOSSIER:
            _require_clean(name, getattr(self, name), max_length)

    def is_overdue(self, now: datetime) -> bool:
        """Late against the promise; this never gives a right to refuse the return."""
        if self.due_at is None or self.hold is not None or self.status in ENDED:
            return False
        return (self.finished_at or now) > self.due_at

    def allows(self, step: Status) -> bool:
        return step in LEGAL_STEPS[self.status]


@dataclass(eq=False)
class StepNotAllowed(Refusal):
    """The law knows no such step from the status that the dossier has."""

    number: str
    status: Status
    step: Status


@dataclass(eq=False)
class UnknownDossier(Refusal):
    """No such dossier here."""

    key: str


@dataclass(eq=False)
class AlreadyReceived(Refusal):
    """This dossier was received before; an event cannot receive it again."""

    number: str


def _require_clean(field: str, value: str, max_length: int) -> None:
    if clean_line(value, field, max_length) != value:
        raise InvalidValue(field, "not_normal", value)
