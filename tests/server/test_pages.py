"""Pages come up in pieces, whole or not at all."""

from __future__ import annotations

import base64
import hashlib
import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from central_server.store import tables
from counter_app.application.ports.line import PageNotThere
from counter_app.domain.dossier import Page
from counter_app.domain.ids import DossierId
from counter_app.wire.messages import Enrolled
from tests.helpers.central_office import Hand, Rig, page_of

CONTENT = random.Random(7).randbytes(300_000)
PAGE = page_of(CONTENT)
PATH = f"/v1/pages/{PAGE.sha256}"
TUS = {"Tus-Resumable": "1.0.0"}


def announced(rig: Rig, *pages: Page, number: int = 2) -> Enrolled:
    """A counter whose accepted letter named the pages."""
    enrolled = rig.enrol(number)
    hand = Hand.of(enrolled)
    hand.receive(pages=pages or (PAGE,))
    rig.client(enrolled).post_letters(hand.post())
    return enrolled


def patch(
    raw: httpx.Client, at: int, piece: bytes, path: str = PATH, **more: str
) -> httpx.Response:
    headers = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(at)}
    return raw.patch(path, content=piece, headers=TUS | headers | more)


def checksum(piece: bytes, algorithm: str = "sha256") -> dict[str, str]:
    value = base64.b64encode(hashlib.new(algorithm, piece).digest()).decode()
    return {"Upload-Checksum": f"{algorithm} {value}"}


def stored_files(rig: Rig) -> list[Path]:
    folder = rig.settings.blobs
    return [p for p in folder.rglob("*") if p.is_file() and "locks" not in p.parts]


def is_noted(rig: Rig, page: Page = PAGE) -> bool:
    with rig.database.reading() as connection:
        found = select(tables.page.c.stored_at).where(tables.page.c.sha256 == page.sha256)
        return connection.scalars(found).one() is not None


def test_a_page_comes_up_in_pieces_and_down_whole(rig: Rig) -> None:
    enrolled = announced(rig)
    client = rig.client(enrolled)
    told: list[int] = []
    assert client.page_offset(PAGE.sha256) == 0
    client.send_page(PAGE.sha256, DossierId("0" * 32), CONTENT, report=told.append)
    assert told == sorted(set(told))
    assert told[-1] == len(CONTENT)
    assert client.page_offset(PAGE.sha256) == len(CONTENT)
    assert client.fetch_page(PAGE.sha256) == CONTENT
    assert is_noted(rig)


def test_another_counter_of_the_office_reads_it_and_another_office_does_not(rig: Rig) -> None:
    rig.client(announced(rig)).send_page(PAGE.sha256, DossierId(""), CONTENT, report=print)
    assert rig.client(rig.enrol(3)).fetch_page(PAGE.sha256) == CONTENT
    rig.open_office("H36.16")
    stranger = rig.client(rig.enrol(2, unit="H36.16"))
    assert stranger.page_offset(PAGE.sha256) is None
    with pytest.raises(PageNotThere):
        stranger.fetch_page(PAGE.sha256)


def test_another_office_that_names_the_page_must_send_it_itself(rig: Rig) -> None:
    """Knowing a digest is not having the paper."""
    rig.client(announced(rig)).send_page(PAGE.sha256, DossierId(""), CONTENT, report=print)
    rig.open_office("H36.16")
    enrolled = rig.enrol(2, unit="H36.16")
    hand = Hand.of(enrolled)
    hand.receive(pages=(PAGE,))
    client = rig.client(enrolled)
    client.post_letters(hand.post())
    assert client.page_offset(PAGE.sha256) == 0
    with pytest.raises(PageNotThere):
        client.fetch_page(PAGE.sha256)


def test_records_first_a_page_that_no_letter_named_is_unknown(rig: Rig) -> None:
    enrolled = rig.enrol()
    client, raw = rig.client(enrolled), rig.raw(enrolled)
    assert client.page_offset(PAGE.sha256) is None
    with pytest.raises(PageNotThere):
        client.send_page(PAGE.sha256, DossierId(""), CONTENT, report=print)
    for answer in (patch(raw, 0, CONTENT), raw.get(PATH), raw.get("/v1/pages/..%2F..%2Fx")):
        assert (answer.status_code, answer.json()["error"]) in [
            (404, "page_unknown"),
            (404, "not_found"),
        ]
    assert stored_files(rig) == []


