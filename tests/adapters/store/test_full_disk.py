"""A disk that is really full: nothing half done, and all well once there is room again."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from counter_app.adapters.store.backup import back_up
from counter_app.adapters.store.sql_store import SqlStore
from counter_app.application.capture import DiskFull
from tests.helpers.dossiers import NINE
from tests.helpers.pages_disk import make_read_only, small_disk
from tests.helpers.store_rooms import KEY, dossier_id, enrol, found, open_store, receive, waiting

ROOM_KIB = 3072


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    with small_disk(folder, ROOM_KIB) as is_mounted:
        if not is_mounted:
            pytest.skip("this process may not mount a disk")
        yield folder


def fill(disk: Path, *, leaving: int) -> Path:
    """Take up the room that is left, but for some bytes."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError:
            pass
        file.truncate(max(0, file.tell() - leaving))
    return ballast


def test_a_reception_on_a_full_disk_is_refused_whole_and_succeeds_when_there_is_room(
    disk: Path,
) -> None:
    store = open_store(disk)
    enrol(store)
    receive(store, 0)
    ballast = fill(disk, leaving=0)
    taken = 1
    with pytest.raises(DiskFull):
        while True:
            # What is left of the log's last pages may still take a few.
            receive(store, taken, note="đ" * 400)
            taken += 1
    assert taken < 200
    assert store.reads.dossier(dossier_id(taken)) is None
    assert len(found(store, "mau", limit=999)) == len(waiting(store)) == taken
    with pytest.raises(DiskFull):
        for n in range(50):
            receive(store, 1000 + n, note="đ" * 400)
    ballast.unlink()

    again = receive(store, taken, note="đ" * 400)
    assert store.reads.dossier(again.id) == again
    letters = waiting(store)
    assert [letter.id.seq for letter in letters] == list(range(1, len(letters) + 1))
    assert store.examine() == ()
    store.close()
    reopened = open_store(disk)
    assert len(found(reopened, limit=999)) == len(letters)
    reopened.close()


def test_reading_goes_on_while_the_disk_is_full(disk: Path) -> None:
    store = open_store(disk)
    enrol(store)
    receive(store, 0)
    fill(disk, leaving=0)
    assert len(found(store, "mau")) == 1
    store.close()


def test_a_new_store_needs_room_and_leaves_nothing_where_there_is_none(disk: Path) -> None:
    ballast = fill(disk, leaving=40_000)
    with pytest.raises(DiskFull):
        open_store(disk)
    assert not (disk / "store.db").exists()
    ballast.unlink()
    open_store(disk).close()


def test_a_backup_without_room_leaves_nothing_behind(disk: Path, tmp_path: Path) -> None:
    store = open_store(tmp_path / "store")
    enrol(store)
    for n in range(20):
        receive(store, n)
    folder = disk / "copies"
    old = back_up(store.path, KEY, folder, now=NINE)
    fill(disk, leaving=50_000)
    with pytest.raises(DiskFull):
        back_up(store.path, KEY, folder, now=NINE + timedelta(days=1), keep=1)
    assert list(folder.iterdir()) == [old]
    store.close()


def test_a_disk_that_became_read_only_is_told_and_harmless(disk: Path) -> None:
    store = open_store(disk)
    enrol(store)
    receive(store, 0)
    store.close()
    make_read_only(disk)
    with pytest.raises(DiskFull):
        SqlStore(disk / "store.db", KEY).close()
