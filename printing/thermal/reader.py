"""An ESC/POS head in software: bytes in, paper and what was read off it out.

It is the preview, the virtual printer and the tests' double. It obeys as a common receipt head does, and
says what a real head would have swallowed in silence: unknown commands, unknown pages, letters a page lacks.
"""

from __future__ import annotations

from collections.abc import Callable

from printing.thermal import canvas
from printing.thermal.mechanism import DEFAULT_LINE_DOTS, START_PAGE, Mechanism
from printing.thermal.readings import (
    DrawerKicked,
    Event,
    HeadModel,
    Problem,
    ProblemKind,
    Reading,
    ReadSlip,
    StatusAsked,
)

_PREFIXES = b"\x10\x1b\x1c\x1d"
# After these two bytes a third tells the command.
_LONG_PREFIXES = frozenset({b"\x1d(", b"\x1dv"})
_QR_LEVELS = {48: "l", 49: "m", 50: "q", 51: "h"}
_CODE128 = 73
# A column picture's modes: bytes a column, dots across and down for each of its dots.
_COLUMN_MODES = {0: (1, 2, 3), 1: (1, 1, 3), 32: (3, 2, 1), 33: (3, 1, 1)}


def read(stream: bytes, head: HeadModel | None = None) -> Reading:
    """Print the whole stream and say what came of it."""
    reader = Reader(head or HeadModel())
    events = [*reader.feed(stream), *reader.finish()]
    return Reading(
        tuple(event for event in events if isinstance(event, ReadSlip)),
        tuple(event for event in events if isinstance(event, DrawerKicked)),
        tuple(event for event in events if isinstance(event, StatusAsked)),
        tuple(event for event in events if isinstance(event, Problem)),
    )


class _NeedMoreError(Exception):
    """The command is not whole yet."""


