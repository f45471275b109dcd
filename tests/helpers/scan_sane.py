"""SANE's own `test` device, set up to behave as a test needs it."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

_SETTINGS: Mapping[str, str] = {
    "number_of_devices": "1",
    "mode": "Gray",
    "depth": "8",
    "resolution_min": "1.0",
    "resolution_max": "1200.0",
    "resolution_quant": "1.0",
    "resolution": "50.0",
    "test-picture": '"Color pattern"',
    "geometry_min": "0.0",
    # The device is smaller than A4 out of the box.
    "geometry_max": "300.0",
    "geometry_quant": "1.0",
    "tl_x": "0.0",
    "tl_y": "0.0",
    "br_x": "80.0",
    "br_y": "100.0",
}


def sane_environment(folder: Path, backend: str = "test", **settings: str) -> dict[str, str]:
    """Write a SANE configuration with this one backend; return the environment that uses it.

    Args:
        folder: Where to write it.
        backend: The only line of dll.conf; none at all when empty.
        settings: Lines of test.conf, `_` standing for `-` in their names.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dll.conf").write_text(f"{backend}\n")
    lines = {**_SETTINGS, **{name.replace("_", "-"): value for name, value in settings.items()}}
    (folder / "test.conf").write_text("".join(f"{key} {value}\n" for key, value in lines.items()))
    return {"SANE_CONFIG_DIR": str(folder)}


def children(pid: int) -> set[int]:
    """The processes that this one started and that still run (a zombie has ended)."""
    found: set[int] = set()
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state, parent = (entry / "stat").read_text().rpartition(")")[2].split()[:2]
            except (FileNotFoundError, ProcessLookupError):
                continue
            if int(parent) == pid and state != "Z":
                found.add(int(entry.name))
    return found


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def wait_until(condition: Callable[[], T], within_s: float = 20.0) -> T:
    """Wait until the condition holds and return what it gave."""
    until = time.monotonic() + within_s
    pause = threading.Event()
    while not (value := condition()):
        assert time.monotonic() < until, "it never came true"
        pause.wait(0.005)
    return value


def own_children() -> set[int]:
    return children(os.getpid())
