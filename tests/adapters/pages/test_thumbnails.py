"""Small pictures of pages, and rubbish that claims to be a page."""

from __future__ import annotations

import io
import random
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from counter_app.adapters.devices.sample_ageing import as_scanned
from counter_app.adapters.devices.sample_papers import PAPERS, draw_paper
from counter_app.adapters.pages.thumbnails import PageUnreadable, page_quality, thumbnail

FONTS = Path(__file__).parents[3] / "resources" / "fonts"
A4 = (1654, 2339)


def encoded(image: Image.Image, kind: str = "JPEG") -> bytes:
    target = io.BytesIO()
    image.save(target, kind)
    return target.getvalue()


def scanned(clean: Image.Image, seed: int = 1) -> bytes:
    return as_scanned(clean, random.Random(seed), dpi=200)


def png_header(width: int, height: int) -> bytes:
    """A PNG that promises so many pixels and holds none."""
    shape = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", shape), (b"IDAT", zlib.compress(b"")))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_thumbnail_is_as_high_as_asked_and_keeps_the_shape(kind: str) -> None:
    page = Image.new("RGB", A4, "white")
    page.paste("red", (0, 0, 827, 2339))

    small = Image.open(io.BytesIO(thumbnail(encoded(page, kind), 160)))

    assert small.size == (113, 160)
    left, right = small.getpixel((20, 80)), small.getpixel((95, 80))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert left[1] < 30
    assert right[1] > 220


def test_a_thumbnail_never_enlarges() -> None:
    tiny = encoded(Image.new("L", (30, 40)))

    assert Image.open(io.BytesIO(thumbnail(tiny, 160))).size == (30, 40)


@given(st.integers(1, 60), st.integers(1, 60), st.integers(1, 80))
def test_any_shape_gives_a_thumbnail(width: int, height: int, asked: int) -> None:
    content = encoded(Image.new("RGB", (width, height), "white"))
    small = Image.open(io.BytesIO(thumbnail(content, asked)))

    assert small.height == min(asked, height)
    assert small.width >= 1


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"\x1b@", bytes(5000), b"\xff\xd8\xff"])
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    for look in (lambda page: thumbnail(page, 160), page_quality):
        with pytest.raises(PageUnreadable):
            look(content)


def test_other_kinds_of_pictures_are_refused() -> None:
    for kind in ("GIF", "TIFF", "BMP", "WEBP"):
        with pytest.raises(PageUnreadable) as raised:
            thumbnail(encoded(Image.new("L", (50, 70)), kind), 50)
        assert raised.value.rule == "not_a_picture"


@pytest.mark.parametrize("size", [(9000, 9000), (12_000, 12_000), (50_000, 50_000)])
def test_a_bomb_is_refused_by_its_header(size: tuple[int, int]) -> None:
    with pytest.raises(PageUnreadable) as raised:
        thumbnail(png_header(*size), 160)
    assert raised.value.rule == "too_large"


def test_half_a_page_is_refused() -> None:
    whole = scanned(draw_paper("petition", 1, FONTS, 100))

    with pytest.raises(PageUnreadable) as raised:
        thumbnail(whole[: len(whole) // 2], 160)
    assert raised.value.rule == "cut_short"


@given(st.binary(max_size=400), st.sampled_from([b"\xff\xd8\xff\xe0", png_header(20, 20), b""]))
def test_rubbish_is_refused_and_nothing_worse(rubbish: bytes, start: bytes) -> None:
    try:
        thumbnail(start + rubbish, 40)
    except PageUnreadable as refused:
        assert refused.rule in ("not_a_picture", "too_large", "cut_short")


@given(st.data())
def test_a_page_with_flipped_bytes_is_shown_or_refused(data: st.DataObject) -> None:
    content = bytearray(encoded(Image.new("RGB", (60, 80), "white"), "JPEG"))
    for _ in range(3):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    try:
        thumbnail(bytes(content), 40)
    except PageUnreadable as refused:
        assert refused.rule


@pytest.mark.parametrize("seed", range(12))
def test_an_empty_sheet_is_blank_whatever_its_tone(seed: int) -> None:
    assert page_quality(scanned(Image.new("RGB", A4, "white"), seed)).is_blank


def test_dark_and_bleached_empty_sheets_are_blank() -> None:
    for tone in ("white", (205, 196, 170), (160, 160, 160)):
        assert page_quality(encoded(Image.new("RGB", A4, tone))).is_blank


@pytest.mark.parametrize("name", PAPERS)
def test_papers_are_not_blank(name: str) -> None:
    quality = page_quality(scanned(draw_paper(name, 7, FONTS)))

    assert not quality.is_blank
    assert quality.ink_share > 0.002


def test_a_single_written_line_is_not_blank() -> None:
    sheet = Image.new("RGB", A4, "white")
    draw = ImageDraw.Draw(sheet)
    for place in range(40):
        x = 300 + place * 20
        draw.line((x, 900, x + 12, 870, x + 14, 905), fill=(30, 40, 120), width=4)

    assert not page_quality(scanned(sheet)).is_blank


def test_a_shadow_at_the_edge_and_specks_of_dust_are_not_ink() -> None:
    sheet = Image.new("RGB", A4, "white")
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((0, 0, 40, A4[1]), fill=(90, 90, 90))
    for place in range(6):
        draw.ellipse(
            (200 * place + 150, 300 * place + 200, 200 * place + 154, 300 * place + 204), 0
        )

    assert page_quality(scanned(sheet)).is_blank
