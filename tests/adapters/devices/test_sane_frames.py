"""The line between program and worker: whole frames, or a named end."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.adapters.devices.sane_frames import (
    Frame,
    LineLost,
    LineSilent,
    read_frame,
    write_frame,
)

HEADS = st.dictionaries(st.text(max_size=8), st.integers() | st.text(max_size=20), max_size=4)


@contextmanager
def pipe() -> Iterator[tuple[io.FileIO, io.FileIO]]:
    read_end, write_end = os.pipe()
    with io.FileIO(read_end, "r") as reads, io.FileIO(write_end, "w") as writes:
        yield reads, writes


@given(HEADS, st.binary(max_size=2000))
def test_a_frame_arrives_as_it_was_sent(head: dict[str, object], body: bytes) -> None:
    with pipe() as (reads, writes):
        write_frame(writes, head, body)
        assert read_frame(reads, 1.0) == Frame(head, body)


def test_a_page_larger_than_the_pipe_arrives_whole() -> None:
    page = os.urandom(5_000_000)
    with pipe() as (reads, writes), ThreadPoolExecutor(1) as other:
        sent = other.submit(write_frame, writes, {"tell": "page"}, page)
        assert read_frame(reads, 5.0).body == page
        sent.result()


@given(st.binary(max_size=300))
def test_nonsense_is_a_lost_line(nonsense: bytes) -> None:
    with pipe() as (reads, writes):
        writes.write(b"\xff" + nonsense)
        writes.close()
        with pytest.raises(LineLost):
            read_frame(reads, 1.0)


@given(st.binary(max_size=40), st.data())
def test_a_frame_cut_short_is_a_lost_line(body: bytes, data: st.DataObject) -> None:
    with pipe() as (reads, writes):
        write_frame(writes, {"tell": "page"}, body)
        whole = os.read(reads.fileno(), 1000)
        writes.write(whole[: data.draw(st.integers(0, len(whole) - 1))])
        writes.close()
        with pytest.raises(LineLost):
            read_frame(reads, 1.0)


@pytest.mark.parametrize("head", [b"[]", b"nonsense", b"\xff\xfe"])
def test_a_head_that_is_no_object_is_a_lost_line(head: bytes) -> None:
    with pipe() as (reads, writes):
        writes.write(len(head).to_bytes(4, "big") + bytes(4) + head)
        with pytest.raises(LineLost):
            read_frame(reads, 1.0)


def test_silence_ends_the_wait() -> None:
    with pipe() as (reads, _writes):
        began = time.monotonic()
        with pytest.raises(LineSilent):
            read_frame(reads, 0.1)
        assert 0.09 < time.monotonic() - began < 5


def test_writing_to_nobody_is_a_lost_line() -> None:
    with pipe() as (reads, writes):
        reads.close()
        with pytest.raises(LineLost):
            write_frame(writes, {"ask": "next"})
