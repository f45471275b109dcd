"""From an HTTP answer to a message of the protocol, or to what is wrong with the line.

Whatever stands between may answer too (a router's sign-in page, a proxy): what does not carry the
server's name is not believed.
"""

from __future__ import annotations

from typing import Final, TypeVar

import httpx

from counter_app.application.ports.line import (
    EnrolmentRefused,
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
from counter_app.wire.codec import MessageUnreadable, from_json
from counter_app.wire.messages import PROTOCOL, Problem

T = TypeVar("T")

_BY_ERROR: Final[dict[str, type[LineTrouble]]] = {
    "unauthorised": NotEnrolled,
    "code_unknown": EnrolmentRefused,
    "code_used": EnrolmentRefused,
    "throttled": EnrolmentRefused,
    "page_unknown": PageNotThere,
    "protocol": ServerTooOld,
}


def trouble_of(error: httpx.HTTPError) -> LineTrouble:
    """What a failure of the transport means."""
    name = type(error).__name__
    if "without sending a response" in str(error):  # it went away, or is being restarted
        return ServerUnreachable(name)
    if isinstance(error, httpx.ProtocolError | httpx.DecodingError):
        return ServerNonsense(name)
    return ServerUnreachable(name)


def require_known(response: httpx.Response, server: str) -> None:
    """Believe the answer only if our server gave it.

    Args:
        response: What came, read to its end.
        server: Identity that the server must have; empty before the enrolment.

    Raises:
        LineTrouble: `WrongServer`, `ProgramTooOld`, `ServerFailing` or `ServerNonsense`.
    """
    name = response.headers.get("central-server", "")
    if not name:
        if response.status_code >= 500:  # a proxy in front of a server that is down
            raise ServerFailing(str(response.status_code))
        raise ServerNonsense(f"{response.status_code} from somebody else")
    protocol = response.headers.get("central-protocol", "")
    if not (protocol.isascii() and protocol.isdigit()):
        raise ServerNonsense("no protocol")
    if int(protocol[:9]) > PROTOCOL or response.status_code == 426:
        raise ProgramTooOld(f"{protocol[:9]} > {PROTOCOL}")
    if server and name != server:
        raise WrongServer(name[:64])


def require_success(response: httpx.Response, *expected: int) -> None:
    """Raises the `LineTrouble` that a `Problem` stands for."""
    if response.status_code in expected:
        return
    problem = problem_in(response)
    detail = f"{response.status_code} {problem.error} {problem.detail}".strip()
    if (kind := _BY_ERROR.get(problem.error)) is not None:
        raise kind(problem.error if kind is EnrolmentRefused else detail)
    if response.status_code >= 500:
        raise ServerFailing(detail)
    raise ServerNonsense(detail)


def problem_in(response: httpx.Response) -> Problem:
    try:
        return from_json(Problem, response.content)
    except MessageUnreadable:
        return Problem(error="", detail="no problem in the body")


def message_in(response: httpx.Response, kind: type[T]) -> T:
    """Raises `ServerNonsense` where the body is not such a message."""
    try:
        return from_json(kind, response.content)
    except MessageUnreadable as unreadable:
        raise ServerNonsense(f"{kind.__name__} {unreadable.where[:80]}") from None
