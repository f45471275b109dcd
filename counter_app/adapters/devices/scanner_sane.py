"""Scanners reached through SANE, each conversation in a process of its own."""

from __future__ import annotations

import fcntl
import io
import os
import subprocess
import sys
from collections.abc import Generator, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import counter_app
from counter_app.adapters.devices.sane_frames import (
    Frame,
    LineLost,
    LineSilent,
    read_frame,
    write_frame,
)
from counter_app.application.capture import (
    FeederEmpty,
    PaperJam,
    PaperSource,
    ScannedPage,
    ScannerAccessDenied,
    ScannerBusy,
    ScannerCoverOpen,
    ScannerFault,
    ScannerInfo,
    ScannerNotFound,
    ScannerTrouble,
    ScanOptions,
)

# A bundled program starts itself with this to become the worker; the entry point looks for it.
WORKER_ARGUMENT = "--sane-worker"
_PIPE_BYTES = 1 << 20
# One page after another needs the same 40 MB; with the C library's defaults they would be given
# back and cleared anew by the kernel for each page, which takes as long as the page itself.
_KEEP_MEMORY = {
    "MALLOC_MMAP_THRESHOLD_": str(32 << 20),
    "MALLOC_TRIM_THRESHOLD_": str(256 << 20),
}
_TROUBLES: Mapping[str, type[ScannerTrouble]] = {
    "busy": ScannerBusy,
    "jam": PaperJam,
    "empty": FeederEmpty,
    "cover": ScannerCoverOpen,
    "denied": ScannerAccessDenied,
    "not_found": ScannerNotFound,
    "missing": ScannerNotFound,
}


class WorkerToldError(Exception):
    """What the worker said, kept as the cause of a trouble; it holds no citizen's data."""


def worker_command() -> tuple[str, ...]:
    """How this program starts itself as a worker, bundled or not."""
    if getattr(sys, "frozen", False):
        return (sys.executable, WORKER_ARGUMENT)
    return (sys.executable, "-m", "counter_app.adapters.devices.sane_worker")