def test_a_page_of_a_refused_letter_is_unknown(rig: Rig) -> None:
    enrolled = rig.enrol()
    hand, client = Hand.of(enrolled), rig.client(enrolled)
    hand.receive(5, pages=(PAGE,))
    client.post_letters(hand.post())
    assert client.page_offset(PAGE.sha256) is None


def test_pages_added_later_are_welcome_too(rig: Rig) -> None:
    enrolled = rig.enrol()
    hand, client = Hand.of(enrolled), rig.client(enrolled)
    hand.add_pages(hand.receive(), PAGE)
    client.post_letters(hand.post())
    assert client.page_offset(PAGE.sha256) == 0


def test_a_page_that_is_not_whole_cannot_be_read(rig: Rig) -> None:
    enrolled = announced(rig)
    assert patch(rig.raw(enrolled), 0, CONTENT[:1000]).status_code == 204
    with pytest.raises(PageNotThere):
        rig.client(enrolled).fetch_page(PAGE.sha256)
    assert rig.client(enrolled).page_offset(PAGE.sha256) == 1000


def test_a_piece_elsewhere_than_at_the_end_is_turned_down_with_the_right_offset(rig: Rig) -> None:
    raw = rig.raw(announced(rig))
    patch(raw, 0, CONTENT[:1000])
    for at in (0, 999, 1001, 300_000):
        answer = patch(raw, at, CONTENT[at : at + 10])
        assert (answer.status_code, answer.headers["upload-offset"]) == (409, "1000")
    assert patch(raw, 1000, CONTENT[1000:]).headers["upload-offset"] == "300000"
    assert patch(raw, 0, CONTENT).headers["upload-offset"] == "300000"


def test_a_piece_longer_than_the_rest_is_turned_down(rig: Rig) -> None:
    raw = rig.raw(announced(rig))
    answer = patch(raw, 0, CONTENT + b"x")
    assert (answer.status_code, answer.json()["error"]) == (400, "length")
    assert not is_noted(rig)


@pytest.mark.parametrize("algorithm", ["sha256", "sha1"])
def test_a_damaged_piece_is_not_kept(rig: Rig, algorithm: str) -> None:
    raw = rig.raw(announced(rig))
    patch(raw, 0, CONTENT[:1000])
    wrong = checksum(b"something else", algorithm)
    answer = patch(raw, 1000, CONTENT[1000:2000], **wrong)
    assert (answer.status_code, answer.headers["upload-offset"]) == (460, "1000")
    right = checksum(CONTENT[1000:2000], algorithm)
    assert patch(raw, 1000, CONTENT[1000:2000], **right).headers["upload-offset"] == "2000"


def test_a_whole_that_is_not_what_its_name_says_begins_again(rig: Rig) -> None:
    enrolled = announced(rig)
    raw = rig.raw(enrolled)
    answer = patch(raw, 0, CONTENT[:-1] + b"x")
    assert (answer.status_code, answer.json()["error"]) == (422, "digest")
    assert answer.headers["upload-offset"] == "0"
    assert stored_files(rig) == []
    client = rig.client(enrolled)
    client.send_page(PAGE.sha256, DossierId(""), CONTENT, report=print)
    assert client.fetch_page(PAGE.sha256) == CONTENT


def test_two_that_send_the_same_page_at_once_do_not_spoil_it(rig: Rig) -> None:
    enrolled = announced(rig)
    with ThreadPoolExecutor(4) as pool:
        for upload in [
            pool.submit(
                rig.client(enrolled).send_page, PAGE.sha256, DossierId(""), CONTENT, report=len_ok
            )
            for _ in range(4)
        ]:
            upload.result()
    assert rig.client(enrolled).fetch_page(PAGE.sha256) == CONTENT
    assert [path.name for path in stored_files(rig) if "pages" in path.parts] == [PAGE.sha256]


def len_ok(held: int) -> None:
    assert 0 <= held <= len(CONTENT)


