from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.folding import fold_words
from counter_app.domain.procedure import Catalogue, Procedure
from counter_app.domain.procedure_search import Match, matches_procedure
from tests.helpers.reference_data import shipped_catalogue

ENTRIES = {procedure.code: procedure for procedure in shipped_catalogue().procedures}


def first(query: str) -> str:
    found = shipped_catalogue().search(query, 1)
    return found[0].code if found else ""


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("ct ban sao", "2.000815"),
        ("ct bản sao", "2.000815"),
        ("CT BS", "2.000815"),
        ("sao y", "2.000815"),
        ("chung thuc ban sao", "2.000815"),
        ("ban chinh chung thuc", "2.000815"),
        ("ct ck", "2.000884"),
        ("chung thuc chu ki", "2.000884"),
        ("ks", "1.001193"),
        ("dkks", "1.001193"),
        ("đkks", "1.001193"),
        ("khai sinh", "1.001193"),
        ("sinh khai", "1.001193"),
        ("ks lai", "1.004884"),
        ("dk lai ks", "1.004884"),
        ("kt", "1.000656"),
        ("khai tử", "1.000656"),
        ("ket hon", "1.000894"),
        ("kết hôn nước ngoài", "2.000806"),
        ("xn tthn", "1.004873"),
        ("tinh trang hon nhan", "1.004873"),
        ("độc thân", "1.004873"),
        ("trich luc", "2.000635"),
        ("hkd", "1.001612"),
        ("tam ngung hkd", "1.001570"),
        ("sổ đỏ", "1.013978"),
        ("hưu trí", "1.014027"),
        ("001193", "1.001193"),
        ("1.001193", "1.001193"),
        ("1001193", "1.001193"),
        ("1193", "1.001193"),
        ("2.0008", "2.000815"),
        ("815", "2.000815"),
    ],
)
def test_what_an_officer_types_in_a_hurry_finds_the_procedure_first(query: str, code: str) -> None:
    assert first(query) == code


@pytest.mark.parametrize("query", ["xyz", "khai sinh xyz", "9.999999", "!!!", "ks ks ks zz"])
def test_what_is_not_there_is_not_found(query: str) -> None:
    found = shipped_catalogue().search(query)
    assert found == () or not fold_words(query)


def test_the_field_finds_its_procedures() -> None:
    found = shipped_catalogue().search("nuoi con nuoi", 50)
    assert [procedure.code for procedure in found] == ["2.001263"]
    civil = shipped_catalogue().search("ho tich", 50)
    assert {p.code for p in civil} >= {p.code for p in ENTRIES.values() if p.field.code == "HT"}


def test_nothing_typed_offers_what_is_asked_for_most() -> None:
    offered = shipped_catalogue().search("  ", 3)
    assert [procedure.popularity for procedure in offered] == [9, 9, 8]


@pytest.mark.parametrize(
    ("query", "match"),
    [
        ("1.001193", Match.WHOLE_CODE),
        ("dkks", Match.ABBREVIATION),
        ("Đăng ký khai sinh", Match.WHOLE_NAME),
        ("1.0011", Match.CODE_PART),
        ("dang ky", Match.NAME_BEGINS),
        ("khai sinh", Match.ABBREVIATION),
        ("ky khai", Match.WORDS_TOGETHER),
        ("sinh ky", Match.WORDS),
        ("sinh ks", Match.WORDS_AND_SHORT_FORMS),
        ("sinh kk", Match.WORDS_AND_INITIALS),
        ("ho tich", Match.FIELD),
    ],
)
def test_each_way_of_answering_has_its_rank(query: str, match: Match) -> None:
    answer = matches_procedure(query, ENTRIES["1.001193"])
    assert answer is not None
    assert answer.match is match


procedures = st.sampled_from(list(ENTRIES.values()))


@given(procedures, st.data())
def test_beginnings_of_its_words_in_any_order_find_a_procedure(
    procedure: Procedure, data: st.DataObject
) -> None:
    words = data.draw(st.lists(st.sampled_from(fold_words(procedure.name)), min_size=1, max_size=4))
    typed = [
        word[: data.draw(st.integers(1, len(word)))] for word in data.draw(st.permutations(words))
    ]
    assert matches_procedure(" ".join(typed), procedure) is not None


@given(procedures)
def test_code_name_and_short_forms_find_a_procedure_among_the_first(procedure: Procedure) -> None:
    catalogue = shipped_catalogue()
    assert catalogue.search(procedure.code, 1) == (procedure,)
    assert catalogue.search(procedure.name.upper(), 1) == (procedure,)
    for short in procedure.abbreviations:
        assert procedure in catalogue.search(short, 3)


@given(st.text(max_size=120))
def test_any_query_is_answered_in_order_of_rank(query: str) -> None:
    found = shipped_catalogue().search(query, 50)
    ranks = [matches_procedure(query, procedure) for procedure in found]
    matches = [rank.match for rank in ranks if rank is not None]
    assert matches == sorted(matches)
    assert len(found) == len({procedure.code for procedure in found})


def test_three_hundred_procedures_are_searched_within_two_milliseconds() -> None:
    base = shipped_catalogue().procedures
    many = Catalogue(
        tuple(
            replace(base[number % len(base)], code=f"3.{number:06d}", version=str(number))
            for number in range(300)
        )
    )
    queries = ["ct ban sao", "ks", "dang ky", "3.0001", "dat", "khong co dau"]
    many.search("x")
    for query in queries:
        fastest = min(_seconds(many, query) for _ in range(9))
        assert fastest < 0.002, query


def _seconds(catalogue: Catalogue, query: str) -> float:
    begun = time.perf_counter()
    catalogue.search(query)
    return time.perf_counter() - begun
