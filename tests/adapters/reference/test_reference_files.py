"""Files of reference data: read whole, or refused with file, row and field."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from counter_app.adapters.reference.files import (
    BadReferenceFile,
    ReferenceFileUnreadable,
    load_calendar,
    load_catalogue,
)
from counter_app.wire.reference import (
    calendar_from_json,
    calendar_to_json,
    catalogue_from_json,
    catalogue_to_json,
)
from tests.helpers.reference_data import RESOURCES, shipped_calendar, shipped_catalogue

Plain = dict[str, Any]
Path_ = list[str | int]


def plain_catalogue() -> Plain:
    return copy.deepcopy(catalogue_to_json(shipped_catalogue()))


def plain_calendar() -> Plain:
    return copy.deepcopy(calendar_to_json(shipped_calendar()))


def set_at(plain: Any, path: Path_, value: object) -> None:
    for step in path[:-1]:
        plain = plain[step]
    if value is ...:
        del plain[path[-1]]
    else:
        plain[path[-1]] = value


def written(folder: Path, plain: object) -> Path:
    path = folder / "thu.json"
    path.write_text(json.dumps(plain, ensure_ascii=False), encoding="utf-8")
    return path


def test_catalogue_and_calendar_survive_the_line_unchanged() -> None:
    catalogue, calendar = shipped_catalogue(), shipped_calendar()
    sent = json.loads(json.dumps(catalogue_to_json(catalogue)))
    assert catalogue_from_json(sent) == catalogue
    assert catalogue_to_json(catalogue_from_json(sent)) == sent
    sent = json.loads(json.dumps(calendar_to_json(calendar)))
    assert calendar_from_json(sent) == calendar
    assert calendar_to_json(calendar_from_json(sent)) == sent


def test_what_a_file_says_is_what_is_sent() -> None:
    file = json.loads((RESOURCES / "calendar" / "vietnam.json").read_text(encoding="utf-8"))
    assert calendar_to_json(shipped_calendar()) == file
    catalogue = json.loads((RESOURCES / "procedures" / "commune.json").read_text(encoding="utf-8"))
    sent = catalogue_to_json(shipped_catalogue())
    assert [row["code"] for row in sent["procedures"]] == [
        row["code"] for row in catalogue["procedures"]
    ]
    assert catalogue_from_json(catalogue) == catalogue_from_json(sent)


def test_no_number_that_travels_is_a_fraction() -> None:
    def walk(value: object) -> None:
        assert not isinstance(value, float)
        if isinstance(value, dict):
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    walk(plain_catalogue())
    walk(plain_calendar())


BIRTH = "procedures[0] 1.001193"


@pytest.mark.parametrize(
    ("path", "value", "row", "field", "rule"),
    [
        (["format"], "catalogue/9", "", "format", "value"),
        (["version"], ..., "", "version", "missing"),
        (["nhap"], 1, "", "nhap", "unknown"),
        (["procedures"], {}, "", "procedures", "type"),
        (["procedures"], ..., "", "procedures", "missing"),
        (["procedures", 0], "khai sinh", "procedures[0]", "", "type"),
        (["procedures", 0, "name"], ..., BIRTH, "name", "missing"),
        (["procedures", 0, "name"], "", BIRTH, "name", "empty"),
        (["procedures", 0, "name"], 7, BIRTH, "name", "type"),
        (["procedures", 0, "name"], "Đăng ký\x1b@", BIRTH, "name", "control_character"),
        (["procedures", 0, "name"], "Đăng  ký", BIRTH, "name", "not_normal"),
        (["procedures", 0, "nmae"], "x", BIRTH, "nmae", "unknown"),
        (["procedures", 0, "field"], "ZZ", BIRTH, "field", "unknown_field"),
        (["procedures", 0, "level"], "planet", BIRTH, "level", "value"),
        (["procedures", 0, "norm"], "3 days", BIRTH, "norm", "not_a_norm"),
        (["procedures", 0, "norm"], "0.5 working_hour", BIRTH, "norm", "fraction"),
        (["procedures", 0, "valid_from"], "2025-02-30", BIRTH, "valid_from", "value"),
        (["procedures", 0, "valid_until"], "2020-01-01", BIRTH, "valid_until", "order"),
        (["procedures", 0, "sets"], 0, BIRTH, "sets", "bounds"),
        (["procedures", 0, "sets"], True, BIRTH, "sets", "type"),
        (["procedures", 0, "sets"], 1.0, BIRTH, "sets", "type"),
        (["procedures", 0, "components", 1, "kind"], "stone", BIRTH, "components[1].kind", "value"),
        (
            ["procedures", 0, "components", 0, "originals"],
            -1,
            BIRTH,
            "components[0].originals",
            "bounds",
        ),
        (["procedures", 0, "components", 1, "code"], "TP01", BIRTH, "components", "code_twice"),
        (["procedures", 0, "abbreviations"], ["ks", 5], BIRTH, "abbreviations[1]", "type"),
        (
            ["procedures", 0, "fees", 0, "amount", "kind"],
            "gold",
            BIRTH,
            "fees[0].amount.kind",
            "value",
        ),
        (
            ["procedures", 0, "fees", 1, "amount", "dong"],
            -5,
            BIRTH,
            "fees[1].amount.dong",
            "negative",
        ),
        (
            ["procedures", 0, "fees", 1, "amount", "dong"],
            8000.0,
            BIRTH,
            "fees[1].amount.dong",
            "type",
        ),
        (
            ["procedures", 0, "fees", 0, "amount", "dong"],
            1,
            BIRTH,
            "fees[0].amount.dong",
            "unknown",
        ),
        (["procedures", 0, "fees", 0], [], BIRTH, "fees[0]", "type"),
        (
            ["procedures", 0, "waivers", 0, "legal_basis"],
            ...,
            BIRTH,
            "waivers[0].legal_basis",
            "missing",
        ),
        (
            ["procedures", 0, "variants"],
            [{"code": "a", "name_vi": "b", "name_en": "c"}],
            BIRTH,
            "variants[0].norm",
            "missing",
        ),
        (["procedures", 1, "code"], "1.001193", "procedures 1.001193", "version", "version_twice"),
    ],
)
def test_a_bad_catalogue_is_refused_with_file_row_and_field(
    tmp_path: Path, path: Path_, value: object, row: str, field: str, rule: str
) -> None:
    plain = plain_catalogue()
    set_at(plain, path, value)
    with pytest.raises(BadReferenceFile) as trouble:
        load_catalogue(written(tmp_path, plain))
    found = trouble.value
    assert (found.file, found.row, found.field, found.rule) == ("thu.json", row, field, rule)


@pytest.mark.parametrize(
    ("path", "value", "row", "field", "rule"),
    [
        (["days", 1, "day"], "2025-01-01", "", "days", "day_twice"),
        (["days", 1, "day"], "27/01/2025", "days[1] 27/01/2025", "day", "value"),
        (["days", 1, "kind"], "feast", "days[1] 2025-01-27", "kind", "value"),
        (["days", 1, "source"], ..., "days[1] 2025-01-27", "source", "missing"),
        (["sessions"], [], "", "sessions", "order"),
        (["sessions", 0, "closes"], "06:00", "", "sessions[0].opens", "order"),
        (["sessions", 0, "closes"], "25:00", "", "sessions[0].closes", "value"),
        (["sessions", 1, "opens"], "11:00", "", "sessions", "order"),
        (["weekly_rest"], [0, 1, 2, 3, 4, 5, 6], "", "weekly_rest", "no_working_day"),
        (["weekly_rest"], [7], "", "weekly_rest", "no_working_day"),
        (["weekly_rest"], ["chủ nhật"], "", "weekly_rest[0]", "type"),
        (["years"], 2026, "", "years", "type"),
        (["rules", "cut_off"], "3pm", "", "rules.cut_off", "value"),
        (["rules", "day_end"], "dusk", "", "rules.day_end", "value"),
        (["rules", "half_day_minutes"], 0, "", "rules.half_day_minutes", "bounds"),
        (["rules", "cutoff"], "15:00", "", "rules.cutoff", "unknown"),
    ],
)
def test_a_bad_calendar_is_refused_with_file_row_and_field(
    tmp_path: Path, path: Path_, value: object, row: str, field: str, rule: str
) -> None:
    plain = plain_calendar()
    set_at(plain, path, value)
    with pytest.raises(BadReferenceFile) as trouble:
        load_calendar(written(tmp_path, plain))
    found = trouble.value
    assert (found.file, found.row, found.field, found.rule) == ("thu.json", row, field, rule)


def test_a_calendar_may_have_no_cut_off(tmp_path: Path) -> None:
    plain = plain_calendar()
    del plain["rules"]["cut_off"]
    calendar = load_calendar(written(tmp_path, plain))
    assert calendar.rules.cut_off is None
    assert calendar_to_json(calendar) == plain


@pytest.mark.parametrize(
    ("content", "rule", "line"),
    [
        (b"", "not_json", 1),
        (b'{"format": "calendar/1",\n "version": }', "not_json", 2),
        (b'{"format": "calendar/1", "format": "calendar/1"}', "field_twice", 0),
        (b"[]", "type", 0),
        (b"\xff\xfe{}", "not_utf8", 0),
        (b"[" * 100_000, "not_json", 0),
    ],
)
def test_a_file_that_is_no_json_document_is_refused(
    tmp_path: Path, content: bytes, rule: str, line: int
) -> None:
    path = tmp_path / "hong.json"
    path.write_bytes(content)
    with pytest.raises(BadReferenceFile) as trouble:
        load_calendar(path)
    assert (trouble.value.file, trouble.value.rule, trouble.value.line) == ("hong.json", rule, line)


def test_a_file_saved_by_a_windows_editor_with_a_mark_at_its_head_is_read(tmp_path: Path) -> None:
    path = tmp_path / "lich.json"
    path.write_bytes(b"\xef\xbb\xbf" + json.dumps(plain_calendar()).encode())
    assert load_calendar(path) == shipped_calendar()


def test_a_file_that_is_not_there_is_a_trouble_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(ReferenceFileUnreadable) as trouble:
        load_catalogue(tmp_path / "khong_co.json")
    assert trouble.value.file == "khong_co.json"
    with pytest.raises(ReferenceFileUnreadable):
        load_catalogue(tmp_path)
