"""What the server is told at its start."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

ENVIRONMENT: Final = "CENTRAL_SERVER_SETTINGS"
"""In which variable worker processes find the settings, as JSON."""


def system_clock() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerSettings:
    """Everything that can be set.

    Attributes:
        database: SQLAlchemy URL, `sqlite:///…` or `postgresql+psycopg://…`.
        blobs: Folder of the page files.
        max_body: Largest body of a request other than a page, in bytes.
        max_page: Largest page, in bytes.
        max_piece: Largest piece of a page in one request, in bytes.
        stalled_after_s: A body that stands still so long is given up, in seconds.
        threads: How many requests of one worker may be at the database or the disk at once.
        tries_per_address: Wrong one-time codes that one address may show in `tries_window_s`.
        tries_in_all: Wrong one-time codes that all together may show in `tries_window_s`.
        tries_window_s: Seconds after which a wrong code is forgotten.
        clock: The time, aware.
    """

    database: str = "sqlite:///central-server.sqlite"
    blobs: Path = Path("central-server-pages")
    max_body: int = 16 * 2**20
    max_page: int = 64 * 2**20
    max_piece: int = 16 * 2**20
    stalled_after_s: float = 30.0
    threads: int = 24
    tries_per_address: int = 10
    tries_in_all: int = 300
    tries_window_s: int = 600
    clock: Callable[[], datetime] = system_clock

    def as_plain(self) -> dict[str, object]:
        """All but the clock, for another process."""
        plain = asdict(replace(self, clock=system_clock))
        del plain["clock"]
        plain["blobs"] = str(self.blobs)
        return plain

    @classmethod
    def from_plain(cls, plain: dict[str, object]) -> ServerSettings:
        return cls(**{**plain, "blobs": Path(str(plain["blobs"]))})  # type: ignore[arg-type]  # written by `to_plain`
