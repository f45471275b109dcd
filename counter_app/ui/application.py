"""The Qt application: fonts, style, language, and what happens to an error nobody expected."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from types import TracebackType

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication

from counter_app.ui import icons, theme
from counter_app.ui.assets import resources
from counter_app.ui.language import Language, speak
from counter_app.ui.theme import ThemeName


def create_application(
    argv: Sequence[str],
    *,
    language: Language = Language.VIETNAMESE,
    theme_name: ThemeName = ThemeName.LIGHT,
    text_scale: float = 1.0,
) -> QApplication:
    """Make the application, dressed and speaking; call it once, before any widget."""
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    app = QApplication(list(argv))
    app.setApplicationName("mot-cua")
    app.setApplicationDisplayName("Một Cửa")
    app.setDesktopFileName("mot-cua")
    prepare(app, language=language, theme_name=theme_name, text_scale=text_scale)
    return app


def prepare(
    app: QApplication,
    *,
    language: Language = Language.VIETNAMESE,
    theme_name: ThemeName = ThemeName.LIGHT,
    text_scale: float = 1.0,
) -> None:
    """Dress an application that exists already, as under a test runner."""
    app.setStyle("Fusion")
    load_fonts()
    icons.names()  # Read now: once running, the GUI thread touches no file.
    theme.apply(app, theme_name, text_scale)
    speak(app, language)


def load_fonts() -> tuple[str, ...]:
    """Load every font in `resources/fonts/`; return their families."""
    families: set[str] = set()
    known = set(QFontDatabase.families())
    for file in sorted((resources() / "fonts").rglob("*.ttf")):
        number = QFontDatabase.addApplicationFont(str(file))
        families.update(QFontDatabase.applicationFontFamilies(number))
    return tuple(sorted(families | (known & {theme.FAMILY})))


def install_excepthook(report: Callable[[BaseException], None]) -> None:
    """Hand every error that nobody caught to `report`, and then to Python's own hook.

    What a presenter does not know as a `Refusal` or a `Trouble` it lets through, and it lands here.
    """

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        sys.__excepthook__(kind, error, trace)
        if not issubclass(kind, KeyboardInterrupt):
            report(error)

    sys.excepthook = hook
