"""Pieces as large as the line deserves."""

from __future__ import annotations

import random

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.adapters.central.http_server import HttpCentralServer
from counter_app.adapters.central.page_upload import FIRST, LARGEST, SMALLEST, PieceSize
from counter_app.domain.ids import DossierId
from counter_app.wire.messages import Enrolled
from tests.helpers.central_office import Hand, Rig, page_of


class SlowLine(httpx.BaseTransport):
    """Lets a clock go on as a line of this speed would."""

    def __init__(self, inner: httpx.BaseTransport, bytes_per_s: float, delay_s: float) -> None:
        self._inner = inner
        self._bytes_per_s = bytes_per_s
        self._delay_s = delay_s
        self.time_s = 0.0
        self.pieces: list[tuple[int, float]] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        took = self._delay_s + len(request.read()) / self._bytes_per_s
        self.time_s += took
        if request.method == "PATCH":
            self.pieces.append((len(request.content), took))
        return self._inner.handle_request(request)


@pytest.mark.parametrize("kilobits", [128, 430, 2_000, 20_000])
def test_after_a_few_pieces_each_takes_one_to_four_seconds(
    rig: Rig, enrolled: Enrolled, kilobits: int
) -> None:
    bytes_per_s = kilobits * 125
    content = random.Random(kilobits).randbytes(min(30 * bytes_per_s, 20_000_000))
    hand = Hand.of(enrolled)
    hand.receive(pages=(page_of(content),))
    rig.client(enrolled).post_letters(hand.post())
    line = SlowLine(rig.line(), bytes_per_s, delay_s=0.3)
    client = HttpCentralServer(
        "http://central",
        enrolled.token,
        enrolled.mark.server,
        transport=line,
        now_s=lambda: line.time_s,
    )
    client.send_page(page_of(content).sha256, DossierId(""), content, report=lambda _: None)
    settled = line.pieces[4:-1]
    assert settled
    assert all(1.0 <= seconds <= 4.0 or size == LARGEST for size, seconds in settled)


@given(st.lists(st.tuples(st.integers(1, LARGEST), st.floats(0, 1000)) | st.none(), max_size=30))
def test_a_piece_is_never_outside_its_bounds(story) -> None:
    piece = PieceSize()
    assert piece.bytes == FIRST
    for step in story:
        piece.failed() if step is None else piece.took(*step)
        assert SMALLEST <= piece.bytes <= LARGEST


def test_lost_pieces_make_the_next_ones_smaller() -> None:
    piece = PieceSize()
    piece.failed()
    assert piece.bytes == FIRST // 2
    for _ in range(10):
        piece.failed()
    assert piece.bytes == SMALLEST
