"""Bring the schema up to date with Alembic: forward only, once, whoever starts first."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, text

HEAD: Final = "0001"
"""The newest revision in `migrations/versions`."""

_KNOWN: Final = ("0001",)
_LOCK: Final = 0x6F6E6573


class DatabaseTooNew(Exception):
    """A newer server made this database; this one must not touch it."""


def bring_up_to_date(engine: Engine) -> None:
    """Raises `DatabaseTooNew` where the schema is not one that this program knows."""
    if _revision(engine) == HEAD:
        return
    writing = engine.connect().execution_options(counter_is_writing=True)
    with writing as connection, connection.begin():
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        # Another worker may have been quicker while this one waited.
        present = MigrationContext.configure(connection).get_current_revision()
        if present is not None and present not in _KNOWN:
            raise DatabaseTooNew(present)
        if present != HEAD:
            command.upgrade(_config(connection), "head")


def _revision(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config
