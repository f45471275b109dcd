"""The central server over HTTP: every failure becomes a `LineTrouble`, every call may be repeated."""

from __future__ import annotations

import base64
import hashlib
import time
from collections.abc import Callable, Mapping
from typing import Final

import httpx

from counter_app.adapters.central.answers import (
    message_in,
    require_known,
    require_success,
    trouble_of,
)
from counter_app.adapters.central.page_upload import PieceSize
from counter_app.application.ports.history import Cursor
from counter_app.application.ports.line import (
    PageNotThere,
    ServerFailing,
    ServerNonsense,
    ServerUnreachable,
    WrongServer,
)
from counter_app.domain.ids import DossierId
from counter_app.wire.codec import to_json
from counter_app.wire.letters import Letter, is_whole
from counter_app.wire.messages import (
    PROTOCOL,
    Enrolled,
    EnrolRequest,
    News,
    OfficePack,
    Outcome,
    PostLetters,
    Verdicts,
)

TIMEOUT: Final = httpx.Timeout(10.0, connect=3.0)
_MAX_REQUEST: Final = 256 * 1024
"""Letters beyond so many bytes wait for the next request, unless it is a single one."""
_MAX_ANSWER: Final = 32 * 2**20
_MAX_PAGE: Final = 64 * 2**20
_TUS: Final = {"Tus-Resumable": "1.0.0"}
_REPAIRABLE: Final = (408, 409, 422, 460)
"""Cut, another offset, not that content as a whole, a damaged piece."""
_MAX_REPAIRS: Final = 8
"""How often one page may be corrected (another offset, a damaged piece) before it is a trouble."""


