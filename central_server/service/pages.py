"""Pages: which ones an office may send and read, and when one is here.

Records first, pictures later: a page is welcome once an accepted letter named it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlalchemy import select, update

from central_server.service.access import authenticate
from central_server.service.problems import Unanswered
from central_server.store.database import Database, milliseconds
from central_server.store.page_files import PageFiles
from central_server.store.tables import page

_SHA256: Final = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class ExpectedPage:
    """A page that a letter of the office named; `size` in bytes."""

    unit: str
    sha256: str
    size: int
    dossier: str


def find_page(database: Database, bearer: str, sha256: str) -> ExpectedPage:
    """The page as a letter named it.

    Raises:
        Unanswered: `unauthorised`, or `page_unknown`.
    """
    with database.reading() as connection:
        asking = authenticate(connection, bearer)
        if _SHA256.fullmatch(sha256) is None:
            raise Unanswered("page_unknown", "not a name")
        row = connection.execute(
            select(page.c.size, page.c.dossier).where(
                page.c.unit == asking.unit, page.c.sha256 == sha256
            )
        ).first()
    if row is None:
        raise Unanswered("page_unknown", "no accepted letter named it")
    return ExpectedPage(asking.unit, sha256, row.size, row.dossier)


def held_of(files: PageFiles, expected: ExpectedPage) -> int:
    """How many bytes of the page are held, durably.

    A part that outgrew the page was sent under a wrong size; it is dropped.
    """
    offset = files.offset(expected.unit, expected.sha256)
    if files.whole(expected.unit, expected.sha256) is None and offset > expected.size:
        files.drop_part(expected.unit, expected.sha256)
        return 0
    return offset


def settle(database: Database, files: PageFiles, expected: ExpectedPage, now: datetime) -> None:
    """The last byte is here: check the whole, keep it for ever and note it.

    Raises:
        Unanswered: `digest`: it is another content; it begins again from nothing.
    """
    if not files.finish(expected.unit, expected.sha256):
        raise Unanswered("digest", "the whole page is not what its name says", offset=0)
    with database.writing() as connection:
        connection.execute(
            update(page)
            .where(page.c.unit == expected.unit, page.c.sha256 == expected.sha256)
            .where(page.c.stored_at.is_(None))
            .values(stored_at=milliseconds(now))
        )


def whole_page(files: PageFiles, expected: ExpectedPage) -> Path:
    """Raises `Unanswered` (`page_unknown`) while the page is not whole."""
    path = files.whole(expected.unit, expected.sha256)
    if path is None:
        raise Unanswered("page_unknown", "not here yet")
    return path
