"""Vietnamese, or English: the source strings are Vietnamese, English comes from a `.qm` file.

Switching sends Qt's language change to every widget; see `WordedWidget`.
"""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from counter_app.ui.assets import resource

_NAME = "counterTranslator"


class Language(StrEnum):
    VIETNAMESE = "vi"
    ENGLISH = "en"


LANGUAGE_NAMES = {Language.VIETNAMESE: "Tiếng Việt", Language.ENGLISH: "English"}


def speak(app: QCoreApplication, language: Language) -> None:
    """Let the whole program speak `language` from now on.

    Raises:
        FileNotFoundError: The translation was not compiled (`scripts/translations`).
    """
    for old in app.findChildren(QTranslator, _NAME):
        app.removeTranslator(old)
        old.deleteLater()
    path = resource("translations", f"{language}.qm")
    translator = QTranslator(app)
    translator.setObjectName(_NAME)
    if not translator.load(str(path)):
        raise FileNotFoundError(path)
    app.setProperty("language", str(language))
    # Dates and figures are written the Vietnamese way in both languages: the papers are Vietnamese.
    QLocale.setDefault(QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam))
    app.installTranslator(translator)


def spoken(app: QCoreApplication) -> Language:
    """Return the language that the program speaks."""
    return Language(app.property("language") or Language.VIETNAMESE)