class HttpCentralServer:
    """Implements the port `CentralServer`.

    Used on one lane at a time; the connection stays open between calls.
    """

    def __init__(
        self,
        url: str = "",
        token: str = "",
        server: str = "",
        *,
        transport: httpx.BaseTransport | None = None,
        timeout: httpx.Timeout = TIMEOUT,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        """Nothing is sent yet.

        Args:
            url: Where the server is, such as `https://motcua.example.vn`; empty before enrolment.
            token: Given at the enrolment; empty before.
            server: Identity that the server must have; empty before the enrolment.
            transport: What carries the requests, for tests and the switch of the demo.
            timeout: How long each step of a request may take.
            now_s: Seconds of a clock that only goes forward.
        """
        self._url = url.rstrip("/")
        self._server = server
        self._now_s = now_s
        self._headers = {"Counter-Protocol": str(PROTOCOL)}
        if token:
            self._headers["Authorization"] = f"Bearer {token}"
        self._client = httpx.Client(
            timeout=timeout,
            transport=transport,
            follow_redirects=False,
            trust_env=transport is None,
        )
        self._piece_size = PieceSize()
        self._begun: set[str] = set()

    def close(self) -> None:
        self._client.close()

    def enrol(self, url: str, request: EnrolRequest) -> Enrolled:
        response = self._send("POST", f"{url.rstrip('/')}/v1/counters", json=to_json(request))
        require_known(response, "")
        require_success(response, 200)
        enrolled = message_in(response, Enrolled)
        if enrolled.mark.server != response.headers["central-server"]:
            raise ServerNonsense("two servers in one answer")
        return enrolled

    def post_letters(self, post: PostLetters) -> Verdicts:
        """Send what fits into one request of moderate size; letters without verdict wait on."""
        letters = _fitting(post.letters)
        response = self._ask("POST", "/v1/letters", json=to_json(PostLetters(letters=letters)))
        verdicts = message_in(response, Verdicts)
        self._require_same(verdicts.mark.server)
        _require_answers(letters, verdicts)
        return verdicts

    def news_after(self, cursor: Cursor) -> News:
        query = {"after": str(cursor.position), "digest": cursor.digest}
        response = self._ask("GET", "/v1/news", params=query)
        news = message_in(response, News)
        self._require_same(news.mark.server)
        _require_continuous(cursor, news)
        return news

    def office_pack(self) -> OfficePack:
        return message_in(self._ask("GET", "/v1/office"), OfficePack)

    def page_offset(self, sha256: str) -> int | None:
        response = self._exchange("HEAD", _path(sha256), headers=_TUS)
        if response.status_code == 404:
            return None
        require_success(response, 200)
        return _offset(response)

    def send_page(
        self, sha256: str, dossier: DossierId, content: bytes, *, report: Callable[[int], None]
    ) -> None:
        offset = self._first_offset(sha256, content)
        if offset:
            report(offset)
        repairs = 0
        while offset < len(content):
            piece = content[offset : offset + self._piece_size.bytes]
            response = self._send_piece(sha256, offset, piece)
            if response.status_code == 204:
                if _offset(response) != offset + len(piece):
                    raise ServerNonsense("an offset that was not sent")
                offset += len(piece)
            else:
                repairs += 1
                if response.status_code not in _REPAIRABLE or repairs > _MAX_REPAIRS:
                    require_success(response, 204)
                # Only an asked-for offset or a finished piece says that the whole is there.
                offset = self._asked_offset(sha256)
            if offset > len(content):
                raise ServerNonsense("more than the page has")
            report(offset)

    def fetch_page(self, sha256: str) -> bytes:
        response = self._ask("GET", _path(sha256))
        content = response.content
        if hashlib.sha256(content).hexdigest() != sha256:
            raise ServerNonsense("a page that is not what its name says")
        return content

    def _first_offset(self, sha256: str, content: bytes) -> int:
        """Ask where to go on, unless the page is new and goes through in one piece anyway."""
        is_new = sha256 not in self._begun
        self._begun.add(sha256)
        if is_new and len(content) <= self._piece_size.bytes:
            return 0
        return self._asked_offset(sha256)

    def _asked_offset(self, sha256: str) -> int:
        offset = self.page_offset(sha256)
        if offset is None:
            raise PageNotThere("no accepted letter named it")
        return offset

    def _send_piece(self, sha256: str, offset: int, piece: bytes) -> httpx.Response:
        checksum = base64.b64encode(hashlib.sha256(piece).digest()).decode()
        headers = {
            "Content-Type": "application/offset+octet-stream",
            "Upload-Offset": str(offset),
            "Upload-Checksum": f"sha256 {checksum}",
        }
        began = self._now_s()
        try:
            response = self._exchange("PATCH", _path(sha256), headers=_TUS | headers, content=piece)
        except (ServerUnreachable, ServerFailing):
            self._piece_size.failed()
            raise
        if response.status_code == 204:
            self._piece_size.took(len(piece), self._now_s() - began)
        return response

    def _ask(
        self,
        method: str,
        path: str,
        *,
        json: str | None = None,
        params: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """An answer of our server that is a success."""
        response = self._exchange(method, path, json=json, params=params)
        require_success(response, 200)
        return response

    def _exchange(
        self,
        method: str,
        path: str,
        *,
        json: str | None = None,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
    ) -> httpx.Response:
        """An answer of our server, whatever it says."""
        response = self._send(
            method, self._url + path, json=json, params=params, headers=headers, content=content
        )
        require_known(response, self._server)
        return response

    def _send(
        self,
        method: str,
        url: str,
        *,
        json: str | None = None,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        content: bytes | None = None,
    ) -> httpx.Response:
        sent = {**self._headers, **(headers or {})}
        if json is not None:
            sent["Content-Type"] = "application/json"
            content = json.encode()
        try:
            with self._client.stream(
                method, url, params=params, headers=sent, content=content
            ) as response:
                return _read(response)
        except httpx.HTTPError as error:
            raise trouble_of(error) from error
        except (httpx.InvalidURL, httpx.StreamError, UnicodeError) as error:
            raise ServerUnreachable(type(error).__name__) from error

    def _require_same(self, name: str) -> None:
        """The body must name the same server as the headers, which were checked."""
        if self._server and name != self._server:
            raise WrongServer(name[:64])


def _read(response: httpx.Response) -> httpx.Response:
    """Read the body, to its announced end and not without end.

    Raises:
        ServerNonsense: It is cut short or too long.
    """
    limit = max(_MAX_ANSWER, _MAX_PAGE)
    body = bytearray()
    for part in response.iter_bytes():
        body += part
        if len(body) > limit:
            raise ServerNonsense("an answer without end")
    headers = [
        (name, value)
        for name, value in response.headers.multi_items()
        if name not in ("content-encoding", "content-length", "transfer-encoding")
    ]
    return httpx.Response(response.status_code, headers=headers, content=bytes(body))


def _path(sha256: str) -> str:
    return f"/v1/pages/{sha256}"


def _offset(response: httpx.Response) -> int:
    text = response.headers.get("upload-offset", "")
    if not (text.isascii() and text.isdigit() and len(text) <= 15):
        raise ServerNonsense("no offset")
    return int(text)


def _fitting(letters: tuple[Letter, ...]) -> tuple[Letter, ...]:
    """The first letters that make a request of moderate size; at least one."""
    size = 0
    for count, letter in enumerate(letters):
        size += len(letter.body.encode()) + 400
        if size > _MAX_REQUEST and count:
            return letters[:count]
    return letters


def _require_answers(letters: tuple[Letter, ...], verdicts: Verdicts) -> None:
    """Each verdict belongs to its letter; only the last letters may be without."""
    answered = [verdict.id for verdict in verdicts.verdicts]
    if answered != [letter.id for letter in letters[: len(answered)]] or (letters and not answered):
        raise ServerNonsense("verdicts on other letters")
    for verdict in verdicts.verdicts:
        is_placed = verdict.outcome in (Outcome.ACCEPTED, Outcome.ALREADY)
        if is_placed != (verdict.position is not None):
            raise ServerNonsense("a verdict that contradicts itself")
        if is_placed and verdict.id.seq > verdicts.mark.held:
            raise ServerNonsense("accepted, but not held")


def _require_continuous(cursor: Cursor, news: News) -> None:
    if news.is_rewound and (news.items or news.more):
        raise ServerNonsense("news of a rewound feed")
    if news.more and not news.items:
        raise ServerNonsense("more, but nothing")
    for expected, item in enumerate(news.items, start=cursor.position + 1):
        if item.position != expected:
            raise ServerNonsense("a hole in the feed")
        if not is_whole(item.letter):
            raise ServerNonsense("a damaged letter in the feed")
