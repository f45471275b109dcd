"""Every error with a name has a sentence of its own on the screen, in both languages."""

from __future__ import annotations

import dataclasses
import datetime
import enum
import importlib
import pkgutil
import sys
import types
import typing
from collections.abc import Iterator, Mapping
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path

import pytest

from counter_app.domain.errors import CounterError, Refusal, Trouble

LAYERS = ("domain", "wire", "application", "adapters")
KINDS_ONLY = {CounterError, Refusal, Trouble}
MOMENT = datetime.datetime(2025, 7, 1, 9, 0, tzinfo=datetime.UTC)
SAMPLES: dict[typing.Any, object] = {
    str: "mẫu",
    bytes: b"sample",
    int: 3,
    float: 1.5,
    bool: True,
    Decimal: Decimal(3),
    Path: Path("sample"),
    datetime.datetime: MOMENT,
    datetime.date: MOMENT.date(),
    datetime.time: MOMENT.time(),
    datetime.timedelta: datetime.timedelta(minutes=5),
    type(None): None,
    object: "mẫu",
    typing.Any: "mẫu",
}

pytestmark = pytest.mark.skipif(
    find_spec("counter_app.ui.wording") is None, reason="counter_app.ui.wording is not written yet"
)


def error_classes() -> list[type[CounterError]]:
    for layer in LAYERS:
        package = importlib.import_module(f"counter_app.{layer}")
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if "migrations" not in module.name:
                _imported(module.name)
    return sorted(
        (kind for kind in set(_descendants(CounterError)) - KINDS_ONLY if _is_ours(kind)),
        key=lambda kind: kind.__qualname__,
    )


def sample(kind: typing.Any) -> typing.Any:
    """A value of a type, as an error's field would hold it."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if kind in SAMPLES:
        return SAMPLES[kind]
    if origin in (typing.Union, types.UnionType):
        return sample(arguments[0])
    if origin is typing.Literal:
        return arguments[0]
    if origin in (tuple, list, set, frozenset):
        inner = [part for part in arguments if part is not Ellipsis]
        return origin(sample(part) for part in inner)
    if origin is not None and issubclass(origin, Mapping):
        return {sample(arguments[0]): sample(arguments[1])}
    if origin is not None:  # Sequence[X], Iterable[X]
        return (sample(arguments[0]),)
    if isinstance(kind, typing.NewType):
        return sample(kind.__supertype__)
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        return next(iter(kind))
    return _made(kind)


def _made(kind: type) -> typing.Any:
    """A dataclass from samples of its fields; what its own rules refuse is made without them."""
    hints = typing.get_type_hints(kind)
    values = {
        field.name: sample(hints[field.name])
        for field in dataclasses.fields(kind)
        if field.init and field.default is field.default_factory is dataclasses.MISSING
    }
    try:
        return kind(**values)
    except Refusal:
        made = object.__new__(kind)
        for name, value in values.items():
            object.__setattr__(made, name, value)
        return made


def test_there_are_errors_to_word() -> None:
    assert len(error_classes()) > 10


def test_every_error_has_a_sentence_of_its_own() -> None:
    wording = importlib.import_module("counter_app.ui.wording")

    class NobodyKnowsThisRefusal(Refusal): ...

    class NobodyKnowsThisTrouble(Trouble): ...

    for_the_unknown = {
        wording.error_sentence(NobodyKnowsThisRefusal()),
        wording.error_sentence(NobodyKnowsThisTrouble()),
    }
    without = []
    for kind in error_classes():
        error = _made(kind) if dataclasses.is_dataclass(kind) else kind()
        sentence = wording.error_sentence(error)
        if not sentence.strip() or sentence in for_the_unknown or kind.__name__ in sentence:
            without.append(kind.__qualname__)
    assert without == []


def _descendants(kind: type[CounterError]) -> Iterator[type[CounterError]]:
    for child in kind.__subclasses__():
        yield child
        yield from _descendants(child)


def _is_ours(kind: type) -> bool:
    return any(kind.__module__.startswith(f"counter_app.{layer}") for layer in LAYERS)


def _imported(name: str) -> None:
    try:
        importlib.import_module(name)
    except ImportError:
        # A module for another platform; its errors are declared above the adapters.
        if sys.platform == "win32" or "win" not in name:
            raise
