"""A virtual display, for tests that start the program with real X11 windows."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest

from tests.helpers import processes


@contextmanager
def virtual_display(width: int = 1366, height: int = 768) -> Iterator[str]:
    """Start Xvfb on a free display and give the display's name (`:7`)."""
    program = shutil.which("Xvfb")
    if program is None:
        raise FileNotFoundError("Xvfb is missing; scripts/setup installs it")
    reading, writing = os.pipe()
    screen = ("-screen", "0", f"{width}x{height}x24")
    with os.fdopen(reading) as answer:
        process = processes.start(
            [program, "-displayfd", str(writing), *screen, "-nolisten", "tcp", "-noreset"],
            death_signal="TERM",
            pass_fds=(writing,),
        )
        os.close(writing)
        # Xvfb picks the number itself and writes it once it answers; an empty line: it ended.
        number = answer.readline().strip()
    try:
        if not number:
            raise RuntimeError(f"Xvfb ended with status {process.wait(timeout=10)}")
        yield f":{number}"
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(timeout=10)


@pytest.fixture(scope="session")
def x_display() -> Iterator[str]:
    """A display of 1366×768, the smallest that counters use."""
    with virtual_display() as name:
        yield name


@pytest.fixture
def x_environment(x_display: str, home_of_its_own: object) -> Mapping[str, str]:
    """The environment for a subprocess that draws real windows on the virtual display."""
    return {**os.environ, "DISPLAY": x_display, "QT_QPA_PLATFORM": "xcb"}
