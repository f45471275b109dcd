"""What is known of a print head: data in resources/printers/, one file a kind of head.

A profile claims only what somebody has seen on paper: `text_proven` is set by a test print, never by a manual.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from escpos.capabilities import CAPABILITIES

from printing.assets import PRINTERS
from printing.errors import ProfileInvalid, ProfileUnknown
from printing.thermal.codepages import TABLES, CodeTable


class Cut(Enum):
    NONE = "none"
    PARTIAL = "partial"
    FULL = "full"


class ImageCommand(Enum):
    """How dots are sent: raster strips, or 24-dot columns that leave the blanks between words out."""

    RASTER = "raster"
    COLUMNS = "columns"


class StatusCommand(Enum):
    """How the head tells its state, if it does."""

    NONE = "none"
    DLE_EOT = "dle-eot"
    GS_R = "gs-r"


@dataclass(frozen=True, slots=True)
class CodePage:
    """A page that `ESC t number` selects and the table of its letters."""

    number: int
    table: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A kind of print head.

    Attributes:
        name: The file's name, without its ending.
        title: For people.
        width_dots: Printable dots across.
        columns: Letters of font A in a line.
        code_pages: Pages with Vietnamese letters, in order of preference.
        text_proven: A test print has shown that `code_pages` print right.
        source: Where these facts come from.
        cut: What the cutter can do.
        feed_before_cut: Dots from the print line to the knife, or to the tear-off edge.
        drawer: Whether a cash drawer can hang on it.
        image: The command for dots.
        raster_margin: Raster strips obey the left margin (GS L), so blank dots at their left need not be sent.
        strip_rows: Rows in one raster strip, at most.
        feed_units_per_dot: Units of ESC J in one dot.
        leaves_chinese_mode: FS . is sent first: the head starts in a Chinese mode.
        native_qr: The head draws QR codes itself (GS ( k).
        native_barcode: The head draws Code 128 itself (GS k 73).
        status: How it tells its state.
        escpos_profile: The profile of python-escpos nearest to it.
    """

    name: str
    title: str
    width_dots: int
    columns: int
    code_pages: tuple[CodePage, ...] = ()
    text_proven: bool = False
    source: str = ""
    cut: Cut = Cut.PARTIAL
    feed_before_cut: int = 0
    drawer: bool = False
    image: ImageCommand = ImageCommand.RASTER
    raster_margin: bool = False
    strip_rows: int = 256
    feed_units_per_dot: int = 1
    leaves_chinese_mode: bool = False
    native_qr: bool = False
    native_barcode: bool = False
    status: StatusCommand = StatusCommand.NONE
    escpos_profile: str = "default"

    def __post_init__(self) -> None:
        problem = self._problem()
        if problem:
            raise ProfileInvalid(profile=self.name, problem=problem)

    def _problem(self) -> str:
        checks = {
            "width_dots": self.width_dots % 8 == 0 and 64 <= self.width_dots <= 2048,
            "columns": 8 <= self.columns <= 255,
            "strip_rows": 1 <= self.strip_rows <= 2303,
            "feed_units_per_dot": 1 <= self.feed_units_per_dot <= 4,
            "feed_before_cut": 0 <= self.feed_before_cut <= 255,
            "code_pages": all(
                page.table in TABLES and 0 <= page.number <= 255 for page in self.code_pages
            ),
            "text_proven": bool(self.code_pages) or not self.text_proven,
        }
        return next((key for key, holds in checks.items() if not holds), "")

    @property
    def tables(self) -> tuple[CodeTable, ...]:
        return tuple(TABLES[page.table] for page in self.code_pages)


def load_profile(name: str, folder: Path = PRINTERS) -> Profile:
    """Read one profile.

    Raises:
        ProfileUnknown: There is no such file.
        ProfileInvalid: The file does not keep the form.
    """
    path = folder / f"{name}.json"
    if not name or Path(name).name != name or not path.is_file():
        raise ProfileUnknown(profile=name)
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        return _profile(name, facts)
    except (ValueError, TypeError, KeyError, AttributeError) as problem:
        raise ProfileInvalid(profile=name, problem=str(problem)) from problem


def profile_names(folder: Path = PRINTERS) -> tuple[str, ...]:
    """The names of all profiles at hand, in order."""
    return tuple(sorted(path.stem for path in folder.glob("*.json")))


def _profile(name: str, facts: Mapping[str, Any]) -> Profile:
    parsers: dict[str, Any] = {
        "cut": Cut,
        "image": ImageCommand,
        "status": StatusCommand,
        "code_pages": lambda pages: tuple(
            CodePage(page["number"], page["table"]) for page in pages
        ),
    }
    return Profile(
        name=name, **{key: parsers.get(key, lambda fact: fact)(fact) for key, fact in facts.items()}
    )


_ESCPOS_TABLES = {"TCVN-3-1": "tcvn3-lower", "TCVN-3-2": "tcvn3-upper", "CP1258": "cp1258"}
_USUAL_WIDTH = 576


def escpos_profile_names() -> tuple[str, ...]:
    """The heads that python-escpos knows."""
    return tuple(sorted(CAPABILITIES["profiles"]))


def escpos_profile(name: str) -> Profile:
    """Make a profile of one of python-escpos' heads; unproven, as its table is hearsay too.

    Raises:
        ProfileUnknown: python-escpos does not know the name.
    """
    known = CAPABILITIES["profiles"].get(name)
    if known is None:
        raise ProfileUnknown(profile=name)
    width = known["media"]["width"]["pixels"]
    features = known["features"]
    return Profile(
        name=name,
        title=f"{known['vendor']} {known['name']}",
        width_dots=width // 8 * 8 if isinstance(width, int) else _USUAL_WIDTH,
        columns=known["fonts"]["0"]["columns"],
        code_pages=tuple(
            CodePage(int(number), _ESCPOS_TABLES[page])
            for number, page in known["codePages"].items()
            if page in _ESCPOS_TABLES
        ),
        source="python-escpos",
        cut=Cut.PARTIAL
        if features["paperPartCut"]
        else Cut.FULL
        if features["paperFullCut"]
        else Cut.NONE,
        drawer=features["pulseStandard"],
        image=ImageCommand.RASTER if features["bitImageRaster"] else ImageCommand.COLUMNS,
        escpos_profile=name,
    )
