"""Icons of one open set (Lucide), tinted in the colour that is asked for.

All files are read at once on first use: afterwards drawing touches no disk.
"""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from counter_app.ui.assets import resources


@cache
def _sources() -> dict[str, str]:
    folder = resources() / "icons"
    return {file.stem: file.read_text("utf-8") for file in sorted(folder.glob("*.svg"))}


def names() -> frozenset[str]:
    """Return the names of all icons that exist."""
    return frozenset(_sources())


@lru_cache(maxsize=512)
def _rendered(name: str, rgba: int, width: int) -> QPixmap:
    colour = QColor.fromRgba(rgba)
    svg = _sources()[name].replace("currentColor", colour.name())
    renderer = QSvgRenderer(QByteArray(svg.encode("utf-8")))
    pixmap = QPixmap(width, width)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setOpacity(colour.alphaF())
    renderer.render(painter, QRectF(0, 0, width, width))
    painter.end()
    return pixmap


def pixmap(name: str, colour: QColor, size: float, ratio: float = 1.0) -> QPixmap:
    """Return the icon as a square of `size` px, sharp on a screen of `ratio`."""
    picture = QPixmap(_rendered(name, colour.rgba(), max(1, round(size * ratio))))
    picture.setDevicePixelRatio(ratio)
    return picture


def paint(painter: QPainter, name: str, colour: QColor, corner: QPointF, size: float) -> None:
    """Draw the icon with its top left at `corner`, `size` px wide."""
    ratio = painter.device().devicePixelRatioF()
    picture = pixmap(name, colour, size, ratio)
    # On whole device pixels, or the strokes blur.
    x, y = round(corner.x() * ratio) / ratio, round(corner.y() * ratio) / ratio
    painter.drawPixmap(QPointF(x, y), picture)


def icon(name: str, colour: QColor, size: int = 18) -> QIcon:
    """Return a `QIcon` for menus; make it anew when the theme changes."""
    result = QIcon()
    for ratio in (1, 2, 3):
        result.addPixmap(_rendered(name, colour.rgba(), size * ratio))
    result.actualSize(QSize(size, size))
    return result
