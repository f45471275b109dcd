"""A sample office at the server, and the hand that writes letters at one of its counters."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import httpx

from central_server.main import create_app
from central_server.service.enrolment import issue_code
from central_server.service.offices import put_office
from central_server.settings import ServerSettings
from central_server.store.database import Database
from counter_app.adapters.central.http_server import HttpCentralServer
from counter_app.domain.dossier import (
    Component,
    Dossier,
    Fee,
    FeeState,
    Page,
    PaperKind,
    Person,
    ProcedureRef,
    Status,
)
from counter_app.domain.events import DossierForwarded, DossierReceived, Event, PagesAdded
from counter_app.domain.ids import CounterId, DossierId, EventId, StaffId
from counter_app.domain.numbers import DossierNumber, Number, ProvisionalNumber
from counter_app.wire.letters import FIRST, Letter, seal
from counter_app.wire.messages import Enrolled, EnrolRequest, PostLetters
from tests.helpers.central_line import bridge_to

UNIT = "H36.15"
HANOI = timezone(timedelta(hours=7))
DAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=HANOI)
CALENDAR = Path(__file__).parents[2] / "resources" / "calendar" / "vietnam.json"


def office_file(unit: str = UNIT, **changes: Any) -> bytes:
    """`office.json` of a sample office."""
    plain = {
        "unit": unit,
        "authority": "ỦY BAN NHÂN DÂN XÃ QUẢNG MẪU",
        "name": "Trung tâm Phục vụ hành chính công xã Quảng Mẫu",
        "short_name": "Xã Quảng Mẫu",
        "place": "Quảng Mẫu",
        "form_set": "tt03-2025",
        "handling_units": ["Phòng Văn hóa - Xã hội", "Phòng Kinh tế"],
        "staff": [
            {"id": "mau", "name": "Trần Văn Mẫu", "role": "officer", "password": "mau-2026"},
        ],
        "catalogue": {"format": "catalogue/1", "version": "t", "fields": [], "procedures": []},
        "calendar": json.loads(CALENDAR.read_text("utf-8")),
    }
    return json.dumps(plain | changes, ensure_ascii=False).encode()


class Clock:
    """A clock that tests set."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Rig:
    """A server in this process.

    Attributes:
        line: Makes a fresh way to it: `line()`, or `line(address)` from elsewhere.
    """

    app: Any
    settings: ServerSettings
    clock: Clock
    line: Any

    @property
    def database(self) -> Database:
        database: Database = self.app.state.central.database
        return database

    def open_office(self, unit: str = UNIT) -> None:
        with self.database.writing() as connection:
            put_office(connection, office_file(unit))

    def code(self, unit: str = UNIT, number: int = 2, hours: float = 24) -> str:
        life = timedelta(hours=hours)
        return issue_code(self.database, unit, number, now=self.clock.now, life=life).text

    def enrol(self, number: int = 2, unit: str = UNIT, store: str = "") -> Enrolled:
        request = EnrolRequest(
            code=self.code(unit, number), store=store or f"{number:032x}", machine="Quầy"
        )
        return HttpCentralServer(transport=self.line()).enrol("http://central", request)

    def client(
        self, enrolled: Enrolled, transport: httpx.BaseTransport | None = None
    ) -> HttpCentralServer:
        return HttpCentralServer(
            "http://central",
            enrolled.token,
            enrolled.mark.server,
            transport=self.line() if transport is None else transport,
        )

    def raw(self, enrolled: Enrolled | None = None) -> httpx.Client:
        """A bare client, for what our own would never send."""
        headers = {"Authorization": f"Bearer {enrolled.token}"} if enrolled else {}
        return httpx.Client(transport=self.line(), base_url="http://central", headers=headers)


