"""Enrolment."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from central_server.api.answers import json_answer
from central_server.api.bodies import read_message
from central_server.api.central import Here
from central_server.service.enrolment import enrol
from counter_app.wire.messages import EnrolRequest

router = APIRouter()
_LIMIT = 4_096


@router.post("/v1/counters")
async def post_counter(request: Request, here: Here) -> Response:
    message = await read_message(
        request, EnrolRequest, limit=_LIMIT, stalled_after_s=here.settings.stalled_after_s
    )
    address = request.client.host if request.client else ""
    enrolled = await run_in_threadpool(enrol, here.database, here.settings, message, address)
    return json_answer(request, enrolled)
