"""Take pictures of the frame and of every widget, to look at.

`python -m counter_app.ui.showcase --to DIR [--language vi|en] [--theme light|dark|contrast]
[--size 1366x768] [--scale 1.5] [--text 1.3]`
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from pathlib import Path


def _arguments(argv: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m counter_app.ui.showcase")
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--language", choices=["vi", "en"], default="vi")
    parser.add_argument("--theme", choices=["light", "dark", "contrast"], default="light")
    parser.add_argument("--size", default="1366x768", help="of the screen, in its own pixels")
    parser.add_argument("--scale", type=float, default=1.0, help="the screen's scale factor")
    parser.add_argument("--text", type=float, default=1.0, help="text size, 1.0 is 14 px")
    return parser.parse_args(argv)


def main(argv: list[str]) -> int:
    chosen = _arguments(argv)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = str(chosen.scale)
    # Here, because Qt reads the environment when it starts.
    pictures = importlib.import_module("counter_app.ui.showcase.pictures")

    chosen.to.mkdir(parents=True, exist_ok=True)
    width, height = (int(float(part) / chosen.scale) for part in chosen.size.split("x"))
    pictures.take_pictures(
        chosen.to,
        language=chosen.language,
        theme_name=chosen.theme,
        text_scale=chosen.text,
        width=width,
        height=height,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
