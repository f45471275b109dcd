"""Vietnamese is the source and always complete; English must be too, and the compiled files new."""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from counter_app.ui.assets import resource
from counter_app.ui.language import Language, speak
from counter_app.ui.worded import WordedWidget

ROOT = Path(__file__).resolve().parents[2]
UI = ROOT / "counter_app" / "ui"
ENGLISH = ROOT / "resources" / "translations" / "en"
AREAS = ["frame", *sorted(f.name for f in (UI / "screens").iterdir() if any(f.glob("*.py")))]


def tool(name: str) -> Path:
    return Path(sys.executable).with_name(name)


def run(*words: str | Path) -> None:
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def sources(area: str) -> list[Path]:
    screens = UI / "screens"
    if area != "frame":
        return sorted((screens / area).rglob("*.py"))
    return sorted(
        file
        for file in UI.rglob("*.py")
        if screens not in file.parents or len(file.relative_to(screens).parts) == 1
    )


def messages(file: Path) -> dict[tuple[str, str], ET.Element]:
    return {
        (context.findtext("name") or "", message.findtext("source") or ""): message
        for context in ET.parse(file).iter("context")
        for message in context.iter("message")
    }


@pytest.mark.parametrize("area", AREAS)
def test_every_string_of_the_screens_is_collected(area: str, tmp_path: Path) -> None:
    fresh = tmp_path / f"{area}.ts"
    options = ["-silent", "-no-obsolete", "-locations", "none", "-extensions", "py"]
    run(tool("pyside6-lupdate"), *options, *sources(area), "-ts", fresh)
    in_code, kept = set(messages(fresh)), set(messages(ENGLISH / f"{area}.ts"))
    assert in_code - kept == set(), "run scripts/translations"
    assert kept - in_code == set(), "run scripts/translations"


@pytest.mark.parametrize("area", AREAS)
def test_every_string_has_its_english(area: str) -> None:
    without = [
        f"{context}: {source}"
        for (context, source), message in messages(ENGLISH / f"{area}.ts").items()
        if not _is_finished(message)
    ]
    assert without == []


def _is_finished(message: ET.Element) -> bool:
    translation = message.find("translation")
    if translation is None or translation.get("type") == "unfinished":
        return False
    forms = translation.findall("numerusform")
    words = [form.text or "" for form in forms] if forms else [translation.text or ""]
    return all(word.strip() for word in words)


@pytest.mark.parametrize("area", AREAS)
def test_the_english_keeps_the_values_that_are_filled_in(area: str) -> None:
    wrong = []
    for (context, source), message in messages(ENGLISH / f"{area}.ts").items():
        wanted = sorted(re.findall(r"\{[^}]*\}", source))
        translation = message.find("translation")
        assert translation is not None
        texts = [form.text or "" for form in translation.findall("numerusform")]
        for text in texts or [translation.text or ""]:
            if sorted(re.findall(r"\{[^}]*\}", text)) != wanted:
                wrong.append(f"{context}: {source} → {text}")
    assert wrong == []


def test_no_file_of_strings_is_left_over() -> None:
    assert sorted(file.stem for file in ENGLISH.glob("*.ts")) == sorted(AREAS)


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_compiled_translation_is_of_today(language: str, tmp_path: Path) -> None:
    fresh = tmp_path / f"{language}.qm"
    files = sorted(resource("translations", language).glob("*.ts"))
    run(tool("pyside6-lrelease"), "-silent", *files, "-qm", fresh)
    kept = resource("translations", f"{language}.qm")
    assert fresh.read_bytes() == kept.read_bytes(), "run scripts/translations --compile"


def test_counted_things_are_never_worded_by_self_tr() -> None:
    """In a subclass PySide6 would lose the English; docs/ui.md tells why."""
    found = [
        f"{file.relative_to(ROOT)}: {match.group(0)}"
        for file in UI.rglob("*.py")
        for match in re.finditer(r"self\.tr\(\s*\"[^\"]*%n[^\"]*\"", file.read_text("utf-8"))
    ]
    assert found == []


class _Above(WordedWidget):
    """Speaks by the context of a class that `frame.ts` knows."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = ""
        self.retranslate()

    def retranslate(self) -> None:
        self.words = QCoreApplication.translate("StatusStrip", "Máy in")


def test_a_switch_of_language_reaches_every_widget_and_goes_back(
    qtbot: QtBot, qapp: QApplication
) -> None:
    whole = QWidget()
    qtbot.addWidget(whole)
    inner = _Above(QWidget(whole))
    whole.show()
    assert inner.words == "Máy in"
    speak(qapp, Language.ENGLISH)
    qtbot.waitUntil(lambda: inner.words == "Printer")
    speak(qapp, Language.VIETNAMESE)
    qtbot.waitUntil(lambda: inner.words == "Máy in")


def test_qts_own_words_are_vietnamese_too(qapp: QApplication) -> None:
    assert QCoreApplication.translate("QLineEdit", "&Copy") == "&Sao chép"
    speak(qapp, Language.ENGLISH)
    assert QCoreApplication.translate("QLineEdit", "&Copy") == "&Copy"
