"""Shapes that several widgets draw alike: crisp frames, badges and key caps."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeySequence, QPainter, QPen

from counter_app.ui import theme

KEY_SIGNS = {"Return": "↵", "Enter": "↵", "Escape": "Esc", "Del": "Del", "PgUp": "PgUp"}


def frame(
    painter: QPainter, area: QRectF, radius: float, back: QColor | None, line: QColor | None = None
) -> None:
    """Fill a rounded rectangle, with a line of one crisp pixel inside its edge."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(line, 1) if line else Qt.PenStyle.NoPen)
    painter.setBrush(back if back else Qt.BrushStyle.NoBrush)
    shape = area.adjusted(0.5, 0.5, -0.5, -0.5) if line else area
    painter.drawRoundedRect(shape, radius, radius)


def key_words(keys: str) -> str:
    """Return the words for a key cap: `Ctrl+Return` becomes `Ctrl ↵`."""
    return " ".join(KEY_SIGNS.get(part, part) for part in keys.split("+") if part)


def key_sequences(keys: str) -> tuple[QKeySequence, ...]:
    """Return the key sequences meant; Return means both Enter keys."""
    found = [QKeySequence(keys)]
    if keys.endswith("Return"):
        found.append(QKeySequence(keys.replace("Return", "Enter")))
    return tuple(found)


def key_cap_font() -> QFont:
    return theme.current().font(11.5, QFont.Weight.Medium)


def key_cap_width(keys: str) -> int:
    metrics = QFontMetrics(key_cap_font())
    return metrics.horizontalAdvance(key_words(keys)) + theme.current().px(12)


def key_cap(painter: QPainter, area: QRectF, keys: str, text: QColor, line: QColor) -> None:
    """Draw a key cap that fills `area`."""
    frame(painter, area, theme.current().px(4), None, line)
    painter.setPen(text)
    painter.setFont(key_cap_font())
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, key_words(keys))


def faded(colour: QColor, alpha: float) -> QColor:
    result = QColor(colour)
    result.setAlphaF(alpha * colour.alphaF())
    return result