@contextmanager
def running_rig(database_url: str, folder: Path, **settings: Any) -> Iterator[Rig]:
    clock = Clock()
    chosen = ServerSettings(database=database_url, blobs=folder / "pages", clock=clock, **settings)
    app = create_app(chosen)
    try:
        with bridge_to(app) as line:
            rig = Rig(app, chosen, clock, line)
            rig.open_office()
            yield rig
    finally:
        app.state.central.database.close()


@dataclass
class Hand:
    """Writes the letters of one counter, in order.

    Attributes:
        letters: All that it wrote.
    """

    counter: CounterId
    first: int = 2000
    unit: str = UNIT
    letters: list[Letter] = field(default_factory=list)

    @classmethod
    def of(cls, enrolled: Enrolled) -> Hand:
        return cls(enrolled.counter, enrolled.pack.bands[0].first, enrolled.pack.unit)

    def write(self, event: Event) -> Letter:
        previous = self.letters[-1].digest if self.letters else FIRST
        id = EventId(self.counter, len(self.letters) + 1)
        letter = seal(event, id=id, previous=previous)
        self.letters.append(letter)
        return letter

    def receive(
        self,
        sequence: int = 0,
        *,
        key: str = "",
        number: Number | None = None,
        pages: tuple[Page, ...] = (),
        unit: str = "",
    ) -> Letter:
        """Receive a dossier; the next number of the band unless told otherwise."""
        name = f"{self.counter}/{len(self.letters)}"
        id = DossierId(key or hashlib.sha256(name.encode()).hexdigest()[:32])
        sequence = sequence or self.first + len(self.letters)
        given = number or DossierNumber.compose(self.unit, DAY, sequence)
        return self.write(received(a_dossier(id, given, pages=pages, unit=unit or self.unit)))

    def receive_provisionally(self, sequence: int = 1) -> Letter:
        return self.receive(number=ProvisionalNumber.compose("2", DAY, sequence))

    def forward(self, of: Letter) -> Letter:
        return self.write(
            DossierForwarded(
                dossier=dossier_of(of), at=NOW, by=OFFICER, by_name="", to_unit="Phòng Kinh tế"
            )
        )

    def add_pages(self, of: Letter, *pages: Page) -> Letter:
        return self.write(
            PagesAdded(
                dossier=dossier_of(of),
                at=NOW,
                by=OFFICER,
                by_name="Trần Văn Mẫu",
                component="1",
                pages=pages,
            )
        )

    def post(self, *letters: Letter) -> PostLetters:
        return PostLetters(letters=letters or tuple(self.letters))


OFFICER = StaffId("mau")


def a_dossier(
    id: DossierId, number: Number, *, pages: tuple[Page, ...] = (), unit: str = UNIT
) -> Dossier:
    return Dossier(
        id=id,
        number=number,
        status=Status.RECEIVED,
        unit=unit,
        procedure=ProcedureRef("2.000815", "Chứng thực bản sao từ bản chính", "Chứng thực", "1"),
        owner=Person(name="Nguyễn Thị Mẫu", residence="Thôn 1, Xã Ví Dụ", phone="0900000001"),
        components=(
            Component(code="1", title="Bản chính", kind=PaperKind.SHOWN, originals=1, pages=pages),
        ),
        fee=Fee(2000, FeeState.PAID),
        norm="1 working_day",
        received_at=NOW,
        received_by=OFFICER,
        received_by_name="Trần Văn Mẫu",
        due_at=NOW + timedelta(hours=9),
        first_due_at=NOW + timedelta(hours=9),
        form_set="tt03-2025",
    )


def received(dossier: Dossier) -> DossierReceived:
    return DossierReceived(
        dossier=dossier.id, at=NOW, by=OFFICER, by_name="Trần Văn Mẫu", snapshot=dossier
    )


def dossier_of(letter: Letter) -> DossierId:
    return DossierId(json.loads(letter.body)["dossier"])


def page_of(content: bytes) -> Page:
    return Page(hashlib.sha256(content).hexdigest(), len(content))
