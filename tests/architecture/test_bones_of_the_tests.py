"""What conftest.py and the helpers promise to every other test."""

import logging
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import create_engine, text

from tests.conftest import LogWatch
from tests.helpers import processes
from tests.helpers.postgres import PostgresServer

ROOT = Path(__file__).parents[2]


def a_record(level: int, message: str, logger: str = "counter_app.store") -> logging.LogRecord:
    return logging.LogRecord(logger, level, __file__, 1, message, (), None)


def test_a_warning_that_nobody_expected_fails_the_test() -> None:
    watch = LogWatch()
    watch.handle(a_record(logging.WARNING, "disk nearly full"))
    assert watch.unmet() == ["unexpected: WARNING counter_app.store: disk nearly full"]


def test_an_expected_warning_passes_and_an_expected_one_that_never_came_fails() -> None:
    watch = LogWatch()
    watch.expect("nearly full", logger="counter_app")
    assert watch.unmet() == ["expected but never logged: WARNING counter_app: nearly full"]
    watch.handle(a_record(logging.WARNING, "disk nearly full"))
    assert watch.unmet() == []


def test_an_error_is_not_excused_by_an_expected_warning() -> None:
    watch = LogWatch()
    watch.expect("full")
    watch.handle(a_record(logging.WARNING, "disk nearly full"))
    watch.handle(a_record(logging.ERROR, "disk full"))
    assert watch.unmet() == ["unexpected: ERROR counter_app.store: disk full"]


def test_the_log_of_a_test_is_watched(log_watch: LogWatch, expected_log) -> None:
    expected_log("seen", logger="counter_app.somewhere")
    logging.getLogger("counter_app.somewhere").warning("seen")
    assert [record.getMessage() for record in log_watch.records] == ["seen"]


def test_no_test_sees_the_home_of_the_person_who_runs_it(home_of_its_own: Path) -> None:
    assert Path.home() == home_of_its_own
    assert list(home_of_its_own.iterdir()) == [home_of_its_own / "runtime"]


def test_each_test_gets_a_database_that_is_empty_and_durable(postgres_url: str) -> None:
    engine = create_engine(postgres_url)
    with engine.connect() as connection:
        tables = text("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        assert connection.scalar(tables) == 0
        assert connection.scalar(text("SHOW fsync")) == "on"
        assert connection.scalar(text("SHOW synchronous_commit")) == "on"
        assert connection.scalar(text("SHOW server_encoding")) == "UTF8"
        assert int(connection.scalar(text("SHOW server_version_num"))) >= 150000
    engine.dispose()


def test_a_database_can_be_made_from_a_template(postgres_server: PostgresServer) -> None:
    template = postgres_server.create_database()
    with postgres_server.connect(template) as connection:
        connection.execute("CREATE TABLE dossier (number text)")
    copy = postgres_server.create_database(template)
    with postgres_server.connect(copy) as connection:
        assert connection.execute("SELECT count(*) FROM dossier").fetchone() == (0,)
    postgres_server.drop_database(copy)
    postgres_server.drop_database(template)
    with pytest.raises(psycopg.OperationalError):
        postgres_server.connect(copy)


def test_a_window_can_be_opened_on_the_virtual_display(x_environment: dict[str, str]) -> None:
    program = (
        "from PySide6.QtWidgets import QApplication\n"
        "app = QApplication([])\n"
        "size = app.primaryScreen().size()\n"
        "print(app.platformName(), size.width(), size.height())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=x_environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.stdout.split(), done.returncode) == (["xcb", "1366", "768"], 0), done.stderr


KILLED_RUN = """
import sys
from tests.helpers.display import virtual_display
from tests.helpers.postgres import running_postgres
with running_postgres() as server, virtual_display():
    print(server.folder, flush=True)
    sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of a parent's death")
def test_a_test_run_that_is_killed_leaves_no_server_and_no_display_behind() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", KILLED_RUN],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as run:
        assert run.stdout is not None
        folder = Path(run.stdout.readline().strip())
        children = [
            int(pid) for pid in Path(f"/proc/{run.pid}/task/{run.pid}/children").read_text().split()
        ]
        assert [is_running(child) for child in children] == [True, True]
        run.kill()
    processes.wait_until(
        lambda: not any(is_running(child) for child in children),
        what="the end of PostgreSQL and Xvfb",
    )
    shutil.rmtree(folder)


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"