class SaneScanner:
    """Every scanner that SANE knows of.

    A backend that hangs is killed after a time of silence and a backend that crashes takes only its
    own process along; both become `ScannerFault`.
    Flatbeds give one page per call.
    A device that lacks the source asked for uses the one it has.
    """

    def __init__(
        self,
        *,
        silence_s: float = 60.0,
        farewell_s: float = 5.0,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Nothing is started yet.

        Args:
            silence_s: How long a scanner may say nothing at all, lamps warming up included.
            farewell_s: How long it may take to cancel and let go of the sheet.
            environment: Variables for the worker on top of our own (`SANE_CONFIG_DIR`).
        """
        self._silence_s = silence_s
        self._farewell_s = farewell_s
        self._environment = dict(environment or {})

    def devices(self) -> tuple[ScannerInfo, ...]:
        """List what answers; empty too where SANE itself is missing.

        Raises:
            ScannerFault: A backend hung or crashed while looking, so nothing is known.
        """
        with self._conversation("") as line:
            told = line.exchange({"ask": "devices"})
        if told.head["tell"] == "missing":
            return ()
        if told.head["tell"] != "devices":
            raise _trouble(told, "", 0)
        return tuple(
            ScannerInfo(
                device=str(row["device"]),
                label=_label(str(row["label"])),
                sources=tuple(PaperSource(source) for source in row["sources"]),
            )
            for row in told.head["devices"]
        )

    def pages(self, device: str, options: ScanOptions) -> Generator[ScannedPage, None, None]:
        """See `Scanner.pages`; nothing moves before the first page is asked for."""
        if not device:
            # To SANE, no name means the first device it finds.
            raise ScannerNotFound(device)
        ask = {
            "ask": "pages",
            "device": device,
            "dpi": options.dpi,
            "colour": options.colour.value,
            "source": options.source.value,
        }
        count = 0
        limit = options.max_pages
        with self._conversation(device) as line:
            told = line.exchange(ask)
            if told.head["tell"] != "ready":
                raise _trouble(told, device, count)
            while limit is None or count < limit:
                told = line.exchange({"ask": "next"}, pages_before=count)
                if told.head["tell"] == "empty" and count > 0:
                    return
                if told.head["tell"] != "page":
                    raise _trouble(told, device, count)
                count += 1
                yield ScannedPage(
                    content=told.body,
                    media_type="image/jpeg",
                    width=int(told.head["width"]),
                    height=int(told.head["height"]),
                    dpi=int(told.head["dpi"]),
                )
                if told.head["last"]:
                    return

    @contextmanager
    def _conversation(self, device: str) -> Iterator[_Line]:
        with ExitStack() as stack:
            lifeline_read, lifeline_write = os.pipe()
            stack.callback(os.close, lifeline_write)
            try:
                worker = subprocess.Popen(
                    [*worker_command(), str(lifeline_read)],
                    bufsize=0,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    pass_fds=(lifeline_read,),
                    env=_worker_environment(self._environment),
                )
            except OSError as error:
                raise ScannerFault(device) from error
            finally:
                os.close(lifeline_read)
            line = _Line(worker, device, self._silence_s)
            stack.callback(line.part, self._farewell_s)
            yield line


class _Line:
    """The line to one worker."""

    def __init__(self, worker: subprocess.Popen[bytes], device: str, silence_s: float) -> None:
        self._worker = worker
        self._device = device
        self._silence_s = silence_s
        assert isinstance(worker.stdin, io.FileIO)
        assert isinstance(worker.stdout, io.FileIO)
        self._asks = worker.stdin
        self._tells = worker.stdout
        with suppress(OSError):
            fcntl.fcntl(self._tells, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)

    def exchange(self, ask: Mapping[str, Any], pages_before: int = 0) -> Frame:
        """Ask, and wait for what is told; signs of life are not an answer.

        Raises:
            ScannerFault: The worker hung, died or spoke nonsense; a hung one is dead now.
        """
        try:
            write_frame(self._asks, ask)
            while True:
                told = read_frame(self._tells, self._silence_s)
                if told.head.get("tell") != "alive":
                    return told
        except (LineLost, LineSilent) as error:
            self._worker.kill()
            raise ScannerFault(self._device, pages_before) from error

    def part(self, farewell_s: float) -> None:
        """Let the worker cancel and go; end it when it will not."""
        with suppress(LineLost):
            write_frame(self._asks, {"ask": "close"})
        self._asks.close()
        try:
            self._worker.wait(farewell_s)
        except subprocess.TimeoutExpired:
            self._worker.kill()
            # A process stuck inside the kernel (a dying USB bus) cannot be waited for.
            with suppress(subprocess.TimeoutExpired):
                self._worker.wait(farewell_s)
        self._tells.close()


def _trouble(told: Frame, device: str, pages_before: int) -> ScannerTrouble:
    kind = _TROUBLES.get(str(told.head["tell"]), ScannerFault)
    trouble = kind(device, pages_before)
    trouble.__cause__ = WorkerToldError(f"{told.head['tell']}: {told.head.get('text', '')}")
    return trouble


def _label(text: str) -> str:
    """Maker and model without the maker said twice (`HP HP LaserJet`)."""
    words = text.replace("_", " ").split()
    return " ".join(word for place, word in enumerate(words) if place == 0 or word != words[0])


def _worker_environment(extra: Mapping[str, str]) -> dict[str, str]:
    environment = {**os.environ, **_KEEP_MEMORY, **extra}
    ours = str(Path(counter_app.__file__).parent.parent)
    paths = (environment.get("PYTHONPATH"), ours)
    environment["PYTHONPATH"] = os.pathsep.join(path for path in paths if path)
    return environment
