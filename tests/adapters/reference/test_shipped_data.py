"""The catalogue and the calendar that come with the program."""

from __future__ import annotations

from datetime import date, timedelta

import holidays
import pytest

from counter_app.domain.confidence import Confidence
from counter_app.domain.dossier import PaperKind
from counter_app.domain.fee import CopiedDocument, FeeCounts
from counter_app.domain.money import Money
from counter_app.domain.procedure import due_fee
from counter_app.domain.promise import DayKind
from counter_app.domain.text import clean_line
from tests.helpers.reference_data import moment, shipped_calendar, shipped_catalogue

TODAY = date(2026, 7, 6)
CODES = """
1.001193 1.000656 1.000894 1.001022 1.000689 1.004884 1.004746 1.005461 1.004772 1.004873 1.004859
2.000635 1.004837 1.004845 2.000806 2.000528 2.000815 2.000884 2.001019 2.000942 2.001263 1.004194
1.004222 1.003677 1.010038 1.001699 1.001776 1.014027 1.014028 1.001731 1.011606 1.011607 1.011608
1.010833 1.001612 2.000720 1.001570 1.001266 2.000575 1.013225 1.013978 1.013949 1.013962 2.002913
3.000722
""".split()


def test_every_procedure_of_the_commune_list_is_there_and_in_force() -> None:
    assert len(CODES) == 45
    found = {procedure.code for procedure in shipped_catalogue().valid_on(TODAY)}
    assert found >= set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_each_procedure_is_complete_in_both_languages_with_source_and_law(code: str) -> None:
    procedure = shipped_catalogue().find(code, TODAY)
    assert procedure.source
    assert procedure.legal_basis
    assert procedure.abbreviations
    assert procedure.results
    assert procedure.components
    assert procedure.fees
    texts = [procedure.name, procedure.name_en, procedure.field.name, procedure.field.name_en]
    for component in procedure.components:
        texts += [component.name, component.name_en]
        assert component.source
        handed_in = component.originals + component.copies
        assert (handed_in > 0) == (component.kind in (PaperKind.ORIGINAL, PaperKind.COPY))
    for named in (*procedure.variants, *procedure.waivers, *procedure.fees):
        texts += [named.name_vi, named.name_en]
    for text in texts:
        assert text
        assert clean_line(text, "text", 500) == text
    assert any(component.mandatory for component in procedure.components)


@pytest.mark.parametrize("code", CODES)
def test_each_procedure_can_be_promised_and_charged(code: str) -> None:
    procedure = shipped_catalogue().find(code, TODAY)
    received = moment("2026-07-06 09:20")
    for norm in (procedure.norm, *(variant.norm for variant in procedure.variants)):
        assert shipped_calendar().promise(received, norm).is_year_confirmed
    assert due_fee(procedure).lines
    for rule in procedure.fees:
        due_fee(procedure, chosen=[rule.code])
    for waiver in procedure.waivers:
        assert due_fee(procedure, waiver=waiver.code).total == Money(0)
    choices = {rule.choice for rule in procedure.fees}
    defaults = [rule.choice for rule in procedure.fees if rule.is_default]
    assert sorted(defaults) == sorted(choices)


def test_certified_copies_follow_the_circular() -> None:
    copies = shipped_catalogue().find("2.000815", TODAY)
    for pages, dong in ((1, 2_000), (2, 4_000), (3, 5_000), (300, 200_000)):
        counts = FeeCounts(documents=(CopiedDocument(pages, 1),))
        assert due_fee(copies, counts).total == Money(dong)
    assert all(rule.confidence is Confidence.HIGH for rule in copies.fees)


def test_whatever_the_council_sets_is_marked_as_not_certain() -> None:
    for procedure in shipped_catalogue().procedures:
        if due_fee(procedure).is_sample:
            assert any(rule.confidence is not Confidence.HIGH for rule in procedure.fees)


def test_each_row_of_the_calendar_has_names_in_both_languages_and_a_source() -> None:
    calendar = shipped_calendar()
    assert calendar.years == {2025, 2026, 2027}
    for entry in calendar.days:
        assert entry.name_vi
        assert entry.name_en
        assert entry.source
        assert entry.day.year in calendar.years
    assert [entry.day for entry in calendar.days] == sorted(entry.day for entry in calendar.days)


def test_a_working_saturday_is_a_saturday_and_each_pays_for_one_bridge_day() -> None:
    worked = [d for d in shipped_calendar().days if d.kind is DayKind.WORKING_SATURDAY]
    assert [entry.day for entry in worked] == [
        *(date(2025, 4, 26), date(2026, 1, 10), date(2026, 8, 22)),
    ]
    assert all(entry.day.weekday() == 5 for entry in worked)
    bridged = [d for d in shipped_calendar().days if "làm bù thứ Bảy" in d.name_vi]
    assert len(bridged) == len(worked)
    for rest, work in zip(bridged, worked, strict=True):
        assert f"{work.day:%d/}" in rest.name_vi
        assert f"{rest.day:%d/}" in work.name_vi


def test_every_rest_day_of_the_table_falls_on_a_day_that_would_be_worked_or_is_made_up_for() -> (
    None
):
    calendar = shipped_calendar()
    compensations = [d.day for d in calendar.days if d.kind is DayKind.COMPENSATORY_REST]
    assert all(day.weekday() < 5 for day in compensations)
    lost = [d.day for d in calendar.days if d.kind is DayKind.HOLIDAY and d.day.weekday() >= 5]
    bridges = sum(d.kind is DayKind.WORKING_SATURDAY for d in calendar.days)
    assert len(lost) == len(compensations) - bridges


UNDECIDED = {
    # The length of Tết 2027 has not been announced; the package counts it from the 29th.
    *(date(2027, 2, 4) + timedelta(days=n) for n in range(9)),
    # The package does not know this swap, and lists a Saturday within Tết 2025 as a holiday.
    date(2026, 1, 2),
    date(2025, 2, 1),
}


def test_the_table_agrees_with_the_holidays_package_wherever_both_have_decided() -> None:
    calendar = shipped_calendar()
    package = holidays.country_holidays("VN", years=sorted(calendar.years))
    day = date(2025, 1, 1)
    compared = 0
    while day.year in calendar.years:
        entry = calendar.entry(day)
        if day not in UNDECIDED:
            compared += 1
            assert (entry is not None and entry.is_rest) == (day in package), day
        day += timedelta(days=1)
    assert compared > 1080


def test_tet_is_five_days_off_each_year_and_begins_as_announced() -> None:
    tet = [d.day for d in shipped_calendar().days if d.name_vi == "Tết Nguyên đán"]
    by_year = {year: [day for day in tet if day.year == year] for year in (2025, 2026, 2027)}
    assert {year: days[0] for year, days in by_year.items()} == {
        2025: date(2025, 1, 27),
        2026: date(2026, 2, 16),
        2027: date(2027, 2, 5),
    }
    assert all(len(days) == 5 for days in by_year.values())
