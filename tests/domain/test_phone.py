from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import InvalidValue
from counter_app.domain.phone import Phone, PhoneKind


@pytest.mark.parametrize(
    "text",
    [
        "0912345678",
        " 0912 345 678 ",
        "0912.345.678",
        "0912-345-678",
        "+84912345678",
        "+84 (0) 912 345 678",
        "84912345678",
        "0084 912 345 678",
        "\u202a0912345678\u202c",
    ],
)
def test_a_mobile_number_is_read_as_people_write_it(text: str) -> None:
    phone = Phone.parse(text)
    assert phone.number == "0912345678"
    assert phone.kind is PhoneKind.MOBILE
    assert phone.formatted() == "0912 345 678"
    assert phone.international() == "+84912345678"
    assert phone.masked() == "0912***678"


@pytest.mark.parametrize("text", ["02613543210", "0261 354 3210", "+84 261 3543210", "0243825353"])
def test_a_landline_has_ten_or_eleven_digits(text: str) -> None:
    assert Phone.parse(text).kind is PhoneKind.LANDLINE


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "empty"),
        ("  - ", "empty"),
        ("không có", "not_digits"),
        ("0912345678a", "not_digits"),
        ("０９１２３４５６７８", "not_digits"),
        ("912345678", "zero_missing"),
        ("091234567", "too_short"),
        ("09123456789", "too_long"),
        ("01691234567", "old_mobile"),
        ("0612345678", "unknown_prefix"),
        ("+1 202 555 0100", "not_vietnamese"),
        ("0033123456789", "not_vietnamese"),
        ("1900123456", "not_vietnamese"),
    ],
)
def test_a_number_that_cannot_be_dialled_is_refused_by_its_rule(text: str, rule: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        Phone.parse(text, "applicant_phone")
    assert (refusal.value.field, refusal.value.rule) == ("applicant_phone", rule)


@given(st.from_regex(r"0[35789][0-9]{8}", fullmatch=True))
def test_every_way_of_writing_a_number_gives_the_number(number: str) -> None:
    phone = Phone(number)
    for written in (phone.formatted(), phone.international(), number.replace("0", "+84", 1)):
        assert Phone.parse(written) == phone
    assert number[4:7] not in phone.masked() or number[4:7] in number[:4] + number[7:]
