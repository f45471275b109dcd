"""A real PostgreSQL for the tests, started by them and gone with them.

It listens on a unix socket in its own folder, so two test runs never meet, and it keeps `fsync` on,
because what the server promises rests on it.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from psycopg import sql

from tests.helpers import processes

SUPERUSER = "counter"


class PostgresServer:
    """A running server.

    Attributes:
        folder: Holds its data, its socket and its log.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._names = count(1)

    def url(self, database: str) -> str:
        """Return the SQLAlchemy URL of a database."""
        return (
            f"postgresql+psycopg://{SUPERUSER}@/{database}?host={quote(str(self.folder), safe='')}"
        )

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.folder), user=SUPERUSER, dbname=database, autocommit=True
        )

    def create_database(self, template: str = "template0") -> str:
        """Make a fresh database and return its name; `template` may hold a schema, made once."""
        name = f"test_{next(self._names)}"
        with self.connect() as connection:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                    sql.Identifier(name), sql.Identifier(template)
                )
            )
        return name

    def drop_database(self, name: str) -> None:
        with self.connect() as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )

    def is_ready(self) -> bool:
        try:
            with self.connect():
                return True
        except psycopg.OperationalError:
            return False


@contextmanager
def running_postgres() -> Iterator[PostgresServer]:
    """Start a server on empty data and stop it at the end."""
    programs = _programs()
    user = "postgres" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
    folder = Path(tempfile.mkdtemp(prefix="counter-pg-"))
    try:
        if user is not None:
            account = pwd.getpwnam(user)
            os.chown(folder, account.pw_uid, account.pw_gid)
        with (folder / "log").open("wb") as log:
            data = folder / "data"
            initdb = processes.start(
                [
                    str(programs / "initdb"),
                    *("--pgdata", str(data)),
                    *("--username", SUPERUSER, "--auth", "trust"),
                    *("--encoding", "UTF8", "--locale", "C.UTF-8"),
                    *("--no-instructions", "--no-sync"),
                ],
                user=user,
                output=log,
            )
            if initdb.wait(timeout=120) != 0:
                raise RuntimeError(f"initdb failed:\n{(folder / 'log').read_text()}")
            process = processes.start(
                [
                    str(programs / "postgres"),
                    *("-D", str(data), "-k", str(folder)),
                    *("-c", "listen_addresses=", "-c", "max_connections=200"),
                ],
                user=user,
                # QUIT is PostgreSQL's immediate shutdown: it takes its children along.
                death_signal="QUIT",
                output=log,
            )
            server = PostgresServer(folder)
            try:
                processes.wait_until(
                    lambda: process.poll() is not None or server.is_ready(),
                    what="PostgreSQL",
                    timeout_s=60,
                )
                if process.poll() is not None:
                    raise RuntimeError(f"PostgreSQL ended:\n{(folder / 'log').read_text()}")
                yield server
            finally:
                _stop(process)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One server for the whole run."""
    with running_postgres() as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """A fresh, empty database: its SQLAlchemy URL (`postgresql+psycopg://…`)."""
    name = postgres_server.create_database()
    yield postgres_server.url(name)
    postgres_server.drop_database(name)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)  # fast shutdown: clients are cut off, data is left in order
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGQUIT)
        process.wait(timeout=20)


def _programs() -> Path:
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name)
    )
    on_path = shutil.which("postgres")
    candidates = [*debian, *([Path(on_path).resolve().parent] if on_path else [])]
    for folder in reversed(candidates):
        if (folder / "postgres").exists() and (folder / "initdb").exists():
            return folder
    raise FileNotFoundError("PostgreSQL's server is missing; scripts/setup installs it")
