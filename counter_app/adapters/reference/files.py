"""Catalogue and calendar from the files that come with the program, or from an office's own."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from counter_app.domain.errors import Trouble
from counter_app.domain.procedure import Catalogue
from counter_app.domain.working_days import WorkingCalendar
from counter_app.wire.reference import calendar_from_json, catalogue_from_json
from counter_app.wire.reference_rows import BadReference

T = TypeVar("T")


@dataclass(eq=False)
class BadReferenceFile(BadReference):
    """A file of reference data breaks a rule; nothing of it is used.

    Attributes:
        file: Its name, without the folder.
        line: Where the JSON itself is broken; 0 where it is not.
    """

    file: str = ""
    line: int = 0


@dataclass(eq=False)
class ReferenceFileUnreadable(Trouble):
    """The file is missing, or the disk does not give it."""

    file: str


def load_catalogue(path: Path) -> Catalogue:
    """Read the catalogue of procedures.

    Raises:
        BadReferenceFile: A row breaks a rule; file, row and field are named.
        ReferenceFileUnreadable: There is no such file, or it cannot be read.
    """
    return _load(path, catalogue_from_json)


def load_calendar(path: Path) -> WorkingCalendar:
    """Read the working calendar with its sessions and counting rules.

    Raises:
        BadReferenceFile: A row breaks a rule; file, row and field are named.
        ReferenceFileUnreadable: There is no such file, or it cannot be read.
    """
    return _load(path, calendar_from_json)


def _load(path: Path, read: Callable[[object], T]) -> T:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise BadReferenceFile("", "", "not_utf8", file=path.name) from None
    except OSError as error:
        raise ReferenceFileUnreadable(path.name) from error
    try:
        return read(json.loads(text, object_pairs_hook=_without_doubles))
    except json.JSONDecodeError as error:
        raise BadReferenceFile("", "", "not_json", file=path.name, line=error.lineno) from None
    except RecursionError:
        raise BadReferenceFile("", "", "not_json", file=path.name) from None
    except BadReference as bad:
        raise BadReferenceFile(bad.row, bad.field, bad.rule, bad.value, file=path.name) from None


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """JSON lets a name stand twice, and the last silently win; we do not."""
    plain = dict(pairs)
    if len(plain) < len(pairs):
        names = [name for name, _ in pairs]
        double = next(name for name in names if names.count(name) > 1)
        raise BadReference("", double, "field_twice")
    return plain
