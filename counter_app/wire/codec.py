"""Frozen dataclasses ⇄ canonical JSON.

Canonical means: keys sorted, no spaces, UTF-8 in NFC as given, times in ISO 8601 with their offset.
The same value gives the same bytes on every machine, so a digest can be taken of it.
Reading is strict: a missing, unknown or wrongly typed field is refused.
"""

from __future__ import annotations

import json
import re
import types
from collections.abc import Callable
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, Final, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from counter_app.domain.errors import Refusal
from counter_app.domain.numbers import DossierNumber, Number, ProvisionalNumber, parse_number

T = TypeVar("T")
Plain = Any
"""What `json` reads and writes: None, bool, int, str, list, dict."""


@dataclass(eq=False)
class MessageUnreadable(Refusal):
    """The text is not what it claims to be.

    Attributes:
        where: Path of the field, such as `snapshot.owner.name`.
        problem: `json`, `type`, `missing`, `unknown`, `value`.
    """

    where: str
    problem: str


def to_json(value: object) -> str:
    """Write a dataclass (or a tuple of them) canonically."""
    return canonical(_writer_of(value)(value))


def canonical(plain: Plain) -> str:
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_json(kind: type[T], text: str | bytes) -> T:
    """Read a dataclass back.

    Raises:
        MessageUnreadable: The text is not JSON, or not a `kind`.
    """
    return from_plain(kind, parse(text))


def parse(text: str | bytes) -> Plain:
    """Read JSON as strictly as it was written: UTF-8, no name twice, no NaN.

    Raises:
        MessageUnreadable: It is not such JSON.
    """
    try:
        return _DECODER.decode(text if isinstance(text, str) else text.decode())
    except (ValueError, RecursionError):
        raise MessageUnreadable("", "json") from None


def _without_repetition(pairs: list[tuple[str, Plain]]) -> Plain:
    plain = dict(pairs)
    if len(plain) != len(pairs):
        raise ValueError("a name stands twice")
    return plain


def _not_a_number(name: str) -> Plain:
    raise ValueError(name)


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_without_repetition, parse_constant=_not_a_number
)


def to_plain(value: object) -> Plain:
    return _writer_of(value)(value)


def from_plain(kind: type[T], plain: Plain) -> T:
    """Read a dataclass from what `json` gave."""
    return cast("T", _reader(cast("Any", kind))(plain, ""))


def _writer_of(value: object) -> Callable[[Any], Plain]:
    return _writer(cast("Any", type(value)))


_AS_IT_IS: Final = frozenset((str, int, bool))


@cache
def _writer(kind: Any) -> Callable[[Any], Plain]:
    if kind in _AS_IT_IS or kind is type(None):
        return lambda value: value
    if issubclass(kind, Enum):
        return lambda value: value.value
    if kind in (DossierNumber, ProvisionalNumber):
        return lambda value: value.text
    if kind in (datetime, date):
        return lambda value: value.isoformat()
    if issubclass(kind, tuple):
        return lambda value: [_writer_of(item)(item) for item in value]
    if is_dataclass(kind):
        names = tuple(field.name for field in fields(kind))

        def write(value: Any) -> Plain:
            return {
                name: item if type(item) in _AS_IT_IS else _writer_of(item)(item)
                for name in names
                if (item := getattr(value, name)) is not None
            }

        return write
    raise TypeError(kind)


_Read = Callable[[Plain, str], Any]


@cache
def _reader(hint: Any) -> _Read:
    """A function that reads a plain value of one type, made once per type."""
    hint = getattr(hint, "__supertype__", hint)
    if hint == Number:
        return _read_number
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _optional_reader(hint)
    if origin is tuple:
        return _tuple_reader(get_args(hint)[0])
    if hint is str:
        return _read_text
    if hint is int:
        return _read_int
    if hint is bool:
        return _read_bool
    if hint in (datetime, date):
        return _time_reader(hint)
    if hint is DossierNumber:
        return _read_final_number
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _enum_reader(hint)
    if is_dataclass(hint):
        return _dataclass_reader(cast("type[Any]", hint))
    raise TypeError(hint)


