from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.alphabet import collation_key
from counter_app.domain.errors import InvalidValue
from counter_app.domain.person_name import PersonName


@pytest.mark.parametrize(
    ("text", "family", "middle", "given_name"),
    [
        ("Nguyễn Thị Mẫu", "Nguyễn", "Thị", "Mẫu"),
        ("Trần Thử", "Trần", "", "Thử"),
        ("Y Bhăm Niê", "Y", "Bhăm", "Niê"),
        ("H'Ngân", "", "", "H'Ngân"),
        ("Phượng", "", "", "Phượng"),
        ("Công Tằng Tôn Nữ Thị Mẫu", "Công", "Tằng Tôn Nữ Thị", "Mẫu"),
    ],
)
def test_a_name_has_as_many_parts_as_it_has(
    text: str, family: str, middle: str, given_name: str
) -> None:
    name = PersonName.parse(text)
    assert (name.family, name.middle, name.given) == (family, middle, given_name)


def test_a_name_is_composed_squeezed_and_has_one_kind_of_apostrophe() -> None:
    typed = unicodedata.normalize("NFD", "  H’Ngân   Byă\t")
    assert PersonName.parse(typed).text == "H'Ngân Byă"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("", "empty"),
        ("Nguyễn Văn 2", "digit"),
        ("Nguyễn@Mẫu", "sign"),
        ("Mẫu|Thử", "sign"),
        ("Nguyễn 😀", "sign"),
        ("' - .", "no_letter"),
        ("Nguyễn\x1b@Mẫu", "control_character"),
        ("Nguyễn\u202eMẫu", "direction_control"),
        ("Nguy\ufffdn", "damaged_character"),
        ("M" * 101, "too_long"),
    ],
)
def test_what_is_no_name_is_refused_by_its_rule(text: str, rule: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        PersonName.parse(text, "owner")
    assert (refusal.value.field, refusal.value.rule) == ("owner", rule)


def test_a_name_that_was_not_parsed_cannot_be_made() -> None:
    with pytest.raises(InvalidValue):
        PersonName("Nguyễn  Mẫu")


@pytest.mark.parametrize(
    ("written", "cased"),
    [
        ("NGUYỄN THỊ MẪU", "Nguyễn Thị Mẫu"),
        ("nguyễn thị mẫu", "Nguyễn Thị Mẫu"),
        ("nGUYỄN tHỊ mẪU", "Nguyễn Thị Mẫu"),
        ("H'NGÂN BYĂ", "H'Ngân Byă"),
        ("Y BHĂM NIÊ", "Y Bhăm Niê"),
        ("Nguyễn thị Mẫu", "Nguyễn thị Mẫu"),
        ("Marie-Anne McDonald", "Marie-Anne McDonald"),
    ],
)
def test_capitals_are_put_where_names_have_them(written: str, cased: str) -> None:
    assert PersonName.parse(written).cased().text == cased


ON_A_WALL_LIST = [
    *("Trần Ái", "Nguyễn Văn An", "Nguyễn Văn Ân", "Trần Bình", "Lê Cường", "Phan Dũng"),
    *("Phan Đức", "H'Ngân", "Nguyễn Thị Hoa", "Nguyễn Văn Hoa", "Trần Hoa", "Hòa", "Trần Hoà"),
    *("Lê Hoan", "Đặng Hùng", "Y Bhăm Niê", "Bùi Oanh", "Bùi Ổn", "Bùi Ơn", "Vũ Tú", "Vũ Tư"),
    "Lê Yến",
]


def test_people_stand_by_given_family_and_middle_name_in_the_order_of_the_alphabet() -> None:
    shuffled = random.Random(7).sample(ON_A_WALL_LIST, len(ON_A_WALL_LIST))
    assert shuffled != ON_A_WALL_LIST
    assert sorted(shuffled, key=lambda text: PersonName(text).sort_key()) == ON_A_WALL_LIST


def test_tones_stand_in_their_order_and_only_after_the_letters() -> None:
    tones = ["ma", "mà", "mả", "mã", "má", "mạ"]
    assert sorted(reversed(tones), key=collation_key) == tones
    letters = ["ba", "bă", "bâ", "da", "đa", "e", "ê", "o", "ô", "ơ", "u", "ư", "x", "y"]
    assert sorted(reversed(letters), key=collation_key) == letters
    words = ["mạ", "mạ ba", "mã na", "man"]
    assert sorted(reversed(words), key=collation_key) == words


def test_a_tone_written_elsewhere_in_the_word_does_not_count() -> None:
    assert collation_key("hoà") == collation_key("hòa")
    assert collation_key("HOÀ") == collation_key("hoà")


names = st.text(alphabet="aăâbđêgạấễơưyỹH'NgQ -.", min_size=1, max_size=20)


@given(names)
def test_a_parsed_name_is_parsed_to_itself_and_sorts_alike_in_capitals(text: str) -> None:
    try:
        name = PersonName.parse(text)
    except InvalidValue:
        return
    assert PersonName.parse(name.text) == name
    assert PersonName.parse(name.cased().text) == name.cased() == name.cased().cased()
    assert PersonName.parse(name.upper()).sort_key() == name.sort_key()


@given(names, names)
def test_the_sort_key_is_plain_text_that_never_mixes_the_parts(one: str, other: str) -> None:
    try:
        first, second = PersonName.parse(one), PersonName.parse(other)
    except InvalidValue:
        return
    if collation_key(first.given) < collation_key(second.given):
        assert first.sort_key() < second.sort_key()


def test_digits_stand_before_letters_and_other_scripts_after_them() -> None:
    words = ["10", "2", "an", "yên", "øst", "王"]
    assert sorted(reversed(words), key=collation_key) == words
