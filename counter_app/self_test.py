"""`--self-test`: what the shipped program needs is there and works, shown on the machine it runs on."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from PySide6.QtWidgets import QApplication

from counter_app.adapters.pages.vault import FilePageVault
from counter_app.adapters.reference.files import load_calendar, load_catalogue
from counter_app.adapters.store.sql_store import SqlStore
from counter_app.adapters.system.key_ring import page_key, store_key
from counter_app.bootstrap import RESOURCES
from counter_app.ui.application import create_application
from counter_app.ui.language import Language, speak
from counter_app.ui.main_window import MainWindow
from printing.documents import lay_out
from printing.pdf import typefaces
from printing.pdf.form_data import form_set_names, load_form_set
from printing.samples import SLIPS
from printing.thermal.encode import encode
from printing.thermal.profiles import load_profile, profile_names
from printing.thermal.reader import read
from printing.thermal.readings import head_of

_MASTER = bytes(range(32))


def self_test(out: TextIO = sys.stdout) -> int:
    """Try each part, print a line for each, and return the exit status."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    failed = 0
    for name, part in _PARTS.items():
        try:
            said = part()
        except Exception as error:  # a part that fails must not hide the others
            failed += 1
            said = f"FAILED {type(error).__name__}: {error}"
        out.write(f"{name:<12} {said}\n")
    out.write(f"{len(_PARTS) - failed} passed, {failed} failed\n")
    return 1 if failed else 0


def _store() -> str:
    with tempfile.TemporaryDirectory() as folder:
        store = SqlStore(Path(folder) / "counter.db", store_key(_MASTER))
        with store.transaction() as tx:
            store_id = tx.machine.store_id()
        store.close()
        vault = FilePageVault(Path(folder) / "pages", page_key(_MASTER))
        page = vault.store(b"a page")
        if vault.load(page.sha256) != b"a page":
            raise ValueError("the vault gave back something else")
    return f"ok: opened, encrypted ({len(store_id)} digits), closed"


def _slips() -> str:
    for name in profile_names():
        profile = load_profile(name)
        for slip in SLIPS.values():
            reading = read(encode(lay_out(slip), profile), head_of(profile))
            if reading.problems or len(reading.slips) != 1:
                raise ValueError(f"{name}: {reading.problems[:1]}")
    return f"ok: {len(SLIPS)} slips on {len(profile_names())} heads"


def _forms() -> str:
    typefaces.register()
    count = sum(len(load_form_set(name).forms) for name in form_set_names())
    return f"ok: {count} forms of {len(form_set_names())} sets"


def _reference() -> str:
    catalogue = load_catalogue(RESOURCES / "procedures" / "commune.json")
    calendar = load_calendar(RESOURCES / "calendar" / "vietnam.json")
    return f"ok: {len(catalogue.procedures)} procedures, {len(calendar.days)} special days"


def _window() -> str:
    app = QApplication.instance() or create_application(["self-test"])
    assert isinstance(app, QApplication)
    window = MainWindow(app)
    window.show()
    titles = []
    for language in Language:
        speak(app, language)
        titles.append(window.windowTitle())
    speak(app, Language.VIETNAMESE)
    window.close()
    return f"ok: shown, {len(titles)} languages"


_PARTS: dict[str, Callable[[], str]] = {
    "store": _store,
    "slips": _slips,
    "forms": _forms,
    "reference": _reference,
    "window": _window,
}
