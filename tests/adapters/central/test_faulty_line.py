"""Whatever one line does to the requests, repeating them settles everything, once."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.adapters.central.http_server import HttpCentralServer
from counter_app.application.ports.history import Cursor
from counter_app.application.ports.line import (
    LineTrouble,
    ServerFailing,
    ServerNonsense,
    ServerUnreachable,
)
from counter_app.domain.ids import DossierId
from counter_app.wire.messages import Enrolled, EnrolRequest, NewsItem, Outcome
from tests.helpers.central_line import Fault, FaultyTransport, at_random, in_turn
from tests.helpers.central_office import Hand, Rig, page_of, running_rig

EXPECTED: dict[Fault, type[LineTrouble] | None] = {
    Fault.NONE: None,
    Fault.UNREACHABLE: ServerUnreachable,
    Fault.ANSWER_LOST: ServerUnreachable,
    Fault.DOUBLED: None,
    Fault.ECHO: None,
    Fault.FAILED_AFTER_COMMIT: ServerFailing,
    Fault.REPLACED_BY_PAGE: ServerNonsense,
    Fault.CUT_BODY: ServerNonsense,
    Fault.SHORTENED_BODY: ServerNonsense,
    Fault.DAMAGED_UP: ServerNonsense,
    Fault.DAMAGED_DOWN: None,
}


@pytest.mark.parametrize("fault", list(Fault))
def test_letters_settle_after_each_fault(rig: Rig, enrolled: Enrolled, fault: Fault) -> None:
    hand = Hand.of(enrolled)
    hand.forward(hand.receive())
    client = rig.client(enrolled, FaultyTransport(rig.line(), in_turn(fault)))
    trouble = EXPECTED[fault]
    if trouble is not None:
        with pytest.raises(trouble):
            client.post_letters(hand.post())
    verdicts = client.post_letters(hand.post())
    assert {v.outcome for v in verdicts.verdicts} <= {Outcome.ACCEPTED, Outcome.ALREADY}
    assert [v.position for v in verdicts.verdicts] == [1, 2]
    assert len(client.news_after(Cursor()).items) == 2


@pytest.mark.parametrize("fault", [f for f in Fault if f is not Fault.DAMAGED_UP])
def test_an_enrolment_settles_after_each_fault(rig: Rig, fault: Fault) -> None:
    newcomer = HttpCentralServer(transport=FaultyTransport(rig.line(), in_turn(fault)))
    request = EnrolRequest(code=rig.code(), store="c" * 32, machine="Quầy 2")
    trouble = EXPECTED[fault]
    if trouble is not None:
        with pytest.raises(trouble):
            newcomer.enrol("http://central", request)
    enrolled = newcomer.enrol("http://central", request)
    assert [(band.first, band.last) for band in enrolled.pack.bands] == [(2000, 2999)]
    rig.client(enrolled).news_after(Cursor())


def until_it_works(call):
    """Repeat as a counter does."""
    for _ in range(400):
        try:
            return call()
        except LineTrouble:
            continue
    raise AssertionError("400 tries were not enough")


@settings(max_examples=15)
@given(st.integers(0, 2**32))
def test_a_day_over_a_bad_line_loses_nothing_and_doubles_nothing(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    folder = tmp_path_factory.mktemp("day")
    chance = random.Random(seed)
    with running_rig(f"sqlite:///{folder / 'central.sqlite'}", folder) as rig:
        machines = [rig.enrol(number) for number in (1, 2)]
        hands = [Hand.of(machine) for machine in machines]
        lines = [FaultyTransport(rig.line(), at_random(seed + n, share=0.4)) for n in (1, 2)]
        clients = [rig.client(m, line) for m, line in zip(machines, lines, strict=True)]
        pages: dict[str, bytes] = {}
        for _ in range(6):
            who = chance.randrange(2)
            hand, client = hands[who], clients[who]
            for _ in range(chance.randint(1, 4)):
                content = chance.randbytes(chance.randint(1, 150_000))
                pages[page_of(content).sha256] = content
                letter = hand.receive(pages=(page_of(content),))
                if chance.random() < 0.5:
                    hand.forward(letter)
            held = 0
            while held < len(hand.letters):
                post = hand.post(*hand.letters[held : held + 50])
                held = until_it_works(lambda c=client, p=post: c.post_letters(p)).mark.held
            for sha256, content in pages.items():
                until_it_works(
                    lambda c=client, s=sha256, b=content: c.send_page(
                        s, DossierId(""), b, report=lambda _: None
                    )
                )
        feeds = [until_it_works(lambda c=c: whole_feed(c)) for c in clients]
        assert feeds[0] == feeds[1]
        placed = [item.letter for item in feeds[0]]
        assert len({letter.id for letter in placed}) == len(placed)
        assert {each.id: each for each in placed} == {
            each.id: each for hand in hands for each in hand.letters
        }
        for sha256, content in pages.items():
            assert until_it_works(lambda s=sha256: clients[0].fetch_page(s)) == content


def whole_feed(client: HttpCentralServer) -> list[NewsItem]:
    items: list[NewsItem] = []
    cursor = Cursor()
    while True:
        news = client.news_after(cursor)
        items += news.items
        if not news.more:
            return items
        cursor = Cursor(position=items[-1].position, digest=items[-1].chain)
