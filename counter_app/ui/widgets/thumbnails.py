"""Scanned pages as small pictures in a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from counter_app.ui import icons, theme
from counter_app.ui.theme import Tone
from counter_app.ui.widgets import painting
from counter_app.ui.widgets.flow_row import FlowRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Thumbnail:
    """One page.

    Attributes:
        key: Comes back with the signals (a hash, a number).
        name: What a screen reader and the tool tip say (`Trang 2, mờ`).
        picture: The page, small; None while it is not there yet: a sheet with lines is drawn.
        tone: WARNING or TROUBLE draw a frame in that colour.
        number: Drawn below the page where there is room.
    """

    key: str
    name: str
    picture: QImage | None = None
    tone: Tone = Tone.NEUTRAL
    number: int | None = None


class ThumbnailButton(QPushButton):
    """One page that can be chosen."""

    def __init__(self, page: Thumbnail, height: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page = page
        self._height = height
        self._scaled = QPixmap()
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAutoDefault(False)
        self.setToolTip(page.name)
        self.setAccessibleName(page.name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        dress = theme.current()
        high = dress.px(self._height)
        wide = round(high * 210 / 297)
        picture = self.page.picture
        if picture is not None and picture.height():
            wide = min(round(high * picture.width() / picture.height()), 2 * high)
        return QSize(wide + 4, high + 4 + (dress.px(18) if self._numbered() else 0))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        dress = theme.current()
        painter = QPainter(self)
        below = dress.px(18) if self._numbered() else 0
        area = QRectF(2, 2, self.width() - 4, self.height() - 4 - below)
        painter.fillRect(area, dress.colour("paper"))
        if self.page.picture is None:
            self._paint_lines(painter, area)
        else:
            painter.drawPixmap(area.topLeft(), self._fitted(area.size().toSize()))
        self._paint_frame(painter, area)
        if below:
            painter.setPen(dress.colour("muted"))
            painter.setFont(dress.font(12))
            under = QRectF(0, area.bottom() + 2, self.width(), below)
            painter.drawText(under, Qt.AlignmentFlag.AlignCenter, str(self.page.number))

    def _numbered(self) -> bool:
        return self.page.number is not None and self._height >= 72

    def _paint_lines(self, painter: QPainter, area: QRectF) -> None:
        painter.setPen(QPen(theme.load(theme.ThemeName.LIGHT).colour("line"), 1))
        gap = max(4.0, area.height() / 9)
        y = area.y() + gap
        while y < area.bottom() - gap:
            painter.drawLine(QPointF(area.x() + 3, y), QPointF(area.right() - 3, y))
            y += gap

    def _paint_frame(self, painter: QPainter, area: QRectF) -> None:
        dress = theme.current()
        warned = self.page.tone in {Tone.WARNING, Tone.TROUBLE}
        if self.isChecked():
            colour, width = dress.colour("action"), 2.0
        elif warned:
            colour, width = dress.colour(f"{self.page.tone}_mark"), 2.0
        else:
            colour, width = dress.colour("line_strong"), 1.0
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, width))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area.adjusted(-0.5, -0.5, 0.5, 0.5), 2, 2)
        if warned and self._height >= 72:
            side = dress.px(18)
            corner = QPointF(area.right() - side - 3, area.y() + 3)
            disc = QRectF(corner, QSize(side, side))
            painting.frame(painter, disc, side / 2, dress.tone_back(self.page.tone))
            name = theme.TONE_ICONS[self.page.tone]
            inner = QPointF(corner.x() + side * 0.15, corner.y() + side * 0.15)
            icons.paint(painter, name, dress.tone_text(self.page.tone), inner, side * 0.7)

    def _fitted(self, size: QSize) -> QPixmap:
        ratio = self.devicePixelRatioF()
        pixels = QSize(round(size.width() * ratio), round(size.height() * ratio))
        if self._scaled.size() != pixels and self.page.picture is not None:
            image = self.page.picture.scaled(
                pixels,
                Qt.AspectRatioMode.IgnoreAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            self._scaled = QPixmap.fromImage(image)
            self._scaled.setDevicePixelRatio(ratio)
        return self._scaled


class Thumbnails(FlowRow):
    """A strip of pages.

    Args:
        height: Of a page in px at normal text size; under 72 px no numbers are drawn.

    Signals:
        chosen(str): The key of the page that was pressed.
    """

    chosen = Signal(str)

    def __init__(self, *, height: int = 36, gap: int = 4, parent: QWidget | None = None) -> None:
        super().__init__(gap=gap, parent=parent)
        self._height = height
        self._buttons: list[ThumbnailButton] = []

    def show_pages(self, pages: Sequence[Thumbnail], chosen: str = "") -> None:
        """Show these pages; the one with the key `chosen` is marked."""
        self.clear()
        self._buttons = []
        for page in pages:
            button = ThumbnailButton(page, self._height)
            button.setChecked(page.key == chosen)
            button.clicked.connect(self._tell)
            self._buttons.append(button)
            self.add(button)

    def buttons(self) -> tuple[ThumbnailButton, ...]:
        return tuple(self._buttons)

    @Slot()
    def _tell(self) -> None:
        pressed = self.sender()
        if isinstance(pressed, ThumbnailButton):
            self.chosen.emit(pressed.page.key)
