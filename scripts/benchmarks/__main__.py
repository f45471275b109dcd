"""Run benchmarks and print each beside what it is measured against.

A benchmark is a module of this folder with `run() -> list[dict]`; each dict is a row with exactly
the keys of `COLUMNS`. Goals are goals, not gates: only a benchmark that cannot run fails.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import traceback
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from scripts.benchmarks._row import COLUMNS, Row, run_one


def names() -> list[str]:
    return sorted(
        path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_")
    )


def run_alone(name: str) -> list[Row]:
    """Run one benchmark in a fresh process, so that none inherits another's memory or caches."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=spawn) as pool:
        return pool.submit(run_one, name).result()


def shown(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return "–"
    if isinstance(value, float):
        return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def table(rows: list[Row]) -> str:
    lines = [list(COLUMNS), *([shown(row[column]) for column in COLUMNS] for row in rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(COLUMNS))]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join(
        "  ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def main(arguments: list[str] | None = None) -> int:
    known = names()
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(known) or "none yet")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all rows here as JSON")
    chosen = parser.parse_args(arguments)
    if unknown := sorted(set(chosen.names) - set(known)):
        parser.error(f"no such benchmark: {', '.join(unknown)} (there are: {', '.join(known)})")

    rows: list[Row] = []
    failed: list[str] = []
    for name in chosen.names or known:
        print(f"# {name}", flush=True)
        try:
            measured = run_alone(name)
        except Exception:  # a benchmark that breaks must not hide the others; the exit status tells
            traceback.print_exc()
            failed.append(name)
            continue
        print(table(measured), end="\n\n", flush=True)
        rows += measured
    if chosen.json is not None:
        chosen.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", "utf-8")
    if failed:
        print(f"bench: could not run {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
