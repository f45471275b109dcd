"""From the feeder to durable, encrypted pages, against scanimage on the same SANE device.

Both scan the same stacks of ten A4 sheets in colour at 200 dpi from SANE's `test` device, turn by
turn, start of each program included; scanimage writes plain JPEG files and syncs nothing.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from counter_app.adapters.devices.scanner_sane import SaneScanner
from counter_app.adapters.pages.vault import FilePageVault
from counter_app.application.capture import ScanOptions

DEVICE = "test:0"
SHEETS = 10
ROUNDS = 7
STACKS_FOR_MEMORY = 10
GOAL_RATIO = 0.4
GOAL_PAGES_A_MINUTE = 1000
GOAL_MB = 150


def _configuration(folder: Path) -> Path:
    folder.mkdir()
    (folder / "dll.conf").write_text("test\n")
    # Out of the box the device is smaller than A4; the pattern is the busiest of its pictures.
    (folder / "test.conf").write_text('geometry_max 300.0\ntest-picture "Color pattern"\n')
    return folder


def _scanimage(folder: Path) -> float:
    """Seconds for one stack."""
    began = time.perf_counter()
    subprocess.run(
        [
            *("scanimage", "-d", DEVICE, f"--batch={folder}/%d.jpg", "--format=jpeg"),
            *("--source", "Automatic Document Feeder", "--mode", "Color"),
            *("--resolution", "200", "-x", "210", "-y", "297"),
        ],
        stderr=subprocess.DEVNULL,
        check=False,  # it ends with the status of the empty feeder
    )
    took = time.perf_counter() - began
    assert len(list(folder.glob("*.jpg"))) == SHEETS
    return took


def _ours(scanner: SaneScanner, vault: FilePageVault, stack: int) -> float:
    """Seconds for one stack; a few bytes make each page another one, as paper is."""
    began = time.perf_counter()
    for number, page in enumerate(scanner.pages(DEVICE, ScanOptions())):
        vault.store(page.content + f"{stack}/{number}".encode())
    took = time.perf_counter() - began
    assert number + 1 == SHEETS
    return took


def _highest_mb(pid: int | str) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1000
    raise ValueError("no VmHWM")


def _children() -> list[str]:
    return Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()


def _measure_memory(folder: Path) -> float:
    """MB at the highest, of this process and of the worker, over many stacks."""
    scanner, vault = SaneScanner(), FilePageVault(folder, bytes(32))
    worker = 0.0
    for stack in range(STACKS_FOR_MEMORY):
        for number, page in enumerate(scanner.pages(DEVICE, ScanOptions())):
            vault.store(page.content + f"{stack}/{number}".encode())
            worker = max(worker, *(_highest_mb(pid) for pid in _children()))
    return worker + _highest_mb("self")


def _memory(folder: Path, configuration: Path) -> float:
    done = subprocess.run(
        [sys.executable, "-m", "scripts.benchmarks.scan", str(folder)],
        capture_output=True,
        check=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "SANE_CONFIG_DIR": str(configuration)},
    )
    return float(json.loads(done.stdout))


def run() -> list[dict[str, Any]]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        configuration = _configuration(folder / "sane")
        os.environ["SANE_CONFIG_DIR"] = str(configuration)
        scanner = SaneScanner()
        vault = FilePageVault(folder / "pages", bytes(32))
        plain = folder / "plain"
        plain.mkdir()
        theirs, ours = [], []
        for turn in range(ROUNDS):
            theirs.append(_scanimage(plain))
            ours.append(_ours(scanner, vault, turn))
        memory = _memory(folder / "memory", configuration)
    their_rate = SHEETS * 60 / statistics.median(theirs)
    our_rate = SHEETS * 60 / statistics.median(ours)
    ratio = our_rate / their_rate
    return [
        {
            "what": "feeder to durable, encrypted pages (A4, 200 dpi, colour)",
            "unit": "pages/min",
            "ours": round(our_rate),
            "peer": "scanimage --batch --format=jpeg, neither encrypted nor synced",
            "peer_value": round(their_rate),
            "ratio": round(ratio, 2),
            "goal": f">= {GOAL_RATIO} x and >= {GOAL_PAGES_A_MINUTE}",
            "met": ratio >= GOAL_RATIO and our_rate >= GOAL_PAGES_A_MINUTE,
        },
        {
            "what": f"memory for {STACKS_FOR_MEMORY * SHEETS} pages, scanning process and worker",
            "unit": "MB",
            "ours": round(memory),
            "peer": "limit",
            "peer_value": GOAL_MB,
            "ratio": round(memory / GOAL_MB, 2),
            "goal": f"<= {GOAL_MB}",
            "met": memory <= GOAL_MB,
        },
    ]


if __name__ == "__main__":
    print(json.dumps(_measure_memory(Path(sys.argv[1]))))
