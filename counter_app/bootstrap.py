"""The composition root: which adapter plays which role, and how long each lives."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TypeVar

import httpx

from counter_app.adapters.central.enrolled_server import EnrolledServer
from counter_app.adapters.central.line_switch import LineSwitch
from counter_app.adapters.devices.form_wording import FormWording
from counter_app.adapters.devices.paper_forms import PaperForms
from counter_app.adapters.devices.paper_slips import PaperSlips
from counter_app.adapters.devices.slip_wording import SlipWording
from counter_app.adapters.pages.thumbnails import thumbnail
from counter_app.adapters.pages.vault import FilePageVault
from counter_app.adapters.store.sql_store import SqlStore
from counter_app.adapters.system.key_ring import page_key, store_key
from counter_app.adapters.system.lanes import ThreadLane
from counter_app.adapters.system.logs import observed
from counter_app.adapters.system.passwords import Argon2Passwords
from counter_app.application import (
    enrolling,
    handling,
    looking_up,
    previewing,
    receiving,
    returning,
    scanning,
    signing_in,
    syncing,
)
from counter_app.application import (
    slips as slip_rows,
)
from counter_app.application.capture import Scanner
from counter_app.application.changes import Changes
from counter_app.application.desk import Desk, Lanes
from counter_app.application.office import office_in
from counter_app.application.officer import Officer
from counter_app.application.ports.paper import Picture
from counter_app.application.ports.records import PrintJob
from counter_app.application.ports.running import Clock
from counter_app.application.settings import CounterSettings
from counter_app.domain.ids import DossierId
from counter_app.domain.procedure import Procedure

R = TypeVar("R")

RESOURCES = Path(__file__).resolve().parent.parent / "resources"


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What differs between a real counter, the demo, and a test.

    Attributes:
        clock: The office's time.
        scanner: Every scanner within reach.
        line: What carries requests to the server; None for the real network.
        switch: Cuts the line on demand; None where there is no such switch.
    """

    clock: Clock
    scanner: Scanner
    line: httpx.BaseTransport | None = None
    switch: LineSwitch | None = None


@dataclass(slots=True)
class Counter:
    """An open counter: its desk, and what begins and ends with it."""

    desk: Desk
    parts: _Parts
    _life: ExitStack

    def __enter__(self) -> Counter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the lanes finish what runs, then close the line and the store."""
        self._life.close()

    def enrol(self, url: str, code: str, machine: str) -> None:
        """Make this store a counter of the office that issued the code."""
        enrolling.enrol(
            url,
            code,
            machine,
            store=self.parts.store,
            server=self.parts.server,
            changes=self.parts.changes,
        )

    def sign_in(self, login: str, password: str) -> Officer:
        """Let a member of staff in."""
        return signing_in.sign_in(
            login,
            password,
            store=self.parts.store,
            passwords=self.parts.passwords,
            clock=self.parts.around.clock,
            door=self.parts.door,
        )


def open_counter(
    folder: Path, master_key: bytes, settings: CounterSettings, around: Surroundings
) -> Counter:
    """Open the store in a folder and bind every use case to its adapters.

    Args:
        folder: Holds the store, the pages and the log; made when missing.
        master_key: 32 bytes from the key ring.
        settings: Of this machine.
        around: Clock, devices and line.

    Raises:
        StoreLocked: The key does not open the store.
        StoreDamaged: The store is not what it was.
        StoreTooNew: A newer program made it.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with ExitStack() as life:
        store = SqlStore(folder / "counter.db", store_key(master_key))
        life.callback(store.close)
        server = EnrolledServer(store, around.line)
        life.callback(server.close)
        parts = _Parts(
            settings=settings,
            around=around,
            store=store,
            vault=FilePageVault(folder / "pages", page_key(master_key)),
            server=server,
            slips=PaperSlips(
                SlipWording.load(RESOURCES / "wording" / "slips.json"),
                address=settings.printer,
                profile=settings.printer_profile,
            ),
            forms=PaperForms(
                FormWording.load(RESOURCES / "wording" / "forms.json"), folder / "forms"
            ),
            lanes=_lanes(life),
        )
        slip_rows.settle_interrupted(store=store, clock=around.clock)
        return Counter(desk=_desk(parts), parts=parts, _life=life.pop_all())


