from __future__ import annotations

import pytest

from counter_app.domain.qr_kind import QrKind, dossier_number_in, recognise

VIETQR = (
    "00020101021238540010A00000072701240006970436011000000000010208QRIBFTTA5303704"
    "540480005802VN62240820LP H1615 190731 00076304B48A"
)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("067203000002||Trần Văn Thử|20112003|Nam|Phường Giả Định|01072023", QrKind.IDENTITY_CARD),
        ("0123456789|4e6775|05/03/1999|2|5468|67 - 001|$", QrKind.HEALTH_INSURANCE),
        ("GD4670612345678|4e6775|05/03/1999", QrKind.HEALTH_INSURANCE),
        ("H36.99.01-260105-0012", QrKind.DOSSIER),
        ("TAM-2-261123-001", QrKind.DOSSIER),
        ("https://tracuu.example/TAM-2-261123-001", QrKind.DOSSIER),
        (VIETQR, QrKind.PAYMENT),
        ("https://dichvucong.gov.vn/", QrKind.WEB_ADDRESS),
        ("eyJhbGciOiJIUzI1NiJ9.eyJpZCI6IjEifQ.abcdefghijk", QrKind.ELECTRONIC_IDENTITY),
        ('{"type":"vneid","token":"x"}', QrKind.ELECTRONIC_IDENTITY),
        ("  ", QrKind.EMPTY),
        ("8934567890123", QrKind.OTHER),
        ("H16.15-190799-0007", QrKind.OTHER),
    ],
)
def test_a_code_is_known_by_its_shape(text: str, kind: QrKind) -> None:
    assert recognise(text) is kind
    assert recognise(f"{text}\r\n") is kind


def test_the_number_of_a_slip_is_found_bare_and_in_an_address() -> None:
    assert dossier_number_in(" h16.15-190731-0007\r") == "H16.15-190731-0007"
    assert dossier_number_in("https://a.example/x?ma=H16.15-190731-0007&m=AB12") == (
        "H16.15-190731-0007"
    )
    assert dossier_number_in("https://a.example/x?ma=H16.15-190731-00071234567") == ""
    assert dossier_number_in("giấy H16.15-190731-0007") == ""
