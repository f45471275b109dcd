"""The office pack, and whether the server lives."""

from __future__ import annotations

from fastapi import APIRouter
from sqlalchemy import select
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from central_server.api.answers import json_answer
from central_server.api.bodies import bearer_of
from central_server.api.central import Central, Here
from central_server.service.access import authenticate
from central_server.service.offices import pack_of, pack_version
from central_server.store.tables import server
from counter_app.wire.messages import PROTOCOL, OfficePack

router = APIRouter()


@router.get("/v1/office")
async def get_office(request: Request, here: Here) -> Response:
    found = await run_in_threadpool(
        _pack_unless, here, bearer_of(request), request.headers.get("if-none-match", "")
    )
    if isinstance(found, str):
        return Response(status_code=304, headers={"etag": found})
    return json_answer(request, found, {"etag": f'"{found.version}"'})


@router.get("/v1/health")
async def get_health(here: Here) -> Response:
    await run_in_threadpool(_touch, here)
    return Response(f'{{"ok":true,"protocol":{PROTOCOL}}}', media_type="application/json")


def _pack_unless(here: Central, bearer: str, etag: str) -> OfficePack | str:
    """The pack, or its tag when that is the one the counter has."""
    with here.database.reading() as connection:
        asking = authenticate(connection, bearer)
        tag = f'"{pack_version(connection, asking)}"'
        return tag if etag == tag else pack_of(connection, asking)


def _touch(here: Central) -> None:
    with here.database.reading() as connection:
        connection.execute(select(server.c.id)).one()
