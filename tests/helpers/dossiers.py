"""Builders with valid defaults, so that a test names only what it is about."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

from counter_app.domain.dossier import (
    Component,
    Dossier,
    Fee,
    FeeState,
    Page,
    PaperKind,
    Person,
    ProcedureRef,
    Status,
)
from counter_app.domain.events import DossierReceived
from counter_app.domain.ids import DossierId, StaffId
from counter_app.domain.numbers import DossierNumber

VIETNAM = timezone(timedelta(hours=7))
NINE = datetime(2026, 11, 23, 9, 41, tzinfo=VIETNAM)
CLERK = StaffId("mau")


def a_person(**changes: Any) -> Person:
    facts: dict[str, Any] = {
        "name": "Nguyễn Thị Mẫu",
        "id_number": "067199000001",
        "birth": "1999-03-05",
        "residence": "Thôn 1, Xã Ví Dụ, tỉnh Lâm Đồng",
        "phone": "0905123456",
    }
    return Person(**{**facts, **changes})


def a_page(digit: str = "a", size: int = 1000) -> Page:
    return Page(digit * 64, size)


def a_dossier(**changes: Any) -> Dossier:
    facts: dict[str, Any] = {
        "id": DossierId("0" * 31 + "1"),
        "number": DossierNumber("H36.15-261123-2007"),
        "status": Status.RECEIVED,
        "unit": "H36.15",
        "procedure": ProcedureRef("1.001193", "Đăng ký khai sinh", "Hộ tịch", "2025-07"),
        "owner": a_person(),
        "components": (
            Component(
                code="TK", title="Tờ khai đăng ký khai sinh", kind=PaperKind.ORIGINAL, originals=1
            ),
        ),
        "fee": Fee(0, FeeState.FREE),
        "norm": "same_day",
        "received_at": NINE,
        "received_by": CLERK,
        "received_by_name": "Trần Thị Mẫu",
        "due_at": NINE.replace(hour=17, minute=0),
        "first_due_at": NINE.replace(hour=17, minute=0),
        "form_set": "circular-03-2025",
    }
    return Dossier(**{**facts, **changes})


def signed(dossier: Dossier, at: datetime = NINE) -> dict[str, Any]:
    """What every event about the dossier tells."""
    return {"dossier": dossier.id, "at": at, "by": CLERK, "by_name": "Trần Thị Mẫu"}


def a_reception(**changes: Any) -> DossierReceived:
    dossier = a_dossier(**changes)
    return DossierReceived(**signed(dossier, dossier.received_at), snapshot=dossier)
