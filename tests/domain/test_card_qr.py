"""Cards as they are, and as scanners deliver them."""

from __future__ import annotations

import time
import unicodedata
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.birth_date import BirthDate
from counter_app.domain.card_damage import CardDamaged, Damage
from counter_app.domain.card_qr import (
    CardData,
    Caution,
    NotACard,
    Repair,
    parse_card_qr,
    read_scanner_bytes,
)
from counter_app.domain.citizen_id import CitizenId, IdWarning, OldIdNumber
from counter_app.domain.dossier import Sex
from counter_app.domain.person_name import PersonName
from counter_app.domain.qr_kind import QrKind

WOMAN = (
    "067199000001|245000001|Nguyễn Thị Mẫu|05031999|Nữ"
    "|Thôn 1, Xã Ví Dụ, Huyện Mẫu, Đắk Nông|12082022"
)
MAN = "067203000002||Trần Văn Thử|20112003|Nam|Tổ dân phố 2, Phường Giả Định, Đắk Nông|01072023"
OF_WOMAN = CardData(
    citizen_id=CitizenId("067199000001"),
    old_id=OldIdNumber("245000001"),
    name=PersonName("Nguyễn Thị Mẫu"),
    birth=BirthDate(1999, 3, 5),
    sex=Sex.FEMALE,
    residence="Thôn 1, Xã Ví Dụ, Huyện Mẫu, Đắk Nông",
    issued_on=date(2022, 8, 12),
)


def with_field(place: int, value: str, payload: str = WOMAN) -> str:
    fields = payload.split("|")
    fields[place] = value
    return "|".join(fields)


def damage_of(payload: str) -> tuple[Damage, str]:
    with pytest.raises(CardDamaged) as refusal:
        parse_card_qr(payload)
    return refusal.value.damage, refusal.value.field


def test_a_chip_card_is_read_field_by_field() -> None:
    assert parse_card_qr(WOMAN) == OF_WOMAN


def test_a_card_without_an_old_number_has_none() -> None:
    card = parse_card_qr(MAN)
    assert card.old_id is None
    assert (card.name.text, card.sex) == ("Trần Văn Thử", Sex.MALE)
    assert card.issued_on == date(2023, 7, 1)


@pytest.mark.parametrize(
    "extra", ["|", "|||||", "|Trần Văn A|Lê Thị B||", "|245000001,245000002|x"]
)
def test_what_a_newer_card_adds_is_neither_read_nor_kept(extra: str) -> None:
    assert parse_card_qr(WOMAN + extra) == OF_WOMAN


@pytest.mark.parametrize(
    ("field", "birth", "written"),
    [
        ("1960", BirthDate(1960), "1960"),
        ("00001960", BirthDate(1960), "1960"),
        ("00071960", BirthDate(1960, 7), "07/1960"),
    ],
)
def test_a_birth_of_which_the_day_is_not_known(field: str, birth: BirthDate, written: str) -> None:
    card = parse_card_qr(with_field(3, field))
    assert (card.birth, card.birth.formatted()) == (birth, written)
    assert card.warnings == (IdWarning.BIRTH_YEAR_DIFFERS,)


@pytest.mark.parametrize(
    "around",
    [
        "{}\r",
        "{}\n",
        "{}\r\n",
        "{}\t",
        "\ufeff{}\r\n\r\n",
        "  {}  ",
        "]Q1{}\r",
        "{}\x00",
        "{}\r{}\r",
        "\n{}\n{}",
    ],
)
def test_what_a_scanner_puts_around_a_payload_does_not_matter(around: str) -> None:
    assert parse_card_qr(around.replace("{}", WOMAN)) == OF_WOMAN


def test_a_decomposed_payload_is_composed() -> None:
    assert parse_card_qr(unicodedata.normalize("NFD", WOMAN)) == OF_WOMAN


def test_a_name_in_capitals_is_written_as_a_name() -> None:
    card = parse_card_qr(with_field(2, "NGUYỄN THỊ MẪU"))
    assert card == replace(OF_WOMAN, repairs=(Repair.CAPITALS,))


def as_misread(payload: str, page: str) -> str:
    """What an application sees when UTF-8 bytes are shown in a code page, as Windows does it."""
    return "".join(
        bytes([byte]).decode(page, errors="ignore") or chr(byte) for byte in payload.encode()
    )


