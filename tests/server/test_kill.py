"""The process is killed in the middle of its work, again and again: what it acknowledged, it has."""

from __future__ import annotations

import random
import signal
import threading
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from central_server.service.enrolment import issue_code
from central_server.service.offices import put_office
from central_server.settings import system_clock
from central_server.store.database import open_database
from counter_app.adapters.central.http_server import HttpCentralServer
from counter_app.application.ports.history import Cursor
from counter_app.application.ports.line import LineTrouble
from counter_app.domain.ids import DossierId
from counter_app.wire.letters import Letter
from counter_app.wire.messages import Enrolled, EnrolRequest, NewsItem, Outcome
from tests.helpers.central_office import UNIT, Hand, office_file, page_of
from tests.helpers.central_process import ServerProcess

ROUNDS = 24


class KillingTransport(httpx.BaseTransport):
    """Kills the server a moment after the n-th request set out."""

    def __init__(self, server: ServerProcess, after_requests: int, delay_s: float) -> None:
        self._inner = httpx.HTTPTransport()
        self._left = after_requests
        self._timer = threading.Timer(delay_s, server.kill)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self._left -= 1
        if self._left == 0:
            self._timer.start()
        return self._inner.handle_request(request)

    def close(self) -> None:
        self._timer.cancel()
        self._inner.close()


class Memory:
    """What the server acknowledged, as a counter that never forgets."""

    def __init__(self, seed: int, enrolled: Enrolled) -> None:
        self.chance = random.Random(seed)
        self.hand = Hand.of(enrolled)
        self.positions: dict[int, int] = {}
        self.pages: dict[str, bytes] = {}
        self.held: dict[str, int] = {}

    def write_some(self) -> None:
        for _ in range(self.chance.randint(1, 6)):
            content = self.chance.randbytes(self.chance.randint(1, 200_000))
            page = page_of(content)
            self.pages[page.sha256] = content
            self.held[page.sha256] = 0
            self.hand.receive(pages=(page,))

    def waiting(self) -> list[Letter]:
        return self.hand.letters[len(self.positions) :]

    def send(self, client: HttpCentralServer) -> None:
        """Until nothing waits, or the line breaks."""
        while waiting := self.waiting():
            for verdict in client.post_letters(self.hand.post(*waiting[:3])).verdicts:
                assert verdict.outcome in (Outcome.ACCEPTED, Outcome.ALREADY)
                assert verdict.position is not None
                self.positions[verdict.id.seq] = verdict.position
        for sha256, content in self.pages.items():
            if self.held[sha256] < len(content):

                def note(held: int, sha256: str = sha256) -> None:
                    self.held[sha256] = max(held, self.held[sha256])

                client.send_page(sha256, DossierId(""), content, report=note)

    def check(self, client: HttpCentralServer) -> None:
        """Everything that was acknowledged before is still there."""
        held = client.post_letters(self.hand.post(*self.hand.letters[:1])).mark.held
        assert held >= len(self.positions)
        for sha256, acknowledged in self.held.items():
            if acknowledged:
                offset = client.page_offset(sha256)
                assert offset is not None
                assert offset >= acknowledged
        feed = whole_feed(client)
        for seq, position in self.positions.items():
            assert feed[position - 1].letter == self.hand.letters[seq - 1]


def whole_feed(client: HttpCentralServer) -> list[NewsItem]:
    items: list[NewsItem] = []
    cursor, more = Cursor(), True
    while more:
        news = client.news_after(cursor)
        items += news.items
        more = news.more
        if news.items:
            cursor = Cursor(position=items[-1].position, digest=items[-1].chain)
    return items


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_when_the_server_is_killed(
    database_url: str, tmp_path: Path
) -> None:
    database = open_database(database_url, now=system_clock())
    with database.writing() as connection:
        put_office(connection, office_file())
    server = ServerProcess(database_url, tmp_path)
    newcomer = HttpCentralServer()
    enrolled = newcomer.enrol(
        server.url,
        EnrolRequest(
            code=issue_code(database, UNIT, 2, now=system_clock(), life=timedelta(days=1)).text,
            store="ab" * 16,
            machine="Quầy 2",
        ),
    )
    newcomer.close()
    database.close()
    memory = Memory(11, enrolled)
    broken = 0
    for _ in range(ROUNDS):
        memory.write_some()
        transport = KillingTransport(
            server, memory.chance.randint(1, 12), memory.chance.uniform(0, 0.02)
        )
        client = connect(server, enrolled, transport)
        try:
            memory.send(client)
        except LineTrouble:
            broken += 1
        server.kill()
        client.close()
        server = ServerProcess(database_url, tmp_path)
        client = connect(server, enrolled)
        memory.check(client)
        client.close()
    client = connect(server, enrolled)
    memory.send(client)
    memory.check(client)
    assert broken >= ROUNDS // 2, "the kills came too late to show anything"
    assert len(whole_feed(client)) == len(memory.hand.letters)
    for sha256, content in memory.pages.items():
        assert client.fetch_page(sha256) == content
    client.close()
    assert server.stop() == -signal.SIGTERM  # uvicorn ends in order, then as the signal asks
    assert "Application shutdown complete" in server.log()
    assert "failed" not in server.log()


def connect(
    server: ServerProcess, enrolled: Enrolled, transport: httpx.BaseTransport | None = None
) -> HttpCentralServer:
    return HttpCentralServer(server.url, enrolled.token, enrolled.mark.server, transport=transport)
