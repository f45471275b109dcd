"""Bodies and headers as they come in: limited, and read strictly."""

from __future__ import annotations

import asyncio
from typing import TypeVar

from starlette.requests import ClientDisconnect, Request

from central_server.service.problems import Unanswered
from counter_app.wire.codec import MessageUnreadable, from_json

T = TypeVar("T")


async def read_message(request: Request, kind: type[T], *, limit: int, stalled_after_s: float) -> T:
    """Read the whole body as one message of the protocol.

    Raises:
        Unanswered: `too_large`, `stalled`, or `unreadable`.
    """
    body = bytearray()
    stream = request.stream()
    while True:
        try:
            async with asyncio.timeout(stalled_after_s):
                chunk = await anext(stream, None)
        except TimeoutError:
            raise Unanswered("stalled") from None
        except ClientDisconnect:
            raise Unanswered("unreadable", "cut") from None
        if chunk is None:
            break
        body += chunk
        if len(body) > limit:
            raise Unanswered("too_large")
    try:
        return from_json(kind, bytes(body))
    except MessageUnreadable as unreadable:
        detail = f"{unreadable.where[:80]} {unreadable.problem}".strip()
        raise Unanswered("unreadable", detail) from None


def bearer_of(request: Request) -> str:
    """Raises `Unanswered` (`unauthorised`) where no bearer token is shown."""
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not value.strip():
        raise Unanswered("unauthorised", "no token")
    return value.strip()


def whole_number(text: str | None, name: str, default: int | None = None) -> int:
    """A number that a header or a query holds: ASCII digits, at most 15 of them.

    Raises:
        Unanswered: `unreadable`.
    """
    if text is None and default is not None:
        return default
    if text is None or not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise Unanswered("unreadable", name)
    return int(text)
