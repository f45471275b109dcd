"""Form sets as data: what a form asks for and how it reads, with its source, in resources/forms/."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from printing.assets import FORMS
from printing.documents import Align
from printing.errors import FormInvalid

# Given by the renderer, not by the caller.
OWN_FIELDS = frozenset({"copy", "version"})
PLACEHOLDER = re.compile(r"\{(\w+)(:bold)?\}")
STYLES = frozenset({"bold", "italic", "upper", "center", "title", "heading", "small"})

FieldKind = Literal["text", "date", "moment", "table"]


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a table: the key in its rows, the heading, its part of the width."""

    key: str
    title: str
    share: int
    align: Align


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that the form asks for.

    Attributes:
        name: As callers give it.
        kind: What value it takes.
        label: For people.
        blank: What stands there to be filled in by hand when the value is empty.
        columns: Of a table.
    """

    name: str
    kind: FieldKind
    label: str
    blank: str = ""
    columns: tuple[TableColumn, ...] = ()


@dataclass(frozen=True, slots=True)
class TextPart:
    """A paragraph with places for fields; left out by the emptiness of fields where it says so."""

    text: str
    styles: frozenset[str] = frozenset()
    omit_if_empty: tuple[str, ...] = ()
    only_if_empty: tuple[str, ...] = ()

    @property
    def placeholders(self) -> tuple[str, ...]:
        return tuple(match[1] for match in PLACEHOLDER.finditer(self.text))


@dataclass(frozen=True, slots=True)
class RulePart:
    """A line, `share` of the width long, in the middle."""

    share: float


@dataclass(frozen=True, slots=True)
class SpacePart:
    mm: float


@dataclass(frozen=True, slots=True)
class HeadingPart:
    """The two columns at the head of every administrative paper."""

    left: tuple[TextPart | RulePart, ...]
    right: tuple[TextPart | RulePart, ...]


@dataclass(frozen=True, slots=True)
class RowPart:
    """Paragraphs side by side."""

    cells: tuple[TextPart, ...]


@dataclass(frozen=True, slots=True)
class CodePart:
    """A Code 128 bar code or a QR code of a field; left out when the field is empty."""

    kind: Literal["barcode", "qr"]
    field: str


@dataclass(frozen=True, slots=True)
class TablePart:
    field: str


@dataclass(frozen=True, slots=True)
class Signer:
    title: str
    note: str
    field: str


@dataclass(frozen=True, slots=True)
class SignaturePart:
    signers: tuple[Signer, ...]
    space_mm: float


Part = (
    TextPart | RulePart | SpacePart | HeadingPart | RowPart | CodePart | TablePart | SignaturePart
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One form of a set.

    Attributes:
        set_name: The folder's name, e.g. `circular-03-2025`.
        number: The form's number in the circular, e.g. `01`.
        title: What the paper is.
        version: Of this data.
        copies: The names of its copies (liên), in printing order.
        paper: `A4` or `A5`.
        words: How dates and moments read, what a blank looks like, the page line.
        fields: What it asks for.
        body: What stands on it, from top to bottom.
        source: Where wording and order come from.
        confidence: How sure that source is.
    """

    set_name: str
    number: str
    title: str
    version: str
    copies: tuple[str, ...]
    paper: str
    words: Mapping[str, str]
    fields: Mapping[str, Field]
    body: tuple[Part, ...]
    source: str
    confidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSet:
    """The forms of one circular and when they hold.

    `valid_until` is None while the circular is in force; both days are included.
    """

    name: str
    title: str
    legal_basis: str
    source: str
    confidence: str
    valid_from: date
    valid_until: date | None
    forms: Mapping[str, Form]


def form_set_names(folder: Path = FORMS) -> tuple[str, ...]:
    """The names of all form sets at hand, in order."""
    return tuple(sorted(path.parent.name for path in folder.glob("*/set.json")))


