"""The sample office: its central server as a process of its own, and counters enrolled at it.

All people in it are made up.
"""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from counter_app.application.settings import CounterSettings
from counter_app.bootstrap import RESOURCES, Counter, Surroundings, open_counter

UNIT: Final = "H36.15"
PASSWORD: Final = "quang-mau-2026"
"""Of every account of the sample office; stands in `resources/demo/office.json` too."""
SERVER_ARGUMENT: Final = "--central-server"
"""How the built program starts itself as the server."""
_STOP_S: Final = 10


def server_command() -> tuple[str, ...]:
    if getattr(sys, "frozen", False):
        return (sys.executable, SERVER_ARGUMENT)
    return (sys.executable, "-m", "central_server")


@dataclass(slots=True)
class SampleOffice:
    """The sample office's server in a folder; enter it to start the server.

    Attributes:
        folder: Holds the database and the pages.
        url: Where the server listens, once entered.
    """

    folder: Path
    url: str = ""
    _process: subprocess.Popen[str] | None = None
    _port: int = 0

    def __enter__(self) -> SampleOffice:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._administer("office", "--file", str(self._office_file()))
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start the server; on the port that it had before, so that counters find it again."""
        self._process = subprocess.Popen(
            [*server_command(), "serve", *self._where(), "--port", str(self._port), "--quiet"],
            stdout=subprocess.PIPE,
            text=True,
            cwd=RESOURCES.parent,
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("the sample office's server did not start")
        self._port = json.loads(line)["port"]
        self.url = f"http://127.0.0.1:{self._port}"

    def stop(self) -> None:
        process = self._process
        if process is None:
            return
        process.terminate()
        try:
            process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()
        self._process = None

    def enrol_code(self, counter: int) -> str:
        """A one-time code for a counter of this office."""
        return self._administer("enrol-code", "--unit", UNIT, "--counter", str(counter)).strip()

    def _administer(self, command: str, *arguments: str) -> str:
        done = subprocess.run(
            [*server_command(), command, *self._where(), *arguments],
            capture_output=True,
            text=True,
            check=True,
            cwd=RESOURCES.parent,
        )
        return done.stdout

    def _where(self) -> tuple[str, ...]:
        return (
            "--database",
            f"sqlite:///{self.folder / 'server.db'}",
            "--blobs",
            str(self.folder / "pages"),
        )

    def _office_file(self) -> Path:
        office: dict[str, Any] = _read(RESOURCES / "demo" / "office.json")
        office["catalogue"] = _read(RESOURCES / "procedures" / "commune.json")
        office["calendar"] = _read(RESOURCES / "calendar" / "vietnam.json")
        path = self.folder / "office.json"
        path.write_text(json.dumps(office, ensure_ascii=False), encoding="utf-8")
        return path


def open_sample_counter(
    office: SampleOffice,
    folder: Path,
    number: int,
    key: bytes,
    settings: CounterSettings,
    around: Surroundings,
) -> Counter:
    """Open a counter of the sample office, enrolled at the first opening."""
    with ExitStack() as life:
        counter = life.enter_context(open_counter(folder, key, settings, around))
        if counter.parts.store.reads.enrolment() is None:
            counter.enrol(office.url, office.enrol_code(number), f"quay-{number}")
        life.pop_all()
        return counter


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
