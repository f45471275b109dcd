from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from counter_app.adapters.devices.form_wording import FormWording
from counter_app.adapters.devices.paper_forms import PaperForms
from counter_app.adapters.devices.slip_wording import SlipWording
from counter_app.domain.dossier import (
    Capacity,
    Component,
    Fee,
    FeeState,
    Handover,
    PaperKind,
    ReturnChannel,
    Status,
    Submitter,
)
from counter_app.domain.numbers import ProvisionalNumber
from printing.documents import lay_out
from printing.thermal.encode import encode
from printing.thermal.profiles import load_profile
from tests.helpers.dossiers import NINE, a_dossier, a_page, a_person
from tests.helpers.offices import an_office

WORDING = Path(__file__).parents[3] / "resources" / "wording"


@pytest.fixture
def forms(tmp_path: Path) -> PaperForms:
    return PaperForms(FormWording.load(WORDING / "forms.json"), tmp_path / "forms")


@pytest.fixture
def slips() -> SlipWording:
    return SlipWording.load(WORDING / "slips.json")


def text_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_textpage().get_text_range() for page in document]
    finally:
        document.close()


@pytest.mark.parametrize("form_set", ["circular-01-2018", "circular-03-2025"])
def test_both_copies_of_form_01_say_what_the_dossier_says(forms: PaperForms, form_set: str) -> None:
    dossier = a_dossier(
        form_set=form_set,
        submitter=Submitter(person=a_person(name="Y Bhăm Niê"), capacity=Capacity.AUTHORISED),
        fee=Fee(8000, FeeState.UNPAID),
        norm="0.5 working_day",
    )
    pages = text_of(forms.receipt(dossier, an_office()))
    assert len(pages) == 2
    for page in pages:
        for words in (
            "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
            "H36.15-261123-2007",
            "Nguyễn Thị Mẫu",
            "Y Bhăm Niê (được ủy quyền)",
            "Đăng ký khai sinh",
            "Tờ khai đăng ký khai sinh",
            "09 giờ 41 phút, ngày 23 tháng 11 năm 2026",
            "17 giờ 00 phút, ngày 23 tháng 11 năm 2026",
            "0,5 ngày làm việc",
            "8.000 đồng",
            "Trần Thị Mẫu",
        ):
            assert words in " ".join(page.split())


def test_a_form_shown_is_as_wide_as_asked(forms: PaperForms) -> None:
    picture = forms.preview(forms.receipt(a_dossier(), an_office()), 1, 500)
    assert picture.width == 500
    assert picture.png.startswith(b"\x89PNG")


def test_an_opened_form_lies_in_the_folder_of_the_forms(forms: PaperForms) -> None:
    path = Path(forms.open(b"%PDF-1.7 shown", "H36.15-261123-2007"))
    assert path.read_bytes() == b"%PDF-1.7 shown"
    assert path.parent == forms.folder


def rows_of(slip: object) -> dict[str, str]:
    return {row.label: row.value for row in slip.rows}  # type: ignore[attr-defined]  # both slips have rows


def test_the_receipt_slip_counts_papers_and_pages(slips: SlipWording) -> None:
    papers = (
        Component(
            code="a",
            title="Tờ khai",
            kind=PaperKind.ORIGINAL,
            originals=1,
            pages=(a_page("a"), a_page("b")),
        ),
        Component(code="b", title="CCCD", kind=PaperKind.SHOWN),
    )
    slip = slips.receipt(a_dossier(components=papers), an_office(), 1)
    assert rows_of(slip)["Giấy tờ"] == "1 loại, 2 mặt"
    assert rows_of(slip)["Hẹn trả"] == "17:00 23/11/2026"
    assert rows_of(slip)["Lệ phí"] == "Miễn"
    assert slip.reprint == ""
    assert "không phải biên lai" in slip.footer[0]


def test_a_reprint_says_so(slips: SlipWording) -> None:
    assert slips.receipt(a_dossier(), an_office(), 3).reprint == "BẢN IN LẠI LẦN 2"


def test_a_provisional_number_is_marked_as_one(slips: SlipWording) -> None:
    dossier = a_dossier(number=ProvisionalNumber("TAM-2-261123-001"))
    assert "Số tạm" in slips.receipt(dossier, an_office(), 1).number_note


def test_the_return_slip_says_who_took_the_result(slips: SlipWording) -> None:
    handover = Handover(
        "Y Bhăm Niê",
        "067203000002",
        Capacity.AUTHORISED,
        "card",
        NINE.replace(hour=15),
        "Lê Văn Thử",
    )
    dossier = a_dossier(
        status=Status.RETURNED, handover=handover, return_channel=ReturnChannel.COUNTER
    )
    rows = rows_of(slips.returned(dossier, an_office(), 1))
    assert rows["Người nhận"] == "Y Bhăm Niê"
    assert rows["Trả lúc"] == "15:41 23/11/2026"
    assert rows["Người trả"] == "Lê Văn Thử, quầy 2"


def test_both_slips_become_bytes(slips: SlipWording) -> None:
    head = load_profile("generic-80")
    payload = encode(lay_out(slips.receipt(a_dossier(), an_office(), 1)), head)
    assert 1_000 < len(payload) < 40_000
