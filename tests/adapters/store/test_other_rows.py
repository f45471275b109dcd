"""Drafts with their pages, uploads, print jobs, and what the machine knows of itself."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from counter_app.adapters.store.sql_store import SqlStore
from counter_app.application.ports.records import (
    Draft,
    PageProgress,
    PrintJob,
    PrintKind,
    PrintState,
)
from counter_app.application.syncing import LAST_CONTACT
from counter_app.domain.dossier import Component, Dossier, PaperKind, UnknownDossier
from counter_app.domain.events import DossierForwarded
from counter_app.domain.ids import StaffId
from counter_app.wire.messages import Outcome, Verdict
from tests.helpers.dossiers import NINE, a_dossier, a_page, signed
from tests.helpers.offices import an_office
from tests.helpers.store_rooms import (
    accept,
    an_enrolment,
    dossier_id,
    enrol,
    open_store,
    receive,
    waiting,
)

OWNER = StaffId("mau")


# ---- drafts


def test_the_latest_draft_comes_first_and_belongs_to_its_owner(store: SqlStore) -> None:
    old = Draft(dossier_id(1), OWNER, "{}", NINE)
    new = Draft(dossier_id(2), OWNER, '{"a":"ơ"}', NINE + timedelta(minutes=1))
    with store.transaction() as tx:
        for draft in (old, new, Draft(dossier_id(3), StaffId("other"), "{}", NINE)):
            tx.drafts.put(draft)
        assert tx.drafts.all_of(OWNER) == (new, old)
    renewed = replace(old, form='{"b":1}', saved_at=NINE + timedelta(minutes=2))
    with store.transaction() as tx:
        tx.drafts.put(renewed)
    assert store.reads.drafts_of(OWNER) == (renewed, new)


def test_pages_of_a_draft_keep_their_places(store: SqlStore) -> None:
    draft = dossier_id(1)
    with store.transaction() as tx:
        first = tx.drafts.add_page(draft, "TK", a_page("a"))
        second = tx.drafts.add_page(draft, "TK", a_page("b"))
        third = tx.drafts.add_page(draft, "CC", a_page("c"))
        again = tx.drafts.replace_page(draft, first.id, a_page("d"))
        once_more = tx.drafts.replace_page(draft, again.id, a_page("e"))
        tx.drafts.add_page(dossier_id(2), "TK", a_page("f"))
        assert tx.drafts.pages_of(draft) == (once_more, second, third)
        tx.drafts.drop_page(draft, second.id)
    pages = store.reads.draft_pages(draft)
    assert pages == (once_more, third)
    assert (once_more.component, once_more.page) == ("TK", a_page("e"))
    assert first.id < second.id < third.id < again.id < once_more.id


def test_a_removed_draft_takes_its_list_of_pages_along_and_no_id_comes_twice(
    store: SqlStore,
) -> None:
    with store.transaction() as tx:
        tx.drafts.put(Draft(dossier_id(1), OWNER, "{}", NINE))
        old = tx.drafts.add_page(dossier_id(1), "TK", a_page("a"))
        tx.drafts.remove(dossier_id(1))
        assert tx.drafts.pages_of(dossier_id(1)) == ()
        assert tx.drafts.all_of(OWNER) == ()
        assert tx.drafts.add_page(dossier_id(1), "TK", a_page("a")).id > old.id


def test_a_page_of_a_draft_that_is_gone_cannot_be_scanned_anew(store: SqlStore) -> None:
    with pytest.raises(UnknownDossier), store.transaction() as tx:
        tx.drafts.replace_page(dossier_id(1), 1, a_page("a"))


# ---- uploads


def with_pages(n: int, *digits: str) -> Dossier:
    papers = Component(
        code="TK",
        title="Tờ khai",
        kind=PaperKind.ORIGINAL,
        originals=1,
        pages=tuple(a_page(digit) for digit in digits),
    )
    return a_dossier(id=dossier_id(n), components=(papers,))


def expect(store: SqlStore, n: int, *digits: str) -> None:
    receive(store, n, components=with_pages(n, *digits).components)
    with store.transaction() as tx:
        tx.uploads.expect(with_pages(n, *digits))


def ready(store: SqlStore, limit: int = 99) -> list[str]:
    with store.transaction() as tx:
        return [page.sha256[0] for page in tx.uploads.waiting(limit)]


def test_pages_go_after_the_records_that_announce_them(store: SqlStore) -> None:
    expect(store, 1, "a", "b")
    expect(store, 2, "c")
    assert ready(store) == []
    assert [page.sha256[0] for page in store.reads.pages_waiting(99)] == ["a", "b", "c"]
    accept(store, waiting(store)[0])
    assert ready(store) == ["a", "b"]
    accept(store, *waiting(store), first=2)
    assert ready(store) == ["a", "b", "c"]
    assert ready(store, 2) == ["a", "b"]


def test_while_a_letter_of_the_dossier_waits_its_pages_wait_too(store: SqlStore) -> None:
    expect(store, 1, "a")
    accept(store, *waiting(store))
    with store.transaction() as tx:
        tx.letters.append(
            DossierForwarded(**signed(with_pages(1)), to_unit="Phòng Văn hóa - Xã hội")
        )
    assert ready(store) == []
    accept(store, *waiting(store), first=2)
    assert ready(store) == ["a"]


def test_progress_is_kept_and_a_page_at_the_server_is_not_sent_again(store: SqlStore) -> None:
    expect(store, 1, "a", "b")
    accept(store, *waiting(store))
    with store.transaction() as tx:
        tx.uploads.progress("a" * 64, 400)
        tx.uploads.done("b" * 64)
    page = PageProgress("a" * 64, 1000, dossier_id(1), 400)
    assert store.reads.pages_missing_at_server(dossier_id(1)) == (page,)
    counts = store.reads.sync_counts()
    assert (counts.pages_waiting, counts.bytes_waiting) == (1, 600)
    with store.transaction() as tx:
        tx.uploads.expect(with_pages(1, "a", "b", "c"))
    assert ready(store) == ["a", "c"]


def test_a_picture_of_two_dossiers_is_sent_once(store: SqlStore) -> None:
    expect(store, 1, "a", "a")
    expect(store, 2, "a")
    accept(store, *waiting(store))
    assert ready(store) == ["a"]
    assert store.reads.sync_counts().pages_waiting == 1
    assert len(store.reads.pages_missing_at_server(dossier_id(2))) == 1
    with store.transaction() as tx:
        tx.uploads.done("a" * 64)
    assert ready(store) == []
    assert store.reads.pages_missing_at_server(dossier_id(2)) == ()
    expect(store, 3, "a")
    assert store.reads.pages_waiting(9) == ()


def test_a_restored_server_is_asked_about_every_page_again(store: SqlStore) -> None:
    expect(store, 1, "a", "b")
    accept(store, *waiting(store))
    with store.transaction() as tx:
        tx.uploads.done("a" * 64)
        tx.uploads.progress("b" * 64, 10)
        tx.uploads.forget_all_done()
    assert ready(store) == ["a", "b"]
    assert store.reads.sync_counts().bytes_waiting == 2000


def test_a_removed_dossier_leaves_the_lists_and_keeps_its_letters(store: SqlStore) -> None:
    expect(store, 1, "a")
    expect(store, 2, "b")
    (first, second) = waiting(store)
    with store.transaction() as tx:
        tx.letters.settle((Verdict(id=first.id, outcome=Outcome.REFUSED, reason="x"),))
        tx.dossiers.remove(dossier_id(1))
        tx.dossiers.remove(dossier_id(9))
    assert store.reads.dossier(dossier_id(1)) is None
    assert [page.sha256[0] for page in store.reads.pages_waiting(9)] == ["b"]
    assert [entry.letter for entry in store.reads.letters_of(dossier_id(1))] == [first]
    assert waiting(store) == (second,)
    assert store.examine() == ()


# ---- print jobs


def a_job(**changes: object) -> PrintJob:
    facts = {
        "dossier": dossier_id(1),
        "kind": PrintKind.RECEIPT_SLIP,
        "copy_no": 1,
        "state": PrintState.QUEUED,
        "payload": b"\x1b@\x00",
        "made_at": NINE,
    }
    return PrintJob(**{**facts, **changes})  # type: ignore[arg-type]


def test_print_jobs_keep_their_bytes_and_their_order(store: SqlStore) -> None:
    with store.transaction() as tx:
        jobs = [tx.prints.add(a_job(copy_no=n)) for n in (1, 2, 3)]
        assert [job.id for job in jobs] == sorted(job.id for job in jobs)
        assert tx.prints.get(jobs[0].id) == jobs[0]
        assert tx.prints.get(999) is None
        sent = replace(jobs[0], state=PrintState.SENT)
        tx.prints.put(sent)
        unknown = replace(
            jobs[1], state=PrintState.UNKNOWN, reason="PrinterSilent", settled_at=NINE
        )
        tx.prints.put(unknown)
        assert tx.prints.queued() == (jobs[2],)
        assert tx.prints.left_sent() == (sent,)
        assert tx.prints.of_dossier(dossier_id(1)) == (sent, unknown, jobs[2])
        tx.prints.add(a_job(dossier=dossier_id(2), state=PrintState.CONFIRMED))
    assert store.reads.prints_open() == (unknown, jobs[2])
    assert store.reads.prints_of(dossier_id(1)) == (sent, unknown, jobs[2])


# ---- the machine


def test_a_store_knows_itself_and_its_office_after_reopening(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with store.transaction() as tx:
        name = tx.machine.store_id()
        assert (tx.machine.enrolment(), tx.machine.pack()) == (None, None)
    assert (store.reads.enrolment(), store.reads.pack()) == (None, None)
    enrol(store)
    store.close()
    again = open_store(tmp_path)
    with again.transaction() as tx:
        assert tx.machine.store_id() == name
        assert tx.machine.enrolment() == an_enrolment()
    assert again.reads.enrolment() == an_enrolment()
    assert len(bytes.fromhex(name)) == 16
    again.close()


def test_two_stores_have_two_identities(tmp_path: Path) -> None:
    names = []
    for folder in ("a", "b"):
        store = open_store(tmp_path / folder)
        with store.transaction() as tx:
            names.append(tx.machine.store_id())
        store.close()
    assert names[0] != names[1]


def test_a_new_pack_is_seen_at_once_and_a_withdrawn_one_never(store: SqlStore) -> None:
    first = store.reads.pack()
    with pytest.raises(LookupError), store.transaction() as tx:
        tx.machine.put_pack(an_office(version="2"))
        assert tx.machine.pack() == an_office(version="2")
        raise LookupError
    assert store.reads.pack() == first
    with store.transaction() as tx:
        tx.machine.put_pack(an_office(version="3"))
    assert store.reads.pack() == an_office(version="3")


def test_notes_and_pin_hashes_are_replaced_by_newer_ones(store: SqlStore) -> None:
    with store.transaction() as tx:
        assert tx.machine.note("printer") is None
        tx.machine.put_note("printer", "A")
        tx.machine.put_note("printer", "B")
        tx.machine.put_pin_hash(OWNER, "one")
        tx.machine.put_pin_hash(OWNER, "two")
        assert tx.machine.note("printer") == "B"
        assert tx.machine.pin_hash(OWNER) == "two"
    assert store.reads.pin_hash(OWNER) == "two"
    assert store.reads.pin_hash(StaffId("nobody")) is None


def test_the_last_contact_is_told_with_the_counts(store: SqlStore) -> None:
    assert store.reads.sync_counts().last_contact is None
    with store.transaction() as tx:
        tx.machine.put_note(LAST_CONTACT, NINE.isoformat())
    assert store.reads.sync_counts().last_contact == NINE
