"""Colours, sizes and fonts: what a widget may ask for when it draws itself.

A theme is a file of colour roles in `resources/styles/`; one style sheet, `app.qss`, uses them.
Colours are asked for by role (`line`, `muted`, `ok_back`), never written in a widget.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from string import Template

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from counter_app.ui.assets import resource

FAMILY = "Be Vietnam Pro"
TEXT_PX = 14


class ThemeName(StrEnum):
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


class Tone(StrEnum):
    """What a state means to the officer; always shown with an icon or a word as well."""

    OK = "ok"
    WARNING = "warning"
    TROUBLE = "trouble"
    INFO = "info"
    NEUTRAL = "neutral"


TONE_ICONS: Mapping[Tone, str] = {
    Tone.OK: "circle-check",
    Tone.WARNING: "triangle-alert",
    Tone.TROUBLE: "circle-alert",
    Tone.INFO: "info",
    Tone.NEUTRAL: "circle-dot",
}


@dataclass(frozen=True, slots=True)
class Theme:
    """One set of colours at one text size.

    Attributes:
        scale: Text size, 1.0 is 14 px; the screen's own scale factor is Qt's business.
        colours: Role → `#rrggbb` or `#aarrggbb`.
    """

    name: ThemeName
    scale: float
    colours: Mapping[str, str]

    def colour(self, role: str) -> QColor:
        return QColor(self.colours[role])

    def tone_text(self, tone: Tone) -> QColor:
        return self.colour(f"{tone}_text")

    def tone_back(self, tone: Tone) -> QColor:
        return self.colour(f"{tone}_back")

    def tone_line(self, tone: Tone) -> QColor:
        return self.colour(f"{tone}_line")

    def px(self, length: float) -> int:
        """Scale a length with the text, to whole pixels."""
        return max(1, round(length * self.scale)) if length > 0 else 0

    def font(self, size: float = TEXT_PX, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        """Return the screen font at `size` px before scaling."""
        font = QFont(FAMILY)
        font.setPixelSize(self.px(size))
        font.setWeight(weight)
        # Digits of one width, so that figures in columns and running clocks stand still.
        font.setFeature(QFont.Tag("tnum"), 1)
        return font


@cache
def load(name: ThemeName, scale: float = 1.0) -> Theme:
    """Read a theme's file once."""
    with resource("styles", f"{name}.toml").open("rb") as file:
        colours: dict[str, str] = tomllib.load(file)["colours"]
    return Theme(name, scale, colours)


def current() -> Theme:
    """Return the theme that the application wears now."""
    app = QCoreApplication.instance()
    name = app.property("themeName") if app else None
    scale = app.property("themeScale") if app else None
    return load(ThemeName(name or ThemeName.LIGHT), float(scale or 1.0))


def apply(app: QApplication, name: ThemeName, scale: float = 1.0) -> Theme:
    """Dress the whole application; widgets hear of it by a style change."""
    theme = load(name, scale)
    app.setProperty("themeName", str(name))
    app.setProperty("themeScale", scale)
    app.setFont(theme.font())
    app.setPalette(_palette(theme))
    app.setStyleSheet(style_sheet(theme))
    return theme


@cache
def _sheet_template() -> Template:
    return Template(resource("styles", "app.qss").read_text("utf-8"))


def style_sheet(theme: Theme) -> str:
    """Fill the roles and the scaled lengths (`$px8`, `$px36` …) into the style sheet."""
    lengths = {f"px{n}": f"{theme.px(n)}px" for n in range(1, 65)}
    colours = {role: _qss_colour(value) for role, value in theme.colours.items()}
    return _sheet_template().substitute(colours | lengths, family=FAMILY)


def _qss_colour(value: str) -> str:
    colour = QColor(value)
    if colour.alpha() == 255:
        return value
    return f"rgba({colour.red()}, {colour.green()}, {colour.blue()}, {colour.alpha()})"


def _palette(theme: Theme) -> QPalette:
    roles = {
        QPalette.ColorRole.Window: "page",
        QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.Base: "surface",
        QPalette.ColorRole.AlternateBase: "page",
        QPalette.ColorRole.Text: "text",
        QPalette.ColorRole.Button: "surface",
        QPalette.ColorRole.ButtonText: "text",
        QPalette.ColorRole.BrightText: "trouble_text",
        QPalette.ColorRole.Highlight: "action",
        QPalette.ColorRole.HighlightedText: "on_action",
        QPalette.ColorRole.Link: "link",
        QPalette.ColorRole.LinkVisited: "link",
        QPalette.ColorRole.PlaceholderText: "faint",
        QPalette.ColorRole.ToolTipBase: "surface",
        QPalette.ColorRole.ToolTipText: "text",
        QPalette.ColorRole.Mid: "line",
        QPalette.ColorRole.Dark: "line_strong",
        QPalette.ColorRole.Light: "surface",
        QPalette.ColorRole.Midlight: "line",
        QPalette.ColorRole.Shadow: "line_strong",
    }
    palette = QPalette()
    for role, name in roles.items():
        palette.setColor(role, theme.colour(name))
    off = QPalette.ColorGroup.Disabled
    for role in (
        QPalette.ColorRole.Text,
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.ButtonText,
    ):
        palette.setColor(off, role, theme.colour("faint"))
    return palette