class Reader:
    """Obeys bytes as they come; a command may arrive in several pieces."""

    def __init__(self, head: HeadModel) -> None:
        self._head = head
        self._machine = Mechanism(head)
        self._pending = b""
        self._at = 0
        self._passed = 0
        self._obey = self._commands()

    def feed(self, received: bytes) -> tuple[Event, ...]:
        """Obey what is whole, keep the rest, and tell what happened."""
        self._pending += received
        done = self._at = 0
        while done < len(self._pending):
            self._machine.offset = self._passed + done
            try:
                self._next()
            except _NeedMoreError:
                break
            done = self._at
        self._passed += done
        self._pending = self._pending[done:]
        return self._told()

    def finish(self) -> tuple[Event, ...]:
        """Tell what is left when nothing more comes: half a command, a slip not cut."""
        if self._pending:
            self._machine.problem(ProblemKind.CUT_SHORT, self._pending[:16])
            self._pending = b""
        if self._machine.has_paper_out:
            self._machine.cut(has_been_cut=False)
        return self._told()

    @property
    def rows_fed(self) -> int:
        """Rows of paper since the last cut."""
        return self._machine.paper.top

    def _told(self) -> tuple[Event, ...]:
        events, self._machine.events = tuple(self._machine.events), []
        return events

    def _take(self, count: int) -> bytes:
        taken = self._pending[self._at : self._at + count]
        if len(taken) < count:
            raise _NeedMoreError
        self._at += count
        return taken

    def _byte(self) -> int:
        return self._take(1)[0]

    def _word(self) -> int:
        return int.from_bytes(self._take(2), "little")

    def _dots(self) -> int:
        """A distance in the head's vertical units, as dots."""
        return self._byte() // self._head.feed_units_per_dot

    def _next(self) -> None:
        start = self._at
        code = self._take(1)
        if code >= b" " and code != b"\x7f":
            self._machine.letter(code[0])
            return
        if code in _PREFIXES:
            code += self._take(1)
        if code in _LONG_PREFIXES:
            code += self._take(1)
        obey = self._obey.get(code)
        if obey is not None:
            obey()
            return
        self._at = start + 1
        self._machine.problem(ProblemKind.UNKNOWN_COMMAND, code)

    def _commands(self) -> dict[bytes, Callable[[], None]]:
        machine, byte, dots = self._machine, self._byte, self._dots
        return {
            b"\n": lambda: machine.print_line(machine.mode.line_dots),
            b"\r": lambda: None,
            b"\t": self._tab,
            b"\x10\x04": lambda: self._asked(b"\x10\x04"),
            b"\x1b@": machine.reset,
            b"\x1b!": self._print_mode,
            b"\x1b$": self._go_to,
            b"\x1b\\": self._go_on,
            b"\x1b*": self._column_picture,
            b"\x1b2": lambda: self._set("line_dots", DEFAULT_LINE_DOTS),
            b"\x1b3": lambda: self._set("line_dots", dots()),
            b"\x1bE": lambda: self._set("bold", bool(byte() & 1)),
            b"\x1bG": lambda: self._set("bold", bool(byte() & 1)),
            b"\x1bJ": lambda: machine.print_line(dots()),
            b"\x1bd": lambda: machine.print_line(byte() * machine.mode.line_dots),
            b"\x1ba": lambda: self._set("align", byte() % 48),
            b"\x1bt": self._choose_page,
            b"\x1bp": self._kick,
            b"\x1c.": lambda: None,
            b"\x1c&": lambda: None,
            b"\x1d!": self._enlarge,
            b"\x1dL": self._move_margin,
            b"\x1dV": self._cut,
            b"\x1dh": lambda: self._set("barcode_height", byte()),
            b"\x1dw": lambda: self._set("barcode_width", byte()),
            b"\x1dk": self._barcode,
            b"\x1dv0": self._raster_picture,
            b"\x1d(k": self._two_dimensional_code,
            b"\x1dr": lambda: self._asked(b"\x1dr"),
            **self._taken_without_effect(),
        }

    def _taken_without_effect(self) -> dict[bytes, Callable[[], None]]:
        """Settings that change nothing in what this head shows: underline, font, country, spacing, automatic status."""
        one = (b"\x1b-", b"\x1bM", b"\x1bR", b"\x1b ", b"\x1bV", b"\x1b{", b"\x1b=")
        two = (b"\x1dW", b"\x1dP")
        ones = (*one, b"\x1dB", b"\x1dH", b"\x1df", b"\x1da")
        return {
            **dict.fromkeys(ones, lambda: self._skip(1)),
            **dict.fromkeys(two, lambda: self._skip(2)),
        }

    def _skip(self, count: int) -> None:
        self._take(count)

    def _set(self, name: str, setting: int | bool) -> None:
        setattr(self._machine.mode, name, setting)

    def _tab(self) -> None:
        stop = 8 * self._machine.cell
        self._machine.left = (self._machine.left // stop + 1) * stop

    def _print_mode(self) -> None:
        bits, mode = self._byte(), self._machine.mode
        mode.bold = bool(bits & 0x08)
        mode.down = 2 if bits & 0x10 else 1
        mode.across = 2 if bits & 0x20 else 1

    def _enlarge(self) -> None:
        bits, mode = self._byte(), self._machine.mode
        mode.across, mode.down = (bits >> 4 & 7) + 1, (bits & 7) + 1

    def _go_to(self) -> None:
        self._machine.left = self._word()

    def _go_on(self) -> None:
        step = self._word()
        signed = step - 0x10000 if step & 0x8000 else step
        self._machine.left = max(0, self._machine.left + signed)

    def _move_margin(self) -> None:
        margin = self._word()
        if self._head.obeys_margin:
            self._machine.mode.margin = margin

    def _choose_page(self) -> None:
        number = self._byte()
        if number not in self._head.pages and number != START_PAGE:
            self._machine.problem(ProblemKind.UNKNOWN_PAGE, bytes([number]))
        self._machine.mode.page = number

    def _kick(self) -> None:
        pin, _, _ = self._take(3)
        self._machine.events.append(DrawerKicked(5 if pin % 48 else 2))

    def _asked(self, command: bytes) -> None:
        self._machine.events.append(StatusAsked(command, self._byte()))

    def _cut(self) -> None:
        how = self._byte()
        feed = self._dots() if how in (65, 66) else 0
        if how not in (0, 1, 48, 49, 65, 66):
            self._machine.problem(ProblemKind.UNKNOWN_COMMAND, b"\x1dV" + bytes([how]))
            return
        self._machine.print_line(feed)
        self._machine.cut()

    def _column_picture(self) -> None:
        mode, count = self._byte(), self._word()
        if mode not in _COLUMN_MODES:
            self._machine.problem(ProblemKind.UNKNOWN_COMMAND, b"\x1b*" + bytes([mode]))
            return
        each, across, down = _COLUMN_MODES[mode]
        columns = self._take(count * each)
        if columns:
            self._machine.picture_in_line(canvas.columns_ink(columns, each, across, down))

    def _raster_picture(self) -> None:
        mode, width_bytes, rows = self._byte() % 48, self._word(), self._word()
        picture = self._take(width_bytes * rows)
        if mode > 3:
            self._machine.problem(ProblemKind.UNKNOWN_COMMAND, b"\x1dv0" + bytes([mode]))
        elif picture:
            across, down = (mode & 1) + 1, (mode >> 1) + 1
            self._machine.raster(canvas.bytes_ink(picture, width_bytes, across, down))

    def _barcode(self) -> None:
        kind = self._byte()
        if kind < 65:
            end = self._pending.find(b"\0", self._at)
            if end < 0:
                raise _NeedMoreError
            content = self._take(end - self._at + 1)[:-1]
        else:
            content = self._take(self._byte())
        if kind == _CODE128:
            self._machine.draw_code128(content)
        else:
            self._machine.problem(ProblemKind.BAD_CODE, bytes([kind]) + content[:15])

    def _two_dimensional_code(self) -> None:
        parameters = self._take(self._word())
        mode, rest = self._machine.mode, parameters[2:]
        match parameters[:2]:
            case b"1A":
                pass
            case b"1C" if rest:
                mode.qr_module = max(1, rest[0])
            case b"1E" if rest:
                mode.qr_level = _QR_LEVELS.get(rest[0], "l")
            case b"1P":
                mode.qr_content = rest[1:]
            case b"1Q":
                self._machine.draw_qr()
            case _:
                self._machine.problem(ProblemKind.UNKNOWN_COMMAND, b"\x1d(k" + parameters[:2])
