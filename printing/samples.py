"""Sample content for every slip: made-up people of a made-up commune, as a real office would word it."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

from printing.documents import NamedSlip, QueueSlip, ReceiptSlip, ReturnSlip, Row
from printing.pdf.filling import Value

OFFICE = ("UBND XÃ QUẢNG MẪU", "Trung tâm Phục vụ hành chính công")


def receipt() -> ReceiptSlip:
    return ReceiptSlip(
        office=OFFICE,
        title="PHIẾU TIẾP NHẬN HỒ SƠ",
        number="H36.15-261123-2007",
        rows=(
            Row("Người nộp", "Nguyễn Thị Mẫu"),
            Row("Thủ tục", "Đăng ký khai sinh"),
            Row("Giấy tờ", "4 loại, 5 mặt"),
            Row("Nhận lúc", "09:41 23/11/2026"),
            Row("Hẹn trả", "17:00 23/11/2026"),
        ),
        qr="H36.15-261123-2007",
        qr_caption=("Quét mã để tra cứu",),
        notes=("Mang phiếu và CCCD khi nhận kết quả",),
        footer=("Phiếu này không phải biên lai",),
    )


def returned() -> ReturnSlip:
    return ReturnSlip(
        office=OFFICE,
        title="PHIẾU TRẢ KẾT QUẢ",
        number="H36.15-261123-2007",
        rows=(
            Row("Người nhận", "Nguyễn Thị Mẫu"),
            Row("Giấy tờ đối chiếu", "CCCD 067199000001"),
            Row("Thủ tục", "Cấp bản sao trích lục hộ tịch, bản sao Giấy khai sinh"),
            Row("Trả lúc", "15:20 23/11/2026"),
            Row("Người trả", "Trần Thị Mẫu, quầy 2"),
        ),
        items_heading="Kết quả đã giao",
        items=("Giấy khai sinh (bản chính)", "Trích lục khai sinh (bản sao), 03 bản"),
        signatures=("Người nhận", "Người trả"),
        signature_note="Ký, ghi rõ họ tên",
        footer=("Phiếu này không phải biên lai",),
    )


def ticket() -> QueueSlip:
    return QueueSlip(
        office=OFFICE,
        title="SỐ THỨ TỰ",
        number="2007",
        rows=(
            Row("Lĩnh vực", "Hộ tịch"),
            Row("Lấy số lúc", "09:12 23/11/2026"),
            Row("Đang chờ trước", "3 người"),
        ),
        notes=("Xin theo dõi bảng hiển thị và loa gọi",),
    )


SLIPS: dict[str, NamedSlip] = {"receipt": receipt(), "return": returned(), "ticket": ticket()}


def form_01(form_set: str) -> dict[str, Value]:
    """Values for Mẫu 01 of either set."""
    local = timezone(timedelta(hours=7))
    return {
        "agency": OFFICE[0],
        "department": "Trung tâm Phục vụ hành chính công",
        "paper_number": "2007/TNHS",
        "place": "Quảng Mẫu",
        "issued_on": date(2026, 11, 23),
        "number": "H36.15-261123-2007",
        "reprint": "",
        "unit": "Trung tâm Phục vụ hành chính công xã Quảng Mẫu",
        "owner": "Nguyễn Thị Mẫu",
        "submitter": "Trần Văn Thử",
        "address": "Thôn 1, xã Ví Dụ, tỉnh Lâm Đồng",
        "phone": "0905 123 456",
        "email": "nguyen.thi.mau@example.vn",
        "id_number": "067199000001",
        "content": "Đăng ký khai sinh (mã thủ tục 1.001193)",
        "components": _COMPONENTS[form_set],
        "sets": "01",
        "processing_time": "01 ngày",
        "received_at": datetime(2026, 11, 23, 9, 41, tzinfo=local),
        "due_at": datetime(2026, 11, 23, 17, 0, tzinfo=local),
        "return_at": "Trung tâm Phục vụ hành chính công xã Quảng Mẫu",
        "fee": "Miễn",
        "fee_state": "",
        "book": "01/2026",
        "book_entry": "2007",
        "submitter_signature": "Trần Văn Thử",
        "receiver_signature": "Trần Thị Mẫu",
        "hotline": "0261 000 0000",
        "lookup_address": "https://dichvucong.example.vn",
        "lookup_code": "K7QM",
    }


_PAPERS = (
    ("Tờ khai đăng ký khai sinh", "1", "0"),
    ("Giấy chứng sinh do cơ sở y tế nơi trẻ em sinh ra cấp", "1", "0"),
    ("Giấy chứng nhận kết hôn của cha mẹ", "0", "1"),
    ("Căn cước công dân của người yêu cầu (xuất trình)", "0", "1"),
)
_COMPONENTS: dict[str, tuple[dict[str, str], ...]] = {
    "circular-01-2018": tuple(
        {"place": str(place), "name": name, "originals": originals, "duplicates": duplicates}
        for place, (name, originals, duplicates) in enumerate(_PAPERS, start=1)
    ),
    "circular-03-2025": tuple(
        {
            "place": str(place),
            "name": name,
            "form": ("Bản sao", "Bản chính")[int(originals)],
            "count": "1",
        }
        for place, (name, originals, _) in enumerate(_PAPERS, start=1)
    ),
}
