"""Sample papers that citizens bring to a counter, drawn afresh for each seed.

They read like the real ones; everything in them is made up, and each says so at its foot.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from random import Random

from PIL import Image

from counter_app.adapters.devices.sample_people import (
    COMMUNE,
    PROVINCE,
    SamplePerson,
    sample_person,
)
from counter_app.adapters.devices.sample_sheet import FAINT, Sheet

_FOOT = (
    "Giấy tờ mẫu để thử máy quét: người, số và nơi chốn đều là hư cấu, không có giá trị pháp lý."
)
_OFFICE = f"Ủy ban nhân dân {COMMUNE}"
_HOME = f"{COMMUNE[0].upper()}{COMMUNE[1:]}, tỉnh {PROVINCE}"
_ISSUER = ("ỦY BAN NHÂN DÂN", COMMUNE.upper())
# Sample papers are dated within the half year before this day.
_NEWEST = date(2026, 6, 30)


def _day(when: date) -> str:
    return f"{when:%d/%m/%Y}"


def _some_day(random: Random) -> date:
    return _NEWEST - timedelta(days=random.randrange(180))


def _place_and_day(sheet: Sheet, when: date) -> None:
    text = f"{COMMUNE.removeprefix('xã ')}, ngày {when:%d} tháng {when:%m} năm {when:%Y}"
    sheet.y += 4
    sheet.centred(text, face="italic", points=13, x=147)
    sheet.y += 1


def _identity(sheet: Sheet, person: SamplePerson) -> None:
    sheet.field(("Họ, chữ đệm, tên", person.name), ("Ngày sinh", _day(person.born)))
    sheet.field(("Giới tính", person.gender), ("Dân tộc", person.ethnicity))
    sheet.field(("Số định danh cá nhân", person.citizen_id))
    sheet.field(("Nơi cư trú", person.address))


def _latin(name: str) -> str:
    """A name in capitals without marks, as in a machine-readable zone."""
    bare = unicodedata.normalize("NFD", name.upper().replace("Đ", "D"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def birth_declaration(sheet: Sheet, random: Random) -> None:
    mother = sample_person(random, is_female=True, age=random.randrange(22, 38))
    father = sample_person(random, is_female=False, age=random.randrange(24, 42))
    child = sample_person(random, age=0)
    when = _some_day(random)
    sheet.national_heading()
    sheet.title("TỜ KHAI ĐĂNG KÝ KHAI SINH")
    sheet.centred(f"Kính gửi: {_OFFICE}", face="regular", points=13)
    sheet.y += 2
    sheet.field(("Họ, chữ đệm, tên người yêu cầu", father.name))
    sheet.field(("Nơi cư trú", father.address))
    sheet.field(("Giấy tờ tùy thân", f"Căn cước số {father.citizen_id}"))
    sheet.field(("Quan hệ với người được khai sinh", "Cha"))
    sheet.paragraph("Đề nghị cơ quan đăng ký khai sinh cho người dưới đây:", face="bold")
    family = father.name.split()[0]
    sheet.field(("Họ, chữ đệm, tên", f"{family} {' '.join(child.name.split()[1:])}"))
    sheet.field(
        ("Ngày sinh", _day(when - timedelta(days=20))),
        ("Giới tính", child.gender),
        ("Dân tộc", father.ethnicity),
    )
    sheet.field(("Nơi sinh", f"Trạm Y tế {COMMUNE}, tỉnh {PROVINCE}"))
    sheet.field(("Quê quán", _HOME))
    for role, parent in (("mẹ", mother), ("cha", father)):
        sheet.field((f"Họ, chữ đệm, tên {role}", parent.name), ("Năm sinh", f"{parent.born:%Y}"))
        sheet.field((f"Số định danh của {role}", parent.citizen_id), ("Quốc tịch", "Việt Nam"))
    sheet.paragraph(
        "Tôi cam đoan nội dung đề nghị đăng ký khai sinh trên đây là đúng sự thật, được sự thỏa"
        " thuận nhất trí của các bên liên quan theo quy định pháp luật và chịu trách nhiệm trước"
        " pháp luật về cam đoan của mình."
    )
    _place_and_day(sheet, when)
    sheet.signed("Người yêu cầu", father.name, middle=147, under="(Ký, ghi rõ họ, chữ đệm, tên)")


def birth_notification(sheet: Sheet, random: Random) -> None:
    mother = sample_person(random, is_female=True, age=random.randrange(20, 40))
    midwife = sample_person(random, is_female=True, age=45)
    head = sample_person(random, is_female=False, age=50)
    when = _some_day(random)
    sheet.national_heading(
        ("SỞ Y TẾ " + PROVINCE.upper(), f"TRẠM Y TẾ {COMMUNE.upper()}"),
        f"Số: {random.randrange(10, 400):03d}  Quyển số: 01",
    )
    sheet.title("GIẤY CHỨNG SINH")
    sheet.field(("Họ và tên mẹ hoặc người nuôi dưỡng", mother.name))
    sheet.field(("Năm sinh", f"{mother.born:%Y}"), ("Dân tộc", mother.ethnicity))
    sheet.field(("Nơi thường trú", mother.address))
    sheet.field(("Số định danh cá nhân", mother.citizen_id))
    at = f"{random.randrange(24):02d} giờ {random.randrange(60):02d} phút, ngày {_day(when)}"
    sheet.field(("Đã sinh con vào lúc", at))
    sheet.field(("Tại", f"Trạm Y tế {COMMUNE}, tỉnh {PROVINCE}"))
    sheet.field(("Số con trong lần sinh này", "01"), ("Lần sinh thứ", str(random.randrange(1, 4))))
    gender, weight = random.choice(("Nam", "Nữ")), 2500 + 50 * random.randrange(30)
    sheet.field(("Giới tính của con", gender), ("Cân nặng", f"{weight} gam"))
    sheet.field(("Hiện trạng của con", "Khỏe mạnh, bú tốt"))
    sheet.field(
        ("Dự định đặt tên con", f"{mother.name.split()[0]} Bảo {random.choice(('Mẫu', 'Thử'))}")
    )
    sheet.field(("Người đỡ đẻ", midwife.name))
    sheet.paragraph(
        "Lưu ý: tên dự định đặt cho con có thể thay đổi khi đăng ký khai sinh.", face="italic"
    )
    _place_and_day(sheet, when)
    sheet.signed("Mẹ của trẻ", mother.name, middle=58, under="(Ký, ghi rõ họ tên)")
    sheet.signed("Trạm trưởng", head.name, middle=147, under="(Ký tên, đóng dấu)", has_seal=True)


def marriage_certificate(sheet: Sheet, random: Random) -> None:
    wife = sample_person(random, is_female=True, age=random.randrange(20, 45))
    husband = sample_person(random, is_female=False, age=random.randrange(22, 48))
    chair = sample_person(random, age=48)
    sheet.national_heading(_ISSUER, f"Số: {random.randrange(1, 300):02d}/2026")
    sheet.title("GIẤY CHỨNG NHẬN KẾT HÔN")
    sheet.heading("Thông tin của vợ")
    _identity(sheet, wife)
    sheet.field(("Quốc tịch", "Việt Nam"), ("Giấy tờ tùy thân", "Căn cước"))
    sheet.y += 3
    sheet.heading("Thông tin của chồng")
    _identity(sheet, husband)
    sheet.field(("Quốc tịch", "Việt Nam"), ("Giấy tờ tùy thân", "Căn cước"))
    sheet.y += 3
    sheet.field(("Nơi đăng ký kết hôn", f"{_OFFICE}, tỉnh {PROVINCE}"))
    sheet.field(("Ngày, tháng, năm đăng ký", _day(_some_day(random))))
    sheet.y += 6
    top = sheet.y
    sheet.signed("Vợ", wife.name, middle=58, under="(Ký, ghi rõ họ tên)")
    sheet.signed("Chồng", husband.name, middle=147, under="(Ký, ghi rõ họ tên)")
    sheet.y = top + 46
    sheet.signed("CHỦ TỊCH", chair.name, middle=110, under="(Ký, đóng dấu)", has_seal=True)


def identity_card_copy(sheet: Sheet, random: Random) -> None:
    """Both sides of a card on one sheet, as photocopiers give it."""
    person = sample_person(random, age=random.randrange(18, 70))
    left, right = 62.0, 148.0
    for top in (45.0, 125.0):
        sheet.box(left, top, right, top + 54, radius=3)
    sheet.put(
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 105, 51, face="sans-bold", points=7, anchor="ms"
    )
    sheet.put("Độc lập - Tự do - Hạnh phúc", 105, 55, face="sans", points=6.5, anchor="ms")
    sheet.put("CĂN CƯỚC", 112, 62, face="sans-bold", points=11, anchor="ms")
    sheet.box(66, 63, 86, 90)
    sheet.put("ẢNH MẪU", 76, 78, face="sans", points=8, colour=FAINT, anchor="ms")
    rows = (
        ("Số định danh cá nhân / Personal identification number", person.citizen_id),
        ("Họ, chữ đệm và tên khai sinh / Full name", person.name.upper()),
        ("Ngày, tháng, năm sinh / Date of birth", _day(person.born)),
        ("Giới tính / Sex, Quốc tịch / Nationality", f"{person.gender}   Việt Nam"),
    )
    for place, (label, value) in enumerate(rows):
        sheet.put(label, 90, 67.5 + place * 8, face="sans", points=5.5, colour=FAINT)
        sheet.put(value, 90, 71.5 + place * 8, face="sans-bold", points=8.5)
    issued = _some_day(random)
    back = (
        ("Nơi cư trú / Place of residence", person.address),
        ("Nơi đăng ký khai sinh / Place of birth", _HOME),
        ("Ngày, tháng, năm cấp / Date of issue", _day(issued)),
        ("Nơi cấp / Place of issue", "BỘ CÔNG AN (bản mẫu)"),
    )
    for place, (label, value) in enumerate(back):
        sheet.put(label, 66, 131 + place * 7.6, face="sans", points=5.5, colour=FAINT)
        sheet.put(value, 66, 134.6 + place * 7.6, face="sans-bold", points=7.5)
    number = person.citizen_id
    family, *rest = _latin(person.name).split()
    sex = "F" if person.is_female else "M"
    lines = (
        f"IDVNM{number[3:]}0{number}<<8",
        f"{person.born:%y%m%d}0{sex}3501017VNM<<<<<<<<<<<2",
        f"{family}<<{'<'.join(rest)}".ljust(30, "<"),
    )
    for place, line in enumerate(lines):
        sheet.put(line, 66, 167 + place * 4.4, face="sans", points=8)
    sheet.put("Bản chụp từ thẻ căn cước", 105, 192, face="italic", points=12, anchor="ms")


def petition(sheet: Sheet, random: Random) -> None:
    person = sample_person(random, age=random.randrange(20, 75))
    subject, body = random.choice(_PETITIONS)
    sheet.national_heading()
    sheet.title("ĐƠN ĐỀ NGHỊ", f"(V/v {subject})")
    sheet.centred(f"Kính gửi: {_OFFICE}", face="regular", points=13)
    sheet.y += 3
    _identity(sheet, person)
    sheet.field(("Điện thoại", person.phone))
    sheet.y += 3
    sheet.paragraph(f"Nay tôi làm đơn này đề nghị quý cơ quan {body}")
    sheet.paragraph(
        "Tôi xin cam đoan những nội dung nêu trên là đúng sự thật; nếu sai, tôi xin hoàn toàn chịu"
        " trách nhiệm trước pháp luật."
    )
    sheet.paragraph("Kính mong quý cơ quan xem xét, giải quyết. Tôi xin trân trọng cảm ơn.")
    _place_and_day(sheet, _some_day(random))
    top = sheet.y
    sheet.signed("Người làm đơn", person.name, middle=147, under="(Ký, ghi rõ họ tên)")
    sheet.y = top
    sheet.signed("Trưởng thôn xác nhận", sample_person(random, age=55).name, middle=58)


_PETITIONS = (
    (
        "xác nhận tình trạng hôn nhân",
        "xác nhận tình trạng hôn nhân của tôi để bổ túc hồ sơ đăng ký kết hôn. Từ khi đủ tuổi kết"
        " hôn đến nay tôi chưa đăng ký kết hôn với ai và luôn cư trú tại địa phương.",
    ),
    (
        "hỗ trợ sửa chữa nhà ở",
        "xem xét hỗ trợ kinh phí sửa chữa nhà ở. Nhà của gia đình tôi làm từ năm 1998, mái đã dột"
        " nát, tường nứt nhiều chỗ; gia đình thuộc diện hộ cận nghèo, chưa có điều kiện sửa chữa.",
    ),
    (
        "cấp lại sổ theo dõi trợ cấp",
        "cấp lại sổ theo dõi trợ cấp xã hội hằng tháng. Sổ cũ bị hư hỏng do nước mưa trong đợt bão"
        " vừa qua, không còn đọc được; các khoản trợ cấp vẫn được nhận đầy đủ đến tháng trước.",
    ),
)


def residence_confirmation(sheet: Sheet, random: Random) -> None:
    head = sample_person(random, age=random.randrange(30, 65))
    officer = sample_person(random, is_female=False, age=40)
    sheet.national_heading(
        ("CÔNG AN TỈNH " + PROVINCE.upper(), f"CÔNG AN {COMMUNE.upper()}"),
        f"Số: {random.randrange(100, 900)}/XN",
    )
    sheet.title("XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ")
    _identity(sheet, head)
    sheet.field(("Nơi thường trú", head.address))
    sheet.paragraph("Thông tin các thành viên khác trong hộ gia đình:", face="bold")
    spouse = "Chồng" if head.is_female else "Vợ"
    rows: list[tuple[str, ...]] = [
        ("TT", "Họ, chữ đệm và tên", "Ngày sinh", "Số định danh", "Quan hệ")
    ]
    for place, (relation, age) in enumerate(
        ((spouse, 34), ("Con", 12), ("Con", 8), ("Mẹ", 84))[: random.randrange(2, 5)]
    ):
        is_female = {"Mẹ": True, "Vợ": True, "Chồng": False}.get(relation)
        member = sample_person(random, is_female=is_female, age=age)
        rows.append((str(place + 1), member.name, _day(member.born), member.citizen_id, relation))
    sheet.table((10, 58, 28, 38, 26), rows)
    sheet.y += 2
    sheet.paragraph("Xác nhận này có giá trị 01 năm kể từ ngày ký, trừ khi thông tin có thay đổi.")
    _place_and_day(sheet, _some_day(random))
    sheet.signed(
        "TRƯỞNG CÔNG AN XÃ", officer.name, middle=147, under="(Ký, đóng dấu)", has_seal=True
    )


def authorization(sheet: Sheet, random: Random) -> None:
    giver = sample_person(random, age=random.randrange(30, 80))
    taker = sample_person(random, age=random.randrange(20, 50))
    sheet.national_heading()
    sheet.title("GIẤY ỦY QUYỀN", "(V/v nộp hồ sơ và nhận kết quả thủ tục hành chính)")
    sheet.heading("I. Bên ủy quyền")
    _identity(sheet, giver)
    sheet.y += 2
    sheet.heading("II. Bên được ủy quyền")
    _identity(sheet, taker)
    sheet.y += 2
    sheet.heading("III. Nội dung ủy quyền")
    sheet.paragraph(
        f"Bên được ủy quyền thay mặt bên ủy quyền nộp hồ sơ, bổ sung giấy tờ, nộp phí, lệ phí và"
        f" nhận kết quả tại Trung tâm Phục vụ hành chính công {COMMUNE}. Giấy này có hiệu"
        " lực trong 06 tháng kể từ ngày ký."
    )
    _place_and_day(sheet, _some_day(random))
    sheet.signed("Bên ủy quyền", giver.name, middle=58, under="(Ký, ghi rõ họ tên)")
    sheet.signed("Bên được ủy quyền", taker.name, middle=147, under="(Ký, ghi rõ họ tên)")


def household_business(sheet: Sheet, random: Random) -> None:
    owner = sample_person(random, age=random.randrange(25, 60))
    trade, code = random.choice(
        (
            ("Bán lẻ lương thực, thực phẩm", "4711"),
            ("Quán cà phê, giải khát", "5630"),
            ("Sửa chữa xe máy", "4542"),
        )
    )
    sheet.national_heading()
    sheet.title("GIẤY ĐỀ NGHỊ ĐĂNG KÝ HỘ KINH DOANH")
    sheet.centred(f"Kính gửi: Phòng Kinh tế {COMMUNE}", face="regular", points=13)
    sheet.y += 2
    _identity(sheet, owner)
    sheet.field(("Điện thoại", owner.phone))
    sheet.paragraph("Đăng ký hộ kinh doanh do tôi làm chủ với các nội dung sau:", face="bold")
    sheet.field(("1. Tên hộ kinh doanh", f"Hộ kinh doanh {owner.name}"))
    sheet.field(("2. Trụ sở", owner.address))
    sheet.field(
        ("3. Vốn kinh doanh", f"{random.randrange(3, 30) * 10}.000.000 đồng"),
        ("Số lao động", str(random.randrange(1, 6))),
    )
    sheet.y += 2
    sheet.table(
        (12, 108, 40), (("TT", "4. Ngành, nghề kinh doanh", "Mã ngành"), ("1", trade, code))
    )
    sheet.paragraph(
        "Tôi cam kết bản thân không thuộc trường hợp pháp luật cấm kinh doanh, trụ sở thuộc quyền"
        " sử dụng hợp pháp của tôi và được sử dụng đúng mục đích."
    )
    _place_and_day(sheet, _some_day(random))
    sheet.signed("CHỦ HỘ KINH DOANH", owner.name, middle=147, under="(Ký, ghi rõ họ tên)")


PAPERS: Mapping[str, Callable[[Sheet, Random], None]] = {
    "birth_declaration": birth_declaration,
    "birth_notification": birth_notification,
    "marriage_certificate": marriage_certificate,
    "identity_card_copy": identity_card_copy,
    "petition": petition,
    "residence_confirmation": residence_confirmation,
    "authorization": authorization,
    "household_business": household_business,
}


def draw_paper(name: str, seed: int, fonts: Path, dpi: int = 200) -> Image.Image:
    """Draw a clean sheet, the same for the same name and seed; KeyError for no such paper.

    Args:
        name: One of `PAPERS`.
        seed: Who and what stands in it.
        fonts: The folder that holds `tinos/` and `be-vietnam-pro/`.
        dpi: Dots per inch of the A4 picture.
    """
    random = Random(f"{name}/{seed}")
    sheet = Sheet(fonts, dpi, random)
    PAPERS[name](sheet, random)
    sheet.put(_FOOT, 105, 288, face="italic", points=8.5, colour=FAINT, anchor="ms")
    return sheet.image
