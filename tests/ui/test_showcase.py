"""The showcase runs as a program of its own, on a real X11 display and off screen."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from counter_app.ui import theme
from counter_app.ui.theme import ThemeName

ROOT = Path(__file__).resolve().parents[2]


def run_showcase(environment: Mapping[str, str], *options: str) -> None:
    command = [sys.executable, "-m", "counter_app.ui.showcase", *options]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def colours(image: QImage) -> set[str]:
    return {image.pixelColor(x, 300).name() for x in range(0, image.width(), 3)}


def test_the_window_opens_on_a_real_display(
    tmp_path: Path, x_environment: Mapping[str, str]
) -> None:
    run_showcase(x_environment, "--to", str(tmp_path))
    picture = QImage(str(tmp_path / "receive.png"))
    assert (picture.width(), picture.height()) == (1366, 768)
    dress = theme.load(ThemeName.LIGHT)
    assert {dress.colours["rail"], dress.colours["page"], dress.colours["surface"]} <= colours(
        picture
    )


@pytest.mark.parametrize("name", ["dark", "contrast"])
def test_every_theme_is_drawn_also_at_another_scale(tmp_path: Path, name: str) -> None:
    options = ["--theme", name, "--scale", "1.5", "--language", "en"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    run_showcase(environment, "--to", str(tmp_path), *options)
    picture = QImage(str(tmp_path / "lookup.png"))
    assert (picture.width(), picture.height()) == (1365, 768)
    page = QColor(theme.load(ThemeName(name)).colours["page"])
    assert page.name() in colours(picture)