@pytest.mark.parametrize("page", ["cp1252", "cp1258", "cp437", "latin-1"])
@pytest.mark.parametrize("payload", [WOMAN, MAN])
def test_utf8_read_in_a_wrong_code_page_is_put_right_and_told(payload: str, page: str) -> None:
    misread = as_misread(payload, page)
    assert misread != payload
    card = parse_card_qr(misread)
    assert card == replace(parse_card_qr(payload), repairs=(Repair.CODE_PAGE,))


def test_a_text_misread_twice_is_put_right_too() -> None:
    assert parse_card_qr(as_misread(as_misread(WOMAN, "cp1252"), "cp1252")).name == OF_WOMAN.name


def test_a_misread_text_that_lost_bytes_is_refused_as_such() -> None:
    lost = as_misread(WOMAN, "cp1252").replace("\u2026", "")
    assert damage_of(lost) == (Damage.WRONG_CODE_PAGE, "name")


@pytest.mark.parametrize(
    "turn", [str.swapcase, lambda text: "".join(c.swapcase() if c.isascii() else c for c in text)]
)
@pytest.mark.parametrize("payload", [WOMAN, MAN])
def test_caps_lock_is_undone_and_told(payload: str, turn: object) -> None:
    assert callable(turn)
    card = parse_card_qr(turn(payload))
    assert card == replace(parse_card_qr(payload), repairs=(Repair.CAPS_LOCK,))


def without_marks(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text).replace("đ", "d").replace("Đ", "D")
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@pytest.mark.parametrize(
    ("payload", "damage", "field"),
    [
        pytest.param(without_marks(WOMAN), Damage.MARKS_LOST, "sex", id="all marks lost, woman"),
        pytest.param(without_marks(MAN), Damage.MARKS_LOST, "residence", id="all marks lost, man"),
        pytest.param(
            with_field(2, "Tran Van Thu", MAN),
            Damage.MARKS_LOST,
            "name",
            id="marks of the name lost",
        ),
        pytest.param(
            with_field(5, "To dan pho 2, Phuong Gia Dinh", MAN),
            *(Damage.MARKS_LOST, "residence"),
            id="marks of the address lost",
        ),
        pytest.param(with_field(4, "Nư"), Damage.MARKS_LOST, "sex", id="the tone of the sex lost"),
        pytest.param(with_field(4, "Nuwx"), Damage.TELEX, "sex", id="Telex keys for the sex"),
        pytest.param(with_field(4, "Nu74"), Damage.VNI, "sex", id="VNI keys for the sex"),
        pytest.param(
            "067203000002||Traanf Vawn Thuwr|20112003|Nam"
            "|Toor daan phoos 2, Phuowngf Giar Ddinhj, DDawks Noong|01072023",
            *(Damage.TELEX, "residence"),
            id="Telex keys throughout",
        ),
        pytest.param(
            "067203000002||Tra62n Va8n Thu73|20112003|Nam"
            "|To63 da6n pho61 2, Phu7o7ng2 Gia3 D9inh5|01072023",
            *(Damage.VNI, "residence"),
            id="VNI keys throughout",
        ),
        pytest.param(WOMAN.replace("ễ", "?"), Damage.QUESTION_MARKS, "name", id="a question mark"),
        pytest.param(
            WOMAN.replace("ắ", "\ufffd"), Damage.REPLACEMENT_CHARACTERS, "residence", id="U+FFFD"
        ),
        pytest.param(
            WOMAN.encode("ascii", "replace").decode(),
            *(Damage.QUESTION_MARKS, "name"),
            id="a keyboard that types no marks",
        ),
        pytest.param(with_field(4, "Khác"), Damage.FIELD_UNREADABLE, "sex", id="no such sex"),
        pytest.param(with_field(4, ""), Damage.FIELD_UNREADABLE, "sex", id="no sex at all"),
        pytest.param(
            WOMAN.replace("Thị", "T\x1b@hị"), Damage.CONTROL_CHARACTERS, "name", id="ESC inside"
        ),
        pytest.param("|".join(MAN.split("|")[:5]), Damage.TOO_FEW_FIELDS, "", id="cut short"),
        pytest.param(MAN.replace("|", ""), Damage.SEPARATOR_LOST, "", id="bars lost"),
        pytest.param(f"{WOMAN}\r{MAN}", Damage.TWO_CARDS, "", id="two cards in one go"),
        pytest.param(
            with_field(0, "06719900000"), Damage.FIELD_UNREADABLE, "citizen_id", id="a digit short"
        ),
        pytest.param(
            with_field(1, "24500"), Damage.FIELD_UNREADABLE, "old_id", id="old number short"
        ),
        pytest.param(
            with_field(2, "Nguyễn 7 Mẫu"), Damage.FIELD_UNREADABLE, "name", id="digit in a name"
        ),
        pytest.param(with_field(2, ""), Damage.FIELD_UNREADABLE, "name", id="no name"),
        pytest.param(
            with_field(3, "32131999"), Damage.FIELD_UNREADABLE, "birth", id="no such birth"
        ),
        pytest.param(
            with_field(6, "31022022"), Damage.FIELD_UNREADABLE, "issued_on", id="no such issue day"
        ),
        pytest.param(
            with_field(6, "2022"), Damage.FIELD_UNREADABLE, "issued_on", id="a year is no issue day"
        ),
        pytest.param(WOMAN + "|" + "x" * 2000, Damage.TOO_LONG, "", id="endless"),
        pytest.param(
            "đẳăêêđđđđđđă|" + MAN.split("|", 1)[1],
            *(Damage.KEYBOARD_LAYOUT, "citizen_id"),
            id="Vietnamese keyboard layout",
        ),
    ],
)
def test_damage_is_named_with_its_field_and_nothing_is_kept(
    payload: str, damage: Damage, field: str
) -> None:
    assert damage_of(payload) == (damage, field)


