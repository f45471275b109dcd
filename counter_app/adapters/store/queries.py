"""What an officer types, as expressions of the search index.

Every word must be found; the last, and any number, may be unfinished. A word that looks like a number is also tried
as people write it: with dots, with spaces, with +84.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from counter_app.adapters.store.words import (
    HEAD_LETTERS,
    compact,
    head_word,
    procedure_word,
    status_word,
)
from counter_app.domain.dossier import Status
from counter_app.domain.folding import fold_words

MAX_WORDS: Final = 12
MAX_READINGS: Final = 8
MIN_BEGINNING: Final = 3
"""So many letters of an unfinished word say which procedure is meant; fewer fit nearly all."""
_CODE: Final = re.compile(r"(?=.*\d)[0-9a-z+][0-9a-z./+-]*")
_NUMBER: Final = re.compile(r"([a-z]\d{2}(?:\.\d{1,3})*)-(\d{1,8}(?:-\d*)?)?")
_UNIT: Final = re.compile(r"[a-z]\d{1,2}\.[\d.]*")
_TAIL: Final = re.compile(r"\d{6,8}-\d*")
_INTERNATIONAL: Final = re.compile(r"\+?84(\d{9})")
_LONGEST_ID: Final = 12


@dataclass(frozen=True, slots=True)
class Procedure:
    """A procedure of which the store holds a dossier, with its words as folded."""

    n: int
    code: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Term:
    """One word as typed.

    Attributes:
        index: What finds it in the index.
        typed: Folded, for comparing with the words of a procedure.
        is_last: Whether it may be unfinished.
    """

    index: str
    typed: str
    is_last: bool

    def is_in(self, procedure: Procedure) -> bool:
        if self.typed in procedure.words or self.typed == procedure.code:
            return True
        if not self.is_last or len(self.typed) < MIN_BEGINNING:
            return False
        return procedure.code.startswith(self.typed) or any(
            word.startswith(self.typed) for word in procedure.words
        )


def terms_of(text: str) -> tuple[Term, ...]:
    """The words of what was typed; none where nothing in it can be looked up."""
    words: list[str] = []
    for word in text.casefold().split():
        words += [word] if _CODE.fullmatch(word) else fold_words(word)
    del words[MAX_WORDS:]
    terms = []
    while words:
        run = _spaced_digits(words)
        terms.append(_term(words[:run], is_last=run == len(words)))
        del words[:run]
    return tuple(terms)


def matching(terms: Iterable[Term]) -> str:
    return " AND ".join(term.index for term in terms)


def with_procedures(terms: tuple[Term, ...], procedures: Iterable[Procedure]) -> list[str]:
    """Where some of the words name a procedure and the rest a person, the best reading first."""
    groups: dict[tuple[Term, ...], list[str]] = {}
    for procedure in procedures:
        others = tuple(term for term in terms if not term.is_in(procedure))
        if len(others) < len(terms):
            groups.setdefault(others, []).append(_quoted(procedure_word(procedure.n)))
    best = sorted(groups.items(), key=lambda group: len(group[0]))[:MAX_READINGS]
    return [
        " AND ".join([*(term.index for term in others), any_of(words)]) for others, words in best
    ]


def of_statuses(statuses: Iterable[Status]) -> str:
    return any_of([_quoted(status_word(status)) for status in sorted(statuses)])


def any_of(expressions: list[str]) -> str:
    return expressions[0] if len(expressions) == 1 else f"({' OR '.join(expressions)})"


def _spaced_digits(words: list[str]) -> int:
    """How many words from here on may be one telephone or identity number: `0912 345 678`."""
    if not words[0].startswith(("0", "+84", "84")):
        return 1
    run = letters = 0
    for word in words:
        letters += len(word)
        if not word.removeprefix("+").isdecimal() or letters > _LONGEST_ID:
            break
        run += 1
    return max(run, 1)


def _term(words: list[str], *, is_last: bool) -> Term:
    if len(words) == 1:
        return Term(_found_by(words[0], is_last), words[0], is_last)
    apart = [_found_by(word, is_last and at == len(words) - 1) for at, word in enumerate(words)]
    joined = "".join(words)
    return Term(any_of([f"({' AND '.join(apart)})", _found_by(joined, is_last)]), joined, is_last)


def _found_by(word: str, is_last: bool) -> str:
    """All the ways in which a word may stand in the index.

    Numbers are often given in part, so one may be unfinished wherever it stands.
    """
    if _CODE.fullmatch(word) is None:
        return _quoted(word, is_last)
    if number := _NUMBER.fullmatch(word):
        unit, tail = number.groups()
        of_unit = _quoted(head_word(unit)[:HEAD_LETTERS], True)
        return f"({of_unit} AND {_quoted(tail, True)})" if tail else of_unit
    if _UNIT.fullmatch(word):
        return _quoted(head_word(word)[:HEAD_LETTERS], True)
    if _TAIL.fullmatch(word):
        return _quoted(word, True)
    ways = [_quoted(spelling, True) for spelling in _spellings(word)]
    parts = fold_words(word)
    if len(parts) > 1:
        *firsts, last = parts
        apart = [*map(_quoted, firsts), _quoted(last, True)]
        ways.append(f"({' AND '.join(apart)})")
    return any_of(ways)


def _spellings(word: str) -> list[str]:
    spellings = [word.replace("+", "").replace("/", ""), compact(word)]
    if word[0].isalpha():
        spellings.append(head_word(word))
    if abroad := _INTERNATIONAL.fullmatch(word):
        spellings.append(f"0{abroad[1]}")
    return list(dict.fromkeys(spellings))


def _quoted(word: str, is_prefix: bool = False) -> str:
    return f'"{word}"*' if is_prefix else f'"{word}"'
