"""What becomes of letters."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from sqlalchemy import func, select, update

from central_server.service.dossiers import dossiers_of
from central_server.store import tables
from counter_app.application.ports.history import Cursor
from counter_app.application.ports.line import ServerNonsense, ServerTooOld
from counter_app.domain.dossier import Dossier, Status
from counter_app.domain.events import NumberLinked
from counter_app.domain.ids import SERVER, EventId, StaffId
from counter_app.domain.numbers import DossierNumber, ProvisionalNumber
from counter_app.wire.letters import Letter, _digest, is_whole, link, unseal
from counter_app.wire.messages import Outcome, PostLetters
from tests.helpers.central_office import DAY, NOW, UNIT, Hand, Rig, dossier_of


def state_of(rig: Rig, of: Letter) -> Dossier:
    with rig.database.reading() as connection:
        return dossiers_of(connection, UNIT, [dossier_of(of)])[dossier_of(of)]


def outcomes(verdicts) -> list[Outcome]:
    return [verdict.outcome for verdict in verdicts.verdicts]


def resealed(letter: Letter, **changes) -> Letter:
    """The letter with something changed, and a digest that fits again."""
    changed = replace(letter, **changes)
    digest = _digest(changed.id, changed.kind, changed.v, changed.body, changed.previous)
    return replace(changed, digest=digest)


def test_letters_in_order_are_accepted_at_rising_positions(rig: Rig) -> None:
    enrolled = rig.enrol()
    hand = Hand.of(enrolled)
    hand.forward(hand.receive())
    verdicts = rig.client(enrolled).post_letters(hand.post())
    assert outcomes(verdicts) == [Outcome.ACCEPTED, Outcome.ACCEPTED]
    assert [verdict.position for verdict in verdicts.verdicts] == [1, 2]
    assert verdicts.mark.held == 2
    assert state_of(rig, hand.letters[0]).status is Status.PROCESSING


def test_letters_sent_again_are_already_there_at_the_same_positions(rig: Rig) -> None:
    enrolled = rig.enrol()
    hand, client = Hand.of(enrolled), rig.client(enrolled)
    hand.receive(), hand.receive()
    client.post_letters(hand.post())
    again = client.post_letters(hand.post())
    assert outcomes(again) == [Outcome.ALREADY, Outcome.ALREADY]
    assert [verdict.position for verdict in again.verdicts] == [1, 2]
    assert len(client.news_after(Cursor()).items) == 2


def test_an_illegal_step_is_refused_for_ever_and_the_history_goes_on(rig: Rig) -> None:
    enrolled = rig.enrol()
    hand, client = Hand.of(enrolled), rig.client(enrolled)
    first = hand.receive()
    hand.forward(first), hand.forward(first), hand.receive()
    verdicts = client.post_letters(hand.post())
    assert outcomes(verdicts) == [
        Outcome.ACCEPTED,
        Outcome.ACCEPTED,
        Outcome.REFUSED,
        Outcome.ACCEPTED,
    ]
    assert verdicts.verdicts[2].reason == "StepNotAllowed"
    assert verdicts.verdicts[2].position is None
    assert [verdict.position for verdict in verdicts.verdicts] == [1, 2, None, 3]
    again = client.post_letters(hand.post(hand.letters[2]))
    assert again.verdicts[0] == verdicts.verdicts[2]
    assert again.mark.held == 4
    news = client.news_after(Cursor())
    assert [item.letter.id.seq for item in news.items] == [1, 2, 4]


def test_a_missing_letter_is_a_gap_and_nothing_behind_it_is_taken(rig: Rig) -> None:
    enrolled = rig.enrol()
    hand, client = Hand.of(enrolled), rig.client(enrolled)
    for _ in range(4):
        hand.receive()
    one, _, three, four = hand.letters
    verdicts = client.post_letters(hand.post(one, three, four))
    assert outcomes(verdicts) == [Outcome.ACCEPTED, Outcome.GAP, Outcome.GAP]
    assert verdicts.mark.held == 1
    rest = client.post_letters(hand.post(*hand.letters[1:]))
    assert outcomes(rest) == [Outcome.ACCEPTED] * 3


def test_another_letter_in_a_place_that_is_taken_is_forked(rig: Rig) -> None:
    enrolled = rig.enrol()
    hand, clone = Hand.of(enrolled), Hand.of(enrolled)
    client = rig.client(enrolled)
    hand.receive(2000), hand.receive(2001)
    client.post_letters(hand.post())
    clone.letters = hand.letters[:1]
    clone.receive(2005), clone.receive(2006)
    verdicts = client.post_letters(clone.post())
    assert outcomes(verdicts) == [Outcome.ALREADY, Outcome.FORKED, Outcome.FORKED]
    assert verdicts.mark.held == 2
    assert len(client.news_after(Cursor()).items) == 2


def test_a_letter_that_names_another_predecessor_is_forked(rig: Rig) -> None:
    enrolled = rig.enrol()
    hand, client = Hand.of(enrolled), rig.client(enrolled)
    hand.receive(), hand.receive()
    client.post_letters(hand.post(hand.letters[0]))
    stranger = resealed(hand.letters[1], previous="a" * 64)
    verdicts = client.post_letters(hand.post(stranger))
    assert outcomes(verdicts) == [Outcome.FORKED]
    assert outcomes(client.post_letters(hand.post(hand.letters[1]))) == [Outcome.ACCEPTED]


def test_a_damaged_letter_gets_no_verdict_and_those_before_it_do(rig: Rig) -> None:
    enrolled = rig.enrol()
    hand, client = Hand.of(enrolled), rig.client(enrolled)
    hand.receive(), hand.receive()
    good, other = hand.letters
    damaged = replace(other, body=other.body.replace("Mẫu", "Mau", 1))
    verdicts = client.post_letters(hand.post(good, damaged))
    assert outcomes(verdicts) == [Outcome.ACCEPTED]
    with pytest.raises(ServerNonsense) as trouble:
        client.post_letters(hand.post(damaged))
    assert "digest" in trouble.value.detail
    assert outcomes(client.post_letters(hand.post(other))) == [Outcome.ACCEPTED]


def test_a_letter_of_a_newer_kind_waits_for_a_newer_server(rig: Rig) -> None:
    enrolled = rig.enrol()
    hand, client = Hand.of(enrolled), rig.client(enrolled)
    hand.receive(), hand.receive()
    newer = resealed(hand.letters[1], kind="fee_collected")
    assert outcomes(client.post_letters(hand.post(hand.letters[0], newer))) == [Outcome.ACCEPTED]
    with pytest.raises(ServerTooOld):
        client.post_letters(hand.post(newer))
    with pytest.raises(ServerTooOld):
        client.post_letters(hand.post(resealed(hand.letters[1], v=2)))
    with rig.database.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(tables.letter)) == 1


def test_a_letter_whose_body_cannot_be_read_is_refused(rig: Rig) -> None:
    enrolled = rig.enrol()
    hand, client = Hand.of(enrolled), rig.client(enrolled)
    hand.receive()
    strange = resealed(hand.letters[0], body='{"dossier":5}')
    verdicts = client.post_letters(hand.post(strange))
    assert verdicts.verdicts[0].reason == "MessageUnreadable"
    assert verdicts.mark.held == 1


def test_two_dossiers_cannot_have_one_number(rig: Rig) -> None:
    enrolled = rig.enrol()
    hand = Hand.of(enrolled)
    hand.receive(2000), hand.receive(2000)
    verdicts = rig.client(enrolled).post_letters(hand.post())
    assert outcomes(verdicts) == [Outcome.ACCEPTED, Outcome.REFUSED]
    assert verdicts.verdicts[1].reason == "NumberTaken"


def test_a_number_taken_long_ago_stays_taken(rig: Rig) -> None:
    enrolled = rig.enrol()
    hand, client = Hand.of(enrolled), rig.client(enrolled)
    client.post_letters(hand.post(hand.receive(2000)))
    verdicts = client.post_letters(hand.post(hand.receive(2000)))
    assert verdicts.verdicts[0].reason == "NumberTaken"


@pytest.mark.parametrize(
    "number",
    [
        DossierNumber.compose(UNIT, DAY, 1999),
        DossierNumber.compose(UNIT, DAY, 3000),
        DossierNumber.compose(UNIT, DAY, 1),
        DossierNumber.compose("H36.16", DAY, 2000),
        DossierNumber(f"{UNIT}-20261123-2000"),
        DossierNumber(f"{UNIT}-261123-02000"),
        DossierNumber(f"{UNIT}-19990101-2000"),
    ],
    ids=str,
)
def test_a_number_outside_the_leased_bands_is_refused(rig: Rig, number: DossierNumber) -> None:
    enrolled = rig.enrol()
    hand = Hand.of(enrolled)
    verdicts = rig.client(enrolled).post_letters(hand.post(hand.receive(number=number)))
    assert verdicts.verdicts[0].reason == "NumberNotLeased"


def test_a_dossier_of_another_office_is_refused(rig: Rig) -> None:
    enrolled = rig.enrol()
    hand = Hand.of(enrolled)
    verdicts = rig.client(enrolled).post_letters(hand.post(hand.receive(unit="H36.16")))
    assert verdicts.verdicts[0].reason == "NotThisOffice"


def test_a_dossier_cannot_be_received_twice(rig: Rig) -> None:
    first, second = rig.enrol(2), rig.enrol(3)
    one, other = Hand.of(first), Hand.of(second)
    key = "ab" * 16
    rig.client(first).post_letters(one.post(one.receive(key=key)))
    verdicts = rig.client(second).post_letters(other.post(other.receive(key=key)))
    assert verdicts.verdicts[0].reason == "AlreadyReceived"


def test_a_dossier_with_a_strange_id_is_refused(rig: Rig) -> None:
    enrolled = rig.enrol()
    hand = Hand.of(enrolled)
    for key in ("../../etc/passwd", "x" * 500, "AB" * 16):
        hand.receive(key=key)
    verdicts = rig.client(enrolled).post_letters(hand.post())
    assert [verdict.reason for verdict in verdicts.verdicts] == ["InvalidValue"] * 3


def test_one_counter_goes_on_with_the_dossier_of_another(rig: Rig) -> None:
    first, second = rig.enrol(2), rig.enrol(3)
    one, other = Hand.of(first), Hand.of(second)
    received = one.receive()
    rig.client(first).post_letters(one.post())
    verdicts = rig.client(second).post_letters(other.post(other.forward(received)))
    assert outcomes(verdicts) == [Outcome.ACCEPTED]
    assert verdicts.verdicts[0].position == 2
    late = rig.client(first).post_letters(one.post(one.forward(received)))
    assert late.verdicts[0].reason == "StepNotAllowed"


def test_a_dossier_is_invisible_to_another_office(rig: Rig) -> None:
    rig.open_office("H36.16")
    first, second = rig.enrol(2), rig.enrol(2, unit="H36.16")
    one, other = Hand.of(first), Hand.of(second)
    received = one.receive()
    rig.client(first).post_letters(one.post())
    client = rig.client(second)
    verdicts = client.post_letters(other.post(other.forward(received)))
    assert verdicts.verdicts[0].reason == "UnknownDossier"
    assert client.news_after(Cursor()).items == ()


def test_a_provisional_number_is_linked_to_a_final_one_at_once(rig: Rig) -> None:
    enrolled = rig.enrol()
    hand, client = Hand.of(enrolled), rig.client(enrolled)
    letter = hand.receive_provisionally(1)
    hand.forward(letter), hand.receive_provisionally(2)
    verdicts = client.post_letters(hand.post())
    assert [verdict.position for verdict in verdicts.verdicts] == [1, 3, 4]
    items = client.news_after(Cursor()).items
    assert [item.letter.id for item in items] == [
        EventId(enrolled.counter, 1),
        EventId(SERVER, 1),
        EventId(enrolled.counter, 2),
        EventId(enrolled.counter, 3),
        EventId(SERVER, 2),
    ]
    linked = unseal(items[1].letter)
    assert isinstance(linked, NumberLinked)
    assert linked.number == DossierNumber.compose(UNIT, DAY, 1)
    assert items[4].letter.previous == items[1].letter.digest
    state = state_of(rig, letter)
    assert state.number == linked.number
    assert state.former_number == ProvisionalNumber.compose("2", DAY, 1)
    assert state.status is Status.PROCESSING


def test_a_provisional_number_sent_again_is_linked_once(rig: Rig) -> None:
    enrolled = rig.enrol()
    hand, client = Hand.of(enrolled), rig.client(enrolled)
    hand.receive_provisionally()
    client.post_letters(hand.post())
    client.post_letters(hand.post())
    assert len(client.news_after(Cursor()).items) == 2


def test_the_reserve_goes_on_beyond_its_first_block(rig: Rig) -> None:
    enrolled = rig.enrol()
    hand, client = Hand.of(enrolled), rig.client(enrolled)
    client.post_letters(hand.post(hand.receive_provisionally(1)))
    with rig.database.writing() as connection:
        connection.execute(update(tables.reserve).values(last=998))
    letters = [hand.receive_provisionally(n) for n in (2, 3)]
    client.post_letters(hand.post(*letters))
    numbers = [state_of(rig, letter).number.sequence for letter in letters]
    assert numbers == [999, 9_000_000]


def test_a_provisional_number_cannot_be_used_twice(rig: Rig) -> None:
    enrolled = rig.enrol()
    hand = Hand.of(enrolled)
    hand.receive_provisionally(1), hand.receive_provisionally(1)
    verdicts = rig.client(enrolled).post_letters(hand.post())
    assert verdicts.verdicts[1].reason == "NumberTaken"


def test_a_counter_cannot_link_numbers_itself(rig: Rig) -> None:
    enrolled = rig.enrol()
    hand = Hand.of(enrolled)
    letter = hand.receive()
    linked = NumberLinked(
        dossier=dossier_of(letter),
        at=NOW,
        by=StaffId("mau"),
        by_name="",
        number=DossierNumber.compose(UNIT, DAY, 2999),
    )
    hand.write(linked)
    verdicts = rig.client(enrolled).post_letters(hand.post())
    assert outcomes(verdicts) == [Outcome.ACCEPTED, Outcome.REFUSED]


def test_a_provisional_dossier_cannot_be_linked_by_a_counter(rig: Rig) -> None:
    """The server links in the same transaction, so a counter always comes too late."""
    enrolled = rig.enrol()
    hand = Hand.of(enrolled)
    letter = hand.receive_provisionally()
    hand.write(
        NumberLinked(
            dossier=dossier_of(letter),
            at=NOW,
            by=StaffId("mau"),
            by_name="",
            number=DossierNumber.compose(UNIT, DAY, 2999),
        )
    )
    verdicts = rig.client(enrolled).post_letters(hand.post())
    assert outcomes(verdicts) == [Outcome.ACCEPTED, Outcome.REFUSED]
    assert state_of(rig, letter).number.sequence == 1


def test_letters_of_another_counter_are_turned_down_whole(rig: Rig) -> None:
    first, second = rig.enrol(2), rig.enrol(3)
    hand = Hand.of(first)
    hand.receive()
    with pytest.raises(ServerNonsense):
        rig.client(second).post_letters(hand.post())
    assert outcomes(rig.client(first).post_letters(hand.post())) == [Outcome.ACCEPTED]


def test_letters_out_of_order_or_twice_are_turned_down_whole(rig: Rig) -> None:
    enrolled = rig.enrol()
    hand, client = Hand.of(enrolled), rig.client(enrolled)
    one, two = hand.receive(), hand.receive()
    for letters in ((two, one), (one, one)):
        with pytest.raises(ServerNonsense):
            client.post_letters(hand.post(*letters))
    for seq in (0, -1):
        with pytest.raises(ServerNonsense):
            client.post_letters(hand.post(resealed(one, id=EventId(enrolled.counter, seq))))
    assert client.post_letters(hand.post()).mark.held == 2


def test_more_letters_than_allowed_are_turned_down(rig: Rig) -> None:
    enrolled = rig.enrol()
    hand = Hand.of(enrolled)
    for _ in range(51):
        hand.receive()
    client = rig.client(enrolled)
    with pytest.raises(ServerNonsense):
        client.post_letters(hand.post())
    assert len(client.post_letters(hand.post(*hand.letters[:50])).verdicts) == 50


def test_no_letters_ask_what_is_held(rig: Rig) -> None:
    enrolled = rig.enrol()
    hand, client = Hand.of(enrolled), rig.client(enrolled)
    client.post_letters(hand.post(hand.receive()))
    verdicts = client.post_letters(PostLetters(letters=()))
    assert verdicts.verdicts == ()
    assert verdicts.mark.held == 1


def test_the_feed_keeps_letters_exactly_as_they_were_sealed_and_chains_them(rig: Rig) -> None:
    enrolled = rig.enrol()
    hand, client = Hand.of(enrolled), rig.client(enrolled)
    letter = hand.receive()
    hand.forward(letter), hand.receive_provisionally()
    client.post_letters(hand.post())
    chain = "0" * 64
    items = client.news_after(Cursor()).items
    assert [item.letter for item in items[:3]] == hand.letters
    for item in items:
        assert is_whole(item.letter)
        chain = link(chain, item.letter)
        assert item.chain == chain


def test_the_answer_carries_the_servers_time_and_name(rig: Rig) -> None:
    enrolled = rig.enrol()
    mark = rig.client(enrolled).post_letters(PostLetters(letters=())).mark
    assert mark.time == rig.clock.now
    assert isinstance(mark.time, datetime)
    assert mark.server == rig.database.identity.name
    assert mark.server == enrolled.mark.server
