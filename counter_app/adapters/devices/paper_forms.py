"""The A4 forms: filled, shown as pictures, handed to the system's viewer or print queue."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pypdfium2

from counter_app.adapters.devices.form_wording import FormWording
from counter_app.application.ports.paper import Picture
from counter_app.domain.dossier import Dossier
from counter_app.wire.messages import OfficePack
from printing.pdf.form_data import FormSet, load_form_set
from printing.pdf.forms import render

_QUEUE_TIMEOUT_S = 10
"""CUPS answers at once; longer means that its daemon hangs."""


@dataclass(frozen=True)
class PaperForms:
    """Forms of the set under which the dossier was taken.

    Attributes:
        wording: How values are written.
        folder: Where PDFs are laid down for the viewer; private to this user.
    """

    wording: FormWording
    folder: Path

    def receipt(self, dossier: Dossier, office: OfficePack) -> bytes:
        """Mẫu 01, both copies."""
        form = _form_set(dossier.form_set).forms["01"]
        columns = frozenset(column.key for column in form.fields["components"].columns)
        return render(form, self.wording.receipt(dossier, office, columns))

    def preview(self, pdf: bytes, page: int, width: int) -> Picture:
        """One page, `width` pixels wide; the first page is 0."""
        document = pypdfium2.PdfDocument(pdf)
        try:
            sheet = document[page]
            picture = sheet.render(scale=width / sheet.get_width()).to_pil()
        finally:
            document.close()
        out = io.BytesIO()
        picture.save(out, "PNG")
        return Picture(out.getvalue(), picture.width, picture.height)

    def open(self, pdf: bytes, name: str) -> str:
        """Lay the PDF down and start the system's viewer, where there is one."""
        path = self._lay_down(pdf, name)
        if sys.platform == "win32":
            os.startfile(path)  # the path is our own
        elif viewer := shutil.which("xdg-open"):
            subprocess.Popen(
                [viewer, str(path)],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
        return str(path)

    def print(self, pdf: bytes, name: str) -> bool:
        """Hand the PDF to the default printer's queue; False when there is none."""
        path = self._lay_down(pdf, name)
        if sys.platform == "win32":
            os.startfile(path, "print")
            return True
        queue = shutil.which("lp")
        if queue is None:
            return False
        try:
            done = subprocess.run(
                [queue, "-t", name, "--", str(path)],
                capture_output=True,
                timeout=_QUEUE_TIMEOUT_S,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return False
        return done.returncode == 0

    def _lay_down(self, pdf: bytes, name: str) -> Path:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self.folder / f"{name}.pdf"
        path.write_bytes(pdf)
        return path


@lru_cache(maxsize=4)
def _form_set(name: str) -> FormSet:
    return load_form_set(name)
