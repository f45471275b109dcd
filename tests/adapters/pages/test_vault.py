"""Page files: whole or absent, closed to others, true to their names."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.adapters.pages.vault import FilePageVault
from counter_app.application.capture import PageDamaged, PageMissing
from tests.helpers.pages_disk import files_below

KEY = bytes(range(32))
PAGE = b"\xff\xd8" + b"mot trang giay" * 5000


def file_of(folder: Path, sha256: str) -> Path:
    return folder / sha256[:2] / sha256


@settings(max_examples=40)
@given(st.binary(max_size=5000))
def test_what_was_stored_is_loaded(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        vault = FilePageVault(Path(folder), KEY)
        ref = vault.store(content)

        assert ref.sha256 == hashlib.sha256(content).hexdigest()
        assert ref.size == len(content)
        assert vault.holds(ref.sha256)
        assert FilePageVault(Path(folder), KEY).load(ref.sha256) == content


def test_the_same_page_twice_is_one_file(tmp_path: Path) -> None:
    vault = FilePageVault(tmp_path, KEY)
    first = vault.store(PAGE)
    inode = file_of(tmp_path, first.sha256).stat().st_ino

    assert vault.store(PAGE) == first
    assert files_below(tmp_path) == [file_of(tmp_path, first.sha256)]
    assert file_of(tmp_path, first.sha256).stat().st_ino == inode


def test_nothing_of_the_page_can_be_read_from_the_file(tmp_path: Path) -> None:
    ref = FilePageVault(tmp_path, KEY).store(PAGE)
    encrypted = file_of(tmp_path, ref.sha256).read_bytes()

    assert b"trang" not in encrypted
    assert encrypted[:7] == b"MCPAGE\x01"
    assert len(encrypted) == len(PAGE) + 7 + 12 + 16


def test_only_the_owner_may_read_pages(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    previous = os.umask(0)
    try:
        ref = FilePageVault(folder, KEY).store(PAGE)
    finally:
        os.umask(previous)

    path = file_of(folder, ref.sha256)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: whole[: len(whole) // 2],
        lambda whole: whole[:-1],
        lambda whole: whole[:10],
        lambda whole: b"",
        lambda whole: whole + b"\0",
        lambda whole: b"X" + whole[1:],
        lambda whole: whole[:6] + b"\x02" + whole[7:],
        lambda whole: bytes(len(whole)),
    ],
    ids=["half", "last byte", "header only", "empty", "longer", "magic", "version", "zeroes"],
)
def test_a_damaged_file_is_never_taken_for_a_page(
    tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    vault = FilePageVault(tmp_path, KEY)
    ref = vault.store(PAGE)
    path = file_of(tmp_path, ref.sha256)
    path.write_bytes(damage(path.read_bytes()))

    with pytest.raises(PageDamaged) as raised:
        vault.load(ref.sha256)
    assert raised.value.sha256 == ref.sha256


@given(st.data())
def test_any_flipped_bit_is_noticed(data: st.DataObject) -> None:
    with TemporaryDirectory() as name:
        vault = FilePageVault(Path(name), KEY)
        ref = vault.store(b"mot trang")
        path = file_of(Path(name), ref.sha256)
        content = bytearray(path.read_bytes())
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] ^= 1 << data.draw(st.integers(0, 7))
        path.write_bytes(content)

        with pytest.raises(PageDamaged):
            vault.load(ref.sha256)


def test_storing_a_page_again_mends_its_damaged_file(tmp_path: Path) -> None:
    vault = FilePageVault(tmp_path, KEY)
    ref = vault.store(PAGE)
    file_of(tmp_path, ref.sha256).write_bytes(b"half a page")

    vault.store(PAGE)

    assert vault.load(ref.sha256) == PAGE


def test_another_key_opens_nothing(tmp_path: Path) -> None:
    ref = FilePageVault(tmp_path, KEY).store(PAGE)

    with pytest.raises(PageDamaged):
        FilePageVault(tmp_path, bytes(32)).load(ref.sha256)


def test_a_page_under_the_name_of_another_does_not_open(tmp_path: Path) -> None:
    vault = FilePageVault(tmp_path, KEY)
    one, other = vault.store(b"one"), vault.store(b"other")
    file_of(tmp_path, other.sha256).write_bytes(file_of(tmp_path, one.sha256).read_bytes())

    with pytest.raises(PageDamaged):
        vault.load(other.sha256)


@pytest.mark.parametrize(
    "name", ["0" * 64, "", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 64 + "\n"]
)
def test_a_page_that_is_not_here_is_missing(tmp_path: Path, name: str) -> None:
    vault = FilePageVault(tmp_path, KEY)

    assert not vault.holds(name)
    with pytest.raises(PageMissing):
        vault.load(name)


def test_leftovers_of_a_crash_are_swept_when_the_vault_opens(tmp_path: Path) -> None:
    ref = FilePageVault(tmp_path, KEY).store(PAGE)
    (tmp_path / "incoming" / "0123abcd").write_bytes(b"half a page")

    vault = FilePageVault(tmp_path, KEY)

    assert files_below(tmp_path) == [file_of(tmp_path, ref.sha256)]
    assert vault.load(ref.sha256) == PAGE


def test_a_key_of_another_length_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        FilePageVault(tmp_path, b"short")


def test_several_threads_may_store_and_load_at_once(tmp_path: Path) -> None:
    vault = FilePageVault(tmp_path, KEY)
    pages = [str(number % 20).encode() * 10_000 for number in range(200)]
    with ThreadPoolExecutor(4) as lanes:
        refs = list(lanes.map(vault.store, pages))
        loaded = list(lanes.map(lambda ref: vault.load(ref.sha256), refs))

    assert loaded == pages
    assert len(files_below(tmp_path)) == 20
