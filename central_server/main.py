"""The application: settings in, ASGI out."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio.to_thread
from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from central_server.api import counters, letters, office, pages
from central_server.api.answers import problem_answer
from central_server.api.central import Central
from central_server.api.guard import Guard
from central_server.service.problems import Unanswered
from central_server.settings import ENVIRONMENT, ServerSettings
from central_server.store.database import open_database
from central_server.store.page_files import PageFiles


def create_app(settings: ServerSettings) -> FastAPI:
    """Open the database (migrating it) and the page folder, and make the application over them.

    The lifespan closes the database; whoever runs the application without one calls
    `app.state.central.database.close()`.

    Raises:
        DatabaseTooNew: A newer server made the database.
    """
    database = open_database(settings.database, now=settings.clock(), connections=settings.threads)
    central = Central(settings, database, PageFiles(settings.blobs))

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = settings.threads
        yield
        database.close()

    # No pages about itself: the protocol is described in docs/sync-protocol.md.
    app = FastAPI(lifespan=lifespan, openapi_url=None, redirect_slashes=False)
    app.state.central = central
    for module in (counters, letters, office, pages):
        app.include_router(module.router)
    app.add_exception_handler(Unanswered, _unanswered)
    app.add_exception_handler(HTTPException, _http_exception)
    app.add_middleware(Guard, server=database.identity.name)
    return app


def app_from_environment() -> FastAPI:
    """For worker processes, which find their settings in the environment."""
    return create_app(ServerSettings.from_plain(json.loads(os.environ[ENVIRONMENT])))


async def _unanswered(_request: Request, error: Exception) -> Response:
    assert isinstance(error, Unanswered)
    return problem_answer(error)


async def _http_exception(_request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    known = {404: "not_found", 405: "method", 413: "too_large"}
    return problem_answer(Unanswered(known.get(error.status_code, "unreadable")))
