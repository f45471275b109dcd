"""The scanner of the demo: its papers, its stacks, its mishaps."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from counter_app.adapters.devices.sample_papers import PAPERS, draw_paper
from counter_app.adapters.devices.scanner_virtual import DEVICE, Mishap, VirtualScanner
from counter_app.application.capture import (
    ColourMode,
    FeederEmpty,
    PaperJam,
    PaperSource,
    ScannedPage,
    ScannerBusy,
    ScannerCoverOpen,
    ScannerNotFound,
    ScannerTrouble,
    ScanOptions,
)

FONTS = Path(__file__).parents[3] / "resources" / "fonts"
QUICK = ScanOptions(dpi=75)
ALL = tuple(PAPERS)


@pytest.fixture
def scanner() -> VirtualScanner:
    return VirtualScanner(FONTS, seed=3)


def picture(page: ScannedPage) -> Image.Image:
    return Image.open(io.BytesIO(page.content))


def test_it_is_listed_with_both_sources(scanner: VirtualScanner) -> None:
    (found,) = scanner.devices()

    assert (found.device, found.sources) == (DEVICE, (PaperSource.FEEDER, PaperSource.FLATBED))


def test_a_loaded_stack_comes_out_once_in_order_and_is_then_empty(scanner: VirtualScanner) -> None:
    scanner.load(ALL, seed=20)
    pages = list(scanner.pages(DEVICE, QUICK))
    scanner.load(ALL[:1], seed=20)
    (first,) = scanner.pages(DEVICE, QUICK)

    assert len({page.content for page in pages}) == len(ALL)
    assert first == pages[0]
    with pytest.raises(FeederEmpty):
        next(scanner.pages(DEVICE, QUICK))


def test_pages_are_a4_in_colour_at_the_resolution_asked_for(scanner: VirtualScanner) -> None:
    scanner.load(["petition"], seed=1)
    (page,) = scanner.pages(DEVICE, ScanOptions())

    image = picture(page)
    assert image.mode == "RGB"
    assert image.size == (page.width, page.height) == (1654, 2339)
    assert image.info["dpi"] == (200, 200)
    assert (page.media_type, page.dpi) == ("image/jpeg", 200)


def test_grey_is_grey(scanner: VirtualScanner) -> None:
    page = next(scanner.pages(DEVICE, ScanOptions(dpi=75, colour=ColourMode.GREY)))

    assert picture(page).mode == "L"


def test_left_alone_its_feeder_fills_itself_anew_for_each_scan(scanner: VirtualScanner) -> None:
    scans = [list(scanner.pages(DEVICE, QUICK)) for _ in range(6)]

    assert all(2 <= len(scan) <= 5 for scan in scans)
    contents = [page.content for scan in scans for page in scan]
    assert len(set(contents)) == len(contents)


def test_the_same_seed_gives_the_same_pages() -> None:
    def scan(seed: int) -> list[ScannedPage]:
        return list(VirtualScanner(FONTS, seed=seed).pages(DEVICE, QUICK))

    assert scan(5) == scan(5)
    assert scan(5) != scan(6)


def test_the_sheet_after_the_last_page_asked_for_stays_in_the_feeder(
    scanner: VirtualScanner,
) -> None:
    scanner.load(ALL[:3], seed=1)
    pages: Iterator[ScannedPage] = scanner.pages(DEVICE, QUICK)
    next(pages)
    pages.close()  # type: ignore[attr-defined]

    assert len(list(scanner.pages(DEVICE, ScanOptions(dpi=75, source=PaperSource.FLATBED)))) == 1
    assert len(list(scanner.pages(DEVICE, ScanOptions(dpi=75, max_pages=5)))) == 1


def test_a_jam_takes_no_page_along_and_can_be_cleared(scanner: VirtualScanner) -> None:
    scanner.load(ALL[:4], seed=1)
    scanner.misbehave(Mishap(jams_at_page=3))
    pages = scanner.pages(DEVICE, QUICK)
    assert next(pages)
    assert next(pages)
    with pytest.raises(PaperJam) as raised:
        next(pages)

    assert raised.value.pages_before == 2
    assert len(list(scanner.pages(DEVICE, QUICK))) == 2


@pytest.mark.parametrize(
    ("mishap", "trouble"),
    [
        (Mishap(has_empty_feeder=True), FeederEmpty),
        (Mishap(is_unplugged=True), ScannerNotFound),
        (Mishap(is_busy=True), ScannerBusy),
        (Mishap(has_open_cover=True), ScannerCoverOpen),
        (Mishap(jams_at_page=1), PaperJam),
    ],
)
def test_each_mishap_is_its_own_trouble_until_mended(
    scanner: VirtualScanner, mishap: Mishap, trouble: type[ScannerTrouble]
) -> None:
    scanner.misbehave(mishap)
    with pytest.raises(trouble):
        next(scanner.pages(DEVICE, QUICK))

    scanner.misbehave(Mishap())
    assert next(scanner.pages(DEVICE, QUICK))


def test_unplugged_it_is_not_listed(scanner: VirtualScanner) -> None:
    scanner.misbehave(Mishap(is_unplugged=True))

    assert scanner.devices() == ()


def test_another_device_is_not_found(scanner: VirtualScanner) -> None:
    with pytest.raises(ScannerNotFound):
        next(scanner.pages("test:0", QUICK))


def test_a_paper_that_does_not_exist_cannot_be_loaded(scanner: VirtualScanner) -> None:
    with pytest.raises(KeyError):
        scanner.load(["petition", "treasure_map"], seed=1)


@pytest.mark.parametrize("name", ALL)
def test_every_paper_keeps_its_margins(name: str) -> None:
    for seed in range(25):
        page = np.asarray(draw_paper(name, seed, FONTS, 50).convert("L"))
        side = round(12 / 25.4 * 50)
        assert page[:, :side].min() > 200
        assert page[:, -side:].min() > 200
        assert page[:side].min() > 200


@pytest.mark.parametrize("name", ALL)
def test_no_two_people_stand_in_the_same_paper(name: str) -> None:
    pictures = {draw_paper(name, seed, FONTS, 50).tobytes() for seed in range(10)}

    assert len(pictures) == 10
