"""People and places that never were, for sample papers and the demo.

Every given name says that it is a sample, every number lies in a series that nobody was given.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

COMMUNE = "xã Quảng Mẫu"
PROVINCE = "Lâm Đồng"

_FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Võ", "Đặng", "Bùi", "Đỗ", "Ngô")
_MALE_MIDDLES = ("Văn", "Đức", "Hữu", "Quốc", "Minh", "Thành")
_FEMALE_MIDDLES = ("Thị", "Ngọc", "Thu", "Diệu", "Kim", "Mỹ")
_MALE_GIVEN = ("Mẫu", "Ví Dụ", "Thử", "An Mẫu", "Bình Mẫu", "Dũng Thử", "Sơn Thử")
_FEMALE_GIVEN = ("Mẫu", "Ví Dụ", "Thử", "An Mẫu", "Hạnh Mẫu", "Tuyết Thử", "Lan Thử")
_SAMPLE_PROVINCE_CODE = "067"


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """A synthetic citizen; `citizen_id` follows the rules of the real one, its serial does not."""

    name: str
    is_female: bool
    born: date
    citizen_id: str
    address: str
    phone: str
    ethnicity: str

    @property
    def gender(self) -> str:
        return "Nữ" if self.is_female else "Nam"


def sample_person(random: Random, *, is_female: bool | None = None, age: int = 30) -> SamplePerson:
    """Make somebody of about this age, the year 2026 taken as now."""
    female = random.random() < 0.5 if is_female is None else is_female
    born = date(2026 - age, 1, 1) + timedelta(days=random.randrange(365))
    middle = random.choice(_FEMALE_MIDDLES if female else _MALE_MIDDLES)
    given = random.choice(_FEMALE_GIVEN if female else _MALE_GIVEN)
    century_and_gender = (2 if born.year >= 2000 else 0) + int(female)
    serial = random.randrange(1, 100)
    return SamplePerson(
        name=f"{random.choice(_FAMILIES)} {middle} {given}",
        is_female=female,
        born=born,
        citizen_id=f"{_SAMPLE_PROVINCE_CODE}{century_and_gender}{born:%y}{serial:06d}",
        address=f"Thôn {random.randrange(1, 13)}, {COMMUNE}, tỉnh {PROVINCE}",
        phone=f"0900 000 {random.randrange(1000):03d}",
        ethnicity=random.choice(("Kinh", "Kinh", "Kinh", "M'Nông", "Ê Đê", "Tày")),
    )
