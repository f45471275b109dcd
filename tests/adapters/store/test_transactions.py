"""All or nothing, one writer at a time, readers never waiting."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from counter_app.adapters.store import engine
from counter_app.adapters.store.sql_store import SqlStore
from counter_app.application.ports.store import NotEnrolledYet, StoreBusy
from tests.helpers.dossiers import a_reception
from tests.helpers.store_rooms import (
    BAND,
    DAY,
    KEY,
    OTHER_COUNTER,
    dossier_id,
    enrol,
    found,
    open_store,
    receive,
    waiting,
)


class Interrupted(Exception):
    pass


def test_what_is_committed_is_there_after_reopening(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    enrol(store)
    dossier = receive(store, 1)
    store.close()

    again = open_store(tmp_path)
    assert again.reads.dossier(dossier.id) == dossier
    assert again.reads.by_number(dossier.number) == dossier
    assert found(again, "mau") == [dossier.number.text]
    assert len(again.reads.letters_of(dossier.id)) == 1
    again.close()


def test_a_transaction_that_fails_leaves_nothing(store: SqlStore) -> None:
    with pytest.raises(Interrupted), store.transaction() as tx:
        number = tx.numbers.take((BAND,), DAY)
        event = a_reception(id=dossier_id(1), number=number)
        tx.letters.append(event)
        tx.dossiers.put(event.snapshot)
        tx.machine.put_note("a", "b")
        raise Interrupted
    assert store.reads.dossier(dossier_id(1)) is None
    assert waiting(store) == ()
    assert found(store) == found(store, "mau") == []
    assert store.reads.next_number((BAND,), DAY) == number
    assert store.examine() == ()


def test_before_enrolment_nothing_can_be_received(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with pytest.raises(NotEnrolledYet):
        receive(store, 1)
    assert found(store) == []
    store.close()


def test_a_reading_shows_the_state_before_a_transaction_that_is_still_open(
    store: SqlStore,
) -> None:
    before = receive(store, 1)
    with store.transaction() as tx:
        event = a_reception(id=dossier_id(2), number=tx.numbers.take((BAND,), DAY))
        tx.letters.append(event)
        tx.dossiers.put(event.snapshot)
        assert found(store) == [before.number.text]
    assert len(found(store)) == 2


def test_a_transaction_within_a_transaction_is_a_mistake(store: SqlStore) -> None:
    with store.transaction(), pytest.raises(RuntimeError), store.transaction():
        pass
    receive(store, 1)


def test_a_store_held_by_another_process_is_busy_and_then_works_again(store: SqlStore) -> None:
    # Another connection stands for the other process: the file cannot tell them apart.
    holder = engine.connect(store.path, KEY)
    holder.execute("BEGIN IMMEDIATE")
    impatient = SqlStore(store.path, KEY, patience_s=0.05)
    with pytest.raises(StoreBusy):
        receive(impatient, 1)
    holder.execute("ROLLBACK")
    holder.close()
    receive(impatient, 1)
    impatient.close()
    assert len(found(store)) == 1


def test_four_lanes_read_and_write_thousands_of_times_and_none_is_turned_away(
    store: SqlStore,
) -> None:
    rounds = 500

    def lane(own: int) -> int:
        for n in range(rounds):
            with store.transaction() as tx:
                count = int(tx.machine.note("count") or 0)
                tx.machine.put_note("count", str(count + 1))
                if n % 10 == 0:
                    number = tx.numbers.take((BAND,), DAY)
                    event = a_reception(id=dossier_id(own * rounds + n), number=number)
                    tx.letters.append(event)
                    tx.dossiers.put(event.snapshot)
            if n % 25 == 0:
                found(store, "mau")
                store.reads.sync_counts()
            if n % 100 == 0:
                store.tidy()
        return rounds

    with ThreadPoolExecutor(4) as pool:
        done = sum(pool.map(lane, range(4)))
    with store.transaction() as tx:
        assert tx.machine.note("count") == str(done)
    letters = waiting(store)
    assert [letter.id.seq for letter in letters] == list(range(1, done // 10 + 1))
    numbers = found(store, limit=1000)
    assert len(numbers) == len(set(numbers)) == done // 10
    assert store.examine() == ()


def test_reading_never_waits_for_a_writer(store: SqlStore) -> None:
    receive(store, 1)
    with ThreadPoolExecutor(1) as pool, store.transaction() as tx:
        tx.machine.put_note("a", "b")
        assert pool.submit(found, store, "mau").result(timeout=4) != []


def test_the_search_index_can_be_made_anew(store: SqlStore) -> None:
    dossier = receive(store, 1)
    raw = engine.connect(store.path, KEY)
    raw.execute("INSERT INTO search (search) VALUES ('delete-all')")
    raw.close()
    assert found(store, "mau") == []
    store.rebuild_search()
    assert found(store, "mau") == [dossier.number.text]


def test_housekeeping_changes_nothing_that_can_be_seen(store: SqlStore) -> None:
    for n in range(40):
        receive(store, n)
    before = found(store, "mau")
    store.tidy()
    store.tidy_for_the_night()
    assert found(store, "mau") == before
    assert not (store.path.parent / "store.db-wal").stat().st_size
    assert store.examine() == ()


def test_a_second_enrolment_begins_a_history_of_its_own(store: SqlStore) -> None:
    receive(store, 1)
    enrol(store, counter=OTHER_COUNTER)
    receive(store, 2)
    assert [str(letter.id) for letter in waiting(store)] == ["counter-3:1"]
    assert store.reads.sync_counts().letters_waiting == 2
    assert len(store.reads.open_letters(10)) == 2
