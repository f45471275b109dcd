"""What is written is read back the same, and the same value gives the same bytes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counter_app.domain.dossier import Dossier
from counter_app.wire.codec import canonical, from_json, to_json, to_plain
from counter_app.wire.letters import _KINDS, Letter
from counter_app.wire.messages import (
    Enrolled,
    EnrolRequest,
    News,
    OfficePack,
    PostLetters,
    Problem,
    Verdicts,
)
from tests.helpers.wire_strategies import values_of

MESSAGES = (
    Enrolled,
    EnrolRequest,
    News,
    OfficePack,
    PostLetters,
    Problem,
    Verdicts,
    Letter,
    Dossier,
)


@pytest.mark.parametrize("kind", [*MESSAGES, *_KINDS.values()], ids=lambda kind: kind.__name__)
@settings(
    max_examples=20, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow]
)
@given(st.data())
def test_every_message_is_read_back_as_it_was_written(kind: type[Any], data: st.DataObject) -> None:
    value = data.draw(values_of(kind))
    text = to_json(value)
    assert from_json(kind, text) == value
    assert from_json(kind, text.encode()) == value
    assert to_json(from_json(kind, text)) == text
    assert canonical(to_plain(value)) == text


@settings(max_examples=30)
@given(values_of(Dossier), st.randoms())
def test_the_order_of_fields_does_not_matter_to_the_reader(dossier: Dossier, chance) -> None:
    def shuffled(plain: Any) -> Any:
        if isinstance(plain, dict):
            items = list(plain.items())
            chance.shuffle(items)
            return {key: shuffled(value) for key, value in items}
        return [shuffled(item) for item in plain] if isinstance(plain, list) else plain

    text = json.dumps(shuffled(to_plain(dossier)), indent=2)
    assert to_json(from_json(Dossier, text)) == to_json(dossier)


@given(values_of(Dossier))
def test_canonical_text_has_sorted_names_no_spaces_and_plain_letters(dossier: Dossier) -> None:
    text = to_json(dossier)
    assert text == json.dumps(
        json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    assert "null" not in [str(value) for value in json.loads(text).values()]


def test_fields_that_are_none_are_left_out_and_read_as_none() -> None:
    from tests.helpers.dossiers import a_dossier

    dossier = a_dossier(due_at=None, first_due_at=None)
    text = to_json(dossier)
    assert '"due_at"' not in text
    assert from_json(Dossier, text) == dossier
