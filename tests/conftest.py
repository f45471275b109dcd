"""What holds for every test: a home of its own and no unexpected log record."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Before the first QApplication; a test that needs real windows starts a subprocess on Xvfb instead.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

pytest_plugins = ["tests.helpers.display", "tests.helpers.postgres"]

# Time says nothing on a machine that others use too: no deadline, no complaint about slow data.
# "ci" tries the same examples each time, so that a red run speaks of the change and not of luck.
_QUIET = {"deadline": None, "print_blob": True, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("everyday", max_examples=60, **_QUIET)
settings.register_profile("ci", max_examples=60, derandomize=True, **_QUIET)
settings.register_profile("thorough", max_examples=2000, **_QUIET)
settings.load_profile(
    os.environ.get("COUNTER_HYPOTHESIS") or ("ci" if os.environ.get("CI") else "everyday")
)


class LogWatch(logging.Handler):
    """Keeps each record of WARNING or above and tells which ones nobody expected."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []
        self.expectations: list[tuple[str, int, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def expect(self, text: str, *, logger: str = "", level: int = logging.WARNING) -> None:
        """Expect at least one record that contains `text`.

        Args:
            text: A part of the message.
            logger: The logger's name or the beginning of it.
            level: The exact level.
        """
        self.expectations.append((logger, level, text))

    def unmet(self) -> list[str]:
        wrong = [
            f"unexpected: {r.levelname} {r.name}: {r.getMessage()}"
            for r in self.records
            if not any(_fits(r, expected) for expected in self.expectations)
        ]
        wrong += [
            f"expected but never logged: {logging.getLevelName(level)} {logger}: {text}"
            for logger, level, text in self.expectations
            if not any(_fits(r, (logger, level, text)) for r in self.records)
        ]
        return wrong


def _fits(record: logging.LogRecord, expected: tuple[str, int, str]) -> bool:
    logger, level, text = expected
    return (
        record.levelno == level and record.name.startswith(logger) and text in record.getMessage()
    )


@pytest.fixture(autouse=True)
def log_watch() -> Iterator[LogWatch]:
    """Fail the test on a log record of WARNING or above that it did not expect."""
    watch = LogWatch()
    logging.getLogger().addHandler(watch)
    yield watch
    logging.getLogger().removeHandler(watch)
    if wrong := watch.unmet():
        pytest.fail("\n".join(wrong), pytrace=False)


@pytest.fixture
def expected_log(log_watch: LogWatch) -> Callable[..., None]:
    """`expected_log("part of the message", logger="…", level=logging.WARNING)`."""
    return log_watch.expect


@pytest.fixture(autouse=True)
def home_of_its_own(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Path:
    """Point every folder that a program finds by itself into a fresh one; leave it no keyring.

    SANE_CONFIG_DIR is left to the tests of the scanners.
    """
    home = tmp_path_factory.mktemp("home")
    runtime = home / "runtime"
    runtime.mkdir(mode=0o700)
    for name, folder in {
        "HOME": home,
        "XDG_CONFIG_HOME": home / "config",
        "XDG_DATA_HOME": home / "data",
        "XDG_STATE_HOME": home / "state",
        "XDG_RUNTIME_DIR": runtime,
        # One for the whole run: fontconfig fills it slowly, and nothing of ours is kept there.
        "XDG_CACHE_HOME": tmp_path_factory.getbasetemp() / "cache",
    }.items():
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    return home


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if os.environ.get("COUNTER_CHECKS_FAILED") == "1":
        terminalreporter.section("scripts/check failed: see above the tests", red=True)
