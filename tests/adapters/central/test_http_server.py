"""What a counter makes of the answers that it gets, and of those that it does not get."""

from __future__ import annotations

import gzip
import json
import random
import socket
import threading
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from counter_app.adapters.central.http_server import HttpCentralServer
from counter_app.application.ports.history import Cursor
from counter_app.application.ports.line import (
    LineTrouble,
    NotEnrolled,
    PageNotThere,
    ProgramTooOld,
    ServerFailing,
    ServerNonsense,
    ServerTooOld,
    ServerUnreachable,
    WrongServer,
)
from counter_app.domain.ids import DossierId
from counter_app.wire.messages import Enrolled, EnrolRequest, PostLetters
from tests.helpers.central_line import Fault, FaultyTransport, in_turn
from tests.helpers.central_office import Hand, Rig, page_of

NONE = PostLetters(letters=())
CONTENT = random.Random(5).randbytes(150_000)
PAGE = page_of(CONTENT)
QUICK = httpx.Timeout(0.3)


class Changed(httpx.BaseTransport):
    """The real server behind something that changes its answers."""

    def __init__(
        self, inner: httpx.BaseTransport, change: Callable[[httpx.Response], httpx.Response]
    ) -> None:
        self._inner = inner
        self._change = change

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = self._inner.handle_request(request)
        response.read()
        return self._change(response)


def with_header(name: str, value: str | None) -> Callable[[httpx.Response], httpx.Response]:
    def change(response: httpx.Response) -> httpx.Response:
        headers = {k: v for k, v in response.headers.items() if k not in (name, "content-encoding")}
        if value is not None:
            headers[name] = value
        return httpx.Response(response.status_code, headers=headers, content=response.content)

    return change


def with_body(change_plain: Callable[[Any], None]) -> Callable[[httpx.Response], httpx.Response]:
    def change(response: httpx.Response) -> httpx.Response:
        plain = json.loads(response.content)
        change_plain(plain)
        headers = {
            k: v
            for k, v in response.headers.items()
            if k not in ("content-encoding", "content-length")
        }
        return httpx.Response(response.status_code, headers=headers, content=json.dumps(plain))

    return change


def trouble_of(call: Callable[[], object]) -> type[LineTrouble]:
    with pytest.raises(LineTrouble) as raised:
        call()
    return type(raised.value)


def client_over(
    rig: Rig, enrolled: Enrolled, change: Callable[[httpx.Response], httpx.Response]
) -> HttpCentralServer:
    return rig.client(enrolled, Changed(rig.line(), change))


# No answer at all


def test_a_closed_door_is_unreachable() -> None:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    server = HttpCentralServer(f"http://127.0.0.1:{port}", "t", timeout=QUICK)
    assert trouble_of(lambda: server.post_letters(NONE)) is ServerUnreachable
    server.close()


@pytest.mark.parametrize("url", ["http://no-such-host.invalid", "", "xyz", "http://[", "ftp://a.b"])
def test_an_address_that_leads_nowhere_is_unreachable(url: str) -> None:
    server = HttpCentralServer(url, "t", timeout=QUICK)
    assert trouble_of(lambda: server.post_letters(NONE)) is ServerUnreachable
    server.close()


