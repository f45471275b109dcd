"""How a number is read aloud in Vietnamese: money on a receipt, a counter called by the voice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

DIGITS: Final = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_BILLION: Final = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Reading:
    """Words on which the regions differ.

    Attributes:
        zero_tens: Between hundreds and units, as in 105: `lẻ` (south, highlands) or `linh` (north).
        four: After mươi, as in 24: `tư` or `bốn`.
        thousand: `nghìn` or `ngàn`.
        billion: `tỷ` or `tỉ`.
    """

    zero_tens: str = "lẻ"
    four: str = "tư"
    thousand: str = "nghìn"
    billion: str = "tỷ"


STANDARD: Final = Reading()


def read_number(number: int, reading: Reading = STANDARD) -> str:
    """`21` is hai mươi mốt; `1_005` is một nghìn không trăm lẻ năm.

    Raises:
        ValueError: The number is negative.
    """
    if number < 0:
        raise ValueError("Only numbers from zero up are read")
    return " ".join(_words(number, reading, follows=False)) or DIGITS[0]


def spell_digits(text: str) -> str:
    """Sign by sign, as a ticket is called: `A025` is `A, không, hai, năm`."""
    return ", ".join(
        DIGITS[int(char)] if char in "0123456789" else char.upper()
        for char in text
        if char.isalnum()
    )


def _words(number: int, reading: Reading, *, follows: bool) -> list[str]:
    """The words of a number below or beyond a billion; `follows` when larger units stand before."""
    billions, rest = divmod(number, _BILLION)
    words: list[str] = []
    if billions:
        words += [*_words(billions, reading, follows=follows), reading.billion]
        follows = True
    for size, name in ((1_000_000, "triệu"), (1_000, reading.thousand), (1, "")):
        group, rest = divmod(rest, size)
        if group:
            words += _three_digits(group, reading, follows=follows)
            words += [name] if name else []
            follows = True
    return words


def _three_digits(group: int, reading: Reading, *, follows: bool) -> list[str]:
    """1 to 999; with larger units before it, the hundreds are said even where they are zero."""
    hundreds, rest = divmod(group, 100)
    tens, units = divmod(rest, 10)
    words = [DIGITS[hundreds], "trăm"] if hundreds or follows else []
    if tens == 0:
        if units:
            words += [reading.zero_tens] if words else []
            words.append(DIGITS[units])
        return words
    words += ["mười"] if tens == 1 else [DIGITS[tens], "mươi"]
    if units:
        words.append(_units_after_tens(tens, units, reading))
    return words


def _units_after_tens(tens: int, units: int, reading: Reading) -> str:
    if units == 5:
        return "lăm"
    if tens > 1 and units == 1:
        return "mốt"
    if tens > 1 and units == 4:
        return reading.four
    return DIGITS[units]
