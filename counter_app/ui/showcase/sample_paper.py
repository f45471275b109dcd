"""A sample slip, drawn by Qt, to lie in the paper preview of the showcase."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QImage, QPainter, QPen

from counter_app.ui import theme

_LINES = (
    ("Người nộp", "Nguyễn Thị Mẫu"),
    ("Thủ tục", "Đăng ký khai sinh"),
    ("Giấy tờ", "4 loại, 5 mặt"),
    ("Nhận lúc", "09:41 23/11/2026"),
    ("Hẹn trả", "17:00 23/11/2026"),
)


def _font(size: float, weight: QFont.Weight) -> QFont:
    return theme.load(theme.ThemeName.LIGHT).font(size, weight)


def sample_slip() -> QImage:
    """Return a slip 80 mm wide, as 576 dots would show it, at half size."""
    image = QImage(288, 420, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    bold, plain = QFont.Weight.Bold, QFont.Weight.Medium
    centre = Qt.AlignmentFlag.AlignCenter
    y = 14.0
    for words, size, weight in (
        ("UBND XÃ QUẢNG MẪU", 13, bold),
        ("Trung tâm Phục vụ hành chính công", 12, plain),
        ("PHIẾU TIẾP NHẬN HỒ SƠ", 15, bold),
        ("H36.15-261123-2007", 16, bold),
    ):
        painter.setFont(_font(size, weight))
        painter.drawText(QRectF(0, y, 288, 22), centre, words)
        y += 22
    painter.setPen(QPen(Qt.GlobalColor.black, 1, Qt.PenStyle.DashLine))
    painter.drawLine(QPointF(16, y + 6), QPointF(272, y + 6))
    y += 14
    painter.setPen(Qt.GlobalColor.black)
    for name, value in _LINES:
        painter.setFont(_font(12, plain))
        painter.drawText(QRectF(16, y, 120, 20), Qt.AlignmentFlag.AlignVCenter, name)
        painter.setFont(_font(12, bold))
        right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
        painter.drawText(QRectF(100, y, 172, 20), right, value)
        y += 19
    painter.fillRect(QRectF(99, y + 16, 90, 90), Qt.GlobalColor.black)
    painter.fillRect(QRectF(111, y + 28, 66, 66), Qt.GlobalColor.white)
    painter.fillRect(QRectF(123, y + 40, 42, 42), Qt.GlobalColor.black)
    painter.setFont(_font(12, plain))
    painter.drawText(QRectF(0, y + 118, 288, 20), centre, "Quét mã để tra cứu")
    painter.end()
    return image
