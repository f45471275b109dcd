"""What can be set on one machine: names, types, defaults, and what each is for."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, Final

from counter_app.domain.errors import Refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterSettings:
    """The settings of this machine; `HELP` says what each is for."""

    language: str = "vi"
    theme: str = "light"
    printer: str = ""
    printer_profile: str = "generic-80"
    scanner: str = ""
    card_reader_port: str = ""
    idle_lock_minutes: int = 10
    sync_every_s: int = 20


HELP: Final[dict[str, str]] = {
    "language": "Language of the screen: `vi` or `en`.",
    "theme": "Colours of the screen: `light`, `dark` or `contrast`.",
    "printer": "Address of the thermal printer: `usb://04b8:0e15`, `tcp://192.0.2.7:9100`, "
    "`serial:///dev/ttyUSB0?baud=115200`, `spooler://Name`, `file:///path`; empty for none.",
    "printer_profile": "Kind of print head, a file name in `resources/printers`.",
    "scanner": "Device name of the scanner; empty for the first one that answers.",
    "card_reader_port": "Serial port of the card scanner (`/dev/ttyACM0`, `COM3`); empty for a "
    "scanner that types like a keyboard.",
    "idle_lock_minutes": "Minutes without a key or a click until the screen locks; 0 for never.",
    "sync_every_s": "Seconds between two rounds of sync when nothing nudges it.",
}

_CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "language": ("vi", "en"),
    "theme": ("light", "dark", "contrast"),
}
_BOUNDS: Final[dict[str, tuple[int, int]]] = {
    "idle_lock_minutes": (0, 240),
    "sync_every_s": (2, 3600),
}


@dataclass(eq=False)
class SettingInvalid(Refusal):
    """A setting has no such name, or not such a value."""

    name: str
    value: str


def settings_from(table: dict[str, Any]) -> CounterSettings:
    """Read settings from a flat table; what is absent keeps its default.

    Raises:
        SettingInvalid: An unknown name, a wrong type, or a value out of bounds.
    """
    types = {field.name: str if field.type == "str" else int for field in fields(CounterSettings)}
    for name, value in table.items():
        if name not in types or type(value) is not types[name]:
            raise SettingInvalid(name, str(value))
        if name in _CHOICES and value not in _CHOICES[name]:
            raise SettingInvalid(name, str(value))
        bounds = _BOUNDS.get(name)
        if bounds is not None and not bounds[0] <= int(value) <= bounds[1]:
            raise SettingInvalid(name, str(value))
    return CounterSettings(**table)
