"""SANE's own `test` device, through the worker process, as the counter uses it."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from counter_app.adapters.devices.sane_frames import read_frame, write_frame
from counter_app.adapters.devices.scanner_sane import SaneScanner, worker_command
from counter_app.application.capture import (
    ColourMode,
    FeederEmpty,
    PaperJam,
    PaperSource,
    ScannerAccessDenied,
    ScannerBusy,
    ScannerCoverOpen,
    ScannerFault,
    ScannerNotFound,
    ScannerTrouble,
    ScanOptions,
)
from tests.helpers.scan_sane import (
    children,
    is_running,
    own_children,
    sane_environment,
    wait_until,
)

SMALL = ScanOptions(dpi=75)
# A fifth of a second for each 64 KiB: five seconds for A4 at 75 dpi, twenty minutes at 1200 dpi.
SLOW = {
    "test_picture": '"Solid black"',
    "read_delay": "true",
    "read_delay_duration": "200000",
}
FINEST = ScanOptions(dpi=1200)


def scanner(folder: Path, silence_s: float = 20.0, **settings: str) -> SaneScanner:
    return SaneScanner(silence_s=silence_s, environment=sane_environment(folder, **settings))


def picture(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_the_device_is_listed_with_its_feeder_first(tmp_path: Path) -> None:
    (found,) = scanner(tmp_path).devices()

    assert found.device == "test:0"
    assert found.label == "Noname frontend-tester"
    assert found.sources == (PaperSource.FEEDER, PaperSource.FLATBED)


def test_no_backend_means_no_devices(tmp_path: Path) -> None:
    without = SaneScanner(environment=sane_environment(tmp_path, backend=""))

    assert without.devices() == ()


def test_a_stack_of_ten_sheets_gives_ten_colour_a4_pages(tmp_path: Path) -> None:
    pages = list(scanner(tmp_path).pages("test:0", ScanOptions()))

    assert len(pages) == 10
    for page in pages:
        image = picture(page.content)
        assert (image.format, image.mode) == ("JPEG", "RGB")
        assert image.size == (page.width, page.height)
        # A4 is 1653.5 by 2338.6 dots at 200 dpi.
        assert abs(page.width - 1653.5) < 2
        assert abs(page.height - 2338.6) < 2
        assert page.dpi == 200
        assert image.info["dpi"] == (200, 200)
        image.load()


def test_grey_pages_have_one_channel(tmp_path: Path) -> None:
    options = ScanOptions(dpi=75, colour=ColourMode.GREY, max_pages=1)
    (page,) = scanner(tmp_path).pages("test:0", options)

    assert picture(page.content).mode == "L"


def test_colour_comes_out_in_colour(tmp_path: Path) -> None:
    (page,) = scanner(tmp_path).pages("test:0", ScanOptions(dpi=75, max_pages=1))

    red, green, blue = picture(page.content).split()
    assert ImageChops.difference(red, green).getbbox() is not None
    assert ImageChops.difference(green, blue).getbbox() is not None


def test_the_glass_gives_one_page(tmp_path: Path) -> None:
    options = ScanOptions(dpi=75, source=PaperSource.FLATBED)

    assert len(list(scanner(tmp_path).pages("test:0", options))) == 1


def test_no_more_pages_come_than_were_asked_for(tmp_path: Path) -> None:
    options = ScanOptions(dpi=75, max_pages=3)

    assert len(list(scanner(tmp_path).pages("test:0", options))) == 3


def test_a_sheet_moves_only_when_its_page_is_asked_for(tmp_path: Path) -> None:
    lifeline_read, lifeline_write = os.pipe()
    log = tmp_path / "log"
    with (
        log.open("wb") as stderr,
        subprocess.Popen(
            [*worker_command(), str(lifeline_read)],
            bufsize=0,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
            pass_fds=(lifeline_read,),
            env={**os.environ, **sane_environment(tmp_path / "sane"), "SANE_DEBUG_TEST": "3"},
            cwd=Path(__file__).parents[3],
        ) as worker,
    ):
        assert isinstance(worker.stdin, io.FileIO)
        assert isinstance(worker.stdout, io.FileIO)
        ask = {"device": "test:0", "dpi": 75, "colour": "colour", "source": "feeder"}
        write_frame(worker.stdin, {"ask": "pages", **ask})
        assert read_frame(worker.stdout).head["tell"] == "ready"
        for _ in range(2):
            write_frame(worker.stdin, {"ask": "next"})
            assert read_frame(worker.stdout).head["tell"] == "page"
        write_frame(worker.stdin, {"ask": "close"})
        assert worker.wait(20) == 0
    os.close(lifeline_read)
    os.close(lifeline_write)

    assert log.read_text().count("sane_start: handle") == 2


def test_nothing_is_started_before_the_first_page_is_asked_for(tmp_path: Path) -> None:
    before = own_children()
    pages = scanner(tmp_path).pages("test:0", SMALL)

    assert own_children() == before
    del pages


def test_closing_the_iterator_ends_the_worker_and_frees_the_device(tmp_path: Path) -> None:
    device = scanner(tmp_path)
    before = own_children()
    pages = device.pages("test:0", SMALL)
    next(pages)
    assert len(own_children() - before) == 1

    pages.close()  # type: ignore[attr-defined]

    assert own_children() == before
    assert len(list(device.pages("test:0", SMALL))) == 10


@pytest.mark.parametrize(
    ("status", "trouble"),
    [
        ("SANE_STATUS_JAMMED", PaperJam),
        ("SANE_STATUS_NO_DOCS", FeederEmpty),
        ("SANE_STATUS_COVER_OPEN", ScannerCoverOpen),
        ("SANE_STATUS_DEVICE_BUSY", ScannerBusy),
        ("SANE_STATUS_ACCESS_DENIED", ScannerAccessDenied),
        ("SANE_STATUS_IO_ERROR", ScannerFault),
        ("SANE_STATUS_NO_MEM", ScannerFault),
        ("SANE_STATUS_INVAL", ScannerFault),
        ("SANE_STATUS_UNSUPPORTED", ScannerFault),
        ("SANE_STATUS_CANCELLED", ScannerFault),
        # No line at all: an end that makes no sense.
        ("SANE_STATUS_EOF", ScannerFault),
    ],
)
def test_each_status_is_its_own_trouble(
    tmp_path: Path, status: str, trouble: type[ScannerTrouble]
) -> None:
    device = scanner(tmp_path, read_status_code=f'"{status}"')

    with pytest.raises(ScannerTrouble) as raised:
        next(device.pages("test:0", SMALL))

    assert type(raised.value) is trouble
    assert (raised.value.device, raised.value.pages_before) == ("test:0", 0)
    assert raised.value.__cause__ is not None


@pytest.mark.parametrize("name", ["", "test:7", "nosuch", "net:nowhere.invalid:x", "../test"])
def test_a_device_that_does_not_answer_is_not_found(tmp_path: Path, name: str) -> None:
    with pytest.raises(ScannerNotFound) as raised:
        next(scanner(tmp_path).pages(name, SMALL))

    assert raised.value.device == name


def test_where_sane_is_not_installed_there_are_no_scanners(tmp_path: Path) -> None:
    # What importing python-sane says on a machine without libsane.
    (tmp_path / "_sane.py").write_text(
        'raise ImportError("libsane.so.1: cannot open shared object file")\n'
    )
    device = SaneScanner(environment={"PYTHONPATH": str(tmp_path)})

    assert device.devices() == ()
    with pytest.raises(ScannerNotFound) as raised:
        next(device.pages("test:0", SMALL))
    assert "libsane.so.1" in str(raised.value.__cause__)


@pytest.mark.parametrize(
    "settings",
    [
        {"ppl_loss": "16"},
        {"fuzzy_parameters": "true"},
        {"three_pass": "true", "mode": "Color"},
        {"depth": "16", "mode": "Color"},
        {"depth": "1"},
        {"read_limit": "true", "read_limit_size": "100"},
        {"non_blocking": "true"},
        {"select_fd": "true"},
    ],
    ids=lambda settings: next(iter(settings)),
)
def test_odd_devices_give_the_same_picture_as_a_plain_one(
    tmp_path: Path, settings: dict[str, str]
) -> None:
    options = ScanOptions(dpi=75, max_pages=1)
    (plain,) = scanner(tmp_path / "plain", test_picture="Grid").pages("test:0", options)
    (odd,) = scanner(tmp_path / "odd", test_picture="Grid", **settings).pages("test:0", options)

    assert odd.height == plain.height
    width = min(odd.width, plain.width)
    assert plain.width - width <= 16
    # The last row may be short of its padding.
    area = (0, 0, width, plain.height - 1)
    difference = ImageChops.difference(
        picture(odd.content).crop(area), picture(plain.content).crop(area)
    )
    assert max(high for _, high in difference.getextrema()) <= 40


def test_a_page_of_unknown_length_is_taken_as_long_as_it_is(tmp_path: Path) -> None:
    (page,) = scanner(tmp_path, hand_scanner="true").pages("test:0", ScanOptions(75, max_pages=1))

    assert picture(page.content).size == (page.width, page.height)
    assert page.height > 100


def test_a_slow_scanner_is_not_taken_for_a_hung_one(tmp_path: Path) -> None:
    patience = 2.0
    began = time.monotonic()
    (page,) = scanner(tmp_path, silence_s=patience, **SLOW).pages(
        "test:0", ScanOptions(dpi=75, max_pages=1)
    )

    assert page.height > 870
    assert time.monotonic() - began > 2 * patience


def test_a_hung_backend_is_a_fault_within_its_time(tmp_path: Path) -> None:
    before = own_children()
    pages = scanner(tmp_path, silence_s=1.0).pages("test:0", SMALL)
    next(pages)
    (worker,) = own_children() - before
    os.kill(worker, signal.SIGSTOP)
    began = time.monotonic()

    with pytest.raises(ScannerFault) as raised:
        next(pages)

    assert raised.value.pages_before == 1
    assert time.monotonic() - began < 5
    assert own_children() == before


@pytest.mark.parametrize("blow", [signal.SIGSEGV, signal.SIGABRT, signal.SIGKILL])
def test_a_crashed_backend_is_a_fault_and_the_program_lives(
    tmp_path: Path, blow: signal.Signals
) -> None:
    device = scanner(tmp_path / "slow", **SLOW)
    before = own_children()
    with ThreadPoolExecutor(1) as lane:
        waiting = lane.submit(next, device.pages("test:0", FINEST))
        (worker,) = wait_until(lambda: own_children() - before)
        os.kill(worker, blow)
        assert isinstance(waiting.exception(10), ScannerFault)

    assert own_children() == before
    assert len(list(scanner(tmp_path / "well").pages("test:0", SMALL))) == 10


def test_the_pages_before_a_crash_are_counted(tmp_path: Path) -> None:
    before = own_children()
    pages = scanner(tmp_path).pages("test:0", SMALL)
    next(pages)
    next(pages)
    (worker,) = own_children() - before
    os.kill(worker, signal.SIGKILL)

    with pytest.raises(ScannerFault) as raised:
        next(pages)
    assert raised.value.pages_before == 2


def test_a_worker_deep_in_a_backend_dies_with_the_program(tmp_path: Path) -> None:
    program = (
        "from counter_app.adapters.devices.scanner_sane import SaneScanner\n"
        "from counter_app.application.capture import ScanOptions\n"
        f"environment = {sane_environment(tmp_path, **SLOW)!r}\n"
        "next(SaneScanner(environment=environment).pages('test:0', ScanOptions(dpi=1200)))\n"
    )
    root = Path(__file__).parents[3]
    with subprocess.Popen([sys.executable, "-c", program], cwd=root) as counter:
        (worker,) = wait_until(lambda: children(counter.pid))
        # It has SANE loaded, and so is past making itself mortal.
        wait_until(lambda: "libsane-test" in Path(f"/proc/{worker}/maps").read_text())
        counter.kill()
        counter.wait()
        wait_until(lambda: not is_running(worker))
