"""Letters: sealed once, whole for ever."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.domain.errors import Refusal
from counter_app.domain.events import Event
from counter_app.domain.ids import CounterId, EventId
from counter_app.wire.codec import MessageUnreadable, from_json, to_json
from counter_app.wire.letters import (
    _KINDS,
    FIRST,
    VERSION,
    Letter,
    LetterDamaged,
    LetterTooNew,
    _digest,
    is_whole,
    link,
    seal,
    unseal,
)
from tests.helpers.wire_strategies import values_of

GOLDEN = Path(__file__).parent / "golden"
ONE = EventId(CounterId("2-0123456789ab"), 1)


def golden_letters() -> list[Path]:
    return sorted(GOLDEN.glob("*.json"))


def test_every_kind_of_letter_has_a_golden_one() -> None:
    assert {path.stem for path in golden_letters()} == set(_KINDS)


@pytest.mark.parametrize("path", golden_letters(), ids=lambda path: path.stem)
def test_a_letter_sealed_long_ago_is_read_and_would_be_sealed_the_same(path: Path) -> None:
    """These files never change: letters like them lie sealed at counters."""
    text = path.read_text("utf-8").strip()
    letter = from_json(Letter, text)
    assert to_json(letter) == text
    assert letter.kind == path.stem
    event = unseal(letter)
    assert isinstance(event, _KINDS[letter.kind])
    assert seal(event, id=letter.id, previous=letter.previous) == letter


def test_the_golden_letters_are_one_history() -> None:
    letters = [from_json(Letter, path.read_text("utf-8")) for path in golden_letters()]
    letters.sort(key=lambda letter: letter.id.seq)
    assert [letter.id.seq for letter in letters] == list(range(1, len(_KINDS) + 1))
    assert letters[0].previous == FIRST
    for before, after in pairwise(letters):
        assert after.previous == before.digest


def test_the_digest_is_sha_256_over_a_plain_text() -> None:
    """So that any other program can check it."""
    letter = from_json(Letter, (GOLDEN / "dossier_received.json").read_text("utf-8"))
    text = "\n".join(
        [letter.id.counter, str(letter.id.seq), letter.kind, str(letter.v), letter.previous, ""]
    )
    assert letter.digest == hashlib.sha256((text + letter.body).encode()).hexdigest()


@settings(max_examples=40)
@given(st.one_of([values_of(kind) for kind in _KINDS.values()]))
def test_what_was_sealed_is_unsealed(event: Event) -> None:
    letter = seal(event, id=ONE, previous=FIRST)
    assert unseal(letter) == event
    assert is_whole(letter)
    assert unseal(from_json(Letter, to_json(letter))) == event


@pytest.mark.parametrize(
    "changes",
    [
        {"id": EventId(CounterId("3-0123456789ab"), 1)},
        {"id": EventId(CounterId("2-0123456789ab"), 2)},
        {"kind": "result_ready"},
        {"v": 2},
        {"previous": "1" * 64},
        {"digest": "0" * 64},
        {"digest": ""},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_letter_changed_in_any_part_is_damaged(changes: dict[str, Any]) -> None:
    letter = from_json(Letter, (GOLDEN / "result_returned.json").read_text("utf-8"))
    changed = replace(letter, **changes)
    assert not is_whole(changed)
    with pytest.raises(LetterDamaged):
        unseal(changed)


@given(st.data())
def test_one_changed_sign_in_the_body_shows(data: st.DataObject) -> None:
    letter = from_json(Letter, (GOLDEN / "dossier_received.json").read_text("utf-8"))
    at = data.draw(st.integers(0, len(letter.body) - 1))
    sign = data.draw(st.characters(exclude_categories=["Cs"]))
    body = letter.body[:at] + sign + letter.body[at + 1 :]
    assert is_whole(replace(letter, body=body)) == (body == letter.body)


def resealed(letter: Letter, **changes: Any) -> Letter:
    changed = replace(letter, **changes)
    digest = _digest(changed.id, changed.kind, changed.v, changed.body, changed.previous)
    return replace(changed, digest=digest)


@pytest.mark.parametrize("changes", [{"kind": "fee_collected"}, {"v": VERSION + 1}, {"v": 0}])
def test_a_kind_or_version_of_a_newer_program_is_too_new(changes: dict[str, Any]) -> None:
    letter = from_json(Letter, (GOLDEN / "result_ready.json").read_text("utf-8"))
    with pytest.raises(LetterTooNew):
        unseal(resealed(letter, **changes))


@pytest.mark.parametrize("body", ["", "{}", "[]", '{"dossier":"x"}', "\x00"])
def test_a_whole_letter_with_another_body_is_unreadable(body: str) -> None:
    letter = from_json(Letter, (GOLDEN / "result_ready.json").read_text("utf-8"))
    with pytest.raises(MessageUnreadable):
        unseal(resealed(letter, body=body))


def test_errors_of_letters_are_refusals() -> None:
    assert issubclass(LetterDamaged, Refusal)
    assert issubclass(LetterTooNew, Refusal)


def test_the_chain_of_a_feed_depends_on_every_letter_and_their_order() -> None:
    letters = [from_json(Letter, path.read_text("utf-8")) for path in golden_letters()[:3]]
    forward = link(link(link(FIRST, letters[0]), letters[1]), letters[2])
    swapped = link(link(link(FIRST, letters[1]), letters[0]), letters[2])
    shorter = link(link(FIRST, letters[0]), letters[2])
    assert len({forward, swapped, shorter}) == 3
    assert json.dumps(forward) == f'"{forward}"'
