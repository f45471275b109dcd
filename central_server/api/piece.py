"""One piece of a page on its way from the line to the disk."""

from __future__ import annotations

import asyncio
import base64
import binascii
import hashlib
import time
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request

from central_server.api.central import Central
from central_server.service.pages import ExpectedPage
from central_server.service.problems import Unanswered
from central_server.store.page_files import OffsetDiffers

_WRITE_AT: Final = 256 * 1024
_WRITE_AFTER_S: Final = 1.0

ALGORITHMS: Final = ("sha256", "sha1")


class Piece:
    """Writes as the bytes come, so that a cut line costs at most the last second of them.

    A piece with a checksum that does not fit is taken away again; a piece that was cut stays as
    far as it came: the check of the whole page covers it.
    """

    def __init__(self, here: Central, page: ExpectedPage, start: int, checksum: str) -> None:
        self._files = here.files
        self._settings = here.settings
        self._page = page
        self._start = start
        self.offset = start
        self._waiting = bytearray()
        self._written_at = time.monotonic()
        self._hash, self._wanted = _expected(checksum)

    async def take_from(self, request: Request) -> None:
        """Take the body in.

        Raises:
            Unanswered: `offset`, `length`, `too_large`, `checksum`, or `stalled`.
        """
        stream = request.stream()
        try:
            while (chunk := await self._next(stream)) is not None:
                await self._take(chunk)
        except (ClientDisconnect, TimeoutError):
            await self._write()
            raise Unanswered("stalled", "the piece was cut", offset=self.offset) from None
        await self._write()
        await self._check()

    async def _next(self, stream: Any) -> bytes | None:
        async with asyncio.timeout(self._settings.stalled_after_s):
            chunk: bytes | None = await anext(stream, None)
            return chunk

    async def _take(self, chunk: bytes) -> None:
        end = self.offset + len(self._waiting) + len(chunk)
        if end > self._page.size:
            await self._write()
            raise Unanswered("length", "longer than the page", offset=self.offset)
        if end - self._start > self._settings.max_piece:
            await self._write()
            raise Unanswered("too_large", "piece", offset=self.offset)
        self._waiting += chunk
        if self._hash is not None:
            self._hash.update(chunk)
        is_late = time.monotonic() - self._written_at > _WRITE_AFTER_S
        if len(self._waiting) >= _WRITE_AT or is_late:
            await self._write()

    async def _write(self) -> None:
        if not self._waiting:
            return
        block, self._waiting = bytes(self._waiting), bytearray()
        page = self._page
        try:
            self.offset = await run_in_threadpool(
                self._files.append, page.unit, page.sha256, self.offset, block
            )
        except OffsetDiffers as differs:
            raise Unanswered("offset", "somebody else went on", offset=differs.offset) from None
        self._written_at = time.monotonic()

    async def _check(self) -> None:
        if self._hash is None or self._hash.digest() == self._wanted:
            return
        page = self._page
        now = await run_in_threadpool(
            self._files.cut_back, page.unit, page.sha256, end=self.offset, to=self._start
        )
        raise Unanswered("checksum", "the piece was damaged on its way", offset=now)


def _expected(header: str) -> tuple[Any, bytes]:
    """The hash to run and what it has to give; of `sha256 <base64>`."""
    if not header:
        return None, b""
    name, _, value = header.partition(" ")
    if name not in ALGORITHMS:
        raise Unanswered("unreadable", "checksum algorithm")
    try:
        wanted = base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        raise Unanswered("unreadable", "checksum") from None
    return hashlib.new(name), wanted
