"""One conversation about SANE devices, inside the worker process.

Importing this module needs python-sane and libsane.
Asked `devices`, it tells the devices.
Asked `pages`, it opens the device and then pulls one sheet for each `next`, until `close`.
While lines of a page come in it says `alive`, so that a slow scanner is not taken for a hung one.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

import _sane
import sane
from PIL import Image

from counter_app.adapters.devices.sane_frames import LineLost, read_frame, write_frame
from counter_app.adapters.devices.sane_options import (
    choose_mode,
    choose_number,
    choose_source,
    paper_source,
    paper_sources,
)
from counter_app.application.capture import ColourMode, PaperSource

JPEG_QUALITY = 85
ALIVE_EVERY_S = 0.5
MM_PER_INCH = 25.4
A4_MM = (210.0, 297.0)

# The texts of sane_strstatus(): all that python-sane lets us see of a status.
_CONDITIONS = {
    "Device busy": "busy",
    "Document feeder jammed": "jam",
    "Document feeder out of documents": "empty",
    "Scanner cover is open": "cover",
    "Access to resource has been denied": "denied",
}
# What opening says of a device that is unplugged, switched off, or never was.
_ABSENT = ("Invalid argument", "Error during device I/O", "Operation not supported")


class Condition(Exception):
    """Something to tell: a key that the program knows, and the text behind it."""

    def __init__(self, kind: str, text: str) -> None:
        super().__init__(text)
        self.kind = kind


@contextmanager
def _library() -> Iterator[None]:
    sane.init()
    try:
        yield
    finally:
        sane.exit()


@contextmanager
def _opened(name: str) -> Iterator[Any]:
    try:
        device = sane.open(name)
    except _sane.error as error:
        kind = "not_found" if str(error) in _ABSENT else _CONDITIONS.get(str(error), "fault")
        raise Condition(kind, str(error)) from error
    try:
        yield device
    finally:
        with suppress(_sane.error):
            device.cancel()
        device.close()


class Session:
    """The worker's side of the line."""

    def __init__(self, asks: io.FileIO, tells: io.FileIO) -> None:
        self._asks = asks
        self._tells = tells
        self._told_at = 0.0

    def run(self) -> None:
        """Serve until the asker is content or gone (`LineLost`)."""
        ask = read_frame(self._asks).head
        try:
            with _library():
                if ask["ask"] == "devices":
                    self._tell_devices()
                else:
                    self._tell_pages(ask)
        except Condition as condition:
            self._tell_condition(condition)
        except LineLost:
            raise
        except Exception as error:  # the edge of the process: whatever it was, the program is told
            self._tell({"tell": "fault", "text": f"{type(error).__name__}: {error}"})

    def _tell(self, head: Mapping[str, Any], body: bytes = b"") -> None:
        write_frame(self._tells, head, body)
        self._told_at = time.monotonic()

    def _tell_condition(self, condition: Condition) -> None:
        self._tell({"tell": condition.kind, "text": str(condition)})

    def _alive(self, *_lines: int) -> None:
        # python-sane crashes when its progress callback raises, so this must not.
        if time.monotonic() - self._told_at > ALIVE_EVERY_S:
            with suppress(LineLost):
                self._tell({"tell": "alive"})

    def _tell_devices(self) -> None:
        rows = []
        for name, vendor, model, kind in sane.get_devices():
            # Cameras are SANE devices too.
            if not name.startswith("v4l:"):
                sources = _sources_of(name, kind)
                rows.append({"device": name, "label": f"{vendor} {model}", "sources": sources})
                self._alive()
        self._tell({"tell": "devices", "devices": rows})

    def _tell_pages(self, ask: Mapping[str, Any]) -> None:
        with _opened(ask["device"]) as device:
            try:
                from_glass = prepare(device, ask)
                self._tell({"tell": "ready"})
                while read_frame(self._asks).head["ask"] == "next":
                    page, width, height = _one_page(device, self._alive)
                    head = {"tell": "page", "width": width, "height": height, "last": from_glass}
                    self._tell({**head, "dpi": _dpi_of(device, ask["dpi"])}, page)
            except _sane.error as error:
                # Told before the device is let go: backends have hung in cancelling a failed page.
                kind = _CONDITIONS.get(str(error), "fault")
                self._tell_condition(Condition(kind, str(error)))
            except Condition as condition:
                self._tell_condition(condition)


