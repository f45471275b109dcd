"""Finds `resources/`, in a source tree and in a PyInstaller folder alike."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path


@cache
def resources() -> Path:
    """Return the folder that holds icons, styles, fonts and translations.

    Raises:
        FileNotFoundError: The program was taken apart; nothing can be drawn.
    """
    bundle = getattr(sys, "_MEIPASS", None)
    root = Path(bundle) if bundle else Path(__file__).resolve().parents[2]
    folder = root / "resources"
    if not folder.is_dir():
        raise FileNotFoundError(folder)
    return folder


def resource(*parts: str) -> Path:
    """Return the path of one resource, whether or not it exists."""
    return resources().joinpath(*parts)