def answered_with(raw: bytes, call: Callable[[HttpCentralServer], object]) -> type[LineTrouble]:
    """A peer on a real socket that says these bytes, whatever it is asked, and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as door:

        def serve() -> None:
            line, _ = door.accept()
            with line:
                line.recv(65536)
                line.sendall(raw)

        thread = threading.Thread(target=serve)
        thread.start()
        url = f"http://127.0.0.1:{door.getsockname()[1]}"
        server = HttpCentralServer(url, "t", timeout=httpx.Timeout(5.0))
        try:
            return trouble_of(lambda: call(server))
        finally:
            thread.join()
            server.close()


def test_a_server_that_says_nothing_in_time_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        url = f"http://127.0.0.1:{door.getsockname()[1]}"
        server = HttpCentralServer(url, "t", timeout=QUICK)
        assert trouble_of(server.office_pack) is ServerUnreachable
        server.close()


KNOWN = b"central-server: a\r\ncentral-protocol: 1\r\n"


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (b"", ServerUnreachable),
        (b"SSH-2.0-OpenSSH\r\n\r\n", ServerNonsense),
        (b"HTTP/1.1 200 OK\r\n" + KNOWN + b"Content-Length: 50\r\n\r\n{", ServerNonsense),
        (b"HTTP/1.1 200 OK\r\n" + KNOWN + b"Content-Length: 1\r\n\r\n{", ServerNonsense),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}", ServerNonsense),
        (b"HTTP/1.1 302 Found\r\nLocation: http://login/\r\n\r\n", ServerNonsense),
        (b"HTTP/1.1 502 Bad Gateway\r\n\r\n", ServerFailing),
        (b"HTTP/1.1 503 Busy\r\n" + KNOWN + b"\r\n", ServerFailing),
        (b"HTTP/1.1 401 No\r\n\r\n", ServerNonsense),
        (b"HTTP/1.1 426 No\r\n" + KNOWN + b"\r\n", ProgramTooOld),
        (
            b"HTTP/1.1 200 OK\r\n" + KNOWN + b"Content-Encoding: gzip\r\n\r\n" + b"not packed",
            ServerNonsense,
        ),
    ],
)
def test_strange_answers_are_called_by_their_names(raw: bytes, expected: type[LineTrouble]) -> None:
    assert answered_with(raw, lambda server: server.office_pack()) is expected


def test_an_answer_without_end_is_given_up() -> None:
    bomb = gzip.compress(bytes(100 * 2**20))
    raw = b"HTTP/1.1 200 OK\r\n" + KNOWN + b"Content-Encoding: gzip\r\n\r\n" + bomb
    assert answered_with(raw, lambda server: server.office_pack()) is ServerNonsense


# Another server, another protocol, another token


def test_another_server_at_the_address_is_noticed(rig: Rig, enrolled: Enrolled) -> None:
    other = HttpCentralServer("http://central", enrolled.token, "f" * 32, transport=rig.line())
    for call in (
        lambda: other.post_letters(NONE),
        lambda: other.news_after(Cursor()),
        other.office_pack,
        lambda: other.page_offset(PAGE.sha256),
        lambda: other.send_page(PAGE.sha256, DossierId(""), CONTENT, report=print),
        lambda: other.fetch_page(PAGE.sha256),
    ):
        assert trouble_of(call) is WrongServer


def test_another_server_is_noticed_before_its_refusal_of_the_token_is_believed(rig: Rig) -> None:
    other = HttpCentralServer("http://central", "unknown", "f" * 32, transport=rig.line())
    assert trouble_of(lambda: other.post_letters(NONE)) is WrongServer


def test_a_token_taken_back_is_told(rig: Rig, enrolled: Enrolled) -> None:
    rig.enrol(2, store="9" * 32)
    assert trouble_of(lambda: rig.client(enrolled).post_letters(NONE)) is NotEnrolled


def test_a_newer_protocol_asks_for_a_newer_program(rig: Rig, enrolled: Enrolled) -> None:
    newer = client_over(rig, enrolled, with_header("central-protocol", "2"))
    assert trouble_of(newer.office_pack) is ProgramTooOld


@pytest.mark.parametrize("value", ["", "x", "-1", "9" * 5000])
def test_a_protocol_that_is_no_number_is_nonsense(rig: Rig, enrolled: Enrolled, value: str) -> None:
    strange = client_over(rig, enrolled, with_header("central-protocol", value))
    assert trouble_of(strange.office_pack) in (ServerNonsense, ProgramTooOld)


def test_an_answer_without_a_servers_name_is_not_believed(rig: Rig, enrolled: Enrolled) -> None:
    nameless = client_over(rig, enrolled, with_header("central-server", None))
    assert trouble_of(nameless.office_pack) is ServerNonsense


def test_a_sign_in_page_in_between_is_nonsense(rig: Rig, enrolled: Enrolled) -> None:
    line = FaultyTransport(rig.line(), in_turn(Fault.REPLACED_BY_PAGE))
    assert trouble_of(rig.client(enrolled, line).office_pack) is ServerNonsense


def test_a_server_too_old_for_a_letter_is_told(rig: Rig, enrolled: Enrolled) -> None:
    from dataclasses import replace

    from counter_app.wire.letters import _digest

    letter = Hand.of(enrolled).receive()
    newer = replace(letter, v=9)
    digest = _digest(newer.id, newer.kind, newer.v, newer.body, newer.previous)
    post = PostLetters(letters=(replace(newer, digest=digest),))
    assert trouble_of(lambda: rig.client(enrolled).post_letters(post)) is ServerTooOld


# Answers that contradict themselves


def changed(path: str, value: Any) -> Callable[[Any], None]:
    """Set one field of the answer, `verdicts.0.position` for instance."""

    def change(plain: Any) -> None:
        *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
        for step in steps:
            plain = plain[step]
        plain[last] = value

    return change


@pytest.mark.parametrize(
    "change",
    [
        changed("verdicts.0.id.seq", 7),
        changed("verdicts.0.position", None),
        changed("verdicts.1.outcome", "refused"),
        changed("verdicts", []),
        changed("mark.held", 1),
        changed("mark.held", "2"),
        changed("surprise", 1),
        lambda plain: plain["verdicts"].reverse(),
        lambda plain: plain["verdicts"].append(plain["verdicts"][0]),
    ],
)
def test_verdicts_that_do_not_fit_the_letters_are_nonsense(
    rig: Rig, enrolled: Enrolled, change: Callable[[Any], None]
) -> None:
    hand = Hand.of(enrolled)
    hand.receive(), hand.receive()
    liar = client_over(rig, enrolled, with_body(change))
    assert trouble_of(lambda: liar.post_letters(hand.post())) is ServerNonsense
    assert rig.client(enrolled).post_letters(hand.post()).mark.held == 2


@pytest.mark.parametrize(
    "change",
    [
        changed("items.0.position", 2),
        changed("items.1.letter.body", "{}"),
        changed("items.1.letter.id.seq", 9),
        changed("is_rewound", True),
        lambda plain: plain["items"].pop(1),
        lambda plain: plain["items"].reverse(),
        lambda plain: plain.update(items=[], more=True),
    ],
)
def test_news_with_a_hole_or_a_damaged_letter_are_nonsense(
    rig: Rig, enrolled: Enrolled, change: Callable[[Any], None]
) -> None:
    hand = Hand.of(enrolled)
    for _ in range(3):
        hand.receive()
    rig.client(enrolled).post_letters(hand.post())
    liar = client_over(rig, enrolled, with_body(change))
    assert trouble_of(lambda: liar.news_after(Cursor())) is ServerNonsense


def test_a_body_that_names_another_server_than_the_header_is_noticed(
    rig: Rig, enrolled: Enrolled
) -> None:
    liar = client_over(rig, enrolled, with_body(changed("mark.server", "f" * 32)))
    assert trouble_of(lambda: liar.post_letters(NONE)) is WrongServer
    assert trouble_of(lambda: liar.news_after(Cursor())) is WrongServer
    request = EnrolRequest(code=rig.code(number=3), store="3" * 32, machine="Quầy")
    newcomer = HttpCentralServer(
        transport=Changed(rig.line(), with_body(changed("mark.server", "f" * 32)))
    )
    assert trouble_of(lambda: newcomer.enrol("http://central", request)) is ServerNonsense


# Letters in moderate portions


def test_more_letters_than_a_slow_line_carries_at_once_go_in_portions(
    rig: Rig, enrolled: Enrolled
) -> None:
    hand, client = Hand.of(enrolled), rig.client(enrolled)
    many = tuple(page_of(bytes([n])) for n in range(250)) * 4
    for _ in range(6):
        hand.receive(pages=many)
    assert len(hand.letters[0].body) > 60_000
    portions = []
    while (held := sum(portions)) < 6:
        portions.append(len(client.post_letters(hand.post(*hand.letters[held:])).verdicts))
    assert portions == [2, 2, 2]


def test_a_single_letter_goes_however_large_it_is(rig: Rig, enrolled: Enrolled) -> None:
    hand = Hand.of(enrolled)
    hand.receive(pages=(PAGE,) * 2000)
    assert len(hand.letters[0].body) > 150_000
    hand.receive(pages=(PAGE,) * 2000)
    assert len(rig.client(enrolled).post_letters(hand.post()).verdicts) == 1


# Pages


def announce(rig: Rig, enrolled: Enrolled) -> None:
    hand = Hand.of(enrolled)
    hand.receive(pages=(PAGE,))
    rig.client(enrolled).post_letters(hand.post())


def test_an_upload_goes_on_where_it_was_cut(rig: Rig, enrolled: Enrolled) -> None:
    announce(rig, enrolled)
    line = FaultyTransport(rig.line(), in_turn(Fault.NONE, Fault.NONE, Fault.ANSWER_LOST))
    client = rig.client(enrolled, line)
    told: list[int] = []
    with pytest.raises(ServerUnreachable):
        client.send_page(PAGE.sha256, DossierId(""), CONTENT, report=told.append)
    client.send_page(PAGE.sha256, DossierId(""), CONTENT, report=told.append)
    assert line.sent == len(CONTENT)  # not one byte twice: the lost answer's piece had arrived
    assert told[-1] == len(CONTENT)
    assert client.fetch_page(PAGE.sha256) == CONTENT


def test_a_piece_damaged_on_its_way_is_sent_again_at_once(rig: Rig, enrolled: Enrolled) -> None:
    announce(rig, enrolled)
    line = FaultyTransport(rig.line(), in_turn(Fault.NONE, Fault.DAMAGED_UP))
    client = rig.client(enrolled, line)
    client.send_page(PAGE.sha256, DossierId(""), CONTENT, report=lambda _: None)
    assert client.fetch_page(PAGE.sha256) == CONTENT


def test_a_line_that_damages_everything_is_given_up(rig: Rig, enrolled: Enrolled) -> None:
    announce(rig, enrolled)
    client = rig.client(enrolled, FaultyTransport(rig.line(), lambda _: Fault.DAMAGED_UP))
    call = lambda: client.send_page(PAGE.sha256, DossierId(""), CONTENT, report=lambda _: None)  # noqa: E731
    assert trouble_of(call) is ServerNonsense


def test_another_content_than_the_name_says_never_becomes_the_page(
    rig: Rig, enrolled: Enrolled
) -> None:
    announce(rig, enrolled)
    client = rig.client(enrolled)
    wrong = bytes(len(CONTENT))
    call = lambda: client.send_page(PAGE.sha256, DossierId(""), wrong, report=lambda _: None)  # noqa: E731
    assert trouble_of(call) is ServerNonsense
    with pytest.raises(PageNotThere):
        client.fetch_page(PAGE.sha256)


def test_a_page_damaged_on_its_way_down_is_not_believed(rig: Rig, enrolled: Enrolled) -> None:
    announce(rig, enrolled)
    line = FaultyTransport(rig.line(), in_turn())
    client = rig.client(enrolled, line)
    client.send_page(PAGE.sha256, DossierId(""), CONTENT, report=lambda _: None)
    line.plan = in_turn(Fault.DAMAGED_DOWN, Fault.CUT_BODY, Fault.SHORTENED_BODY)
    for _ in range(3):
        assert trouble_of(lambda: client.fetch_page(PAGE.sha256)) is ServerNonsense
    assert client.fetch_page(PAGE.sha256) == CONTENT


def test_a_small_new_page_needs_one_question_alone(rig: Rig, enrolled: Enrolled) -> None:
    small = CONTENT[:5000]
    hand = Hand.of(enrolled)
    hand.receive(pages=(page_of(small),))
    rig.client(enrolled).post_letters(hand.post())
    line = FaultyTransport(rig.line(), in_turn())
    client = rig.client(enrolled, line)
    client.send_page(page_of(small).sha256, DossierId(""), small, report=lambda _: None)
    assert [method for method, _, _ in line.done] == ["PATCH"]


def test_a_page_that_is_there_already_costs_no_bytes_the_second_time(
    rig: Rig, enrolled: Enrolled
) -> None:
    announce(rig, enrolled)
    line = FaultyTransport(rig.line(), in_turn())
    client = rig.client(enrolled, line)
    for _ in range(2):
        client.send_page(PAGE.sha256, DossierId(""), CONTENT, report=lambda _: None)
    assert line.sent == len(CONTENT)
