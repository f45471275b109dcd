"""Pages up and down: tus 1.0.0 (core, creation, checksum), with names that are the content.

A page exists as an upload as soon as an accepted letter named it, so creating one is a repetition
that does no harm, and our own counters leave it out.
"""

from __future__ import annotations

import base64
import binascii
from typing import Final

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, Response

from central_server.api.bodies import bearer_of, whole_number
from central_server.api.central import Central, Here
from central_server.api.piece import ALGORITHMS, Piece
from central_server.service.pages import ExpectedPage, find_page, held_of, settle, whole_page
from central_server.service.problems import Unanswered

router = APIRouter()
_TUS: Final = "1.0.0"
_TAG: Final = {"tus-resumable": _TUS}
_PIECE: Final = "application/offset+octet-stream"


@router.options("/v1/pages")
async def get_abilities(here: Here) -> Response:
    abilities = {
        "tus-version": _TUS,
        "tus-extension": "creation,checksum",
        "tus-checksum-algorithm": ",".join(ALGORITHMS),
        "tus-max-size": str(here.settings.max_page),
    }
    return Response(status_code=204, headers=_TAG | abilities)


@router.post("/v1/pages")
async def create_page(request: Request, here: Here) -> Response:
    _require_tus(request)
    named = _metadata(request.headers.get("upload-metadata", ""))
    length = whole_number(request.headers.get("upload-length"), "upload-length")
    page = await run_in_threadpool(
        find_page, here.database, bearer_of(request), named.get("sha256", "")
    )
    _require_size(here, page, length)
    if named.get("dossier", page.dossier) != page.dossier:
        # Two dossiers may hold the same page; the record decides, not the upload.
        request.scope["log"] = {"page": "of another dossier first"}
    offset = await run_in_threadpool(held_of, here.files, page)
    headers = {"location": f"/v1/pages/{page.sha256}", "upload-offset": str(offset)}
    return Response(status_code=201, headers=_TAG | headers)


@router.head("/v1/pages/{sha256}")
async def head_page(request: Request, here: Here, sha256: str) -> Response:
    _require_tus(request)
    page = await run_in_threadpool(find_page, here.database, bearer_of(request), sha256)
    offset = await run_in_threadpool(_settled_offset, here, page)
    headers = {
        "upload-offset": str(offset),
        "upload-length": str(page.size),
        "cache-control": "no-store",
    }
    return Response(status_code=200, headers=_TAG | headers)


@router.patch("/v1/pages/{sha256}")
async def patch_page(request: Request, here: Here, sha256: str) -> Response:
    _require_tus(request)
    if request.headers.get("content-type") != _PIECE:
        raise Unanswered("media_type")
    start = whole_number(request.headers.get("upload-offset"), "upload-offset")
    page = await run_in_threadpool(find_page, here.database, bearer_of(request), sha256)
    _require_size(here, page, page.size)
    held = await run_in_threadpool(_settled_offset, here, page)
    if held != start:
        raise Unanswered("offset", offset=held)
    piece = Piece(here, page, start, request.headers.get("upload-checksum", ""))
    await piece.take_from(request)
    request.scope["log"] = {"bytes": piece.offset - start}
    if piece.offset == page.size:
        await run_in_threadpool(settle, here.database, here.files, page, here.settings.clock())
    return Response(status_code=204, headers=_TAG | {"upload-offset": str(piece.offset)})


@router.get("/v1/pages/{sha256}")
async def get_page(request: Request, here: Here, sha256: str) -> Response:
    page = await run_in_threadpool(find_page, here.database, bearer_of(request), sha256)
    path = await run_in_threadpool(whole_page, here.files, page)
    return FileResponse(
        path,
        media_type="application/octet-stream",
        headers={
            "etag": f'"{sha256}"',
            "cache-control": "private, immutable",
            "x-content-type-options": "nosniff",
        },
    )


def _settled_offset(here: Central, page: ExpectedPage) -> int:
    """How much is held; all of it only if that is the whole.

    The process may have died between the last byte and the look at the whole.
    """
    offset = held_of(here.files, page)
    if offset != page.size:
        return offset
    try:
        settle(here.database, here.files, page, here.settings.clock())
    except Unanswered as damaged:
        return damaged.offset or 0
    return offset


def _require_tus(request: Request) -> None:
    if request.headers.get("tus-resumable") != _TUS:
        raise Unanswered("tus_version", _TUS)


def _require_size(here: Central, page: ExpectedPage, length: int) -> None:
    if page.size > here.settings.max_page:
        raise Unanswered("too_large", "page")
    if length != page.size:
        raise Unanswered("length", "another length than in the letter")


def _metadata(header: str) -> dict[str, str]:
    """`name base64,name base64` as tus writes it."""
    named = {}
    for pair in filter(None, (part.strip() for part in header.split(","))):
        name, _, value = pair.partition(" ")
        try:
            named[name] = base64.b64decode(value, validate=True).decode("ascii")
        except (binascii.Error, ValueError):
            raise Unanswered("unreadable", "upload-metadata") from None
    return named
