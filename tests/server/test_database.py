"""The schema, its migrations, and what the database promises."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from central_server.settings import system_clock
from central_server.store import migrating
from central_server.store.database import Database, open_database
from central_server.store.tables import metadata

CLOCK = system_clock()


def test_the_migrations_make_the_tables_that_the_program_uses(database_url: str) -> None:
    database = open_database(database_url, now=CLOCK)
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []
    database.close()


def test_the_named_head_is_the_last_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrating.__file__).parent / "migrations"))
    script = ScriptDirectory.from_config(config)
    assert script.get_heads() == [migrating.HEAD]
    assert sorted(r.revision for r in script.walk_revisions()) == sorted(migrating._KNOWN)


def test_many_that_open_an_empty_database_at_once_make_one_identity(database_url: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        opened = list(
            pool.map(lambda _: open_database(database_url, now=CLOCK, connections=2), range(4))
        )
    assert len({database.identity.name for database in opened}) == 1
    assert re.fullmatch("[0-9a-f]{32}", opened[0].identity.name)
    for database in opened:
        database.close()


def test_a_database_keeps_its_identity(database_url: str) -> None:
    first = open_database(database_url, now=CLOCK)
    first.close()
    second = open_database(database_url, now=CLOCK)
    second.close()
    assert first.identity == second.identity


def test_a_database_of_a_newer_server_is_left_alone(database_url: str) -> None:
    open_database(database_url, now=CLOCK).close()
    engine = create_engine(database_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(migrating.DatabaseTooNew):
        open_database(database_url, now=CLOCK)


def setting(database: Database, name: str) -> str:
    with database.writing() as connection:
        return str(connection.execute(text(name)).scalar_one())


def test_a_commit_waits_for_the_disk_on_sqlite(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'new' / 'central.sqlite'}", now=CLOCK)
    assert setting(database, "PRAGMA journal_mode") == "wal"
    assert setting(database, "PRAGMA synchronous") == "2"
    assert setting(database, "PRAGMA busy_timeout") == "10000"
    database.close()


def test_a_commit_waits_for_the_disk_on_postgresql_whatever_the_database_says(
    postgres_url: str,
) -> None:
    engine = create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        name = connection.execute(text("SELECT current_database()")).scalar_one()
        connection.execute(text(f'ALTER DATABASE "{name}" SET synchronous_commit = off'))
    engine.dispose()
    database = open_database(postgres_url, now=CLOCK)
    assert setting(database, "SHOW synchronous_commit") == "on"
    assert setting(database, "SHOW fsync") == "on"
    database.close()


def test_a_reading_is_of_one_moment_and_does_not_wait_for_a_writer(database_url: str) -> None:
    database = open_database(database_url, now=CLOCK)
    amount = text("SELECT count(*) FROM wrong_code")
    with database.reading() as reading:
        before = reading.execute(amount).scalar_one()
        with database.writing() as writing:
            writing.execute(text("INSERT INTO wrong_code (address, at) VALUES ('a', 1)"))
            assert reading.execute(amount).scalar_one() == before
        assert reading.execute(amount).scalar_one() == before
    with database.reading() as reading:
        assert reading.execute(amount).scalar_one() == before + 1
    database.close()


def test_a_writing_that_fails_leaves_nothing(database_url: str) -> None:
    database = open_database(database_url, now=CLOCK)
    with pytest.raises(KeyError), database.writing() as writing:
        writing.execute(text("INSERT INTO wrong_code (address, at) VALUES ('a', 1)"))
        raise KeyError
    with database.reading() as reading:
        assert reading.execute(text("SELECT count(*) FROM wrong_code")).scalar_one() == 0
    database.close()
