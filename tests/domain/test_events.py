from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain import events
from counter_app.domain.dossier import (
    LEGAL_STEPS,
    AlreadyReceived,
    Capacity,
    Dossier,
    Handover,
    Page,
    Person,
    Status,
    StepNotAllowed,
    UnknownDossier,
)
from counter_app.domain.errors import InvalidValue, Refusal
from counter_app.domain.events import Event, evolve
from counter_app.domain.ids import DossierId
from counter_app.domain.numbers import DossierNumber, ProvisionalNumber
from tests.helpers.dossiers import NINE, a_dossier, a_page, a_person, a_reception, signed

HANDOVER = Handover("Nguyễn Thị Mẫu", "067199000001", Capacity.SELF, "card", NINE, "Trần Thị Mẫu")


def steps(dossier: Dossier, at: datetime = NINE) -> dict[str, Event]:
    by = signed(dossier, at)
    return {
        "forward": events.DossierForwarded(**by, to_unit="Phòng Văn hóa - Xã hội"),
        "supplement": events.SupplementRequested(**by, reason="Thiếu giấy chứng sinh"),
        "supplied": events.SupplementReceived(**by, new_due_at=dossier.due_at),
        "obligation": events.ObligationRequested(**by, reason="Nộp lệ phí trước bạ"),
        "settled": events.ObligationSettled(**by, new_due_at=dossier.due_at),
        "withdraw": events.DossierWithdrawn(**by, reason="Công dân xin rút hồ sơ"),
        "stop": events.DossierStopped(**by, reason="Công dân xin dừng"),
        "ready": events.ResultReady(**by),
        "return": events.ResultReturned(**by, handover=HANDOVER),
    }


def after(*names: str) -> Dossier:
    dossier = evolve(None, a_reception())
    for name in names:
        dossier = evolve(dossier, steps(dossier)[name])
    return dossier


def test_a_walk_in_dossier_starts_received() -> None:
    assert after().status is Status.RECEIVED


def test_the_whole_way_to_the_citizen() -> None:
    dossier = after("forward", "supplement", "supplied", "obligation", "settled", "ready", "return")
    assert dossier.status is Status.RETURNED
    assert dossier.handover == HANDOVER
    assert dossier.revision == 8
    assert dossier.hold is None


@given(st.lists(st.sampled_from(sorted(steps(a_dossier()))), max_size=12))
def test_no_order_of_events_leaves_the_legal_graph(names: list[str]) -> None:
    dossier = evolve(None, a_reception())
    for name in names:
        before = dossier
        try:
            dossier = evolve(dossier, steps(dossier)[name])
        except StepNotAllowed:
            assert dossier is before
            continue
        assert dossier.status in LEGAL_STEPS[before.status]
        assert dossier.revision == before.revision + 1
        assert (dossier.hold is not None) == (
            dossier.status in (Status.SUPPLEMENT_AWAITED, Status.OBLIGATION_AWAITED)
        )


@pytest.mark.parametrize("way", [("forward", "ready"), ("forward", "ready", "return")])
@pytest.mark.parametrize("step", ["withdraw", "stop"])
def test_nothing_is_withdrawn_or_stopped_once_the_result_is_there(
    way: tuple[str, ...], step: str
) -> None:
    dossier = after(*way)
    with pytest.raises(StepNotAllowed):
        evolve(dossier, steps(dossier)[step])


def test_a_dossier_is_received_once() -> None:
    dossier = after()
    with pytest.raises(AlreadyReceived):
        evolve(dossier, a_reception())


def test_an_event_needs_its_own_dossier() -> None:
    dossier = after()
    forward = replace(steps(dossier)["forward"], dossier=DossierId("f" * 32))
    with pytest.raises(UnknownDossier):
        evolve(dossier, forward)
    with pytest.raises(UnknownDossier):
        evolve(None, forward)


@pytest.mark.parametrize(
    "changes",
    [
        {"status": Status.READY},
        {"revision": 2},
        {"sets": 0},
        {"sets": 100},
        {"due_at": NINE - timedelta(minutes=1)},
    ],
)
def test_a_reception_that_is_none_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(InvalidValue):
        evolve(None, a_reception(**changes))


def test_a_promise_never_moves_to_an_earlier_time() -> None:
    dossier = after("forward", "supplement")
    assert dossier.due_at is not None
    earlier = events.SupplementReceived(
        **signed(dossier), new_due_at=dossier.due_at - timedelta(hours=1)
    )
    with pytest.raises(InvalidValue):
        evolve(dossier, earlier)


def test_a_provisional_number_is_replaced_once_and_kept() -> None:
    provisional = ProvisionalNumber("TAM-2-261123-001")
    dossier = evolve(None, a_reception(number=provisional))
    link = events.NumberLinked(**signed(dossier), number=DossierNumber("H36.15-261123-0001"))
    dossier = evolve(dossier, link)
    assert (str(dossier.number), dossier.former_number) == ("H36.15-261123-0001", provisional)
    with pytest.raises(InvalidValue):
        evolve(dossier, link)


def test_pages_scanned_later_join_their_component() -> None:
    dossier = after()
    added = events.PagesAdded(**signed(dossier), component="TK", pages=(a_page("b"),))
    assert evolve(dossier, added).pages == (a_page("b"),)
    with pytest.raises(InvalidValue):
        evolve(dossier, replace(added, component="XX"))
    with pytest.raises(StepNotAllowed):
        evolve(after("withdraw"), added)


def test_late_is_only_what_still_runs_past_its_promise() -> None:
    dossier = after("forward")
    assert dossier.due_at is not None
    late = dossier.due_at + timedelta(minutes=1)
    assert not dossier.is_overdue(dossier.due_at)
    assert dossier.is_overdue(late)
    assert not after("forward", "supplement").is_overdue(late)
    assert not after("forward", "ready").is_overdue(late)
    assert not after("forward", "ready", "return").is_overdue(late)


@pytest.mark.parametrize("bad", ["Nguyễn\x1b@", "A\x00", "\u202eabc", " Hai  khoảng trắng", ""])
def test_a_name_that_could_harm_a_printer_is_no_name(bad: str) -> None:
    with pytest.raises(Refusal):
        a_person(name=bad)


def test_a_page_is_named_by_its_content_and_is_not_empty() -> None:
    with pytest.raises(InvalidValue):
        Page("G" * 64, 1)
    with pytest.raises(InvalidValue):
        Page("a" * 64, 0)


def test_an_event_without_a_time_zone_is_refused() -> None:
    dossier = after()
    with pytest.raises(InvalidValue):
        events.ResultReady(**signed(dossier, datetime(2026, 11, 23, 9, 0)))  # noqa: DTZ001 - on purpose


def test_owner_and_submitter_are_two_people() -> None:
    assert isinstance(a_dossier().owner, Person)
    assert a_dossier().submitter is None
