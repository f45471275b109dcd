"""Reading reference data row by row, so that a bad value is named by row and field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import Any, TypeVar

from counter_app.domain.errors import InvalidValue, Trouble
from counter_app.domain.text import clean_line

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")

MAX_TEXT = 1000


@dataclass(eq=False)
class BadReference(Trouble):
    """Reference data (catalogue, calendar) breaks a rule and is refused as a whole.

    Attributes:
        row: Which row, as people would find it (`procedures[3] 1.001193`); empty for the whole.
        field: The field within it (`fees[0].amount.kind`).
        rule: Which rule was broken (`missing`, `unknown`, `type`, or one of the domain's).
        value: What stood there; reference data is public.
    """

    row: str
    field: str
    rule: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A JSON object with its place in the whole; every read names the field if it fails."""

    plain: Mapping[str, Any]
    row: str
    path: str = ""

    def bad(self, field: str, rule: str, value: object = "") -> BadReference:
        return BadReference(self.row, f"{self.path}{field}", rule, str(value)[:200])

    def only(self, *known: str) -> None:
        """Refuse a field that nobody reads: most often a slip of the pen in a name."""
        for field in self.plain:
            if field not in known:
                raise self.bad(field, "unknown")

    def text(self, field: str, default: str | None = None) -> str:
        value = self._value(field, str, default)
        try:
            clean = clean_line(value, field, MAX_TEXT)
        except InvalidValue as problem:
            raise self.bad(field, problem.rule, value) from None
        if clean != value:
            raise self.bad(field, "not_normal", value)
        if default is None and not value:
            raise self.bad(field, "empty")
        return value

    def integer(self, field: str, default: int | None = None) -> int:
        return self._value(field, int, default)

    def within(self, field: str, least: int, most: int, *, default: int) -> int:
        value = self.integer(field, default)
        if not least <= value <= most:
            raise self.bad(field, "bounds", value)
        return value

    def flag(self, field: str, default: bool | None = None) -> bool:
        return self._value(field, bool, default)

    def choice(self, field: str, kind: type[E], default: E | None = None) -> E:
        value = self.text(field, None if default is None else default.value)
        return self.built(field, lambda: kind(value), value)

    def day(self, field: str) -> date:
        value = self.text(field)
        return self.built(field, lambda: date.fromisoformat(value), value)

    def clock(self, field: str) -> time:
        value = self.text(field)
        return self.built(field, lambda: time.fromisoformat(value), value)

    def has(self, field: str) -> bool:
        return self.plain.get(field) is not None

    def inner(self, field: str) -> Row:
        value = self._value(field, dict, None)
        return Row(value, self.row, f"{self.path}{field}.")

    def rows(self, field: str) -> tuple[Row, ...]:
        """A list of objects; an absent one is empty."""
        found = []
        for place, value in enumerate(self._value(field, list, [])):
            if type(value) is not dict:
                raise self.bad(f"{field}[{place}]", "type", value)
            found.append(Row(value, self.row, f"{self.path}{field}[{place}]."))
        return tuple(found)

    def texts(self, field: str) -> tuple[str, ...]:
        """A list of texts; an absent one is empty."""
        values = self._value(field, list, [])
        return tuple(
            Row({place: value}, self.row, f"{self.path}{field}").text(place)
            for place, value in ((f"[{number}]", value) for number, value in enumerate(values))
        )

    def integers(self, field: str) -> tuple[int, ...]:
        values = self._value(field, list, None)
        return tuple(
            Row({place: value}, self.row, f"{self.path}{field}").integer(place)
            for place, value in ((f"[{number}]", value) for number, value in enumerate(values))
        )

    def built(self, field: str, build: Callable[[], T], value: object = "") -> T:
        """What the domain makes of it; its refusal becomes ours."""
        try:
            return build()
        except InvalidValue as problem:
            raise self.bad(field or problem.field, problem.rule, problem.value or value) from None
        except ValueError:
            raise self.bad(field, "value", value) from None

    def _value(self, field: str, kind: type[T], default: T | None) -> T:
        value = self.plain.get(field)
        if value is None:
            if default is None:
                raise self.bad(field, "missing")
            return default
        if type(value) is not kind:
            raise self.bad(field, "type", value)
        return value


def table(whole: Mapping[str, Any], field: str, name_by: str) -> tuple[Row, ...]:
    """The rows of a top-level table, each named by its place and its `name_by` field."""
    values = whole.get(field)
    if type(values) is not list:
        raise BadReference("", field, "missing" if values is None else "type")
    rows = []
    for place, value in enumerate(values):
        if type(value) is not dict:
            raise BadReference(f"{field}[{place}]", "", "type", str(value)[:200])
        rows.append(Row(value, f"{field}[{place}] {value.get(name_by, '')}".strip()))
    return tuple(rows)


def whole_document(plain: object, kind: str) -> Row:
    """The top of a document, if it is of this kind (`catalogue/1`)."""
    if type(plain) is not dict:
        raise BadReference("", "", "type")
    document = Row(plain, "")
    if document.text("format") != kind:
        raise document.bad("format", "value", plain.get("format"))
    return document


def without_empty(plain: dict[str, Any]) -> dict[str, Any]:
    """Without what is not there, so that a file shows only what says something."""
    return {name: value for name, value in plain.items() if value not in (None, "", [])}
