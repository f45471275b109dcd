"""Finding a procedure by what an officer types in a hurry: code, short form, beginnings of words.

`ct ban sao` finds Chứng thực bản sao từ bản chính, `ks` Đăng ký khai sinh, `dkks` it too,
`001193` and `1.0011` find it by its code.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, Protocol

from counter_app.domain.folding import fold

_CODE_QUERY: Final = re.compile(r"[\d.]{2,}")
_MAX_QUERY: Final = 100


class Searchable(Protocol):
    """What a search looks at."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def abbreviations(self) -> tuple[str, ...]: ...
    @property
    def field_name(self) -> str: ...


class Match(IntEnum):
    """How well a procedure answers a query, the best first."""

    WHOLE_CODE = 0
    ABBREVIATION = 1
    WHOLE_NAME = 2
    CODE_PART = 3
    NAME_BEGINS = 4
    WORDS_TOGETHER = 5
    ALL_INITIALS = 6
    WORDS = 7
    WORDS_AND_SHORT_FORMS = 8
    WORDS_AND_INITIALS = 9
    FIELD = 10


@dataclass(frozen=True, slots=True)
class SearchKey:
    """The folded texts of one procedure, made once.

    Attributes:
        code: As written.
        digits: The code without dots.
        words: The folded name, with a space before each word.
        initials: First letters of the words of the name.
        abbreviations: Folded, spaces left out.
        short_forms: The abbreviations, with a space before each of their words.
        field: The folded name of the field, with a space before each word.
    """

    code: str
    digits: str
    words: str
    initials: str
    abbreviations: frozenset[str]
    short_forms: str
    field: str


@dataclass(frozen=True, slots=True, order=True)
class Rank:
    """Sorts better answers first; among equals, shorter names."""

    match: Match
    length: int


@dataclass(frozen=True, slots=True)
class Query:
    """A query, folded once for all procedures."""

    text: str
    words: tuple[str, ...]
    joined: str
    digits: str

    @classmethod
    def parse(cls, text: str) -> Query:
        text = text.strip()[:_MAX_QUERY]
        folded = fold(text)
        is_code = _CODE_QUERY.fullmatch(text) is not None
        digits = text.replace(".", "") if is_code else ""
        return cls(folded, tuple(folded.split()), folded.replace(" ", ""), digits)


def search_key(procedure: Searchable) -> SearchKey:
    words = fold(procedure.name)
    short_forms = [fold(short) for short in procedure.abbreviations]
    return SearchKey(
        code=procedure.code,
        digits=procedure.code.replace(".", ""),
        words=f" {words}",
        initials="".join(word[0] for word in words.split()),
        abbreviations=frozenset(short.replace(" ", "") for short in short_forms),
        short_forms="".join(f" {short}" for short in short_forms),
        field=f" {fold(procedure.field_name)}",
    )


def matches_procedure(query: str, procedure: Searchable) -> Rank | None:
    """How well the procedure answers the query; None if it does not."""
    return rank(Query.parse(query), search_key(procedure))


def rank(query: Query, key: SearchKey) -> Rank | None:
    """As `matches_procedure`, with both sides folded beforehand."""
    match = _by_code(query.digits, key) if query.digits else None
    if match is None and query.words:
        match = _by_words(query, key)
    return None if match is None else Rank(match, len(key.words))


def _by_code(digits: str, key: SearchKey) -> Match | None:
    if digits in (key.digits, key.digits[1:]):
        return Match.WHOLE_CODE
    if key.digits.startswith(digits) or key.digits[1:].lstrip("0").startswith(digits.lstrip("0")):
        return Match.CODE_PART
    return Match.CODE_PART if len(digits) > 2 and key.digits.endswith(digits) else None


def _by_words(query: Query, key: SearchKey) -> Match | None:
    if query.joined in key.abbreviations:
        return Match.ABBREVIATION
    begins = f" {query.text}"
    if begins == key.words:
        return Match.WHOLE_NAME
    if key.words.startswith(begins):
        return Match.NAME_BEGINS
    if begins in key.words:
        return Match.WORDS_TOGETHER
    if query.joined == key.initials:
        return Match.ALL_INITIALS
    return _word_by_word(query.words, key)


def _word_by_word(words: Collection[str], key: SearchKey) -> Match | None:
    worst = Match.WORDS
    for word in words:
        begins = f" {word}"
        if begins in key.words:
            continue
        if begins in key.short_forms:
            worst = max(worst, Match.WORDS_AND_SHORT_FORMS)
        elif len(word) > 1 and word in key.initials:
            worst = max(worst, Match.WORDS_AND_INITIALS)
        elif begins in key.field:
            worst = Match.FIELD
        else:
            return None
    return worst
