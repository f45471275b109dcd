"""A switch in the line: what pulling the plug is to a real one."""

from __future__ import annotations

from collections.abc import Iterator

import httpx


class LineSwitch(httpx.BaseTransport):
    """Passes everything through until it is cut; then nothing gets out, and no answer comes in.

    Attributes:
        is_cut: May be changed from any thread at any time.
    """

    def __init__(self, inner: httpx.BaseTransport | None = None) -> None:
        self._inner = httpx.HTTPTransport() if inner is None else inner
        self.is_cut = False

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self._require_line(httpx.ConnectError)
        response = self._inner.handle_request(request)
        try:
            self._require_line(httpx.ReadError)
        except httpx.ReadError:
            response.close()
            raise
        assert isinstance(response.stream, httpx.SyncByteStream)
        return httpx.Response(
            response.status_code,
            headers=response.headers,
            stream=_Stream(response.stream, self),
            extensions=response.extensions,
        )

    def close(self) -> None:
        self._inner.close()

    def _require_line(self, error: type[httpx.TransportError]) -> None:
        if self.is_cut:
            raise error("the line is cut")


class _Stream(httpx.SyncByteStream):
    """A body that stops where the line was cut in the middle of it."""

    def __init__(self, inner: httpx.SyncByteStream, switch: LineSwitch) -> None:
        self._inner = inner
        self._switch = switch

    def __iter__(self) -> Iterator[bytes]:
        for part in self._inner:
            if self._switch.is_cut:
                raise httpx.ReadError("the line was cut")
            yield part

    def close(self) -> None:
        self._inner.close()
