"""Copies of the store: whole, tried, encrypted, and not too many."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from counter_app.adapters.store.backup import back_up, backups
from counter_app.adapters.store.sql_store import SqlStore
from counter_app.application.ports.store import StoreDamaged
from tests.helpers.dossiers import NINE
from tests.helpers.store_rooms import KEY, found, receive, waiting


def opened(copy: Path, folder: Path) -> SqlStore:
    folder.mkdir()
    (folder / "store.db").write_bytes(copy.read_bytes())
    return SqlStore(folder / "store.db", KEY)


def test_a_backup_holds_what_the_store_held(store: SqlStore, tmp_path: Path) -> None:
    for n in range(5):
        receive(store, n)
    copy = back_up(store.path, KEY, tmp_path / "copies", now=NINE)
    receive(store, 9)
    assert copy.name == "store-20261123T094100.db"
    assert b"dossier" not in copy.read_bytes()
    restored = opened(copy, tmp_path / "restored")
    assert found(restored, "mau") == found(store, "mau")[1:]
    assert len(waiting(restored)) == 5
    restored.close()


def test_only_the_newest_backups_stay(store: SqlStore, tmp_path: Path) -> None:
    made = [
        back_up(store.path, KEY, tmp_path / "copies", now=NINE + timedelta(days=n), keep=3)
        for n in range(5)
    ]
    assert backups(tmp_path / "copies") == tuple(reversed(made[2:]))
    assert sorted((tmp_path / "copies").iterdir()) == sorted(made[2:])


def test_a_backup_taken_while_others_write_is_whole(store: SqlStore, tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(lambda: [receive(store, n) for n in range(150)])
        copies = [
            back_up(store.path, KEY, tmp_path / "copies", now=NINE + timedelta(seconds=n), keep=9)
            for n in range(3)
        ]
        writing.result()
    counts = []
    for n, copy in enumerate(copies):
        restored = opened(copy, tmp_path / f"restored-{n}")
        assert restored.examine() == ()
        assert len(waiting(restored)) == len(found(restored, limit=1000))
        counts.append(len(waiting(restored)))
        restored.close()
    assert counts == sorted(counts)


def test_a_damaged_store_gives_no_backup_and_the_old_ones_stay(
    store: SqlStore, tmp_path: Path
) -> None:
    for n in range(50):
        receive(store, n)
    store.close()
    good = back_up(store.path, KEY, tmp_path / "copies", now=NINE)
    raw = bytearray(store.path.read_bytes())
    for page in range(5, len(raw) // 4096):
        raw[page * 4096 + 9] ^= 1
    store.path.write_bytes(raw)
    with pytest.raises(StoreDamaged):
        back_up(store.path, KEY, tmp_path / "copies", now=NINE + timedelta(days=1), keep=1)
    assert list((tmp_path / "copies").iterdir()) == [good]
