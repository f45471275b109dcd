"""A line that misbehaves, and a line that needs no network.

`FaultyTransport` stands between a real client and a real server and does to each request what its
plan says. `AsgiBridge` carries requests into the real application in this process.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from typing import Any

import httpx
from anyio.from_thread import BlockingPortal, start_blocking_portal


class Fault(Enum):
    """What the line does to one request."""

    NONE = "none"
    UNREACHABLE = "unreachable"
    """It never arrives."""
    ANSWER_LOST = "answer lost"
    """It arrives and is carried out; the answer does not come back."""
    DOUBLED = "doubled"
    """It arrives twice; the second answer comes back."""
    ECHO = "echo"
    """It arrives, and once more just before the next request."""
    FAILED_AFTER_COMMIT = "500 after commit"
    """It is carried out, and the answer is a bare 500."""
    REPLACED_BY_PAGE = "sign-in page"
    """It never arrives; something in between answers 200 with a page of its own."""
    CUT_BODY = "cut body"
    """It is carried out; the answer breaks off in the middle, as TCP shows it."""
    SHORTENED_BODY = "shortened body"
    """It is carried out; half of the answer comes as if it were the whole."""
    DAMAGED_UP = "damaged on the way up"
    """One byte of the body is changed, of letters or of a piece of a page."""
    DAMAGED_DOWN = "damaged on the way down"
    """One byte of a page is changed. (Other answers carry no digest: TLS is what guards them.)"""


Plan = Callable[[httpx.Request], Fault]

HARMFUL = tuple(fault for fault in Fault if fault is not Fault.NONE)


def in_turn(*faults: Fault) -> Plan:
    """These faults, one per request, and none after them."""
    rest = iter(faults)
    return lambda _request: next(rest, Fault.NONE)


def at_random(seed: int, *, share: float = 0.3, of: tuple[Fault, ...] = HARMFUL) -> Plan:
    """Each request suffers a fault with this probability; the same seed, the same faults."""
    chance = random.Random(seed)
    return lambda _request: chance.choice(of) if chance.random() < share else Fault.NONE


class FaultyTransport(httpx.BaseTransport):
    """Does what the plan says.

    Attributes:
        plan: May be replaced at any time; `in_turn()` heals the line.
        done: Every request that was made: method, path, fault.
        sent: Bytes of bodies that were sent up.
    """

    def __init__(self, inner: httpx.BaseTransport, plan: Plan) -> None:
        self._inner = inner
        self._echo: httpx.Request | None = None
        self.plan = plan
        self.done: list[tuple[str, str, Fault]] = []
        self.sent = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.sent += len(request.content)
        fault = self.plan(request)
        self.done.append((request.method, request.url.path, fault))
        if self._echo is not None:
            echo, self._echo = self._echo, None
            self._carry(echo)
        if fault is Fault.UNREACHABLE:
            raise httpx.ConnectError("no line", request=request)
        if fault is Fault.REPLACED_BY_PAGE:
            return httpx.Response(200, html="<html>Đăng nhập Wi-Fi</html>")
        if fault is Fault.DAMAGED_UP and request.url.path != "/v1/counters":
            request = _copy(request, _damaged(request.content))
        answer = self._carry(request)
        if fault is Fault.DOUBLED:
            answer = self._carry(request)
        if fault is Fault.ECHO:
            self._echo = request
        return self._returned(answer, fault, request)

    def close(self) -> None:
        self._inner.close()

    def _carry(self, request: httpx.Request) -> httpx.Response:
        response = self._inner.handle_request(_copy(request, request.content))
        try:
            raw = b"".join(iter(response.stream))  # type: ignore[arg-type]
        finally:
            response.close()
        return httpx.Response(
            response.status_code, headers=response.headers, stream=httpx.ByteStream(raw)
        )

    def _returned(
        self, answer: httpx.Response, fault: Fault, request: httpx.Request
    ) -> httpx.Response:
        raw = b"".join(iter(answer.stream))  # type: ignore[arg-type]
        if fault is Fault.ANSWER_LOST:
            raise httpx.ReadTimeout("no answer", request=request)
        if fault is Fault.FAILED_AFTER_COMMIT:
            return httpx.Response(500, text="Internal Server Error")
        if fault is Fault.CUT_BODY:
            stream: httpx.SyncByteStream = _Cut(raw[: len(raw) // 2])
            return httpx.Response(answer.status_code, headers=answer.headers, stream=stream)
        if fault is Fault.SHORTENED_BODY:
            raw = raw[: len(raw) // 2]
        if fault is Fault.DAMAGED_DOWN and request.url.path.startswith("/v1/pages/"):
            raw = _damaged(raw)
        headers = [(k, v) for k, v in answer.headers.multi_items() if k != "content-length"]
        headers.append(("content-length", str(len(raw))))
        return httpx.Response(answer.status_code, headers=headers, stream=httpx.ByteStream(raw))


class AsgiBridge(httpx.BaseTransport):
    """Carries requests into an application that runs in a thread of this process."""

    def __init__(self, app: Any, portal: BlockingPortal, address: str = "127.0.0.1") -> None:
        self._portal = portal
        self._inner = httpx.ASGITransport(app, raise_app_exceptions=False, client=(address, 1))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._portal.call(self._carry, _copy(request, request.read()))

    async def _carry(self, request: httpx.Request) -> httpx.Response:
        response = await self._inner.handle_async_request(request)
        raw = b"".join([part async for part in response.stream])  # type: ignore[union-attr]
        return httpx.Response(
            response.status_code, headers=response.headers, stream=httpx.ByteStream(raw)
        )


@contextmanager
def bridge_to(app: Any) -> Iterator[Callable[..., AsgiBridge]]:
    """`with bridge_to(app) as line: HttpCentralServer(…, transport=line())`."""
    with start_blocking_portal() as portal:
        yield lambda address="127.0.0.1": AsgiBridge(app, portal, address)


class _Cut(httpx.SyncByteStream):
    def __init__(self, half: bytes) -> None:
        self._half = half

    def __iter__(self) -> Iterator[bytes]:
        yield self._half
        raise httpx.RemoteProtocolError("peer closed connection without sending complete body")


def _copy(request: httpx.Request, content: bytes) -> httpx.Request:
    headers = [
        (name, value)
        for name, value in request.headers.raw
        if name.lower() not in (b"content-length", b"transfer-encoding")
    ]
    return httpx.Request(
        request.method,
        request.url,
        headers=headers,
        content=content,
        extensions=request.extensions,
    )


def _damaged(content: bytes) -> bytes:
    if not content:
        return content
    middle = len(content) // 2
    return content[:middle] + bytes([content[middle] ^ 0x01]) + content[middle + 1 :]
