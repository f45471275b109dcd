"""Around every request: who answers, one log line, and no error without a `Problem`."""

from __future__ import annotations

import errno
import logging
import time
import traceback
from typing import Any, Final

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from central_server.api.answers import problem_answer
from central_server.service.problems import Unanswered
from counter_app.wire.messages import PROTOCOL

log: Final = logging.getLogger("central_server.requests")
_DISK_FULL: Final = (errno.ENOSPC, errno.EDQUOT)


class Guard:
    """ASGI middleware. Log lines name routes, never bodies, tokens or citizens."""

    def __init__(self, app: ASGIApp, server: str) -> None:
        self._app = app
        self._headers = [
            (b"central-server", server.encode()),
            (b"central-protocol", str(PROTOCOL).encode()),
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        status = 0

        async def send_marked(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message = {**message, "headers": [*message.get("headers", ()), *self._headers]}
            await send(message)

        try:
            await self._app(scope, receive, send_marked)
        except Exception as error:  # the last resort: everything is answered and written down
            unanswered = _worded(error)
            if status == 0:
                await problem_answer(unanswered)(scope, receive, send_marked)
            log.error("failed", extra={"facts": _facts(scope) | {"error": _trace(error)}})
        finally:
            took_ms = round((time.perf_counter() - began) * 1000, 1)
            facts = _facts(scope) | {"status": status, "ms": took_ms} | scope.get("log", {})
            log.info("request", extra={"facts": facts})


def _worded(error: Exception) -> Unanswered:
    if isinstance(error, OSError) and error.errno in _DISK_FULL:
        return Unanswered("storage")
    if isinstance(error, OperationalError | PoolTimeout) or (
        isinstance(error, DBAPIError) and error.connection_invalidated
    ):
        return Unanswered("unavailable", "database", wait_s=5)
    return Unanswered("internal", type(error).__name__)


def _facts(scope: Scope) -> dict[str, Any]:
    route = scope.get("route")
    return {"method": scope["method"], "route": getattr(route, "path", "")}


def _trace(error: BaseException) -> list[str]:
    """Where it happened, and the kinds of error; never their texts, which may quote a citizen."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{frame.name}:{frame.lineno}" for frame in frames[-6:]]
    causes = [type(error).__name__]
    earlier = error.__cause__ or error.__context__
    while earlier is not None:
        causes.append(type(earlier).__name__)
        earlier = earlier.__cause__ or earlier.__context__
    return causes + places
