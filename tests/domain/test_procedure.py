from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from counter_app.domain.confidence import Confidence
from counter_app.domain.dossier import PaperKind
from counter_app.domain.errors import InvalidValue
from counter_app.domain.fee import FeeCounts, FeeWaiver, Waived
from counter_app.domain.money import Money
from counter_app.domain.procedure import (
    Catalogue,
    ComponentRule,
    Level,
    Procedure,
    ProcedureField,
    ProcedureNotInForce,
    ProcedureUnknown,
    due_fee,
)
from counter_app.domain.time_norm import SAME_DAY, TimeNorm, working_days
from tests.helpers.reference_data import shipped_catalogue

TODAY = date(2026, 7, 6)
OLD = Procedure(
    code="1.000001",
    version="1",
    name="Thủ tục mẫu",
    name_en="Sample procedure",
    field=ProcedureField(code="M", name="Mẫu", name_en="Sample"),
    level=Level.COMMUNE,
    components=(),
    norm=working_days(5),
    valid_from=date(2025, 7, 1),
    valid_until=date(2026, 6, 30),
    source="thử",
    confidence=Confidence.LOW,
)
NEW = replace(OLD, version="2", norm=working_days(3), valid_from=date(2026, 7, 1), valid_until=None)


def test_the_version_of_the_day_is_found_and_the_old_one_stays_known() -> None:
    catalogue = Catalogue((NEW, OLD))
    assert catalogue.find("1.000001", date(2026, 6, 30)) is OLD
    assert catalogue.find("1.000001", date(2026, 7, 1)) is NEW
    assert catalogue.find_version("1.000001", "1") is OLD
    assert catalogue.find_version("1.000001", "3") is None
    assert catalogue.valid_on(TODAY) == (NEW,)
    assert catalogue.search("thu tuc mau", on=date(2026, 1, 1)) == (OLD,)
    assert catalogue.search("thu tuc mau") == (NEW,)
    assert catalogue.search("") == (NEW,)


def test_a_code_that_is_unknown_and_one_that_is_not_in_force_differ() -> None:
    catalogue = Catalogue((OLD,))
    with pytest.raises(ProcedureUnknown):
        catalogue.find("9.999999", TODAY)
    with pytest.raises(ProcedureNotInForce) as refusal:
        catalogue.find("1.000001", TODAY)
    assert refusal.value.day == TODAY


def test_two_versions_in_force_on_one_day_are_refused() -> None:
    with pytest.raises(InvalidValue) as refusal:
        Catalogue((replace(OLD, valid_until=date(2026, 7, 1)), NEW))
    assert (refusal.value.rule, refusal.value.value) == ("overlap", "1.000001")
    with pytest.raises(InvalidValue):
        Catalogue((replace(OLD, valid_until=None), NEW))
    with pytest.raises(InvalidValue) as refusal:
        Catalogue((OLD, replace(NEW, version="1")))
    assert refusal.value.rule == "version_twice"


def test_an_entry_that_contradicts_itself_is_refused() -> None:
    with pytest.raises(InvalidValue):
        replace(OLD, valid_until=date(2025, 6, 30))
    paper = ComponentRule(code="TP01", name="Tờ khai", name_en="Form", kind=PaperKind.ORIGINAL)
    with pytest.raises(InvalidValue) as refusal:
        replace(OLD, components=(paper, paper))
    assert (refusal.value.field, refusal.value.rule) == ("components", "code_twice")


def test_a_case_that_needs_verification_has_its_own_norm() -> None:
    marriage = shipped_catalogue().find("1.000894", TODAY)
    assert marriage.norm_for() == SAME_DAY
    assert marriage.norm_for("xac_minh") == TimeNorm.parse("5 working_day")
    with pytest.raises(InvalidValue):
        marriage.norm_for("khác")


def test_a_dossier_can_keep_what_it_was_taken_under() -> None:
    birth = shipped_catalogue().find("1.001193", TODAY)
    kept = birth.reference
    assert (kept.code, kept.name, kept.field) == ("1.001193", "Đăng ký khai sinh", "Hộ tịch")
    assert shipped_catalogue().find_version(kept.code, kept.version) is birth


def test_a_birth_is_free_on_time_and_the_officer_can_say_it_is_late() -> None:
    birth = shipped_catalogue().find("1.001193", TODAY)
    assert due_fee(birth).total == Money(0)
    late = due_fee(birth, chosen=["qua_han"])
    assert late.total == Money(8_000)
    assert late.is_sample
    waived = due_fee(birth, chosen=["qua_han"], waiver="ho_ngheo")
    assert waived.total == Money(0)
    (ground,) = [fact for fact in waived.lines[0].facts if isinstance(fact, Waived)]
    assert isinstance(ground.waiver, FeeWaiver)
    assert ground.waiver.legal_basis.startswith("Luật Hộ tịch")
    with pytest.raises(InvalidValue):
        due_fee(birth, waiver="không có")


def test_copies_of_an_extract_cost_eight_thousand_each() -> None:
    extract = shipped_catalogue().find("2.000635", TODAY)
    assert due_fee(extract, FeeCounts(copies=3)).total == Money(24_000)


def test_land_has_an_assessment_fee_and_a_certificate_fee() -> None:
    land = shipped_catalogue().find("1.013978", TODAY)
    assert due_fee(land).total == Money(325_000)
    assert due_fee(land, chosen=["gcn_dat_tai_san"]).total == Money(400_000)
