"""A picture shown as the sheet of paper that it will be."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from counter_app.ui import theme
from counter_app.ui.widgets import painting
from counter_app.ui.widgets.label import Label, Role


class _Sheet(QWidget):
    """One sheet with a soft shadow, as wide as there is room for and never larger than life."""

    MARGIN = 10

    def __init__(self, picture: QImage, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = picture
        self._scaled = QPixmap()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        return QSize(self._picture.width() + 2 * self.MARGIN, self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, 40)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int, /) -> int:
        paper = min(width - 2 * self.MARGIN, self._picture.width())
        if not self._picture.width() or paper <= 0:
            return 2 * self.MARGIN
        return round(self._picture.height() * paper / self._picture.width()) + 2 * self.MARGIN

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        dress = theme.current()
        wide = min(self.width() - 2 * self.MARGIN, self._picture.width())
        high = self.heightForWidth(self.width()) - 2 * self.MARGIN
        area = QRectF((self.width() - wide) / 2, self.MARGIN, wide, high)
        shadow = dress.colour("shadow")
        for step in range(6, 0, -1):
            ring = area.adjusted(-step, -step + 2, step, step + 2)
            painting.frame(painter, ring, step, painting.faded(shadow, 0.22))
        painter.fillRect(area, dress.colour("paper"))
        painter.drawPixmap(area.topLeft(), self._fitted(QSize(wide, high)))
        if dress.name is theme.ThemeName.CONTRAST:
            painter.setPen(QColor("white"))
            painter.drawRect(area.adjusted(-1, -1, 0, 0))

    def _fitted(self, size: QSize) -> QPixmap:
        ratio = self.devicePixelRatioF()
        pixels = QSize(round(size.width() * ratio), round(size.height() * ratio))
        if self._scaled.size() != pixels:
            smooth = Qt.TransformationMode.SmoothTransformation
            image = self._picture.scaled(pixels, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
            self._scaled = QPixmap.fromImage(image)
            self._scaled.setDevicePixelRatio(ratio)
        return self._scaled


class PaperPreview(QScrollArea):
    """Sheets of paper on a grey ground, one below the other; scrolls when they are long."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        ground = QWidget()
        ground.setObjectName("paperGround")
        self._ground = QVBoxLayout(ground)
        self._ground.setContentsMargins(8, 4, 8, 10)
        self._ground.setSpacing(0)
        self._words = Label("", Role.MUTED, wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._words.setMinimumHeight(160)
        self._ground.addWidget(self._words)
        self._ground.addStretch(1)
        self.setWidget(ground)
        self._sheets: list[_Sheet] = []

    def show_pictures(self, pictures: Sequence[QImage], name: str = "") -> None:
        """Show these sheets; `name` is what a screen reader says."""
        place = self.verticalScrollBar().value()
        self.setAccessibleName(name)
        self._clear()
        self._words.hide()
        for picture in pictures:
            sheet = _Sheet(picture, name)
            self._sheets.append(sheet)
            self._ground.insertWidget(self._ground.count() - 1, sheet)
        self.verticalScrollBar().setValue(place)
        self.updateGeometry()

    def show_picture(self, picture: QImage, name: str = "") -> None:
        self.show_pictures((picture,), name)

    def show_words(self, words: str) -> None:
        """Show no paper but a sentence: what will appear here, or what is being made."""
        self._clear()
        self._words.setText(words)
        self._words.show()
        self.setAccessibleName(words)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        width = self.width() or 300
        high = sum(sheet.heightForWidth(width - 16) for sheet in self._sheets)
        return QSize(width, (high or 160) + 16)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _clear(self) -> None:
        for sheet in self._sheets:
            sheet.hide()
            sheet.deleteLater()
        self._sheets = []
