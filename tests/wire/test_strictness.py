"""What is not exactly a message is not read as one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.dossier import Component, Dossier, Person, Status
from counter_app.domain.errors import InvalidValue
from counter_app.domain.events import DossierReceived, NumberLinked, evolve
from counter_app.wire.codec import MessageUnreadable, from_json, parse, to_plain
from counter_app.wire.letters import Letter
from counter_app.wire.messages import OfficePack, PostLetters, ServerMark
from tests.helpers.dossiers import CLERK, NINE, a_dossier

PERSON = {"name": "Nguyễn Thị Mẫu", "kind": "citizen"}


def a_reception(dossier: Dossier) -> DossierReceived:
    return DossierReceived(
        dossier=dossier.id, at=NINE, by=CLERK, by_name="Trần Thị Mẫu", snapshot=dossier
    )


def problem_of(kind: type[Any], text: str | bytes) -> tuple[str, str]:
    with pytest.raises(MessageUnreadable) as refused:
        from_json(kind, text)
    return refused.value.where, refused.value.problem


def person(**changes: Any) -> str:
    return json.dumps(PERSON | changes)


def test_a_missing_field_is_named() -> None:
    assert problem_of(Person, '{"kind":"citizen"}') == ("name", "missing")


def test_an_unknown_field_is_named() -> None:
    assert problem_of(Person, person(nickname="x")) == ("nickname", "unknown")


def test_a_field_deep_inside_is_named_with_its_path() -> None:
    plain = to_plain(a_dossier())
    plain["components"][0]["kind"] = "papyrus"
    assert problem_of(Dossier, json.dumps(plain)) == ("components[0].kind", "value")
    plain["components"][0]["surprise"] = 1
    assert problem_of(Dossier, json.dumps(plain))[0].startswith("components[0].")


@pytest.mark.parametrize("value", [5, 5.0, True, None, [], {}, ["x"]])
def test_text_is_text(value: Any) -> None:
    assert problem_of(Person, person(name=value)) == ("name", "type")


@pytest.mark.parametrize("value", ["5", 5.0, True, None, [], {}])
def test_a_whole_number_is_a_whole_number(value: Any) -> None:
    text = json.dumps({"code": "1", "title": "T", "kind": "copy", "copies": value})
    assert problem_of(Component, text) == ("copies", "type")


@pytest.mark.parametrize("value", [2**53, -(2**53), 2**63, 10**300])
def test_a_number_that_not_every_reader_reads_the_same_is_refused(value: int) -> None:
    text = json.dumps({"code": "1", "title": "T", "kind": "copy", "copies": value})
    assert problem_of(Component, text) == ("copies", "value")


@pytest.mark.parametrize("value", [True, 1.0, "2", None, [2]])
def test_a_status_is_a_number_of_the_list(value: Any) -> None:
    plain = to_plain(a_dossier()) | {"status": value}
    assert problem_of(Dossier, json.dumps(plain)) == ("status", "type")


def test_a_status_outside_the_list_is_refused() -> None:
    plain = to_plain(a_dossier()) | {"status": 11}
    assert problem_of(Dossier, json.dumps(plain)) == ("status", "value")
    assert from_json(Dossier, json.dumps(plain | {"status": 4})).status is Status.PROCESSING


@pytest.mark.parametrize(
    "number",
    [
        "h36.15-261123-2007",
        " H36.15-261123-2007",
        "H36.15-261123-2007\n",
        "H36.15-٢٦١١٢٣-2007",
        "H36.15-261131-2007",
        "H36.15-269999-2007",
        "",
        "TAM-",
    ],
)
def test_a_number_is_written_in_one_way(number: str) -> None:
    plain = to_plain(a_dossier()) | {"number": number}
    assert problem_of(Dossier, json.dumps(plain)) == ("number", "value")


@pytest.mark.parametrize("number", [5, None, ["H36.15-261123-2007"], {}])
def test_a_number_is_text(number: Any) -> None:
    linked = {"dossier": "0" * 32, "at": NINE.isoformat(), "by": "a", "by_name": "b"}
    assert problem_of(NumberLinked, json.dumps(linked | {"number": number})) == ("number", "type")


def test_a_final_number_is_not_provisional() -> None:
    linked = {"dossier": "0" * 32, "at": NINE.isoformat(), "by": "a", "by_name": "b"}
    text = json.dumps(linked | {"number": "TAM-2-261123-001"})
    assert problem_of(NumberLinked, text) == ("number", "value")


@pytest.mark.parametrize(
    "moment", ["2026-11-23T08:00:00", "yesterday", "", "2026-13-01T00:00:00+07:00"]
)
def test_a_moment_has_a_zone(moment: str) -> None:
    plain = to_plain(a_dossier()) | {"received_at": moment}
    assert problem_of(Dossier, json.dumps(plain)) == ("received_at", "value")


@pytest.mark.parametrize("value", [1, None, True, []])
def test_a_moment_is_text(value: Any) -> None:
    plain = to_plain(a_dossier()) | {"received_at": value}
    assert problem_of(Dossier, json.dumps(plain)) == ("received_at", "type")


@pytest.mark.parametrize("name", ["a\x00b", "\ud800", "x\udfff"])
def test_what_no_database_keeps_is_no_text(name: str) -> None:
    assert problem_of(ServerMark, json.dumps({"server": name, **MARK})) == ("server", "value")


MARK = {"protocol": 1, "time": "2026-11-23T08:00:00+07:00", "held": 0}


@pytest.mark.parametrize(
    "name", ["\x1bp\x00", "\x1b@", "a\nb", "a\tb", "a  b", " a", "\u202eab", "e\u0301"]
)
def test_a_name_with_a_printers_command_or_another_form_is_refused(name: str) -> None:
    assert problem_of(Person, person(name=name))[1] == "value"


LINES = ["received_by_name", "received_by", "norm", "note", "return_address", "form_set", "unit"]


@pytest.mark.parametrize("field", LINES)
def test_no_line_of_a_dossier_carries_a_printers_command(field: str) -> None:
    event = a_reception(a_dossier(**{field: "\x1bp0"}))
    with pytest.raises(InvalidValue):
        evolve(None, event)


@pytest.mark.parametrize("field", ["by", "by_name"])
def test_no_hand_carries_a_printers_command(field: str) -> None:
    plain = to_plain(a_reception(a_dossier())) | {field: "\x1bp0"}
    assert problem_of(DossierReceived, json.dumps(plain))[1] == "value"


@pytest.mark.parametrize("field", ["code", "name", "field", "version"])
def test_no_line_of_a_procedure_carries_a_printers_command(field: str) -> None:
    plain = to_plain(a_dossier())
    plain["procedure"][field] = "\x1bp0"
    assert problem_of(Dossier, json.dumps(plain))[1] == "value"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        '{"name":"A"}x',
        "{'name':'A'}",
        '{"name":"A",}',
        '{"name":"A","name":"B"}',
        '{"name":NaN}',
        '{"name":Infinity}',
        '{"name":-Infinity}',
        "[" * 100_000,
        '{"name":' * 100_000,
        "1" * 10_000,
        '\ufeff{"name":"A"}',
        b"\xff",
        '{"name":"A"}'.encode("utf-16"),
        '{"name":"A"}'.encode("utf-32-le"),
        b'{"name":"\xed\xa0\x80"}',
    ],
    ids=lambda text: repr(text)[:30],
)
def test_what_is_not_strict_json_is_refused(text: str | bytes) -> None:
    assert problem_of(Person, text) == ("", "json")


@pytest.mark.parametrize("text", ["null", "5", '"x"', "[]", "true"])
def test_a_message_is_an_object(text: str) -> None:
    for kind in (Person, Letter, PostLetters, OfficePack):
        assert problem_of(kind, text) == ("", "type")


@given(st.binary(max_size=100) | st.text(max_size=100))
def test_rubbish_is_unreadable_and_nothing_else(rubbish: str | bytes) -> None:
    try:
        parse(rubbish)
    except MessageUnreadable as refused:
        assert refused.problem == "json"


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_any_json_is_a_message_or_unreadable(plain: Any) -> None:
    for kind in (Dossier, Letter, PostLetters, OfficePack, NumberLinked, ServerMark):
        with pytest.raises(MessageUnreadable):
            from_json(kind, json.dumps(plain))
