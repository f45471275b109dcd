"""The server to which this store is enrolled, whenever that was."""

from __future__ import annotations

from collections.abc import Callable

import httpx

from counter_app.adapters.central.http_server import HttpCentralServer
from counter_app.application.ports.history import Cursor
from counter_app.application.ports.line import NotEnrolled
from counter_app.application.ports.records import Enrolment
from counter_app.application.ports.store import Store
from counter_app.domain.ids import DossierId
from counter_app.wire.messages import (
    Enrolled,
    EnrolRequest,
    News,
    OfficePack,
    PostLetters,
    Verdicts,
)


class EnrolledServer:
    """Implements the port `CentralServer` with the enrolment that the store holds at the call.

    Used on the network lane alone.
    """

    def __init__(self, store: Store, transport: httpx.BaseTransport | None = None) -> None:
        self._store = store
        self._transport = transport
        self._enrolment: Enrolment | None = None
        self._server = self._opened()

    def close(self) -> None:
        self._server.close()

    def enrol(self, url: str, request: EnrolRequest) -> Enrolled:
        return self._server.enrol(url, request)

    def post_letters(self, post: PostLetters) -> Verdicts:
        return self._current().post_letters(post)

    def news_after(self, cursor: Cursor) -> News:
        return self._current().news_after(cursor)

    def office_pack(self) -> OfficePack:
        return self._current().office_pack()

    def page_offset(self, sha256: str) -> int | None:
        return self._current().page_offset(sha256)

    def send_page(
        self, sha256: str, dossier: DossierId, content: bytes, *, report: Callable[[int], None]
    ) -> None:
        self._current().send_page(sha256, dossier, content, report=report)

    def fetch_page(self, sha256: str) -> bytes:
        return self._current().fetch_page(sha256)

    def _current(self) -> HttpCentralServer:
        enrolment = self._store.reads.enrolment()
        if enrolment is None:
            raise NotEnrolled
        if enrolment != self._enrolment:
            former = self._server
            self._server = self._opened(enrolment.server_url, enrolment.token, enrolment.server)
            self._enrolment = enrolment
            if self._transport is None:
                # A transport that was handed in goes on serving the next one.
                former.close()
        return self._server

    def _opened(self, url: str = "", token: str = "", server: str = "") -> HttpCentralServer:
        return HttpCentralServer(url, token, server, transport=self._transport)
