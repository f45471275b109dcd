"""`python -m printing`: any slip as bytes and as a picture, and a print head on loopback."""

from __future__ import annotations

import argparse
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from printing.documents import lay_out
from printing.samples import SLIPS
from printing.thermal.encode import encode
from printing.thermal.profiles import load_profile, profile_names
from printing.thermal.reader import read
from printing.thermal.readings import ReadSlip, head_of
from printing.virtual_head import VirtualHead


def main(arguments: Sequence[str] | None = None) -> int:
    chosen = _parser().parse_args(arguments)
    if chosen.command == "sample":
        return _sample(chosen.name, chosen.profile, chosen.to, chosen.png)
    return _virtual_head(chosen.profile, chosen.port, chosen.folder)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m printing", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    sample = commands.add_parser("sample", help="write a slip with sample content")
    sample.add_argument("name", choices=sorted(SLIPS))
    sample.add_argument("--to", type=Path, required=True, help="file for the bytes")
    sample.add_argument("--png", type=Path, help="file for the picture of the paper")
    head = commands.add_parser("virtual-head", help="listen as a printer until interrupted")
    head.add_argument("--port", type=int, default=9100)
    head.add_argument("--folder", type=Path, required=True, help="where each slip goes as PNG")
    for command in (sample, head):
        command.add_argument("--profile", choices=profile_names(), default="generic-80")
    return parser


def _sample(name: str, profile_name: str, to: Path, png: Path | None) -> int:
    profile = load_profile(profile_name)
    stream = encode(lay_out(SLIPS[name]), profile)
    to.write_bytes(stream)
    reading = read(stream, head_of(profile))
    if png is not None:
        reading.slips[0].picture.save(png, "PNG")
    sys.stdout.write(f"{name} on {profile_name}: {len(stream)} bytes\n")
    return 1 if reading.problems else 0


def _virtual_head(profile_name: str, port: int, folder: Path) -> int:
    folder.mkdir(parents=True, exist_ok=True)
    count = 0

    def keep(slip: ReadSlip) -> None:
        nonlocal count
        count += 1
        path = folder / f"slip-{count:04}.png"
        slip.picture.save(path, "PNG")
        sys.stdout.write(f"{path}\n")
        sys.stdout.flush()

    with VirtualHead(head_of(load_profile(profile_name)), keep, port) as head:
        sys.stdout.write(f"{head.address}\n")
        sys.stdout.flush()
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
