"""A made-up office for tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from counter_app.domain.ids import StaffId
from counter_app.domain.numbers import NumberBand
from counter_app.domain.staff import Role, StaffMember
from counter_app.wire.messages import OfficePack

CLERK = StaffMember(
    id=StaffId("mau"), name="Trần Thị Mẫu", role=Role.OFFICER, password_hash="unset"
)


def an_office(**changes: Any) -> OfficePack:
    facts: dict[str, Any] = {
        "version": "1",
        "unit": "H36.15",
        "authority": "ỦY BAN NHÂN DÂN XÃ QUẢNG MẪU",
        "name": "Trung tâm Phục vụ hành chính công xã Quảng Mẫu",
        "short_name": "Xã Quảng Mẫu",
        "place": "Quảng Mẫu",
        "phone": "0261 3 000 000",
        "form_set": "circular-03-2025",
        "counter_no": 2,
        "staff": (CLERK,),
        "bands": (NumberBand("H36.15", 2000, 2999, date(2026, 1, 1)),),
        "catalogue": "",
        "calendar": "",
    }
    return OfficePack(**{**facts, **changes})
