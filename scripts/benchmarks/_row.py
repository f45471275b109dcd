"""One benchmark, run and checked; its own module, so that a spawned process can import it."""

from __future__ import annotations

from importlib import import_module
from typing import Any

COLUMNS = ("what", "unit", "ours", "peer", "peer_value", "ratio", "goal", "met")
Row = dict[str, Any]


def run_one(name: str) -> list[Row]:
    rows: list[Row] = import_module(f"scripts.benchmarks.{name}").run()
    for row in rows:
        if set(row) != set(COLUMNS):
            raise ValueError(f"{name}: a row has {sorted(row)}, wanted {sorted(COLUMNS)}")
    return rows
