"""Outside programs that tests start: they must die with the test run, however it ends."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from typing import IO


def start(
    command: Sequence[str],
    *,
    user: str | None = None,
    death_signal: str = "KILL",
    output: IO[bytes] | int = subprocess.DEVNULL,
    pass_fds: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Start a program that gets `death_signal` when this process dies, Ctrl-C and kill -9 included.

    It runs in a session of its own: Ctrl-C in the terminal reaches only the tests,
    which then stop it in order.

    Args:
        command: The program and its arguments.
        user: Run it as this user; only root may ask.
        death_signal: The signal's name without SIG.
        output: Where its standard output and error go.
        pass_fds: Open file descriptors that it inherits.
    """
    prefix: list[str] = []
    if sys.platform == "linux":
        prefix = [_found("setpriv"), "--pdeathsig", death_signal]
        if user is not None:
            prefix += ["--reuid", user, "--regid", user, "--init-groups"]
    return subprocess.Popen(
        [*prefix, *command],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        start_new_session=True,
        pass_fds=pass_fds,
        cwd="/",
    )


def wait_until(ready: Callable[[], bool], *, what: str, timeout_s: float = 30) -> None:
    """Ask `ready` until it says yes.

    Raises:
        TimeoutError: It did not within `timeout_s`; `what` says what was waited for.
    """
    deadline = time.monotonic() + timeout_s
    while not ready():
        if time.monotonic() > deadline:
            raise TimeoutError(f"{what} did not come within {timeout_s} s")
        time.sleep(0.02)


def _found(program: str) -> str:
    path = shutil.which(program)
    if path is None:
        raise FileNotFoundError(f"{program} is missing; scripts/setup installs what tests need")
    return path
