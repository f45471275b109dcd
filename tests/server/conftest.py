"""Every test of the server runs twice: on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from central_server.store.migrating import bring_up_to_date
from tests.helpers.central_office import Rig, running_rig
from tests.helpers.postgres import PostgresServer


@pytest.fixture(scope="session")
def migrated_template(postgres_server: PostgresServer) -> str:
    """Name of a database that has the schema and no identity yet."""
    name = postgres_server.create_database()
    engine = create_engine(postgres_server.url(name))
    bring_up_to_date(engine)
    engine.dispose()
    return name


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'central.sqlite'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    name = server.create_database(request.getfixturevalue("migrated_template"))
    yield server.url(name)
    server.drop_database(name)


@pytest.fixture
def rig(database_url: str, tmp_path: Path) -> Iterator[Rig]:
    with running_rig(database_url, tmp_path) as rig:
        yield rig
