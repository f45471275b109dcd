"""The main job with real parts: two stores, the server as a process, a head on a socket."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from counter_app.adapters.central.line_switch import LineSwitch
from counter_app.adapters.devices.scanner_virtual import DEVICE, VirtualScanner
from counter_app.adapters.system.clock import ShiftedClock
from counter_app.application.capture import ScanOptions
from counter_app.application.handling import Step, TakeStep
from counter_app.application.job import Job
from counter_app.application.officer import Officer
from counter_app.application.ports.line import ServerUnreachable
from counter_app.application.ports.reading import Search
from counter_app.application.ports.records import PrintKind, PrintState
from counter_app.application.receiving import PaperHandedIn, Receipt, ReceiveDossier
from counter_app.application.returning import Proof, ReturnResult
from counter_app.application.scanning import PageSaved, ScanForDraft
from counter_app.application.settings import CounterSettings
from counter_app.bootstrap import RESOURCES, Counter, Surroundings
from counter_app.demo import PASSWORD, SampleOffice, open_sample_counter
from counter_app.domain.dossier import Capacity, ReturnChannel, Status
from counter_app.domain.ids import DossierId
from printing.virtual_head import VirtualHead
from tests.helpers.dossiers import NINE, a_person

CARD = "067199000001|245000001|Nguyễn Thị Mẫu|05031999|Nữ|Thôn 1, Xã Ví Dụ, Đắk Nông|12082022"


@dataclass
class Room:
    office: SampleOffice
    head: VirtualHead
    switch: LineSwitch
    first: Counter
    second: Counter
    clerk: Officer
    other_clerk: Officer

    def receive(self, digit: str = "1", procedure: str = "1.001193") -> Receipt:
        rules = self.first.desk.find_procedures(procedure, 1)[0].components
        papers = tuple(
            PaperHandedIn(
                code=rule.code,
                title=rule.name,
                kind=rule.kind,
                originals=rule.originals,
                copies=rule.copies,
            )
            for rule in rules
        )
        return self.first.desk.receive(
            ReceiveDossier(
                id=DossierId(digit * 32),
                officer=self.clerk,
                procedure=procedure,
                owner=a_person(),
                submitter=None,
                papers=papers,
                sets=1,
                return_channel=ReturnChannel.COUNTER,
                return_address="",
            )
        )

    def settle(self) -> None:
        """Sync both until neither has anything left."""
        for counter in (self.first, self.second, self.first):
            while counter.desk.sync_once().has_more:
                pass


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    with ExitStack() as life:
        office = life.enter_context(SampleOffice(tmp_path / "server"))
        head = life.enter_context(VirtualHead())
        switch = LineSwitch()
        clock = ShiftedClock(datetime.fromisoformat(NINE.isoformat()))
        scanner = VirtualScanner(RESOURCES / "fonts")
        counters = [
            life.enter_context(
                open_sample_counter(
                    office,
                    tmp_path / f"counter-{number}",
                    number,
                    bytes([number]) * 32,
                    CounterSettings(printer=head.address),
                    Surroundings(
                        clock=clock, scanner=scanner, line=line, switch=switch if line else None
                    ),
                )
            )
            for number, line in ((1, switch), (2, None))
        ]
        yield Room(
            office,
            head,
            switch,
            *counters,
            counters[0].sign_in("mau", PASSWORD),
            counters[1].sign_in("thu", PASSWORD),
        )


def test_a_dossier_goes_from_one_counter_to_the_other_and_back_to_the_citizen(room: Room) -> None:
    desk = room.first.desk
    saved: list[PageSaved] = []
    component = desk.find_procedures("dk khai sinh", 1)[0].components[0].code
    desk.scan(
        ScanForDraft(DossierId("1" * 32), component, DEVICE, ScanOptions(max_pages=2)),
        Job(saved.append),
    )
    dossier = room.receive().dossier
    assert [entry.page.page for entry in saved] == list(dossier.pages)
    assert str(dossier.number) == "H36.15-261123-1000"

    assert desk.print_queued() == 1
    (job,) = desk.look_at(dossier.id).prints
    assert (job.kind, job.state) == (PrintKind.RECEIPT_SLIP, PrintState.CONFIRMED)
    assert len(room.head.slips) == 1
    assert desk.form_pdf(dossier.id).startswith(b"%PDF")

    room.settle()
    assert desk.look_at(dossier.id).pages_missing == ()
    (row,) = room.second.desk.search(Search(text="nguyen thi m"))
    assert row.id == dossier.id
    content = room.second.desk.page_picture(dossier.pages[0].sha256)
    assert content == room.first.parts.vault.load(dossier.pages[0].sha256)

    ready = TakeStep(dossier.id, Step.MARK_READY, room.other_clerk)
    assert room.second.desk.take_step(ready).status is Status.READY
    room.settle()

    found = desk.find_for_return(CARD)
    assert (found.proof, [row.id for row in found.rows]) == (Proof.CARD, [dossier.id])
    handover = ReturnResult(
        id=dossier.id,
        officer=room.clerk,
        receiver=found.receiver,
        receiver_id=found.receiver_id,
        capacity=Capacity.SELF,
        proof=found.proof,
    )
    assert desk.return_result(handover).status is Status.RETURNED
    assert desk.return_result(handover).revision == 4
    assert desk.print_queued() == 1
    room.settle()
    assert room.second.desk.look_at(dossier.id).dossier == desk.look_at(dossier.id).dossier


def test_a_second_click_on_receive_gives_one_dossier(room: Room) -> None:
    first, second = room.receive(), room.receive()
    assert first.is_new
    assert not second.is_new
    assert first.dossier == second.dossier
    assert len(room.first.desk.search(Search())) == 1


def test_work_goes_on_without_a_line_and_settles_when_it_is_back(room: Room) -> None:
    assert room.first.desk.cut_line is not None
    room.first.desk.cut_line(True)
    taken = [room.receive(digit).dossier for digit in "123"]
    with pytest.raises(ServerUnreachable):
        room.first.desk.sync_once()
    assert room.first.desk.sync_counts().letters_waiting == 3
    room.first.desk.cut_line(False)
    room.settle()
    assert room.first.desk.sync_counts().letters_waiting == 0
    assert {row.id for row in room.second.desk.search(Search())} == {d.id for d in taken}


def test_a_printer_that_is_off_leaves_the_dossier_received(room: Room) -> None:
    room.head.mood.has_paper = False
    dossier = room.receive().dossier
    assert room.first.desk.print_queued() == 0
    (job,) = room.first.desk.prints_open()
    assert (job.state, job.reason) == (PrintState.FAILED, "PaperOut")
    room.head.mood.has_paper = True
    room.first.desk.try_again(job.id)
    assert room.first.desk.print_queued() == 1
    assert len(room.head.slips) == 1
    assert room.first.desk.look_at(dossier.id).prints[0].copy_no == 1


def test_a_server_that_restarts_is_found_again(room: Room) -> None:
    room.receive()
    room.office.stop()
    with pytest.raises(ServerUnreachable):
        room.first.desk.sync_once()
    room.office.start()
    room.settle()
    assert room.first.desk.sync_counts().letters_waiting == 0


def test_of_two_steps_that_clash_the_later_one_is_refused_and_shown(room: Room) -> None:
    dossier = room.receive().dossier
    room.settle()
    room.first.desk.take_step(TakeStep(dossier.id, Step.MARK_READY, room.clerk))
    room.second.desk.take_step(
        TakeStep(dossier.id, Step.WITHDRAW, room.other_clerk, "Công dân xin rút hồ sơ")
    )
    room.settle()
    room.settle()
    assert room.first.desk.look_at(dossier.id).dossier.status is Status.READY
    page = room.second.desk.look_at(dossier.id)
    assert page.dossier.status is Status.READY
    (refused,) = [entry for entry in page.timeline if entry.needs_attention]
    assert refused.reason == "StepNotAllowed"
    room.second.desk.attend(refused.id)
    assert room.second.desk.sync_counts().letters_refused == 0
