"""The log: one JSON line for each use case, rotating; no names, no identity numbers."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import ParamSpec, TypeVar

from counter_app.domain.errors import CounterError

P = ParamSpec("P")
R = TypeVar("R")

_log = logging.getLogger("counter")


class _JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "what": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            line["trace"] = _places(record)
        return json.dumps(line, ensure_ascii=False)


def _places(record: logging.LogRecord) -> list[str]:
    """Where it happened, without the values: an error's text may hold what a citizen said."""
    places: list[str] = []
    trace = record.exc_info[2] if record.exc_info else None
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{Path(code.co_filename).name}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places


def start_log(folder: Path) -> None:
    """Write to `counter.log` in the folder, five files of 2 MB."""
    folder.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        folder / "counter.log", maxBytes=2_000_000, backupCount=4, encoding="utf-8"
    )
    handler.setFormatter(_JsonLines())
    _log.handlers = [handler]
    _log.setLevel(logging.INFO)
    _log.propagate = False


def observed(name: str, use_case: Callable[P, R]) -> Callable[P, R]:
    """Wrap a use case so that each call writes one line: name, outcome, milliseconds."""

    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        begun = time.perf_counter()
        outcome = "ok"
        try:
            return use_case(*args, **kwargs)
        except CounterError as error:
            outcome = type(error).__name__
            raise
        except BaseException as error:
            outcome = f"bug: {type(error).__name__}"
            raise
        finally:
            spent = round((time.perf_counter() - begun) * 1000, 1)
            _log.info(name, extra={"facts": {"outcome": outcome, "ms": spent}})

    return call