def _sources_of(name: str, kind: str) -> list[str]:
    try:
        with _opened(name) as device:
            found = paper_sources(_names(device, "source"))
    except Condition:
        # It is there but cannot be asked now; scanning takes the source it has.
        return [source.value for source in PaperSource]
    sheet_fed = PaperSource.FEEDER if "sheetfed" in kind.lower() else PaperSource.FLATBED
    return [source.value for source in found or (sheet_fed,)]


def _names(device: Any, option: str) -> list[str]:
    constraint = device.opt[option].constraint if option in device.opt else None
    return [str(name) for name in constraint] if isinstance(constraint, list) else []


def _set(device: Any, option: str, value: Any) -> None:
    """Set an option where the device has it and lets it be set; None leaves it."""
    found = device.opt.get(option)
    if value is not None and found is not None and found.is_active() and found.is_settable():
        setattr(device, option, value)


def _set_number(device: Any, option: str, wanted: float) -> None:
    found = device.opt.get(option)
    if found is not None:
        value = choose_number(found.constraint, wanted)
        _set(device, option, round(value) if found.type == _sane.TYPE_INT else value)


def prepare(device: Any, ask: Mapping[str, Any]) -> bool:
    """Set the options; return whether a page comes from the glass, and so is the only one."""
    source = choose_source(_names(device, "source"), PaperSource(ask["source"]))
    _set(device, "source", source)
    _set(device, "adf_mode", "Simplex" if "Simplex" in _names(device, "adf_mode") else None)
    _set(device, "mode", choose_mode(_names(device, "mode"), ColourMode(ask["colour"])))
    _set(device, "depth", 8)
    # python-sane puts three passes below one another; only active once the mode is colour.
    _set(device, "three_pass", False)
    for option in ("resolution", "x_resolution", "y_resolution"):
        _set_number(device, option, ask["dpi"])
    _set_paper(device, _dpi_of(device, ask["dpi"]))
    if source is not None:
        return paper_source(source) is PaperSource.FLATBED
    kinds = [kind for name, _, _, kind in sane.get_devices() if name == device.devname]
    return not any("sheetfed" in kind.lower() for kind in kinds)


def _set_paper(device: Any, dpi: int) -> None:
    """A4 from the top left corner; a feeder must know the paper before it can place the area."""
    width, height = A4_MM
    for option, wanted in (
        ("page_width", width),
        ("page_height", height),
        ("tl_x", 0.0),
        ("tl_y", 0.0),
        ("br_x", width),
        ("br_y", height),
    ):
        in_pixels = option in device.opt and device.opt[option].unit == _sane.UNIT_PIXEL
        _set_number(device, option, wanted * dpi / MM_PER_INCH if in_pixels else wanted)


def _dpi_of(device: Any, asked: int) -> int:
    option = device.opt.get("resolution")
    return round(device.resolution) if option is not None and option.is_active() else asked


def _one_page(device: Any, alive: Callable[..., None]) -> tuple[bytes, int, int]:
    """Move one sheet through; return it as JPEG with its width and height in pixels."""
    device.start()
    frame, is_last_frame, (width, lines), depth, row_bytes = device.get_parameters()
    if frame not in ("gray", "color") or depth != 8 or not is_last_frame or width < 1:
        raise Condition("fault", f"frame {frame}, depth {depth}, last {is_last_frame}")
    mode, samples = ("RGB", 3) if frame == "color" else ("L", 1)
    raw, _, rows, _, _ = device.dev.snap(True, False, alive)
    if row_bytes > width * samples:
        # python-sane takes rows for unpadded, but what it hands over is the plain stream of bytes,
        # short of the incomplete row at its end: the padding of the last one.
        rows = lines if lines > 0 else -(-len(raw) // row_bytes)
        raw.extend(bytes(max(0, rows * row_bytes - len(raw))))
    if rows < 1:
        raise Condition("fault", "a page without lines")
    image = Image.frombuffer(mode, (width, rows), raw, "raw", mode, row_bytes, 1)
    del raw
    encoded = io.BytesIO()
    dpi = _dpi_of(device, 0)
    image.save(encoded, "JPEG", quality=JPEG_QUALITY, dpi=(dpi, dpi))
    return encoded.getvalue(), width, rows
