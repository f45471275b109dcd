"""The feed never skips: whoever has read up to N has read all up to N."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import delete, update

from central_server.store import tables
from counter_app.application.ports.history import Cursor
from counter_app.application.ports.line import ServerNonsense
from counter_app.wire.letters import FIRST
from counter_app.wire.messages import NewsItem, Outcome
from tests.helpers.central_office import UNIT, Hand, Rig

WRITERS = 5
LETTERS = 40


def test_news_come_in_portions_and_in_order(rig: Rig) -> None:
    enrolled = rig.enrol()
    hand, client = Hand.of(enrolled), rig.client(enrolled)
    for _ in range(5):
        for _ in range(50):
            hand.receive()
        client.post_letters(hand.post(*hand.letters[-50:]))
    first = client.news_after(Cursor())
    assert (len(first.items), first.more) == (200, True)
    last = first.items[-1]
    second = client.news_after(Cursor(position=last.position, digest=last.chain))
    assert ([item.position for item in second.items], second.more) == (list(range(201, 251)), False)
    assert [i.letter for i in first.items + second.items] == hand.letters


def test_a_reader_may_ask_for_fewer(rig: Rig) -> None:
    enrolled = rig.enrol()
    hand = Hand.of(enrolled)
    for _ in range(4):
        hand.receive()
    rig.client(enrolled).post_letters(hand.post())
    answer = rig.raw(enrolled).get(
        "/v1/news", params={"after": 1, "limit": 2, "digest": hand.letters[0].digest}
    )
    assert [item["position"] for item in answer.json()["items"]] == [2, 3]
    assert answer.json()["more"] is True


@pytest.mark.parametrize(
    "query", ["after=-1", "after=x", "after=9999999999999999", "limit=0", "limit=x", "digest=é"]
)
def test_a_strange_question_is_turned_down(rig: Rig, query: str) -> None:
    answer = rig.raw(rig.enrol()).get(f"/v1/news?{query}")
    assert (answer.status_code, answer.json()["error"]) == (400, "unreadable")


def test_a_reader_beside_many_writers_misses_nothing(rig: Rig) -> None:
    """Positions become visible in order, although every writer has its own transaction."""
    enrolled = [rig.enrol(n) for n in range(1, WRITERS + 1)]
    hands = [Hand.of(e) for e in enrolled]
    for hand in hands:
        for _ in range(LETTERS):
            hand.receive()
    is_over = threading.Event()
    seen: list[NewsItem] = []

    def write(who: int) -> None:
        client, hand = rig.client(enrolled[who]), hands[who]
        for at in range(0, LETTERS, 4):
            verdicts = client.post_letters(hand.post(*hand.letters[at : at + 4]))
            assert {verdict.outcome for verdict in verdicts.verdicts} == {Outcome.ACCEPTED}

    def follow() -> None:
        client, cursor = rig.client(enrolled[0]), Cursor()
        while True:
            ends_after = is_over.is_set()
            news = client.news_after(cursor)  # which refuses holes itself
            assert not news.is_rewound
            seen.extend(news.items)
            if news.items:
                last = news.items[-1]
                cursor = Cursor(position=last.position, digest=last.chain)
            elif ends_after:
                return

    with ThreadPoolExecutor(WRITERS + 1) as pool:
        reader = pool.submit(follow)
        for done in [pool.submit(write, who) for who in range(WRITERS)]:
            done.result()
        is_over.set()
        reader.result()
    assert [item.position for item in seen] == list(range(1, WRITERS * LETTERS + 1))
    written = {letter.id: letter for hand in hands for letter in hand.letters}
    assert {item.letter.id: item.letter for item in seen} == written


def test_one_counter_that_sends_everything_twice_at_once_is_held_once(rig: Rig) -> None:
    enrolled = rig.enrol()
    hand = Hand.of(enrolled)
    for _ in range(30):
        hand.receive()

    def send(_: int) -> list[int | None]:
        verdicts = rig.client(enrolled).post_letters(hand.post())
        return [verdict.position for verdict in verdicts.verdicts]

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(send, range(4)))
    assert answers == [list(range(1, 31))] * 4
    assert len(rig.client(enrolled).news_after(Cursor()).items) == 30


def lose(rig: Rig, after: int) -> None:
    """Make the database what a backup taken at position `after` would be; of one counter alone."""
    with rig.database.writing() as connection:
        letter = tables.letter
        rows = connection.execute(letter.select().where(letter.c.position == after)).all()
        seq, digest, chain = (
            (rows[0].seq, rows[0].digest, rows[0].chain) if rows else (0, FIRST, FIRST)
        )
        connection.execute(delete(letter).where(letter.c.seq > seq))
        connection.execute(
            update(tables.feed).where(tables.feed.c.unit == UNIT).values(head=after, chain=chain)
        )
        connection.execute(update(tables.counter).values(held_seq=seq, held_digest=digest))
        connection.execute(delete(tables.dossier))


def test_a_restored_server_is_noticed_and_fed_again(rig: Rig) -> None:
    enrolled = rig.enrol()
    hand, client = Hand.of(enrolled), rig.client(enrolled)
    for _ in range(6):
        hand.receive()
    client.post_letters(hand.post())
    end = client.news_after(Cursor()).items[-1]
    cursor = Cursor(position=end.position, digest=end.chain)
    assert not client.news_after(cursor).is_rewound
    lose(rig, after=4)
    news = client.news_after(cursor)
    assert (news.is_rewound, news.items, news.mark.held) == (True, (), 4)
    assert client.post_letters(hand.post(hand.letters[5])).verdicts[0].outcome is Outcome.GAP
    fed = client.post_letters(hand.post(*hand.letters[4:]))
    assert [verdict.outcome for verdict in fed.verdicts] == [Outcome.ACCEPTED] * 2
    assert not client.news_after(cursor).is_rewound


def test_a_feed_that_went_another_way_is_noticed_even_where_the_same_letter_stands(
    rig: Rig,
) -> None:
    """The chain covers all that stands before; the digest of one letter does not."""
    first, second = rig.enrol(2), rig.enrol(3)
    one, other = Hand.of(first), Hand.of(second)
    one.receive(), other.receive()
    rig.client(first).post_letters(one.post())
    rig.client(second).post_letters(other.post())
    end = rig.client(first).news_after(Cursor()).items[1]
    with rig.database.writing() as connection:
        connection.execute(
            update(tables.letter).where(tables.letter.c.position == 2).values(chain="f" * 64)
        )
    client = rig.client(first)
    assert client.news_after(Cursor(position=2, digest=end.chain)).is_rewound
    assert not client.news_after(Cursor(position=2, digest=end.letter.digest)).is_rewound


def test_a_cursor_without_a_digest_is_not_believed(rig: Rig) -> None:
    enrolled = rig.enrol()
    hand, client = Hand.of(enrolled), rig.client(enrolled)
    hand.receive()
    client.post_letters(hand.post())
    assert client.news_after(Cursor(position=1, digest="")).is_rewound
    with pytest.raises(ServerNonsense):
        client.news_after(Cursor(position=-1, digest=""))
