"""The words under which a dossier is found.

The index knows neither columns nor phrases, so everything that must be told apart is a word of its
own: a number under each tail by which people name it (`2007`, `261123-2007`), a status as `_s4`, a
procedure as `_q12`.
"""

from __future__ import annotations

from typing import Final

from counter_app.domain.dossier import Dossier, Person, Status
from counter_app.domain.folding import fold_words
from counter_app.domain.numbers import Number

HEAD_LETTERS: Final = 6
"""Every number of an office begins alike: that is looked up by the prefix index, or it is slow."""


def status_word(status: Status) -> str:
    return f"_s{int(status)}"


def procedure_word(procedure: int) -> str:
    return f"_q{procedure}"


def words_of(dossier: Dossier, procedure: int) -> str:
    """All words of a dossier, each once, with one space between."""
    words = [status_word(dossier.status), procedure_word(procedure)]
    words += number_words(dossier.number)
    if dossier.former_number is not None:
        words += number_words(dossier.former_number)
    words += _person_words(dossier.owner)
    if dossier.submitter is not None:
        words += _person_words(dossier.submitter.person)
    return " ".join(dict.fromkeys(words))


def number_words(number: Number) -> list[str]:
    """`H36.15-261123-0042` gives `-h36.15`, `261123-0042`, `0042` and `42`.

    What a number begins with is marked, or each name that begins with an h would find all numbers.
    """
    text = number.text.lower()
    head, day, sequence = text.rsplit("-", 2)
    return [
        head_word(head if number.is_final else text),
        f"{day}-{sequence}",
        sequence,
        str(int(sequence)),
    ]


def head_word(text: str) -> str:
    """The word for what a number begins with: the organisation code, or all of a provisional one."""
    return f"-{text}"


def compact(text: str) -> str:
    """Letters and digits alone, in lower case: identity numbers, telephones, business codes."""
    return "".join(char for char in text.casefold() if char.isalnum())


def _person_words(person: Person) -> list[str]:
    words = list(fold_words(person.name))
    words += [word for text in (person.id_number, person.phone) if (word := compact(text))]
    return words
