"""What only shows on a real connection: cut, stalled and endless bodies."""

from __future__ import annotations

import hashlib
import random
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from counter_app.domain.ids import DossierId
from tests.helpers import processes
from tests.helpers.central_office import Hand, Rig, page_of, running_rig
from tests.helpers.central_process import listening

CONTENT = random.Random(3).randbytes(400_000)
PAGE = page_of(CONTENT)


@pytest.fixture
def impatient_rig(tmp_path: Path) -> Iterator[Rig]:
    url = f"sqlite:///{tmp_path / 'central.sqlite'}"
    with running_rig(url, tmp_path, stalled_after_s=0.3, max_body=100_000) as rig:
        yield rig


@contextmanager
def connection(rig: Rig) -> Iterator[socket.socket]:
    with listening(rig.app) as address, socket.create_connection(address, timeout=20) as line:
        yield line


def announced(rig: Rig):
    enrolled = rig.enrol()
    hand = Hand.of(enrolled)
    hand.receive(pages=(PAGE,))
    rig.client(enrolled).post_letters(hand.post())
    return enrolled


def head_of_piece(token: str, length: int, start: int = 0, more: str = "") -> bytes:
    return (
        f"PATCH /v1/pages/{PAGE.sha256} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n"
        f"Tus-Resumable: 1.0.0\r\nContent-Type: application/offset+octet-stream\r\n"
        f"Upload-Offset: {start}\r\nContent-Length: {length}\r\n{more}\r\n"
    ).encode()


def test_what_came_before_the_line_was_cut_is_kept(impatient_rig: Rig) -> None:
    enrolled = announced(impatient_rig)
    client = impatient_rig.client(enrolled)
    with listening(impatient_rig.app) as address:
        with socket.create_connection(address) as line:
            line.sendall(head_of_piece(enrolled.token, len(CONTENT)) + CONTENT[:150_000])
        processes.wait_until(
            lambda: client.page_offset(PAGE.sha256) == 150_000, what="the cut piece"
        )
    client.send_page(PAGE.sha256, DossierId(""), CONTENT, report=lambda _: None)
    assert client.fetch_page(PAGE.sha256) == CONTENT


def test_a_piece_that_stands_still_is_given_up_and_kept_as_far_as_it_came(
    impatient_rig: Rig,
) -> None:
    """The line is dead but nobody says so: the counter comes back on another connection."""
    enrolled = announced(impatient_rig)
    with connection(impatient_rig) as line:
        line.sendall(head_of_piece(enrolled.token, len(CONTENT)) + CONTENT[:70_000])
        answer = line.recv(4096).decode()
    assert answer.startswith("HTTP/1.1 408")
    assert "upload-offset: 70000" in answer.lower()
    assert impatient_rig.client(enrolled).page_offset(PAGE.sha256) == 70_000


def test_a_piece_written_by_and_by_is_acknowledged_whole(impatient_rig: Rig) -> None:
    enrolled = announced(impatient_rig)
    with connection(impatient_rig) as line:
        line.sendall(head_of_piece(enrolled.token, len(CONTENT)))
        for at in range(0, len(CONTENT), 50_000):
            line.sendall(CONTENT[at : at + 50_000])
        answer = line.recv(4096).decode()
    assert answer.startswith("HTTP/1.1 204")
    content = impatient_rig.client(enrolled).fetch_page(PAGE.sha256)
    assert hashlib.sha256(content).hexdigest() == PAGE.sha256


def test_a_body_of_letters_that_stands_still_is_given_up(impatient_rig: Rig) -> None:
    enrolled = impatient_rig.enrol()
    with connection(impatient_rig) as line:
        line.sendall(
            f"POST /v1/letters HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {enrolled.token}\r\n"
            f"Content-Length: 5000\r\n\r\n{{".encode()
        )
        assert line.recv(4096).startswith(b"HTTP/1.1 408")


def test_an_endless_body_is_cut_off_while_it_streams(impatient_rig: Rig) -> None:
    enrolled = impatient_rig.enrol()
    with connection(impatient_rig) as line:
        line.sendall(
            f"POST /v1/letters HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {enrolled.token}\r\n"
            f"Transfer-Encoding: chunked\r\n\r\n".encode()
        )
        line.sendall(b"10000\r\n" + b" " * 0x10000 + b"\r\n")
        line.sendall(b"10000\r\n" + b" " * 0x10000 + b"\r\n")
        assert line.recv(4096).startswith(b"HTTP/1.1 413")


def test_a_piece_is_not_read_when_it_goes_elsewhere(impatient_rig: Rig) -> None:
    enrolled = announced(impatient_rig)
    with connection(impatient_rig) as line:
        line.sendall(head_of_piece(enrolled.token, 1000, start=500))
        assert line.recv(4096).startswith(b"HTTP/1.1 409")
