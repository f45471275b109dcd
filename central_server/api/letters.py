"""Letters up, news down."""

from __future__ import annotations

from collections import Counter

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from central_server.api.answers import json_answer
from central_server.api.bodies import bearer_of, read_message, whole_number
from central_server.api.central import Here
from central_server.service.letters import post_letters
from central_server.service.news import MAX_ITEMS, news_after
from central_server.service.problems import Unanswered
from counter_app.wire.messages import PostLetters, Verdicts

router = APIRouter()


@router.post("/v1/letters")
async def post(request: Request, here: Here) -> Response:
    bearer = bearer_of(request)
    message = await read_message(
        request,
        PostLetters,
        limit=here.settings.max_body,
        stalled_after_s=here.settings.stalled_after_s,
    )
    verdicts = await run_in_threadpool(
        post_letters, here.database, bearer, message, here.settings.clock()
    )
    request.scope["log"] = _told(verdicts)
    return json_answer(request, verdicts)


@router.get("/v1/news")
async def get_news(request: Request, here: Here) -> Response:
    query = request.query_params
    limit = whole_number(query.get("limit"), "limit", MAX_ITEMS)
    digest = query.get("digest", "")
    if limit < 1 or len(digest) > 64 or not digest.isascii():
        raise Unanswered("unreadable", "limit or digest")
    news = await run_in_threadpool(
        news_after,
        here.database,
        bearer_of(request),
        after=whole_number(query.get("after"), "after", 0),
        digest=digest,
        limit=limit,
        now=here.settings.clock(),
    )
    request.scope["log"] = {"items": len(news.items)}
    return json_answer(request, news)


def _told(verdicts: Verdicts) -> dict[str, object]:
    counts: dict[str, object] = dict(Counter(str(verdict.outcome) for verdict in verdicts.verdicts))
    if verdicts.verdicts:
        counts["counter"] = verdicts.verdicts[0].id.counter
    return counts
