"""Full, read-only and vanished disks, and the plug pulled in the middle of a stack."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from counter_app.adapters.pages.vault import FilePageVault
from counter_app.application.capture import DiskFull, PageMissing, PageRef
from tests.helpers.pages_disk import (
    files_below,
    make_read_only,
    no_file_longer_than,
    small_disk,
    start_python,
)
from tests.helpers.scan_sane import sane_environment

KEY = bytes(range(32))
PAGE_SIZE = 300_000


def fill(vault: FilePageVault) -> list[PageRef]:
    """Store pages until the disk is full; fail if it never is."""
    stored = []
    for _ in range(100):
        try:
            stored.append(vault.store(os.urandom(PAGE_SIZE)))
        except DiskFull:
            return stored
    raise AssertionError("the disk never filled")


def test_a_full_disk_is_said_and_leaves_whole_pages_only(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    with small_disk(disk, kib=2048) as is_mounted:
        vault = FilePageVault(disk / "pages", KEY)
        if is_mounted:
            stored = fill(vault)
            assert 4 <= len(stored) <= 6
        else:
            stored = [vault.store(os.urandom(PAGE_SIZE // 2))]
            with no_file_longer_than(PAGE_SIZE // 2 + 1000), pytest.raises(DiskFull):
                vault.store(os.urandom(PAGE_SIZE))

        assert len(files_below(disk)) == len(stored)
        for ref in stored:
            assert len(vault.load(ref.sha256)) == ref.size
        # Room again, and the next page goes through.
        (disk / "pages" / stored[0].sha256[:2] / stored[0].sha256).unlink()
        assert vault.holds(vault.store(b"x" * PAGE_SIZE).sha256)


def test_a_file_that_may_not_grow_leaves_nothing_behind(tmp_path: Path) -> None:
    vault = FilePageVault(tmp_path, KEY)
    page = os.urandom(PAGE_SIZE)
    with no_file_longer_than(PAGE_SIZE // 2), pytest.raises(DiskFull) as raised:
        vault.store(page)

    assert raised.value.path == str(tmp_path)
    assert files_below(tmp_path) == []
    assert vault.load(vault.store(page).sha256) == page


def test_a_disk_that_became_read_only_still_gives_its_pages(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    with small_disk(disk, kib=2048) as is_mounted:
        vault = FilePageVault(disk, KEY)
        ref = vault.store(b"page")
        if is_mounted:
            make_read_only(disk)
        else:
            (disk / "incoming").chmod(0o500)
        with pytest.raises(DiskFull):
            vault.store(b"another page")
        assert vault.load(ref.sha256) == b"page"
        (disk / "incoming").chmod(0o700) if not is_mounted else None


def test_a_folder_that_vanished_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    vault = FilePageVault(folder, KEY)
    ref = vault.store(b"page")
    shutil.rmtree(folder)

    with pytest.raises(DiskFull):
        vault.store(b"another page")
    with pytest.raises(PageMissing):
        vault.load(ref.sha256)


def test_a_vault_cannot_be_opened_where_a_file_stands(tmp_path: Path) -> None:
    (tmp_path / "pages").write_text("not a folder")

    with pytest.raises(DiskFull):
        FilePageVault(tmp_path / "pages" / "here", KEY)


SCAN_FOR_EVER = """
import sys
from pathlib import Path
from counter_app.adapters.devices.scanner_sane import SaneScanner
from counter_app.adapters.pages.vault import FilePageVault
from counter_app.application.capture import ScanOptions
scanner = SaneScanner()
vault = FilePageVault(Path(sys.argv[1]), bytes(range(32)))
number = 0
while True:
    for page in scanner.pages("test:0", ScanOptions(dpi=75)):
        number += 1
        # Each page another one, as paper is.
        print(vault.store(page.content + number.to_bytes(4, "big")).sha256, flush=True)
"""


def test_pages_told_of_survive_whole_when_the_program_is_killed_in_mid_stack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    environment = sane_environment(tmp_path / "sane")
    monkeypatch.setenv("SANE_CONFIG_DIR", environment["SANE_CONFIG_DIR"])
    folder = tmp_path / "pages"
    told: list[str] = []
    for kill_after in (1, 7, 12, 3, 17):
        with start_python(SCAN_FOR_EVER, str(folder)) as program:
            assert program.stdout is not None
            heard = [program.stdout.readline() for _ in range(kill_after)]
            program.kill()
            heard += program.stdout.read().splitlines(keepends=True)
        told += [line.decode().strip() for line in heard if line.endswith(b"\n")]

        vault = FilePageVault(folder, KEY)
        for sha256 in told:
            assert vault.load(sha256).startswith(b"\xff\xd8")
        # Pages stored but not yet told of are whole too; nothing else is there.
        for path in files_below(folder):
            vault.load(path.name)
    assert len(set(told)) >= 17


STORE_FOR_EVER = """
import os, sys
from pathlib import Path
from counter_app.adapters.pages.vault import FilePageVault
vault = FilePageVault(Path(sys.argv[1]), bytes(range(32)))
while True:
    print(vault.store(os.urandom(200_000)).sha256, flush=True)
"""


def test_a_hundred_kills_leave_no_half_page_under_a_final_name(tmp_path: Path) -> None:
    told: list[str] = []
    for kill_after in range(100):
        with start_python(STORE_FOR_EVER, str(tmp_path)) as program:
            assert program.stdout is not None
            heard = [program.stdout.readline() for _ in range(1 + kill_after % 5)]
            program.kill()
            heard += program.stdout.read().splitlines(keepends=True)
        told += [line.decode().strip() for line in heard if line.endswith(b"\n")]

    vault = FilePageVault(tmp_path, KEY)
    for path in files_below(tmp_path):
        assert len(vault.load(path.name)) == 200_000
    assert all(vault.holds(sha256) for sha256 in told)
    assert len(told) >= 300