def load_form_set(name: str, folder: Path = FORMS) -> FormSet:
    """Read one form set and all its forms.

    Raises:
        FormInvalid: A file is missing or does not keep its form.
    """
    place = folder / name
    try:
        facts = _json(place / "set.json")
        until = facts["valid_until"]
        return FormSet(
            name=name,
            title=facts["title"],
            legal_basis=facts["legal_basis"],
            source=facts["source"],
            confidence=facts["confidence"],
            valid_from=date.fromisoformat(facts["valid_from"]),
            valid_until=None if until is None else date.fromisoformat(until),
            forms={
                number: _form(name, _json(place / f"{number}.json")) for number in facts["forms"]
            },
        )
    except (OSError, KeyError, TypeError, ValueError, AttributeError) as problem:
        raise FormInvalid(form=name, problem=repr(problem)) from problem


def _json(path: Path) -> dict[str, Any]:
    facts = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(facts, dict):
        raise TypeError(path.name)
    return facts


def _form(set_name: str, facts: Mapping[str, Any]) -> Form:
    form = Form(
        set_name=set_name,
        number=facts["number"],
        title=facts["title"],
        version=facts["version"],
        copies=tuple(facts["copies"]),
        paper=facts["paper"],
        words=dict(facts["words"]),
        fields={name: _field(name, entry) for name, entry in facts["fields"].items()},
        body=tuple(_part(entry) for entry in facts["body"]),
        source=facts["source"],
        confidence=facts["confidence"],
    )
    _check(form)
    return form


def _field(name: str, entry: Mapping[str, Any]) -> Field:
    if entry["kind"] not in ("text", "date", "moment", "table"):
        raise ValueError(f"{name}: kind {entry['kind']}")
    columns = tuple(
        TableColumn(column["key"], column["title"], column["share"], Align(column["align"]))
        for column in entry.get("columns", ())
    )
    return Field(name, entry["kind"], entry["label"], entry.get("blank", ""), columns)


def _part(entry: Mapping[str, Any]) -> Part:
    match entry["kind"]:
        case "text":
            return _text(entry)
        case "rule":
            return RulePart(float(entry["share"]))
        case "space":
            return SpacePart(float(entry["mm"]))
        case "heading":
            return HeadingPart(_lines(entry["left"]), _lines(entry["right"]))
        case "row":
            return RowPart(tuple(_text(cell) for cell in entry["cells"]))
        case "barcode" | "qr" as kind:
            return CodePart(kind, entry["field"])
        case "table":
            return TablePart(entry["field"])
        case "signatures":
            signers = tuple(
                Signer(one["title"], one["note"], one["field"]) for one in entry["signers"]
            )
            return SignaturePart(signers, float(entry["space_mm"]))
        case unknown:
            raise ValueError(f"part {unknown}")


def _lines(entries: list[Mapping[str, Any]]) -> tuple[TextPart | RulePart, ...]:
    parts = tuple(_part(entry) for entry in entries)
    lines = tuple(part for part in parts if isinstance(part, TextPart | RulePart))
    if len(lines) != len(parts):
        raise ValueError("a heading holds text and rules only")
    return lines


def _text(entry: Mapping[str, Any]) -> TextPart:
    styles = frozenset(entry.get("styles", ()))
    if not styles <= STYLES:
        raise ValueError(f"styles {sorted(styles - STYLES)}")
    return TextPart(
        entry["text"],
        styles,
        tuple(entry.get("omit_if_empty", ())),
        tuple(entry.get("only_if_empty", ())),
    )


def _check(form: Form) -> None:
    """A form uses every field that it asks for, and asks for every field that it uses."""
    used = {name for part in form.body for name in _names(part)} - OWN_FIELDS
    if used != set(form.fields):
        raise ValueError(f"fields used and asked for differ: {sorted(used ^ set(form.fields))}")
    if form.paper not in ("A4", "A5"):
        raise ValueError(f"paper {form.paper}")


def _names(part: Part) -> tuple[str, ...]:
    match part:
        case TextPart():
            return (*part.placeholders, *part.omit_if_empty, *part.only_if_empty)
        case HeadingPart():
            return tuple(name for line in (*part.left, *part.right) for name in _names(line))
        case RowPart():
            return tuple(name for cell in part.cells for name in _names(cell))
        case CodePart() | TablePart():
            return (part.field,)
        case SignaturePart():
            return tuple(signer.field for signer in part.signers)
        case _:
            return ()
