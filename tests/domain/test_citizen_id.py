from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.birth_date import BirthDate
from counter_app.domain.citizen_id import (
    CitizenId,
    IdWarning,
    OldIdNumber,
    PassportNumber,
    cross_check,
    parse_identity_number,
)
from counter_app.domain.dossier import Sex
from counter_app.domain.errors import InvalidValue


def test_the_twelve_digits_tell_province_sex_and_year() -> None:
    woman = CitizenId.parse("067 199 000 001")
    assert woman.number == "067199000001"
    assert (woman.province_code, woman.sex, woman.birth_year) == ("067", Sex.FEMALE, 1999)
    man = CitizenId("067203000002")
    assert (man.sex, man.birth_year) == (Sex.MALE, 2003)
    assert CitizenId("001512345678").birth_year == 2112
    assert woman.formatted() == "067 199 000 001"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("067199000001", "0671****001"),
        ("245000001", "24****001"),
        ("B1234567", "B1****67"),
    ],
)
def test_a_public_screen_shows_the_ends_only(text: str, masked: str) -> None:
    assert parse_identity_number(text).masked() == masked


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("067199000001", CitizenId),
        ("067.199.000.001", CitizenId),
        ("245 000 001", OldIdNumber),
        ("b1234567", PassportNumber),
        ("AB123456789", PassportNumber),
    ],
)
def test_each_kind_of_number_is_known_by_its_shape(text: str, kind: type) -> None:
    number = parse_identity_number(text)
    assert isinstance(number, kind)
    assert parse_identity_number(str(number)) == number


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "empty"),
        (" . ", "empty"),
        ("67199000001", "twelve_or_nine_digits"),
        ("0671990000011", "twelve_or_nine_digits"),
        ("０６７１９９０００００１", "passport"),
        ("ABCDEFGH", "passport"),
        ("B12345\x1b67", "passport"),
    ],
)
def test_a_number_of_no_kind_is_refused_by_its_rule(text: str, rule: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        parse_identity_number(text)
    assert refusal.value.rule == rule


def test_a_citizen_id_is_twelve_digits_and_nothing_else() -> None:
    for text, rule in (
        ("245000001", "twelve_digits"),
        ("06719900000l", "not_digits"),
        ("", "empty"),
    ):
        with pytest.raises(InvalidValue) as refusal:
            CitizenId.parse(text, "owner_id")
        assert (refusal.value.field, refusal.value.rule) == ("owner_id", rule)


def test_what_does_not_agree_is_a_warning() -> None:
    number = CitizenId("067199000001")
    assert cross_check(number, sex=Sex.FEMALE, birth=BirthDate(1999, 3, 5)) == ()
    assert cross_check(number, sex=Sex.MALE) == (IdWarning.SEX_DIFFERS,)
    assert cross_check(number, birth=BirthDate(1998)) == (IdWarning.BIRTH_YEAR_DIFFERS,)
    assert cross_check(number, today=date(1998, 1, 1)) == (IdWarning.BIRTH_IN_FUTURE,)
    assert cross_check(number, birth=BirthDate(1999, 3, 5), today=date(1999, 3, 4)) == (
        IdWarning.BIRTH_IN_FUTURE,
    )
    assert cross_check(number, province_codes={"001"}) == (IdWarning.PROVINCE_UNKNOWN,)
    assert cross_check(number, province_codes={"067"}) == ()


@given(st.from_regex(r"[0-9]{12}", fullmatch=True))
def test_a_number_is_the_same_after_writing_and_reading(digits: str) -> None:
    number = CitizenId(digits)
    assert CitizenId.parse(number.formatted()) == number == parse_identity_number(str(number))
    assert cross_check(number, sex=number.sex, birth=BirthDate(number.birth_year)) == ()
    assert digits[4:9] not in number.masked()
