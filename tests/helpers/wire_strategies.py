"""Hypothesis strategies for every dataclass that travels, made from its type hints."""

from __future__ import annotations

import types
from dataclasses import fields, is_dataclass
from datetime import date, datetime, timedelta, timezone
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from counter_app.domain.dossier import Component, Dossier, Fee, Handover, Page, Person, ProcedureRef
from counter_app.domain.errors import Refusal
from counter_app.domain.numbers import DossierNumber, Number, NumberBand, ProvisionalNumber

WORDS = st.lists(
    st.sampled_from(
        [
            "Nguyễn",
            "Thị",
            "Mẫu",
            "Đặng",
            "ước",
            "Ỷ",
            "a",
            "№ 5",
            "漢字",
            "12/3",
            "-",
            "é",
            "“",
            "😀",
        ]
    ),
    max_size=4,
).map(" ".join)
LINES = WORDS
LETTERING = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
"""Any text that a database can keep, control characters included."""

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
UNITS = st.sampled_from(["H36.15", "H36", "G09.12.3"])
ZONES = st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=ZONES)  # noqa: DTZ001
FINAL = st.builds(DossierNumber.compose, UNITS, DAYS, st.integers(1, 9_999_999))
PROVISIONAL = st.builds(
    ProvisionalNumber.compose, st.sampled_from(["2", "MAY1"]), DAYS, st.integers(1, 99_999)
)
INTS = st.integers(-(2**53) + 1, 2**53 - 1)
DIGESTS = st.text("0123456789abcdef", min_size=64, max_size=64)

_IN_ONE_LINE = (Person, Component, Fee, Handover, ProcedureRef, Dossier)


def values_of(kind: Any) -> st.SearchStrategy[Any]:
    """Valid values of a type that the codec knows."""
    return _values(kind, LETTERING)


def _values(hint: Any, text: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    hint = getattr(hint, "__supertype__", hint)
    if hint == Number:
        return FINAL | PROVISIONAL
    if get_origin(hint) in (Union, types.UnionType):
        kinds = [kind for kind in get_args(hint) if kind is not type(None)]
        inner = FINAL | PROVISIONAL if len(kinds) > 1 else _values(kinds[0], text)
        return st.none() | inner
    if get_origin(hint) is tuple:
        return st.lists(_values(get_args(hint)[0], text), max_size=3).map(tuple)
    simple: dict[Any, st.SearchStrategy[Any]] = {
        str: text,
        int: INTS,
        bool: st.booleans(),
        datetime: MOMENTS,
        date: DAYS,
        DossierNumber: FINAL,
    }
    if hint in simple:
        return simple[hint]
    if issubclass(hint, Enum):
        return st.sampled_from(list(hint))
    assert is_dataclass(hint)
    return _dataclass(hint)


def _dataclass(kind: Any) -> st.SearchStrategy[Any]:
    if kind is Page:
        return st.builds(Page, DIGESTS, st.integers(1, 2**40))
    if kind is NumberBand:
        bounds = st.tuples(st.integers(1, 9_999_999), st.integers(1, 9_999_999)).map(sorted)
        return st.builds(
            lambda unit, b, day, until: NumberBand(unit, b[0], b[1], day, until),
            UNITS,
            bounds,
            DAYS,
            st.none() | DAYS,
        )
    is_happening = hasattr(kind, "by_name") or "by_name" in {f.name for f in fields(kind)}
    text = LINES if kind in _IN_ONE_LINE or is_happening else LETTERING
    hints = get_type_hints(kind)
    parts = {field.name: _values(hints[field.name], text) for field in fields(kind)}
    narrower: dict[str, st.SearchStrategy[Any]] = {
        "originals": st.integers(0, 999),
        "copies": st.integers(0, 999),
        "amount": st.integers(0, 10**12),
        "birth": st.sampled_from(["", "1960", "1960-07", "1999-03-05"]),
        "phone": st.sampled_from(["", "0905123456"]),
    }
    parts |= {name: strategy for name, strategy in narrower.items() if name in parts}

    def build(**values: Any) -> Any:
        try:
            return kind(**values)
        except Refusal:
            return None

    built = st.builds(build, **parts)
    return built.filter(lambda value: value is not None)
