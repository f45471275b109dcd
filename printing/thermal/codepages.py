"""The code pages in which a head can print Vietnamese, byte by byte.

Each table maps the bytes 0x80 to 0xFF to letters in NFC; 0x20 to 0x7E are ASCII in all of them.
VISCII keeps six capitals on control codes: these are left out, so they can never be sent.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

ASCII = frozenset(map(chr, range(0x20, 0x7F)))
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"

_LOWER_MARKED = (
    "B5à B6ả B7ã B8á B9ạ BBằ BCẳ BDẵ BEắ C6ặ C7ầ C8ẩ C9ẫ CAấ CBậ CCè CEẻ CFẽ D0é D1ẹ D2ề D3ể D4ễ D5ế D6ệ"
    " D7ì D8ỉ DCĩ DDí DEị DFò E1ỏ E2õ E3ó E4ọ E5ồ E6ổ E7ỗ E8ố E9ộ EAờ EBở ECỡ EDớ EEợ EFù F1ủ F2ũ F3ú F4ụ"
    " F5ừ F6ử F7ữ F8ứ F9ự FAỳ FBỷ FCỹ FDý FEỵ"
)
_LOWER_PLAIN = "A8ă A9â AAê ABô ACơ ADư AEđ"
_CAPITALS_AGREED = "A1Ă A2Â A7Đ"


def _table(listing: str) -> dict[int, str]:
    return {
        int(entry[:2], 16): unicodedata.normalize("NFC", entry[2:]) for entry in listing.split()
    }


def _codec_table(name: str) -> dict[int, str]:
    decoded = ((byte, bytes([byte]).decode(name, errors="ignore")) for byte in range(0x80, 0x100))
    return {byte: letter for byte, letter in decoded if letter and letter.isprintable()}


_VISCII = (
    "80Ạ 81Ắ 82Ằ 83Ặ 84Ấ 85Ầ 86Ẩ 87Ậ 88Ẽ 89Ẹ 8AẾ 8BỀ 8CỂ 8DỄ 8EỆ 8FỐ 90Ồ 91Ổ 92Ỗ 93Ộ 94Ợ 95Ớ 96Ờ 97Ở 98Ị"
    " 99Ỏ 9AỌ 9BỈ 9CỦ 9DŨ 9EỤ 9FỲ A0Õ A1ắ A2ằ A3ặ A4ấ A5ầ A6ẩ A7ậ A8ẽ A9ẹ AAế ABề ACể ADễ AEệ AFố B0ồ B1ổ"
    " B2ỗ B3Ỡ B4Ơ B5ộ B6ờ B7ở B8ị B9Ự BAỨ BBỪ BCỬ BDơ BEớ BFƯ C0À C1Á C2Â C3Ã C4Ả C5Ă C6ẳ C7ẵ C8È C9É CAÊ"
    " CBẺ CCÌ CDÍ CEĨ CFỳ D0Đ D1ứ D2Ò D3Ó D4Ô D5ạ D6ỷ D7ừ D8ử D9Ù DAÚ DBỹ DCỵ DDÝ DEỡ DFư E0à E1á E2â E3ã"
    " E4ả E5ă E6ữ E7ẫ E8è E9é EAê EBẻ ECì EDí EEĩ EFỉ F0đ F1ự F2ò F3ó F4ô F5õ F6ỏ F7ọ F8ụ F9ù FAú FBũ FCủ"
    " FDý FEợ FFỮ"
)
_TONES = {"\u0300": 0xCC, "\u0309": 0xD2, "\u0303": 0xDE, "\u0301": 0xEC, "\u0323": 0xF2}


@dataclass(frozen=True)
class CodeTable:
    """One code page.

    Attributes:
        name: As printer profiles call it.
        letters: Byte to letter, above ASCII.
        tones: Combining marks and their bytes, for a page that sends a letter and its tone apart.
    """

    name: str
    letters: Mapping[int, str]
    tones: Mapping[str, int]

    @cached_property
    def bytes_of(self) -> Mapping[str, bytes]:
        """Every letter that the page can print, and how."""
        plain = {letter: bytes([byte]) for byte, letter in self.letters.items()}
        plain.update((letter, letter.encode("ascii")) for letter in ASCII)
        plain[NO_BREAK_SPACE] = b" "
        toned = {}
        for base, sent in plain.items():
            for tone, byte in self.tones.items():
                whole = unicodedata.normalize("NFC", base + tone)
                if len(whole) == 1 and whole not in plain:
                    toned[whole] = sent + bytes([byte])
        return plain | toned

    def encode(self, text: str) -> bytes:
        """Encode NFC text.

        Raises:
            KeyError: The page lacks a letter. There is no replacement character here.
        """
        return b"".join(self.bytes_of[letter] for letter in text)

    def decode(self, byte: int) -> str:
        """Return the letter or combining mark of a byte, or "" where the page has none."""
        if 0x20 <= byte < 0x7F:
            return chr(byte)
        marks = {code: mark for mark, code in self.tones.items()}
        return marks.get(byte) or self.letters.get(byte, "")


def _tables() -> dict[str, CodeTable]:
    lower = _table(f"{_LOWER_PLAIN} {_LOWER_MARKED}")
    upper = {byte: letter.upper() for byte, letter in _table(_LOWER_MARKED).items()}
    agreed = upper | _table(_CAPITALS_AGREED)
    single = lower | _table(f"{_CAPITALS_AGREED} A3Ê A4Ô A5Ơ A6Ư")
    cp1258 = {byte: sign for byte, sign in _codec_table("cp1258").items() if sign not in _TONES}
    return {
        table.name: table
        for table in (
            CodeTable("cp437", _codec_table("cp437"), {}),
            CodeTable("tcvn3-lower", lower, {}),
            # Sources disagree on Ê Ô Ơ Ư in the upper page: without a test print these four go as dots.
            CodeTable("tcvn3-upper", agreed, {}),
            CodeTable("tcvn3-upper-aa", agreed | _table("AAÊ ABÔ ACƠ ADƯ"), {}),
            CodeTable("tcvn3-upper-a3", agreed | _table("A3Ê A4Ô A5Ơ A6Ư"), {}),
            CodeTable("tcvn3-single", single, {}),
            CodeTable("cp1258", cp1258, _TONES),
            CodeTable("viscii", _table(_VISCII), {}),
        )
    }


TABLES: Mapping[str, CodeTable] = _tables()


def can_print(text: str, tables: Sequence[CodeTable]) -> bool:
    """Whether each letter of the text is in at least one of the tables."""
    return all(any(letter in table.bytes_of for table in tables) for letter in text)


def split(text: str, tables: Sequence[CodeTable], start: int) -> list[tuple[int, str]]:
    """Split text into runs of one table each, with the fewest switches.

    Looking ahead as far as any one table reaches is optimal: a switch made later is never worse.
    `start` is the index of the table in force before the text; it is kept where it serves as well.

    Raises:
        KeyError: A letter is in none of the tables.
    """
    parts: list[tuple[int, str]] = []
    place, current = 0, start
    while place < len(text):
        reach = [_reach(text, place, table) for table in tables]
        best = max(reach)
        if best == place:
            raise KeyError(text[place])
        if reach[current] < best:
            current = reach.index(best)
        parts.append((current, text[place:best]))
        place = best
    return parts


def _reach(text: str, place: int, table: CodeTable) -> int:
    known = table.bytes_of
    while place < len(text) and text[place] in known:
        place += 1
    return place
