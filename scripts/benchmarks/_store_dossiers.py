"""A million made-up dossiers, written by bulk as the store itself would have, one by one."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from counter_app.adapters.store.engine import connect
from counter_app.adapters.store.rows import row_at
from counter_app.adapters.store.words import number_words, procedure_word, status_word
from counter_app.domain.dossier import (
    Component,
    Dossier,
    Fee,
    FeeState,
    PaperKind,
    Person,
    ProcedureRef,
    Status,
)
from counter_app.domain.events import DossierReceived
from counter_app.domain.folding import fold
from counter_app.domain.ids import CounterId, DossierId, StaffId
from counter_app.domain.numbers import DossierNumber, NumberBand
from counter_app.domain.working_days import VIETNAM
from counter_app.wire.codec import to_json
from counter_app.wire.letters import FIRST

UNIT: Final = "H36.15"
COUNTER: Final = CounterId("counter-2")
CLERK: Final = StaffId("mau")
START: Final = datetime(2019, 1, 2, 7, 30, tzinfo=VIETNAM)
BAND: Final = NumberBand(UNIT, 1, 9_999_999, date(2019, 1, 1))
BATCH: Final = 20_000


def _weighted(text: str) -> dict[str, int]:
    """`Trần 11, Thị Thu 3` as a table."""
    parts = (part.strip().rpartition(" ") for part in text.split(","))
    return {name: int(weight) for name, _, weight in parts}


# How Vietnamese names are spread, roughly: three families make more than half of the people.
FAMILIES: Final = _weighted(
    "Nguyễn 38, Trần 11, Lê 9, Phạm 7, Hoàng 5, Phan 4, Vũ 4, Đặng 2, Bùi 2, Đỗ 2, Hồ 2, "
    "Ngô 1, Dương 1, Lý 1, Đinh 1, Mai 1, Trương 1, Lâm 1, Hà 1, Cao 1, Lương 1, Tạ 1, Tô "
    "1, Đoàn 1, Võ 2"
)
MIDDLES: Final = _weighted(
    "Thị 34, Văn 22, Hữu 4, Đức 4, Ngọc 5, Minh 5, Thanh 4, Quang 3, Xuân 3, Thu 3, Gia "
    "2, Bảo 2, Công 2, Đình 2, Kim 2, Hồng 2, Thị Thu 3, Thị Ngọc 3, Thị Thanh 2, Thị Kim "
    "2"
)
GIVEN: Final = [
    "An",
    "Anh",
    "Ánh",
    "Ân",
    "Bách",
    "Bảo",
    "Bắc",
    "Bích",
    "Bình",
    "Ca",
    "Cầm",
    "Cảnh",
    "Châu",
    "Chi",
    "Chiến",
    "Chinh",
    "Chung",
    "Cúc",
    "Cương",
    "Cường",
    "Đài",
    "Đạt",
    "Diễm",
    "Diệp",
    "Điệp",
    "Diệu",
    "Đông",
    "Du",
    "Dung",
    "Dũng",
    "Duy",
    "Duyên",
    "Dương",
    "Giang",
    "Giáp",
    "Hà",
    "Hải",
    "Hạnh",
    "Hảo",
    "Hậu",
    "Hiền",
    "Hiếu",
    "Hòa",
    "Hoa",
    "Hoài",
    "Hoàn",
    "Hoàng",
    "Hồng",
    "Huệ",
    "Hùng",
    "Hưng",
    "Hương",
    "Hường",
    "Huy",
    "Huyền",
    "Khải",
    "Khang",
    "Khánh",
    "Khoa",
    "Khôi",
    "Kiên",
    "Kiệt",
    "Lam",
    "Lâm",
    "Lan",
    "Lệ",
    "Liên",
    "Linh",
    "Loan",
    "Lộc",
    "Lợi",
    "Long",
    "Luân",
    "Lực",
    "Ly",
    "Lý",
    "Mai",
    "Mạnh",
    "Mẫn",
    "Minh",
    "My",
    "Mỹ",
    "Nam",
    "Nga",
    "Ngà",
    "Ngân",
    "Nghĩa",
    "Ngọc",
    "Nguyên",
    "Nguyệt",
    "Nhàn",
    "Nhân",
    "Nhật",
    "Nhi",
    "Nhung",
    "Như",
    "Oanh",
    "Phát",
    "Phong",
    "Phú",
    "Phúc",
    "Phương",
    "Phượng",
    "Quân",
    "Quang",
    "Quế",
    "Quốc",
    "Quyên",
    "Quyết",
    "Quỳnh",
    "Sang",
    "Sinh",
    "Sơn",
    "Sương",
    "Tài",
    "Tâm",
    "Tân",
    "Thái",
    "Thắm",
    "Thắng",
    "Thanh",
    "Thành",
    "Thảo",
    "Thi",
    "Thiện",
    "Thịnh",
    "Thoa",
    "Thông",
    "Thơ",
    "Thu",
    "Thư",
    "Thuận",
    "Thủy",
    "Thúy",
    "Thùy",
    "Tiên",
    "Tiến",
    "Tín",
    "Tình",
    "Toàn",
    "Trâm",
    "Trang",
    "Tri",
    "Triều",
    "Trinh",
    "Trọng",
    "Trúc",
    "Trung",
    "Trường",
    "Tú",
    "Tuấn",
    "Tùng",
    "Tuyền",
    "Tuyết",
    "Tường",
    "Uyên",
    "Vân",
    "Vi",
    "Việt",
    "Vinh",
    "Vũ",
    "Vy",
    "Xuân",
    "Yên",
    "Yến",
]
PROCEDURES: Final = (
    ("1.001193", "Thủ tục đăng ký khai sinh"),
    ("1.000894", "Thủ tục đăng ký kết hôn"),
    ("1.000656", "Thủ tục đăng ký khai tử"),
    ("1.001022", "Thủ tục đăng ký nhận cha, mẹ, con"),
    ("1.004873", "Thủ tục cấp Giấy xác nhận tình trạng hôn nhân"),
    ("2.000635", "Thủ tục cấp bản sao trích lục hộ tịch"),
    ("2.000815", "Thủ tục chứng thực bản sao từ bản chính giấy tờ, văn bản"),
    ("2.000884", "Thủ tục chứng thực chữ ký trong các giấy tờ, văn bản"),
    ("2.001035", "Thủ tục chứng thực hợp đồng, giao dịch liên quan đến quyền sử dụng đất"),
    ("2.001019", "Thủ tục chứng thực di chúc"),
    ("1.004837", "Thủ tục đăng ký giám hộ"),
    ("1.004859", "Thủ tục thay đổi, cải chính, bổ sung hộ tịch"),
    ("1.001776", "Thực hiện, điều chỉnh, thôi hưởng trợ cấp xã hội hằng tháng"),
    ("1.001731", "Hỗ trợ chi phí mai táng cho đối tượng bảo trợ xã hội"),
    ("1.001699", "Xác định, xác định lại mức độ khuyết tật và cấp Giấy xác nhận khuyết tật"),
    ("1.012084", "Cấm tiếp xúc theo đề nghị của cơ quan, tổ chức, cá nhân"),
    ("1.003554", "Hòa giải tranh chấp đất đai"),
    ("1.004964", "Giải quyết chế độ trợ cấp một lần đối với người tham gia kháng chiến"),
)  # fmt: skip
PROCEDURE_WEIGHTS: Final = (14, 6, 5, 1, 9, 12, 25, 10, 5, 1, 1, 3, 3, 1, 1, 1, 1, 1)


@dataclass(frozen=True, slots=True)
class Case:
    """One dossier of the million, before it is written out."""

    at: datetime
    sequence: int
    id: str
    name: str
    id_number: str
    phone: str
    procedure: int
    status: Status


def cases(count: int, draw: random.Random) -> Iterator[Case]:
    """Dossiers in the order of reception, as many each day, at most two a second."""
    days = max(1, count // 400)
    per_day = -(-count // days)
    families, middles = list(FAMILIES), list(MIDDLES)
    for n in range(count):
        day, sequence = divmod(n, per_day)
        at = START + timedelta(days=day, seconds=sequence * 28_800 // per_day)
        name = " ".join(
            (
                draw.choices(families, FAMILIES.values())[0],
                draw.choices(middles, MIDDLES.values())[0],
                GIVEN[int(draw.random() ** 1.5 * len(GIVEN))],
            )
        )
        procedure = draw.choices(range(len(PROCEDURES)), PROCEDURE_WEIGHTS)[0]
        is_open = n > count - 3_000
        yield Case(
            at=at,
            sequence=sequence + 1,
            id=f"{draw.getrandbits(128):032x}",
            name=name,
            id_number=f"067{draw.randrange(4)}{draw.randrange(100):02}{draw.randrange(10**6):06}",
            phone=f"09{draw.randrange(10**8):08}",
            procedure=procedure,
            status=draw.choice((Status.RECEIVED, Status.PROCESSING, Status.READY))
            if is_open
            else Status.RETURNED,
        )


def dossier_of(case: Case, number: DossierNumber) -> Dossier:
    code, name = PROCEDURES[case.procedure]
    due = case.at + timedelta(days=3)
    return Dossier(
        id=DossierId(case.id),
        number=number,
        status=case.status,
        unit=UNIT,
        procedure=ProcedureRef(code, name, "Hộ tịch", "2025-07"),
        owner=Person(
            name=case.name,
            id_number=case.id_number,
            birth="1999-03-05",
            residence="Thôn 1, Xã Ví Dụ, tỉnh Lâm Đồng",
            phone=case.phone,
        ),
        components=tuple(
            Component(code=f"TP{n}", title=title, kind=PaperKind.ORIGINAL, originals=1)
            for n, title in enumerate(
                ("Tờ khai theo mẫu quy định", "Giấy tờ tùy thân", "Giấy tờ kèm theo")
            )
        ),
        fee=Fee(8_000, FeeState.PAID, "Biểu phí hộ tịch"),
        norm="3 working_day",
        received_at=case.at,
        received_by=CLERK,
        received_by_name="Trần Thị Mẫu",
        due_at=due,
        first_due_at=due,
        form_set="circular-03-2025",
        finished_at=due if case.status in (Status.READY, Status.RETURNED) else None,
    )


def number_of(case: Case) -> DossierNumber:
    return DossierNumber.compose(UNIT, case.at.date(), case.sequence)


def reception(case: Case, number: DossierNumber) -> DossierReceived:
    born = replace(dossier_of(case, number), status=Status.RECEIVED, finished_at=None)
    return DossierReceived(
        dossier=born.id, at=case.at, by=CLERK, by_name="Trần Thị Mẫu", snapshot=born
    )


def facts(case: Case) -> dict[str, str]:
    """What differs from one dossier to the next in its JSON; the longer texts first."""
    code, name = PROCEDURES[case.procedure]
    return {
        "id": case.id,
        "number": number_of(case).text,
        "procedure": name,
        "name": case.name,
        "due": (case.at + timedelta(days=3)).isoformat(),
        "at": case.at.isoformat(),
        "id_number": case.id_number,
        "phone": case.phone,
        "code": code,
    }


def template(json: Callable[[Case], str]) -> Callable[[dict[str, str]], str]:
    """The JSON of any case, at a hundredth of what the codec takes: it would need ten minutes."""
    sample = next(cases(1, random.Random(1)))
    text = json(sample).replace("{", "{{").replace("}", "}}")
    for mark, value in facts(sample).items():
        text = text.replace(f'"{value}"', f'"{{{mark}}}"')
    return text.format_map


def write_dossiers(path: Path, key: bytes, made: list[Case]) -> None:
    """Write the dossiers with letters, numbers and search index into an empty, enrolled store."""
    raw = connect(path, key)
    raw.execute("PRAGMA synchronous = OFF")
    raw.execute("PRAGMA cache_size = -786432")
    raw.execute("BEGIN")
    raw.executemany(
        "INSERT INTO procedure_seen (n, code, name) VALUES (?, ?, ?)",
        [(n, *procedure) for n, procedure in enumerate(PROCEDURES, 1)],
    )
    body_of = template(lambda case: to_json(reception(case, number_of(case))))
    document_of = {
        status: template(lambda case, s=status: _document(case, s))
        for status in (Status.RECEIVED, Status.PROCESSING, Status.READY, Status.RETURNED)
    }
    folded = {name: fold(name) for name in {case.name for case in made}}
    rows: dict[str, list[tuple[Any, ...]]] = {statement: [] for statement in _INSERTS}
    dossiers, documents, letters, numbers = rows.values()
    previous, row = FIRST, 0
    for seq, case in enumerate(made, 1):
        known = facts(case)
        row = max(row + 1, row_at(case.at))
        dossiers.append(_dossier_row(row, case, known))
        documents.append((row, _words(case, folded[case.name]), document_of[case.status](known)))
        body = body_of(known)
        sealed = f"{COUNTER}\n{seq}\ndossier_received\n1\n{previous}\n{body}"
        digest = hashlib.sha256(sealed.encode()).hexdigest()
        letters.append((COUNTER, seq, body, previous, digest, case.id, seq))
        numbers.append((case.at.date().isoformat(), case.sequence))
        previous = digest
        if seq % BATCH == 0 or seq == len(made):
            for statement, batch in rows.items():
                raw.executemany(statement, batch)
                batch.clear()
            raw.execute("COMMIT")
            raw.execute("BEGIN")
    raw.execute("INSERT INTO search (search) VALUES ('rebuild')")
    raw.execute("COMMIT")
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()


_INSERTS: Final = (
    "INSERT INTO dossier VALUES (?,?,?,NULL,?,?,?,?,?,?,?,0,?,?)",
    "INSERT INTO dossier_document VALUES (?,?,?)",
    "INSERT INTO letter VALUES (NULL,?,?,'dossier_received',1,?,?,?,?,1,'accepted',?,'',0,0)",
    "INSERT INTO number_use VALUES (?,?)",
)


def _document(case: Case, status: Status) -> str:
    return to_json(dossier_of(replace(case, status=status), number_of(case)))


def _dossier_row(row: int, case: Case, known: dict[str, str]) -> tuple[Any, ...]:
    is_open = case.status in (Status.RECEIVED, Status.PROCESSING)
    due = int((case.at + timedelta(days=3)).timestamp()) if is_open else None
    finished = None if is_open else known["due"]
    who = (case.name, case.id_number, case.phone, case.procedure + 1)
    when = (known["at"], known["due"], finished, due)
    return (row, case.id, known["number"], int(case.status), *who, *when)


def _words(case: Case, folded: str) -> str:
    words = [status_word(case.status), procedure_word(case.procedure + 1)]
    words += [*number_words(number_of(case)), *folded.split(), case.id_number, case.phone]
    return " ".join(dict.fromkeys(words))