def _lanes(life: ExitStack) -> Lanes:
    lanes = {name: ThreadLane(name) for name in ("desk", "printer", "scanner", "network")}
    for lane in lanes.values():
        life.callback(lane.close)
    return Lanes(**lanes)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """The adapters of one open counter."""

    settings: CounterSettings
    around: Surroundings
    store: SqlStore
    vault: FilePageVault
    server: EnrolledServer
    slips: PaperSlips
    forms: PaperForms
    lanes: Lanes
    changes: Changes = field(default_factory=Changes)
    passwords: Argon2Passwords = field(default_factory=Argon2Passwords)
    door: signing_in.Door = field(default_factory=signing_in.Door)


def _cut(switch: LineSwitch, is_cut: bool) -> None:
    switch.is_cut = is_cut


def _desk(parts: _Parts) -> Desk:
    store, clock, changes = parts.store, parts.around.clock, parts.changes
    reads = store.reads
    told = {"store": store, "clock": clock, "changes": changes}

    def bound(use_case: Callable[..., R], **ports: object) -> Callable[..., R]:
        return observed(use_case.__name__, partial(use_case, **ports))

    def find_procedures(words: str, limit: int) -> tuple[Procedure, ...]:
        return office_in(store).catalogue.search(words, limit, on=clock.now().date())

    def form_pdf(id: DossierId) -> bytes:
        dossier = looking_up.look_at(id, store=store).dossier
        return parts.forms.receipt(dossier, office_in(store).pack)

    def form_name(id: DossierId) -> str:
        return str(looking_up.look_at(id, store=store).dossier.number)

    def slip_picture(job: PrintJob) -> Picture:
        return parts.slips.preview(job.payload)

    return Desk(
        lanes=parts.lanes,
        clock=clock,
        changes=changes,
        office=lambda: office_in(store),
        find_procedures=find_procedures,
        preview=partial(previewing.preview_slip, store=store, slips=parts.slips, clock=clock),
        receive=bound(receiving.receive_dossier, **told),
        save_draft=partial(receiving.save_draft, store=store),
        discard_draft=partial(receiving.discard_draft, store=store),
        drafts=lambda officer: reads.drafts_of(officer.id),
        draft_pages=reads.draft_pages,
        scanners=parts.around.scanner.devices,
        scan=bound(
            scanning.scan_for_draft, store=store, scanner=parts.around.scanner, vault=parts.vault
        ),
        drop_page=partial(scanning.drop_page, store=store),
        thumbnail=lambda sha256, height: thumbnail(parts.vault.load(sha256), height),
        page_picture=partial(looking_up.page_content, vault=parts.vault, server=parts.server),
        search=reads.search,
        look_at=partial(looking_up.look_at, store=store),
        take_step=bound(handling.take_step, **told),
        find_for_return=bound(returning.find_for_return, store=store),
        return_result=bound(returning.return_result, **told),
        print_queued=bound(slip_rows.print_queued, slips=parts.slips, **told),
        print_again=bound(slip_rows.print_again, **told),
        try_again=partial(slip_rows.try_again, store=store, changes=changes),
        confirm_print=bound(slip_rows.confirm, **told),
        prints_open=reads.prints_open,
        slip_picture=slip_picture,
        printer_state=parts.slips.state,
        form_pdf=form_pdf,
        form_picture=parts.forms.preview,
        open_form=lambda id: parts.forms.open(form_pdf(id), form_name(id)),
        print_form=lambda id: parts.forms.print(form_pdf(id), form_name(id)),
        sync_once=bound(syncing.sync_once, server=parts.server, vault=parts.vault, **told),
        sync_counts=reads.sync_counts,
        open_letters=reads.open_letters,
        pages_waiting=reads.pages_waiting,
        attend=partial(looking_up.attend, store=store),
        cut_line=partial(_cut, parts.around.switch) if parts.around.switch else None,
        has_pin=partial(signing_in.has_pin, store=store),
        set_pin=partial(signing_in.set_pin, store=store, passwords=parts.passwords),
        unlock=partial(signing_in.unlock, store=store, passwords=parts.passwords, door=parts.door),
    )