def test_a_standard_tus_client_finds_creation_and_abilities(rig: Rig) -> None:
    raw = rig.raw(announced(rig))
    able = raw.options("/v1/pages")
    assert able.headers["tus-version"] == "1.0.0"
    assert able.headers["tus-extension"] == "creation,checksum"
    encoded = base64.b64encode(PAGE.sha256.encode()).decode()
    made = raw.post(
        "/v1/pages",
        headers=TUS | {"Upload-Length": str(PAGE.size), "Upload-Metadata": f"sha256 {encoded}"},
    )
    assert (made.status_code, made.headers["location"]) == (201, PATH)
    head = raw.head(PATH, headers=TUS)
    assert head.headers["upload-length"] == str(PAGE.size)
    assert head.headers["cache-control"] == "no-store"
    assert raw.head(PATH).status_code == 412


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Upload-Length": "5"}, 400),
        ({"Upload-Length": "-1"}, 400),
        ({"Upload-Length": "x"}, 400),
        ({"Upload-Length": "300000", "Upload-Metadata": "sha256 !!"}, 400),
        ({"Upload-Length": "300000", "Upload-Metadata": ""}, 404),
        ({"Tus-Resumable": "0.2"}, 412),
        ({}, 400),
    ],
)
def test_a_creation_of_the_wrong_form_is_turned_down(
    rig: Rig, headers: dict[str, str], status: int
) -> None:
    raw = rig.raw(announced(rig))
    named = base64.b64encode(PAGE.sha256.encode()).decode()
    sent = TUS | {"Upload-Metadata": f"sha256 {named}"} | headers
    assert raw.post("/v1/pages", headers=sent).status_code == status


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Content-Type": "application/json"}, 415),
        ({"Upload-Offset": "x"}, 400),
        ({"Upload-Offset": "\u00b2"}, 400),
        ({"Upload-Checksum": "md5 AAAA"}, 400),
        ({"Upload-Checksum": "sha256 %%%"}, 400),
        ({"Tus-Resumable": "2"}, 412),
    ],
)
def test_a_piece_of_the_wrong_form_is_turned_down(
    rig: Rig, headers: dict[str, str], status: int
) -> None:
    raw = rig.raw(announced(rig))
    sent = TUS | {"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"} | headers
    encoded = {name: value.encode() for name, value in sent.items()}
    answer = raw.patch(PATH, content=b"x", headers=encoded)
    assert answer.status_code == status
    assert stored_files(rig) == []


def test_a_page_too_large_for_the_server_is_turned_down(rig: Rig) -> None:
    huge = Page("a" * 64, rig.settings.max_page + 1)
    raw = rig.raw(announced(rig, huge))
    assert patch(raw, 0, b"x", f"/v1/pages/{huge.sha256}").status_code == 413


def test_the_latest_letter_decides_how_long_a_page_is(rig: Rig) -> None:
    """A letter that named a wrong size must not keep the page away for ever."""
    enrolled = rig.enrol()
    hand, client = Hand.of(enrolled), rig.client(enrolled)
    letter = hand.receive(pages=(Page(PAGE.sha256, 999_999),))
    client.post_letters(hand.post())
    raw = rig.raw(enrolled)
    assert patch(raw, 0, CONTENT).status_code == 204
    assert not is_noted(rig)
    client.post_letters(hand.post(hand.add_pages(letter, PAGE)))
    assert client.page_offset(PAGE.sha256) == PAGE.size
    assert client.fetch_page(PAGE.sha256) == CONTENT


def test_an_answer_lost_at_the_last_piece_is_made_good_by_asking(rig: Rig) -> None:
    """The last byte is on the disk, but the process died before it looked at the whole."""
    enrolled = announced(rig)
    rig.app.state.central.files.append("H36.15", PAGE.sha256, 0, CONTENT)
    client = rig.client(enrolled)
    assert client.page_offset(PAGE.sha256) == PAGE.size
    assert client.fetch_page(PAGE.sha256) == CONTENT
    assert is_noted(rig)


def test_a_wrong_whole_left_behind_is_found_by_asking(rig: Rig) -> None:
    enrolled = announced(rig)
    rig.app.state.central.files.append("H36.15", PAGE.sha256, 0, bytes(PAGE.size))
    client = rig.client(enrolled)
    client.send_page(PAGE.sha256, DossierId(""), CONTENT, report=print)
    assert client.fetch_page(PAGE.sha256) == CONTENT


def test_part_of_a_page_may_be_read(rig: Rig) -> None:
    enrolled = announced(rig)
    rig.client(enrolled).send_page(PAGE.sha256, DossierId(""), CONTENT, report=print)
    answer = rig.raw(enrolled).get(PATH, headers={"Range": "bytes=10-19"})
    assert (answer.status_code, answer.content) == (206, CONTENT[10:20])
