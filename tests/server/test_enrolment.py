"""A new machine becomes a counter."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from central_server.service.offices import put_office
from central_server.store import tables
from counter_app.adapters.central.http_server import HttpCentralServer
from counter_app.application.ports.history import Cursor
from counter_app.application.ports.line import EnrolmentRefused, NotEnrolled, ServerNonsense
from counter_app.wire.messages import Enrolled, EnrolRequest, PostLetters
from tests.helpers.central_office import UNIT, Hand, Rig, office_file

STORE = "0123456789abcdef" * 2
OTHER_STORE = "fedcba9876543210" * 2


def enrol(rig: Rig, code: str, store: str = STORE, address: str = "10.0.0.1") -> Enrolled:
    server = HttpCentralServer(transport=rig.line(address))
    return server.enrol("http://central", EnrolRequest(code=code, store=store, machine="Quầy 2"))


def test_a_code_makes_a_counter_with_a_pack_and_its_band(rig: Rig) -> None:
    enrolled = enrol(rig, rig.code(number=2))
    assert enrolled.pack.unit == UNIT
    assert enrolled.pack.counter_no == 2
    assert [(band.first, band.last) for band in enrolled.pack.bands] == [(2000, 2999)]
    assert enrolled.pack.staff[0].password_hash.startswith("$argon2id$")
    assert enrolled.mark.held == 0
    assert rig.client(enrolled).office_pack() == enrolled.pack


def test_a_code_is_eight_letters_nobody_confuses_and_only_its_hash_is_kept(rig: Rig) -> None:
    code = rig.code()
    assert re.fullmatch("[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}", code)
    with rig.database.reading() as connection:
        row = connection.execute(select(tables.enrol_code)).one()
    assert code.replace("-", "") not in str(tuple(row))


@pytest.mark.parametrize("typed", ["{}", " {} ", "{lower}", "{bare}", "{spaced}"])
def test_a_code_may_be_typed_carelessly(rig: Rig, typed: str) -> None:
    code = rig.code()
    bare = code.replace("-", "")
    shown = typed.format(code, lower=code.lower(), bare=bare, spaced=" ".join(bare))
    assert enrol(rig, shown).pack.unit == UNIT


def test_a_repeated_request_gets_the_same_counter_and_both_tokens_work(rig: Rig) -> None:
    code = rig.code()
    first, second = enrol(rig, code), enrol(rig, code)
    assert first.counter == second.counter
    assert first.pack == second.pack
    assert first.token != second.token
    for enrolled in (first, second):
        rig.client(enrolled).news_after(Cursor())


def test_many_repetitions_at_once_make_one_counter(rig: Rig) -> None:
    code = rig.code()
    with ThreadPoolExecutor(6) as pool:
        counters = {e.counter for e in pool.map(lambda _: enrol(rig, code), range(6))}
    assert len(counters) == 1
    with rig.database.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(tables.band)) == 1


def test_a_code_serves_one_machine_alone(rig: Rig) -> None:
    code = rig.code()
    enrol(rig, code)
    with pytest.raises(EnrolmentRefused) as refused:
        enrol(rig, code, OTHER_STORE)
    assert refused.value.detail == "code_used"


def test_two_machines_with_one_code_at_once_make_one_counter(rig: Rig) -> None:
    code = rig.code()

    def attempt(store: str) -> str:
        try:
            return enrol(rig, code, store).counter
        except EnrolmentRefused:
            return ""

    with ThreadPoolExecutor(4) as pool:
        made = [c for c in pool.map(attempt, [f"{n:032x}" for n in range(4)]) if c]
    assert len(made) == 1


def test_an_expired_code_is_refused(rig: Rig) -> None:
    code = rig.code(hours=1)
    rig.clock.forward(hours=1)
    with pytest.raises(EnrolmentRefused):
        enrol(rig, code)


def test_a_used_code_that_expired_is_refused_to_its_own_machine_too(rig: Rig) -> None:
    code = rig.code(hours=1)
    enrol(rig, code)
    rig.clock.forward(hours=1)
    with pytest.raises(EnrolmentRefused):
        enrol(rig, code)


def test_an_unknown_code_is_refused(rig: Rig) -> None:
    with pytest.raises(EnrolmentRefused) as refused:
        enrol(rig, "AAAA-AAAA")
    assert refused.value.detail == "code_unknown"


def test_guessing_is_throttled_for_the_address_and_the_right_code_waits_too(rig: Rig) -> None:
    code = rig.code()
    for _ in range(rig.settings.tries_per_address):
        with pytest.raises(EnrolmentRefused):
            enrol(rig, "AAAA-AAAA")
    with pytest.raises(EnrolmentRefused) as refused:
        enrol(rig, code)
    assert refused.value.detail == "throttled"
    assert enrol(rig, code, address="10.0.0.2").pack.unit == UNIT


def test_an_address_may_try_again_after_a_while(rig: Rig) -> None:
    code = rig.code()
    for _ in range(rig.settings.tries_per_address):
        with pytest.raises(EnrolmentRefused):
            enrol(rig, "AAAA-AAAA")
    rig.clock.forward(seconds=rig.settings.tries_window_s + 1)
    assert enrol(rig, code).pack.unit == UNIT


def test_guessing_at_once_from_one_address_is_counted_one_by_one(rig: Rig) -> None:
    def guess(_: int) -> str:
        with pytest.raises(EnrolmentRefused) as refused:
            enrol(rig, "AAAA-AAAA")
        return refused.value.detail

    with ThreadPoolExecutor(8) as pool:
        details = list(pool.map(guess, range(16)))
    assert details.count("code_unknown") == rig.settings.tries_per_address


def test_a_network_of_many_addresses_counts_as_one(rig: Rig) -> None:
    for n in range(rig.settings.tries_per_address):
        with pytest.raises(EnrolmentRefused):
            enrol(rig, "AAAA-AAAA", address=f"2001:db8::{n + 1:x}")
    with pytest.raises(EnrolmentRefused) as refused:
        enrol(rig, rig.code(), address="2001:db8::ffff")
    assert refused.value.detail == "throttled"


def test_right_codes_are_not_counted_as_guesses(rig: Rig) -> None:
    for number in range(1, rig.settings.tries_per_address + 3):
        enrol(rig, rig.code(number=number), f"{number:032x}")


@pytest.mark.parametrize(
    ("store", "machine"),
    [
        ("", "Q"),
        ("XYZ", "Q"),
        (STORE.upper(), "Q"),
        (STORE, ""),
        (STORE, "a\nb"),
        (STORE, "x" * 300),
    ],
)
def test_a_request_of_the_wrong_form_is_turned_down(rig: Rig, store: str, machine: str) -> None:
    request = EnrolRequest(code=rig.code(), store=store, machine=machine)
    with pytest.raises(ServerNonsense):
        HttpCentralServer(transport=rig.line()).enrol("http://central", request)


def test_a_counter_enrolled_anew_ends_the_old_one_and_shares_no_number_with_it(rig: Rig) -> None:
    old = rig.enrol(2, store=STORE)
    new = rig.enrol(2, store=OTHER_STORE)
    assert new.counter != old.counter
    assert not any(a.overlaps(b) for a in old.pack.bands for b in new.pack.bands)
    with pytest.raises(NotEnrolled):
        rig.client(old).post_letters(PostLetters(letters=()))
    hand = Hand.of(new)
    hand.receive()
    assert rig.client(new).post_letters(hand.post()).mark.held == 1


def test_no_two_counters_that_ever_lived_share_a_number(rig: Rig) -> None:
    bands = [
        band for number in (1, 2, 10, 2, 10, 11, 1, 12, 2) for band in rig.enrol(number).pack.bands
    ]
    for i, band in enumerate(bands):
        assert not any(band.overlaps(other) for other in bands[i + 1 :])
        assert band.first >= 1000


def test_no_token_and_a_wrong_token_are_turned_away(rig: Rig) -> None:
    enrolled = rig.enrol()
    for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": "Basic eA=="}):
        answer = rig.raw().get("/v1/news", headers=headers)
        assert answer.status_code == 401
        assert answer.json()["error"] == "unauthorised"
    with rig.database.reading() as connection:
        assert enrolled.token not in str(connection.execute(select(tables.token)).all())


def test_the_pack_changes_its_version_with_the_office_alone(rig: Rig) -> None:
    enrolled = rig.enrol()
    client = rig.client(enrolled)

    def version_after(text: bytes) -> str:
        with rig.database.writing() as connection:
            put_office(connection, text)
        assert client.news_after(Cursor()).pack_version == client.office_pack().version
        return client.office_pack().version

    first = enrolled.pack.version
    assert version_after(office_file()) == first
    moved = version_after(office_file(phone="0200 000 000"))
    assert moved != first
    staff = [{"id": "mau", "name": "Trần Văn Mẫu", "role": "officer", "password": "khac"}]
    assert version_after(office_file(staff=staff)) not in (first, moved)
    assert version_after(office_file(phone="0200 000 000")) != first


def test_an_unchanged_pack_is_not_sent_again(rig: Rig) -> None:
    raw = rig.raw(rig.enrol())
    tag = raw.get("/v1/office").headers["etag"]
    again = raw.get("/v1/office", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
