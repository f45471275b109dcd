"""Values into a form's places: checked against what the form asks for, worded as its data says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from xml.sax.saxutils import escape

from printing.errors import FieldsUnfilled
from printing.pdf.form_data import PLACEHOLDER, Field, Form, TextPart
from printing.text import printable

Value = str | date | datetime | None | Sequence[Mapping[str, str]]
_SPARE_MOMENT = "……"


@dataclass(frozen=True)
class Filling:
    """A form and everything that it asked for; empty text means left blank on purpose."""

    form: Form
    texts: Mapping[str, str]
    tables: Mapping[str, tuple[tuple[str, ...], ...]]
    empty: frozenset[str]

    def shows(self, part: TextPart) -> bool:
        """Whether the paragraph is printed, given which fields are empty."""
        left_out = any(name in self.empty for name in part.omit_if_empty)
        wanted = all(name in self.empty for name in part.only_if_empty)
        return wanted and not left_out

    def markup(self, part: TextPart, copy: str) -> str:
        """The paragraph with its values in place, as reportlab's markup."""
        own = {"copy": copy, "version": self.form.version}
        pieces, end = [], 0
        for match in PLACEHOLDER.finditer(part.text):
            pieces.append(_cased(part.text[end : match.start()], part))
            worded = own.get(match[1]) or self.texts[match[1]]
            value = _cased(worded, part)
            pieces.append(f"<b>{value}</b>" if match[2] else value)
            end = match.end()
        return "".join(pieces) + _cased(part.text[end:], part)


def _cased(text: str, part: TextPart) -> str:
    return escape(text.upper() if "upper" in part.styles else text)


def fill(form: Form, values: Mapping[str, Value]) -> Filling:
    """Check and word the values.

    Raises:
        FieldsUnfilled: A field has no value (None and "" are values: blank on purpose), a value has no
            field, or a table's row lacks a column.
        TypeError: A value is not of its field's kind.
    """
    missing = tuple(sorted(set(form.fields) - set(values)))
    unknown = tuple(sorted(set(values) - set(form.fields)))
    if missing or unknown:
        raise FieldsUnfilled(form=form.number, missing=missing, unknown=unknown)
    texts, tables, empty = {}, {}, set()
    for name, field in form.fields.items():
        value = values[name]
        if field.kind == "table":
            tables[name] = _rows(form, field, value)
            continue
        worded = _worded(form, field, value)
        if not worded:
            empty.add(name)
        texts[name] = worded or _blank(form, field)
    return Filling(form, texts, tables, frozenset(empty))


def _blank(form: Form, field: Field) -> str:
    if field.kind in ("date", "moment"):
        spare = dict.fromkeys(("hour", "minute", "day", "month", "year"), _SPARE_MOMENT)
        return form.words[field.kind].format(**spare)
    return field.blank or form.words["blank"]


def _worded(form: Form, field: Field, value: Value) -> str:
    match field.kind, value:
        case _, None | "":
            return ""
        case "text", str():
            return printable(value).strip()
        case "moment", datetime():
            return form.words["moment"].format(
                hour=f"{value.hour:02d}", minute=f"{value.minute:02d}", **_day(value)
            )
        case "date", date():
            return form.words["date"].format(**_day(value))
        case _:
            raise TypeError(f"{field.name} takes {field.kind}, not {type(value).__name__}")


def _day(day: date) -> dict[str, str]:
    # Days under 10 and the months 1 and 2 take a leading zero (Decree 30/2020), so that nobody adds a 1 before.
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return {"day": f"{day.day:02d}", "month": month, "year": str(day.year)}


def _rows(form: Form, field: Field, value: Value) -> tuple[tuple[str, ...], ...]:
    if value is None:
        return ()
    if isinstance(value, str | date):
        raise TypeError(f"{field.name} takes rows, not {type(value).__name__}")
    keys = tuple(column.key for column in field.columns)
    for row in value:
        missing = tuple(f"{field.name}.{key}" for key in keys if key not in row)
        unknown = tuple(f"{field.name}.{key}" for key in row if key not in keys)
        if missing or unknown:
            raise FieldsUnfilled(form=form.number, missing=missing, unknown=unknown)
    return tuple(tuple(printable(row[key]).strip() for key in keys) for row in value)
