"""Finding while typing: what an officer may type, and what must come up."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.adapters.store.sql_store import SqlStore
from counter_app.application.ports.reading import Search
from counter_app.domain.dossier import (
    Capacity,
    Hold,
    ProcedureRef,
    Status,
    Submitter,
)
from counter_app.domain.folding import fold_words
from counter_app.domain.numbers import DossierNumber, ProvisionalNumber
from tests.helpers.dossiers import NINE, a_dossier, a_person
from tests.helpers.store_rooms import dossier_id, enrol, found, open_store, receive

NUMBER = "H36.15-261123-2007"


@pytest.fixture
def one(store: SqlStore) -> SqlStore:
    """A store with one dossier, and another that shares nothing with it but the office."""
    receive(
        store,
        1,
        number=DossierNumber(NUMBER),
        owner=a_person(name="Nguyễn Thị Hoà Đức", phone="0905123456"),
        submitter=Submitter(
            person=a_person(name="Y Bhăm Niê", id_number="B1234567", phone=""),
            capacity=Capacity.FAMILY,
        ),
    )
    receive(
        store,
        2,
        number=DossierNumber("H36.15-261120-0042"),
        owner=a_person(name="Trần Quý Ví", id_number="", phone=""),
        procedure=ProcedureRef("2.000635", "Cấp bản sao trích lục", "Hộ tịch", "1"),
    )
    return store


@pytest.mark.parametrize(
    "typed",
    [
        "n", "nguyen", "Nguyễn", "NGUYỄN THỊ", "thị nguyễn", "hòa", "hoà", "hoa duc", "đức", "duc",
        "nguyen thi hoa d", "hòa", "i bham", "Y Bhăm", "nie nguyen",
        "2007", "200", "261123-2007", "261123-2", "261123", "2611 nguyen", NUMBER, NUMBER.lower(), f" {NUMBER} ",
        "H36.15-261123-20", "h36.15-2611 nguyen", "261123 2007",
        "067199000001", "0671", "067199000001 nguyen", "0671 9900 0001", "b1234567", "B123",
        "0905123456", "09051", "0905 123 456", "0905.123.456", "0905-123-456", "+84905123456",
        "84905123456", "nguyen 0905",
        "khai sinh", "đăng ký", "1.001193", "1.0011", "khai sinh nguyen", "nguyen thi khai sinh",
    ],
)  # fmt: skip
def test_what_people_type_finds_the_dossier_and_no_other(one: SqlStore, typed: str) -> None:
    assert found(one, typed) == [NUMBER]


@pytest.mark.parametrize("typed", ["42", "0042", "tran qui vi", "trích lục", "quy", "2.000635"])
def test_the_other_is_found_by_its_own_words(one: SqlStore, typed: str) -> None:
    assert found(one, typed) == ["H36.15-261120-0042"]


@pytest.mark.parametrize(
    "typed",
    ["zzz", "nguyen tran", "oa", "123456", "2008", "261123-2008", "07", '"', "*", "( OR )", "NEAR",
     "-", "'", "\x00", "AND", "nguyen AND", "9" * 300, "_s2", "_q1", "🙂", "a" * 5000],
)  # fmt: skip
def test_what_fits_nothing_finds_nothing(one: SqlStore, typed: str) -> None:
    assert found(one, typed) == []


@pytest.mark.parametrize("typed", ["", "   ", "h36", "H36.15", "h36.15-", "26"])
def test_what_fits_all_shows_the_newest_first(one: SqlStore, typed: str) -> None:
    assert found(one, typed) == ["H36.15-261120-0042", NUMBER]


@given(typed=st.text(max_size=40))
@settings(max_examples=200)
def test_nothing_that_is_typed_breaks_the_search(
    typed: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    found(SHELF.store(tmp_path_factory), typed)


class Shelf:
    """One store for all examples of a law: they only read it."""

    def __init__(self) -> None:
        self._store: SqlStore | None = None

    def store(self, factory: pytest.TempPathFactory) -> SqlStore:
        if self._store is None:
            self._store = open_store(factory.mktemp("shelf"))
            enrol(self._store)
            for n, name in enumerate(NAMES):
                receive(self._store, n, owner=a_person(name=name, id_number="", phone=""))
        return self._store


SYLLABLES = [
    "Nguyễn",
    "Trần",
    "Thị",
    "Văn",
    "An",
    "Anh",
    "Ánh",
    "Hoà",
    "Hòa",
    "Đức",
    "Lý",
    "Lí",
    "Ý",
]
NAMES = [
    f"{SYLLABLES[n % 13]} {SYLLABLES[(n * 5 + 2) % 13]} {SYLLABLES[(n * n) % 13]}"
    for n in range(60)
]
SHELF = Shelf()


@given(
    words=st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=4),
    cut=st.integers(0, 4),
    limit=st.integers(1, 70),
)
def test_a_search_finds_every_name_that_has_all_the_words_and_none_else(
    words: list[str], cut: int, limit: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    store = SHELF.store(tmp_path_factory)
    words[-1] = words[-1][: max(1, len(words[-1]) - cut)]
    *whole, last = fold_words(" ".join(words))
    fits = [
        name
        for name in reversed(NAMES)
        if set(whole) <= set(fold_words(name))
        and any(word.startswith(last) for word in fold_words(name))
    ]
    rows = store.reads.search(Search(text=" ".join(words), limit=limit))
    procedure = {"dang", "ki", "khai", "sinh"}
    assert not any(word.startswith(last) for word in procedure if len(last) > 2)
    assert [row.owner for row in rows] == fits[:limit]


def test_a_word_of_a_procedure_and_one_of_a_name_may_be_mixed(store: SqlStore) -> None:
    names = ["Nguyễn Văn Sinh", "Nguyễn Thị Mẫu", "Trần Khai"]
    for n, name in enumerate(names):
        receive(store, n, owner=a_person(name=name))
    by_name = {row.owner for row in store.reads.search(Search(text="sinh nguyen"))}
    assert by_name == {"Nguyễn Văn Sinh", "Nguyễn Thị Mẫu"}
    # Persons first: with room for one only, the procedure that all have does not crowd it out.
    (row,) = store.reads.search(Search(text="khai", limit=1))
    assert row.owner == "Trần Khai"


def test_a_change_of_the_dossier_is_found_by_the_new_words_and_not_by_the_old(
    store: SqlStore,
) -> None:
    receive(store, 1, owner=a_person(name="Nguyễn Cũ"))
    with store.transaction() as tx:
        tx.dossiers.put(a_dossier(id=dossier_id(1), owner=a_person(name="Nguyễn Mới")))
        tx.dossiers.put(
            a_dossier(id=dossier_id(1), owner=a_person(name="Nguyễn Mới"), status=Status.PROCESSING)
        )
    assert found(store, "nguyen cu") == []
    assert len(found(store, "nguyen moi")) == 1
    assert len(found(store, "nguyen", statuses=frozenset({Status.PROCESSING}))) == 1
    assert found(store, "nguyen", statuses=frozenset({Status.RECEIVED})) == []
    with store.transaction() as tx:
        tx.dossiers.remove(dossier_id(1))
    assert found(store, "nguyen") == found(store) == []
    assert store.examine() == ()


def test_the_newest_reception_comes_first_though_its_news_came_late(store: SqlStore) -> None:
    for minute in (5, 1, 9, 3):
        receive(store, minute)
    rows = store.reads.search(Search())
    assert [row.received_at for row in rows] == [NINE + timedelta(minutes=m) for m in (9, 5, 3, 1)]


def test_many_dossiers_of_one_second_all_have_their_place(store: SqlStore) -> None:
    for n in range(200):
        receive(store, n, received_at=NINE)
    late = receive(store, 500, received_at=NINE + timedelta(seconds=3))
    numbers = found(store, limit=500)
    assert len(set(numbers)) == 201
    assert len(found(store, received_on=NINE.date(), limit=500)) == 201
    assert late.number.text in numbers


@pytest.fixture
def mixed(store: SqlStore) -> SqlStore:
    """Three days, four statuses; one on hold, one finished, one without a promise."""
    for n, (status, day, due) in enumerate(
        [
            (Status.RETURNED, 0, 1),
            (Status.PROCESSING, 0, 2),
            (Status.SUPPLEMENT_AWAITED, 1, 3),
            (Status.RECEIVED, 1, None),
            (Status.READY, 2, 4),
            (Status.RECEIVED, 2, 5),
        ]
    ):
        at = NINE + timedelta(days=day, minutes=n)
        is_over = status in (Status.RETURNED, Status.READY)
        with store.transaction() as tx:
            tx.dossiers.put(
                a_dossier(
                    id=dossier_id(n),
                    number=DossierNumber(f"H36.15-{at:%y%m%d}-{n:04}"),
                    status=status,
                    owner=a_person(name="Nguyễn Thị Mẫu" if n % 2 else "Trần Văn Mẫu"),
                    received_at=at,
                    due_at=None if due is None else at + timedelta(days=due),
                    hold=Hold(at, "x") if status is Status.SUPPLEMENT_AWAITED else None,
                    finished_at=at if is_over else None,
                )
            )
    return store


def sequences(store: SqlStore, text: str = "", **filters: object) -> list[int]:
    return [int(number[-4:]) for number in found(store, text, **filters)]


def test_lists_by_status(mixed: SqlStore) -> None:
    assert sequences(mixed, statuses=frozenset({Status.RECEIVED})) == [5, 3]
    assert sequences(mixed, statuses=frozenset({Status.READY, Status.RETURNED})) == [4, 0]
    assert sequences(mixed, "nguyen", statuses=frozenset({Status.RECEIVED})) == [5, 3]
    assert sequences(mixed, "tran", statuses=frozenset({Status.RECEIVED})) == []
    assert sequences(mixed, statuses=frozenset({Status.RECEIVED}), limit=1) == [5]


def test_lists_by_day_of_reception(mixed: SqlStore) -> None:
    day = date(2026, 11, 24)
    assert sequences(mixed, received_on=day) == [3, 2]
    assert sequences(mixed, "nguyen", received_on=day) == [3]
    assert sequences(mixed, received_on=day, statuses=frozenset({Status.RECEIVED})) == [3]
    assert sequences(mixed, received_on=day, limit=1) == [3]
    assert sequences(mixed, "mau", received_on=day, limit=1) == [3]
    assert sequences(mixed, received_on=date(2026, 11, 27)) == []


def test_lists_of_what_is_due_leave_out_what_is_finished(mixed: SqlStore) -> None:
    far = NINE + timedelta(days=99)
    assert sequences(mixed, due_by=far) == [5, 2, 1]
    assert sequences(mixed, due_by=NINE + timedelta(days=2, minutes=1)) == [1]
    assert sequences(mixed, due_by=far, limit=2) == [5, 2]
    assert sequences(mixed, "tran", due_by=far) == [2]
    assert sequences(mixed, due_by=far, statuses=frozenset({Status.RECEIVED})) == [5]
    assert sequences(mixed, "nguyen", due_by=far, statuses=frozenset({Status.RECEIVED})) == [5]
    assert sequences(mixed, due_by=far, statuses=frozenset({Status.RETURNED})) == []
    assert sequences(mixed, "tran", due_by=far, statuses=frozenset({Status.RETURNED})) == []
    assert sequences(mixed, due_by=far, received_on=date(2026, 11, 24)) == [2]
    assert sequences(mixed, "mau", due_by=far, received_on=date(2026, 11, 24)) == [2]


def test_a_whole_number_is_found_only_where_the_filters_fit(mixed: SqlStore) -> None:
    number = "H36.15-261124-0002"
    assert sequences(mixed, number) == [2]
    assert sequences(mixed, number, statuses=frozenset({Status.RECEIVED})) == []
    assert sequences(mixed, number, received_on=date(2026, 11, 23)) == []


def test_a_row_tells_what_the_list_shows(mixed: SqlStore) -> None:
    row = mixed.reads.search(Search(text="H36.15-261124-0002"))[0]
    assert (row.id, row.status, row.is_on_hold) == (
        dossier_id(2),
        Status.SUPPLEMENT_AWAITED,
        True,
    )
    assert (row.owner, row.owner_id, row.phone) == ("Trần Văn Mẫu", "067199000001", "0905123456")
    assert row.procedure == "Đăng ký khai sinh"
    assert row.received_at == NINE + timedelta(days=1, minutes=2)
    assert row.due_at == row.received_at + timedelta(days=3)
    assert row.finished_at is None
    assert row.is_at_server


def test_provisional_numbers_are_found_by_their_parts(store: SqlStore) -> None:
    receive(store, 1, number=ProvisionalNumber("TAM-2-261123-001"))
    for typed in ("TAM-2-261123-001", "tam-2", "tam-2-2611", "261123-001", "001", "1"):
        assert found(store, typed) == ["TAM-2-261123-001"], typed


def test_the_telephone_of_the_submitter_is_shown_where_the_owner_has_none(store: SqlStore) -> None:
    submitter = Submitter(person=a_person(phone="0912345678"), capacity=Capacity.AUTHORISED)
    receive(store, 1, owner=a_person(phone=""), submitter=submitter)
    assert store.reads.search(Search())[0].phone == "0912345678"