def test_a_name_that_has_no_marks_is_believed_beside_an_address_that_has_and_told() -> None:
    card = parse_card_qr(with_field(2, "Mai Thanh Lan"))
    assert card.name.text == "Mai Thanh Lan"
    assert card.cautions == (Caution.NAME_WITHOUT_MARKS,)


def test_highland_names_are_names() -> None:
    assert parse_card_qr(with_field(2, "H'Ngân Byă")).name.given == "Byă"
    assert parse_card_qr(with_field(2, "Y Bhăm Niê", MAN)).name.text == "Y Bhăm Niê"


def test_what_the_card_does_not_say_is_told() -> None:
    card = parse_card_qr(with_field(5, "", with_field(6, "")))
    assert (card.residence, card.issued_on) == ("", None)
    assert card.cautions == (Caution.RESIDENCE_MISSING, Caution.ISSUE_DAY_MISSING)
    early = parse_card_qr(with_field(6, "12081998"))
    assert early.cautions == (Caution.ISSUED_BEFORE_BIRTH,)


def test_a_number_that_says_otherwise_is_a_warning_not_a_refusal() -> None:
    card = parse_card_qr(with_field(0, "067099000001"))
    assert card.warnings == (IdWarning.SEX_DIFFERS,)


@pytest.mark.parametrize(
    ("payload", "kind"),
    [
        ("", QrKind.EMPTY),
        ("067199000001", QrKind.OTHER),
        ("xin chào", QrKind.OTHER),
        ("a|b|c|d|e|f|g|h", QrKind.OTHER),
        ("H16.15-190731-0007", QrKind.DOSSIER),
        ("https://tracuu.example/hs?ma=H16.15-190731-0007", QrKind.DOSSIER),
        (
            "GD4670612345678|4e677579e1bb856e205468e1bb8b204de1baab75|05/03/1999|2|5468c3b46e"
            "|67 - 001|01/01/2024|-|12/12/2023|67061234|4|-|4|15ac3b|$",
            QrKind.HEALTH_INSURANCE,
        ),
    ],
)
def test_another_code_is_named_for_what_it_is(payload: str, kind: QrKind) -> None:
    with pytest.raises(NotACard) as refusal:
        parse_card_qr(payload)
    assert refusal.value.kind is kind


