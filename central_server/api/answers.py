"""Answers as they go out: canonical JSON, and a `Problem` for everything that is not a success."""

from __future__ import annotations

import gzip
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from central_server.service.problems import Unanswered
from counter_app.wire.codec import to_json
from counter_app.wire.messages import Problem

STATUS: Final = {
    "unreadable": 400,
    "length": 400,
    "unauthorised": 401,
    "code_unknown": 403,
    "code_used": 403,
    "not_found": 404,
    "page_unknown": 404,
    "method": 405,
    "stalled": 408,
    "offset": 409,
    "tus_version": 412,
    "too_large": 413,
    "media_type": 415,
    "throttled": 429,
    "digest": 422,
    "checksum": 460,
    "internal": 500,
    "protocol": 501,
    "unavailable": 503,
    "storage": 507,
}
"""Which status an error has. 460 is that of tus for a checksum that does not fit."""

_WORTH_PACKING: Final = 1_400
"""About one packet; what is smaller does not arrive sooner for being packed."""


def json_answer(request: Request, value: object, headers: dict[str, str] | None = None) -> Response:
    """A message as the body, packed if that is welcome and worth it."""
    body = to_json(value).encode()
    sent = dict(headers or {})
    if len(body) > _WORTH_PACKING and "gzip" in request.headers.get("accept-encoding", ""):
        body = gzip.compress(body, compresslevel=4, mtime=0)
        sent["content-encoding"] = "gzip"
        sent["vary"] = "accept-encoding"
    return Response(body, media_type="application/json", headers=sent)


def problem_answer(unanswered: Unanswered) -> Response:
    headers = {}
    if unanswered.offset is not None:
        headers["upload-offset"] = str(unanswered.offset)
    if unanswered.wait_s is not None:
        headers["retry-after"] = str(unanswered.wait_s)
    if unanswered.error == "unauthorised":
        headers["www-authenticate"] = "Bearer"
    body = to_json(Problem(error=unanswered.error, detail=unanswered.detail))
    return Response(
        body,
        status_code=STATUS[unanswered.error],
        media_type="application/json",
        headers=headers,
    )