_SURROGATE: Final = re.compile("[\ud800-\udfff]")
"""Half of a pair: no text at all, as little as NUL, which no database keeps."""
_MAX_INT: Final = 2**53 - 1
"""The largest whole number that every reader of JSON reads as the same number."""


def _read_text(plain: Plain, where: str) -> Any:
    if type(plain) is not str:
        raise MessageUnreadable(where, "type")
    if "\0" in plain or (not plain.isascii() and _SURROGATE.search(plain) is not None):
        raise MessageUnreadable(where, "value")
    return plain


def _read_int(plain: Plain, where: str) -> Any:
    if type(plain) is not int:
        raise MessageUnreadable(where, "type")
    if not -_MAX_INT <= plain <= _MAX_INT:
        raise MessageUnreadable(where, "value")
    return plain


def _read_bool(plain: Plain, where: str) -> Any:
    if type(plain) is not bool:
        raise MessageUnreadable(where, "type")
    return plain


def _time_reader(kind: type[Any]) -> _Read:
    def read(plain: Plain, where: str) -> Any:
        if type(plain) is not str:
            raise MessageUnreadable(where, "type")
        try:
            value = kind.fromisoformat(plain)
        except ValueError:
            raise MessageUnreadable(where, "value") from None
        if isinstance(value, datetime) and value.tzinfo is None:
            raise MessageUnreadable(where, "value")
        return value

    return read


def _enum_reader(kind: type[Enum]) -> _Read:
    members = {member.value: member for member in kind}
    plain_kind = str if issubclass(kind, str) else int

    def read(plain: Plain, where: str) -> Any:
        if type(plain) is not plain_kind:
            raise MessageUnreadable(where, "type")
        member = members.get(plain)
        if member is None:
            raise MessageUnreadable(where, "value")
        return member

    return read


def _read_final_number(plain: Plain, where: str) -> Any:
    number = _read_number(plain, where)
    if not isinstance(number, DossierNumber):
        raise MessageUnreadable(where, "value")
    return number


def _read_number(plain: Plain, where: str) -> Any:
    if type(plain) is not str:
        raise MessageUnreadable(where, "type")
    try:
        number = parse_number(plain)
    except Refusal:
        raise MessageUnreadable(where, "value") from None
    # Digits of other scripts, small letters and spaces are read from a keyboard, not from a letter.
    if number.text != plain or not plain.isascii():
        raise MessageUnreadable(where, "value")
    return number


def _optional_reader(hint: Any) -> _Read:
    kinds = [kind for kind in get_args(hint) if kind is not type(None)]
    if len(kinds) != 1:
        if set(kinds) == set(get_args(Number)):
            inner: _Read = _read_number
        else:
            raise TypeError(hint)
    else:
        inner = _reader(kinds[0])
    return lambda plain, where: None if plain is None else inner(plain, where)


def _tuple_reader(item: Any) -> _Read:
    inner = _reader(item)

    def read(plain: Plain, where: str) -> Any:
        if type(plain) is not list:
            raise MessageUnreadable(where, "type")
        return tuple(inner(value, f"{where}[{index}]") for index, value in enumerate(plain))

    return read


def _dataclass_reader(kind: type[Any]) -> _Read:
    hints = get_type_hints(kind)
    readers = {field.name: _reader(hints[field.name]) for field in fields(kind)}
    required = {
        field.name
        for field in fields(kind)
        if field.default is MISSING and field.default_factory is MISSING
    }
    nullable = {name for name in required if type(None) in get_args(hints[name])}
    required -= nullable

    def read(plain: Plain, where: str) -> Any:
        if type(plain) is not dict:
            raise MessageUnreadable(where, "type")
        values: dict[str, Any] = dict.fromkeys(nullable)
        for name, value in plain.items():
            reader = readers.get(name)
            if reader is None:
                raise MessageUnreadable(_join(where, name), "unknown")
            values[name] = reader(value, _join(where, name))
        for name in required:
            if name not in values:
                raise MessageUnreadable(_join(where, name), "missing")
        try:
            return kind(**values)
        except Refusal as refusal:
            raise MessageUnreadable(where, "value") from refusal

    return read


def _join(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name
