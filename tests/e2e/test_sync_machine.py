"""Random offices: two counters and the server, a bad line, crashes; in the end everything settles."""

from __future__ import annotations

import itertools
import json
import tempfile
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, rule

from central_server.service.offices import put_office
from counter_app.adapters.devices.scanner_virtual import VirtualScanner
from counter_app.adapters.system.clock import ShiftedClock
from counter_app.application.handling import Step, TakeStep
from counter_app.application.officer import Officer
from counter_app.application.ports.line import LineTrouble
from counter_app.application.ports.reading import Search
from counter_app.application.receiving import PaperHandedIn, ReceiveDossier
from counter_app.application.returning import Proof, ReturnResult
from counter_app.application.settings import CounterSettings
from counter_app.bootstrap import RESOURCES, Counter, Surroundings, open_counter
from counter_app.domain.dossier import Capacity, Dossier, ReturnChannel, UnknownDossier
from counter_app.domain.errors import Refusal
from counter_app.domain.ids import DossierId, StaffId
from counter_app.domain.staff import Role
from tests.helpers.central_line import FaultyTransport, at_random, in_turn
from tests.helpers.central_office import Rig, office_file, running_rig
from tests.helpers.dossiers import NINE, a_person

OFFICER = Officer(StaffId("mau"), "Trần Văn Mẫu", "", Role.OFFICER)
COUNTERS = st.sampled_from([0, 1])
REASON = "Theo đề nghị của công dân"


class OfficeUnderTrouble(RuleBasedStateMachine):
    taken = Bundle("taken")

    @initialize()
    def open_the_office(self) -> None:
        self.life = ExitStack()
        self.folder = Path(self.life.enter_context(tempfile.TemporaryDirectory()))
        url = f"sqlite:///{self.folder / 'central.sqlite'}"
        self.rig: Rig = self.life.enter_context(running_rig(url, self.folder))
        catalogue: Any = json.loads((RESOURCES / "procedures" / "commune.json").read_text("utf-8"))
        with self.rig.database.writing() as connection:
            put_office(connection, office_file(catalogue=catalogue))
        self.lines = [FaultyTransport(self.rig.line(), in_turn()) for _ in range(2)]
        self.counters = [self.opened(number) for number in range(2)]
        for number, counter in enumerate(self.counters):
            counter.enrol("http://central", self.rig.code(number=number + 1), f"quay-{number}")
        self.ids = (DossierId(f"{n:032x}") for n in itertools.count(1))
        self.committed: dict[DossierId, str] = {}

    def opened(self, number: int) -> Counter:
        around = Surroundings(
            clock=ShiftedClock(NINE),
            scanner=VirtualScanner(RESOURCES / "fonts"),
            line=self.lines[number],
        )
        folder = self.folder / f"counter-{number}"
        return open_counter(folder, bytes([number]) * 32, CounterSettings(), around)

    @rule(target=taken, number=COUNTERS, clicks=st.integers(1, 2))
    def receive(self, number: int, clicks: int) -> DossierId:
        desk = self.counters[number].desk
        (procedure,) = desk.find_procedures("2.000635", 1)
        command = ReceiveDossier(
            id=next(self.ids),
            officer=OFFICER,
            procedure=procedure.code,
            owner=a_person(),
            submitter=None,
            papers=tuple(
                PaperHandedIn(
                    code=each.code,
                    title=each.name,
                    kind=each.kind,
                    originals=each.originals,
                    copies=each.copies,
                )
                for each in procedure.components
            ),
            sets=1,
            return_channel=ReturnChannel.COUNTER,
            return_address="",
            prints_slip=False,
        )
        for _ in range(clicks):
            dossier = desk.receive(command).dossier
            assert self.committed.setdefault(dossier.id, str(dossier.number)) == str(dossier.number)
        return command.id

    @rule(number=COUNTERS, id=taken, step=st.sampled_from(list(Step)))
    def take_step(self, number: int, id: DossierId, step: Step) -> None:
        try:
            self.counters[number].desk.take_step(TakeStep(id, step, OFFICER, REASON))
        except Refusal as refusal:
            assert not isinstance(refusal, UnknownDossier) or self.dossier(number, id) is None

    @rule(number=COUNTERS, id=taken)
    def hand_over(self, number: int, id: DossierId) -> None:
        command = ReturnResult(
            id=id,
            officer=OFFICER,
            receiver="Nguyễn Thị Mẫu",
            receiver_id="067199000001",
            capacity=Capacity.SELF,
            proof=Proof.CARD,
            prints_slip=False,
        )
        try:
            self.counters[number].desk.return_result(command)
        except Refusal:
            assert self.dossier(number, id) is None or not self.looked(number, id).can_return

    @rule(number=COUNTERS, seed=st.integers(0, 10_000), share=st.sampled_from([0.2, 0.5, 1.0]))
    def trouble_the_line(self, number: int, seed: int, share: float) -> None:
        self.lines[number].plan = at_random(seed, share=share)

    @rule(number=COUNTERS)
    def mend_the_line(self, number: int) -> None:
        self.lines[number].plan = in_turn()

    @rule(number=COUNTERS)
    def sync(self, number: int) -> None:
        with suppress(LineTrouble):
            self.counters[number].desk.sync_once()

    @rule(number=COUNTERS)
    def crash_and_start_again(self, number: int) -> None:
        self.counters[number].close()
        self.counters[number] = self.opened(number)

    def looked(self, number: int, id: DossierId) -> Any:
        return self.counters[number].desk.look_at(id)

    def dossier(self, number: int, id: DossierId) -> Dossier | None:
        return self.counters[number].parts.store.reads.dossier(id)

    def teardown(self) -> None:
        if not hasattr(self, "life"):
            return
        try:
            self.settle_and_compare()
        finally:
            for counter in self.counters:
                counter.close()
            self.life.close()

    def settle_and_compare(self) -> None:
        for line in self.lines:
            line.plan = in_turn()
        for _ in range(3):
            for counter in self.counters:
                counter.desk.sync_once()
        for number in range(2):
            counts = self.counters[number].desk.sync_counts()
            assert (counts.letters_waiting, counts.forked) == (0, 0)
            rows = self.counters[number].desk.search(Search(limit=500))
            assert {row.id: row.number for row in rows} == self.committed
        for id in self.committed:
            assert self.dossier(0, id) == self.dossier(1, id)
        assert len(set(self.committed.values())) == len(self.committed)


OfficeUnderTrouble.TestCase.settings = settings(
    max_examples=15,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
TestOfficeUnderTrouble = OfficeUnderTrouble.TestCase