def test_the_text_of_a_refusal_says_nothing_of_the_citizen() -> None:
    with pytest.raises(CardDamaged) as refusal:
        parse_card_qr(with_field(2, "Nguyen Thi Mau"))
    assert "Mau" not in str(refusal.value)
    assert "Nguyen" not in repr(refusal.value)


def test_bytes_of_a_serial_scanner_are_utf8_or_refused_as_damaged() -> None:
    assert parse_card_qr(read_scanner_bytes(WOMAN.encode() + b"\r\n")) == OF_WOMAN
    broken = WOMAN.encode().replace("ễ".encode(), b"\xe1\xbb")
    assert damage_of(read_scanner_bytes(broken)) == (Damage.REPLACEMENT_CHARACTERS, "name")


def test_a_card_is_read_in_less_than_a_millisecond() -> None:
    misread = as_misread(WOMAN, "cp1258")
    fastest = min(_seconds_for_a_hundred(WOMAN) for _ in range(5))
    fastest_misread = min(_seconds_for_a_hundred(misread) for _ in range(5))
    assert fastest / 100 < 0.001
    assert fastest_misread / 100 < 0.001


def _seconds_for_a_hundred(payload: str) -> float:
    begun = time.perf_counter()
    for _ in range(100):
        parse_card_qr(payload)
    return time.perf_counter() - begun


words = st.sampled_from(
    "Nguyễn Trần Thị Văn Mẫu Thử Đặng Ngọc Ánh Quý Hoà Thuý Ưng Ơn Ỷ Bhăm H'Ngân Êban".split()
)
places = st.lists(
    st.sampled_from(["Thôn 1", "Xã Ví Dụ", "Buôn Mẫu", "Bon Thử", "Phường Giả Định", "Đắk Nông"]),
    min_size=1,
    max_size=4,
).map(", ".join)
births = st.one_of(
    st.dates(date(1900, 1, 1), date(2020, 12, 31)).map(lambda d: BirthDate(d.year, d.month, d.day)),
    st.builds(BirthDate, st.integers(1900, 2020), st.integers(1, 12)),
    st.builds(BirthDate, st.integers(1900, 2020)),
)
cards = st.builds(
    CardData,
    citizen_id=st.from_regex(r"[0-9]{12}", fullmatch=True).map(CitizenId),
    old_id=st.one_of(st.none(), st.from_regex(r"[0-9]{9}", fullmatch=True).map(OldIdNumber)),
    name=st.lists(words, min_size=2, max_size=4).map(" ".join).map(PersonName),
    birth=births,
    sex=st.sampled_from(Sex),
    residence=places,
    issued_on=st.one_of(st.none(), st.dates(date(2021, 1, 1), date(2030, 12, 31))),
)
deliveries = st.sampled_from(
    [
        lambda text: text,
        lambda text: text + "\r\n",
        lambda text: unicodedata.normalize("NFD", text) + "\t",
        lambda text: as_misread(text, "cp1252"),
        lambda text: as_misread(text, "cp1258"),
        lambda text: as_misread(text, "latin-1"),
        lambda text: text.swapcase(),
        lambda text: text + "|thêm|",
    ]
)


@given(cards, deliveries)
def test_every_card_is_read_whole_however_it_is_delivered(card: CardData, deliver: object) -> None:
    assert callable(deliver)
    read = parse_card_qr(deliver(card.payload()))
    assert replace(read, repairs=(), cautions=(), warnings=()) == card


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_by_name(text: str) -> None:
    try:
        card = parse_card_qr(text)
    except (CardDamaged, NotACard):
        return
    assert parse_card_qr(card.payload()).citizen_id == card.citizen_id


@given(cards, st.data())
def test_a_card_with_one_key_wrong_is_never_read_with_a_control_or_question_mark(
    card: CardData, data: st.DataObject
) -> None:
    payload = card.payload()
    place = data.draw(st.integers(0, len(payload) - 1))
    wrong = data.draw(st.sampled_from(["?", "\ufffd", "\x1b", "\x00a", "\u202e", "|", "", "â"]))
    try:
        read = parse_card_qr(payload[:place] + wrong + payload[place + 1 :])
    except (CardDamaged, NotACard):
        return
    for text in (read.name.text, read.residence):
        assert not set(text) & set("?\ufffd\x1b\x00\u202e|")
