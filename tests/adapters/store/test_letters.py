"""The chain of own letters, verdicts, the feed, and what a restored server or store does to them."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.adapters.store.sql_store import SqlStore
from counter_app.application.ports.history import Cursor, LetterState
from counter_app.application.ports.reading import Search
from counter_app.domain.ids import DossierId, EventId
from counter_app.wire.letters import FIRST, Letter, is_whole, unseal
from counter_app.wire.messages import NewsItem, Outcome, Verdict
from tests.helpers.store_rooms import (
    COUNTER,
    OTHER_COUNTER,
    accept,
    dossier_id,
    enrol,
    news,
    open_store,
    receive,
    waiting,
)


def settle(store: SqlStore, *verdicts: Verdict) -> None:
    with store.transaction() as tx:
        tx.letters.settle(verdicts)


def add(store: SqlStore, *items: NewsItem) -> list[bool]:
    with store.transaction() as tx:
        return [tx.letters.add_news(item) for item in items]


def states(store: SqlStore, n: int) -> list[tuple[LetterState, int | None]]:
    return [(entry.state, entry.position) for entry in store.reads.letters_of(dossier_id(n))]


def acknowledged(store: SqlStore) -> int:
    with store.transaction() as tx:
        return tx.letters.acknowledged()


def is_chain(letters: Sequence[Letter]) -> bool:
    digests = [FIRST, *(letter.digest for letter in letters)]
    return all(
        is_whole(letter) and letter.id.seq == n and letter.previous == digests[n - 1]
        for n, letter in enumerate(letters, 1)
    )


def test_each_letter_names_the_one_before_it(store: SqlStore) -> None:
    dossiers = [receive(store, n) for n in range(5)]
    letters = waiting(store)
    assert is_chain(letters)
    assert [unseal(letter).dossier for letter in letters] == [d.id for d in dossiers]


def test_waiting_letters_come_in_order_and_no_more_than_asked_for(store: SqlStore) -> None:
    for n in range(5):
        receive(store, n)
    assert [letter.id.seq for letter in waiting(store, 3)] == [1, 2, 3]


def test_an_accepted_letter_waits_no_more(store: SqlStore) -> None:
    receive(store, 1)
    receive(store, 2)
    accept(store, waiting(store)[0], first=7)
    assert [letter.id.seq for letter in waiting(store)] == [2]
    assert acknowledged(store) == 1
    assert states(store, 1) == [(LetterState.ACCEPTED, 7)]


def test_a_gap_changes_nothing(store: SqlStore) -> None:
    receive(store, 1)
    settle(store, Verdict(id=EventId(COUNTER, 1), outcome=Outcome.GAP))
    assert len(waiting(store)) == 1
    assert acknowledged(store) == 0


def test_a_verdict_on_an_unknown_letter_changes_nothing(store: SqlStore) -> None:
    settle(store, Verdict(id=EventId(COUNTER, 9), outcome=Outcome.ACCEPTED, position=1))
    assert acknowledged(store) == 0


def test_a_letter_already_held_keeps_the_position_it_had(store: SqlStore) -> None:
    receive(store, 1)
    accept(store, *waiting(store), first=4)
    settle(store, Verdict(id=EventId(COUNTER, 1), outcome=Outcome.ALREADY))
    assert states(store, 1) == [(LetterState.ACCEPTED, 4)]


def test_a_refused_letter_asks_for_attention_until_somebody_has_looked(store: SqlStore) -> None:
    receive(store, 1)
    verdict = Verdict(id=EventId(COUNTER, 1), outcome=Outcome.REFUSED, reason="StepNotAllowed")
    settle(store, verdict)
    (row,) = store.reads.search(Search())
    assert row.needs_attention
    assert not row.is_at_server
    (entry,) = store.reads.open_letters(10)
    assert (entry.reason, entry.needs_attention) == ("StepNotAllowed", True)
    assert store.reads.sync_counts().letters_refused == 1

    with store.transaction() as tx:
        tx.letters.attend(EventId(COUNTER, 1))
    assert store.reads.open_letters(10) == ()
    assert store.reads.sync_counts().letters_refused == 0
    assert not store.reads.search(Search())[0].needs_attention
    assert waiting(store) == ()


def test_a_row_is_at_the_server_once_every_letter_is_accepted(store: SqlStore) -> None:
    receive(store, 1)
    assert not store.reads.search(Search())[0].is_at_server
    accept(store, *waiting(store))
    assert store.reads.search(Search())[0].is_at_server


def test_a_server_that_lost_letters_is_fed_again(store: SqlStore) -> None:
    for n in range(4):
        receive(store, n)
    accept(store, *waiting(store))
    refused = Verdict(id=EventId(COUNTER, 4), outcome=Outcome.REFUSED, reason="UnknownDossier")
    settle(store, refused)
    with store.transaction() as tx:
        tx.letters.attend(EventId(COUNTER, 4))
        assert tx.letters.send_again_after(1) == 3
    assert [letter.id.seq for letter in waiting(store)] == [2, 3, 4]
    assert acknowledged(store) == 1
    assert states(store, 3) == [(LetterState.WAITING, None)]
    # Refused once more for the same reason: a person has seen it already.
    settle(store, refused)
    assert store.reads.sync_counts().letters_refused == 0


def test_news_of_another_counter_is_kept_with_its_dossier(store: SqlStore) -> None:
    assert add(store, news(1, 50, 1), news(2, 51, 2)) == [True, True]
    (entry,) = store.reads.letters_of(dossier_id(50))
    assert (entry.state, entry.position, entry.is_own) == (LetterState.ACCEPTED, 1, False)
    assert waiting(store) == ()
    assert acknowledged(store) == 0


def test_the_same_news_twice_is_new_once(store: SqlStore) -> None:
    assert add(store, news(1, 50, 1), news(1, 50, 1)) == [True, False]


def test_an_own_letter_that_comes_back_as_news_is_accepted(store: SqlStore) -> None:
    receive(store, 1)
    (letter,) = waiting(store)
    assert add(store, NewsItem(3, letter), NewsItem(3, letter)) == [True, False]
    assert waiting(store) == ()
    assert acknowledged(store) == 1
    assert states(store, 1) == [(LetterState.ACCEPTED, 3)]


def test_letters_of_a_dossier_come_by_position_and_own_waiting_ones_last(store: SqlStore) -> None:
    receive(store, 1)
    (own,) = waiting(store)
    add(store, news(8, 1, 2), news(5, 1, 1))
    assert [position for _, position in states(store, 1)] == [5, 8, None]
    accept(store, own, first=6)
    assert [position for _, position in states(store, 1)] == [5, 6, 8]


def test_a_feed_read_anew_after_a_restore_may_place_letters_elsewhere(store: SqlStore) -> None:
    add(store, news(1, 50, 1), news(2, 51, 2), news(3, 52, 3))
    with store.transaction() as tx:
        tx.letters.move_cursor(Cursor())
    # The restored server had only the first; the others come back in another order.
    assert add(store, news(1, 50, 1), news(2, 52, 3), news(3, 51, 2)) == [False, True, True]
    assert states(store, 51) == [(LetterState.ACCEPTED, 3)]
    assert states(store, 52) == [(LetterState.ACCEPTED, 2)]


def test_a_clash_of_histories_keeps_both_letters_and_the_feed_wins(store: SqlStore) -> None:
    receive(store, 1)
    foreign = news(4, 60, 1, COUNTER)
    assert add(store, foreign) == [True]
    assert states(store, 1) == [(LetterState.FORKED, None)]
    assert states(store, 60) == [(LetterState.ACCEPTED, 4)]
    counts = store.reads.sync_counts()
    assert (counts.forked, counts.letters_waiting, counts.letters_accepted) == (1, 0, 1)
    assert [entry.state for entry in store.reads.open_letters(10)] == [LetterState.FORKED]
    # What comes next follows the letter that the office accepted.
    receive(store, 2)
    (following,) = waiting(store)
    assert (following.id.seq, following.previous) == (2, foreign.letter.digest)


def test_a_forked_verdict_sets_the_letter_aside_but_never_its_place(store: SqlStore) -> None:
    receive(store, 1)
    settle(store, Verdict(id=EventId(COUNTER, 1), outcome=Outcome.FORKED))
    assert waiting(store) == ()
    assert acknowledged(store) == 1
    counts = store.reads.sync_counts()
    assert (counts.forked, counts.letters_accepted) == (1, 0)
    receive(store, 2)
    assert [letter.id.seq for letter in waiting(store)] == [2]


def test_a_store_from_an_old_backup_goes_on_after_its_own_lost_letters(store: SqlStore) -> None:
    lost = [news(n, 70 + n, n, COUNTER) for n in (1, 2, 3)]
    add(store, *lost)
    assert acknowledged(store) == 3
    receive(store, 1)
    (letter,) = waiting(store)
    assert (letter.id.seq, letter.previous) == (4, lost[-1].letter.digest)
    assert store.reads.sync_counts().letters_accepted == 3


def test_the_cursor_stands_where_it_was_put(store: SqlStore) -> None:
    with store.transaction() as tx:
        assert tx.letters.cursor() == Cursor()
        tx.letters.move_cursor(Cursor(position=12, digest="d"))
    with store.transaction() as tx:
        assert tx.letters.cursor() == Cursor(position=12, digest="d")
    enrol(store)
    with store.transaction() as tx:
        assert tx.letters.cursor().position == 12


def test_another_server_is_read_from_its_beginning(store: SqlStore) -> None:
    with store.transaction() as tx:
        tx.letters.move_cursor(Cursor(position=12, digest="d"))
    enrol(store, server="server-2")
    with store.transaction() as tx:
        assert tx.letters.cursor() == Cursor()


def test_a_letter_of_a_kind_unknown_here_is_kept_all_the_same(store: SqlStore) -> None:
    known = news(1, 50, 1).letter
    strange = Letter(
        id=EventId(OTHER_COUNTER, 9),
        kind="dossier_painted",
        v=7,
        body='{"dossier":"abc","colour":"blue"}',
        previous=known.digest,
        digest="f" * 64,
    )
    assert add(store, NewsItem(2, strange)) == [True]
    with store.transaction() as tx:
        (entry,) = tx.letters.of_dossier(DossierId("abc"))
    assert entry.letter == strange


RECEIVE, SETTLE, AGAIN = "receive", "settle", "again"
steps_of_a_life = st.lists(
    st.tuples(
        st.sampled_from([RECEIVE, RECEIVE, SETTLE, AGAIN]),
        st.sampled_from([Outcome.ACCEPTED, Outcome.REFUSED, Outcome.GAP, Outcome.ALREADY]),
        st.integers(0, 5),
    ),
    max_size=14,
)


@given(steps=steps_of_a_life)
def test_the_counts_add_up_whatever_the_server_says(
    steps: list[tuple[str, Outcome, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    store = open_store(tmp_path_factory.mktemp("law"))
    enrol(store)
    expected: dict[int, str] = {}
    for step, outcome, number in steps:
        if step == RECEIVE:
            receive(store, len(expected))
            expected[len(expected) + 1] = "waiting"
        elif step == SETTLE:
            for letter in waiting(store, number):
                settle(store, Verdict(id=letter.id, outcome=outcome, reason="x"))
                if outcome is not Outcome.GAP:
                    refused = outcome is Outcome.REFUSED
                    expected[letter.id.seq] = "refused" if refused else "accepted"
        else:
            with store.transaction() as tx:
                tx.letters.send_again_after(number)
            expected = {n: "waiting" if n > number else s for n, s in expected.items()}
    counts = store.reads.sync_counts()
    seen = list(expected.values())
    assert counts.letters_waiting == seen.count("waiting")
    assert counts.letters_accepted == seen.count("accepted")
    assert counts.letters_refused == seen.count("refused")
    left = [n for n, state in sorted(expected.items()) if state == "waiting"]
    assert [letter.id.seq for letter in waiting(store)] == left
    assert acknowledged(store) == min(left, default=len(expected) + 1) - 1
    store.close()
