"""What the routers work with, made once for each worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, cast

from fastapi import Depends
from starlette.requests import Request

from central_server.settings import ServerSettings
from central_server.store.database import Database
from central_server.store.page_files import PageFiles


@dataclass(frozen=True, slots=True)
class Central:
    settings: ServerSettings
    database: Database
    files: PageFiles


def _central(request: Request) -> Central:
    return cast("Central", request.app.state.central)


Here = Annotated[Central, Depends(_central)]
