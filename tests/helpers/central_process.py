"""The real server as a process of its own, or as a thread that listens on a real socket."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn

from tests.helpers import processes

ROOT = Path(__file__).parents[2]


class ServerProcess:
    """`python -m central_server` on a free port.

    Attributes:
        url: Where it answers.
    """

    def __init__(self, database: str, folder: Path, *more: str) -> None:
        self._log = folder / f"server-{os.urandom(4).hex()}.log"
        with self._log.open("wb") as output:
            self._process = processes.start(
                command(
                    "--database", database, "--blobs", str(folder / "pages"), "--port", "0", *more
                ),
                output=output,
                death_signal="TERM" if "--workers" in more else "KILL",
            )
        try:
            processes.wait_until(
                lambda: self._process.poll() is not None or bool(self._ready_lines()),
                what="the server",
                timeout_s=60,
            )
            if not self._ready_lines():
                raise RuntimeError(f"the server ended:\n{self.log()}")
        except BaseException:
            self.kill()
            raise
        self.url = f"http://127.0.0.1:{self._ready_lines()[0]['port']}"

    def kill(self) -> None:
        """As a power cut does it, as far as a process can tell."""
        self._process.kill()
        self._process.wait(timeout=20)

    def stop(self) -> int:
        """In order; returns the exit status."""
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(timeout=30)

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def log(self) -> str:
        return self._log.read_text("utf-8")

    def _ready_lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.log().splitlines() if line.startswith('{"ready"')]


def command(*arguments: str) -> list[str]:
    return ["env", f"PYTHONPATH={ROOT}", sys.executable, "-m", "central_server", *arguments]


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """One of the administrator's commands, to its end."""
    return subprocess.run(
        command(*arguments), capture_output=True, text=True, timeout=60, check=False, cwd="/"
    )


@contextmanager
def listening(app: Any) -> Iterator[tuple[str, int]]:
    """Serve the application on a real socket, in a thread; gives host and port."""
    ready = threading.Event()

    class Told(uvicorn.Server):
        async def startup(self, sockets: Any = None) -> None:
            await super().startup(sockets)
            ready.set()

    config = uvicorn.Config(
        app, host="127.0.0.1", port=0, log_config=None, lifespan="off", timeout_graceful_shutdown=1
    )
    server = Told(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        if not ready.wait(20):
            raise TimeoutError("uvicorn did not start")
        yield "127.0.0.1", server.servers[0].sockets[0].getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(20)
