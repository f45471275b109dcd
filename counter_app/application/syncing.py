"""Letters up, news down, pages up; each step is small, and every one may be repeated.

No transaction is open while the line is in use.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from counter_app.application.capture import PageDamaged, PageMissing, PageVault
from counter_app.application.changes import Change, Changes
from counter_app.application.ports.history import Cursor
from counter_app.application.ports.line import CentralServer, PageNotThere, ServerNonsense
from counter_app.application.ports.running import Clock
from counter_app.application.ports.store import NotEnrolledYet, Store, Transaction
from counter_app.application.recording import rebuild
from counter_app.domain.errors import Refusal
from counter_app.domain.ids import DossierId
from counter_app.wire.letters import Letter, is_whole, unseal
from counter_app.wire.messages import (
    MAX_LETTERS,
    News,
    Outcome,
    PostLetters,
    ServerMark,
    Verdicts,
)

LAST_CONTACT: Final = "last_contact"
"""The machine's note of when the server last answered, in ISO 8601."""
CLOCK_OFFSET: Final = "clock_offset_s"
"""The machine's note of how far its clock was ahead of the server's, in whole seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncOutcome:
    """What one round did.

    Attributes:
        sent: Letters that the server answered for.
        refused: Of those, refused ones: a person must look.
        forked: Letters that clash with another history of this counter.
        news: Letters of the feed that were new here.
        pages: Pages that the server now holds whole.
        was_restored: The server had lost what it once held; it is being fed again.
        has_more: Pages are left for the next round.
    """

    sent: int = 0
    refused: int = 0
    forked: int = 0
    news: int = 0
    pages: int = 0
    was_restored: bool = False
    has_more: bool = False


def sync_once(
    *,
    store: Store,
    server: CentralServer,
    vault: PageVault,
    clock: Clock,
    changes: Changes,
    max_pages: int = 4,
) -> SyncOutcome:
    """Send what waits, read what is new, then send a few pages.

    Args:
        store: The counter's memory.
        server: The other end.
        vault: Where the pages are.
        clock: For noting the contact.
        changes: Told what changed.
        max_pages: How many pages to send before letters get their turn again.

    Raises:
        LineTrouble: The line or the server failed; what was done before stands.
        NotEnrolledYet: This store belongs to no office.
    """
    if store.reads.enrolment() is None:
        raise NotEnrolledYet
    outcome = _push(store, server, clock, changes)
    outcome = _pull(store, server, clock, changes, outcome)
    return _upload(store, server, vault, changes, max_pages, outcome)


# ---- letters up


def _push(store: Store, server: CentralServer, clock: Clock, changes: Changes) -> SyncOutcome:
    total = SyncOutcome()
    while True:
        with store.transaction() as tx:
            letters = tx.letters.waiting(MAX_LETTERS)
        if not letters:
            return total
        answer = server.post_letters(PostLetters(letters=letters))
        batch = _settle(store, letters, answer, clock)
        total = replace(
            total,
            sent=total.sent + batch.sent,
            refused=total.refused + batch.refused,
            forked=total.forked + batch.forked,
            was_restored=total.was_restored or batch.was_restored,
        )
        changes.publish(Change.LETTERS, Change.LINE)
        if batch.refused:
            changes.publish(Change.DOSSIERS)
        if batch.forked or (batch.sent == 0 and not batch.was_restored):
            # A clash of histories needs a person; an answer that settles nothing, a pause.
            return total


def _settle(
    store: Store, letters: tuple[Letter, ...], answer: Verdicts, clock: Clock
) -> SyncOutcome:
    asked = {letter.id: letter for letter in letters}
    if any(verdict.id not in asked for verdict in answer.verdicts):
        raise ServerNonsense("a verdict on a letter that was not sent")
    final = tuple(v for v in answer.verdicts if v.outcome is not Outcome.GAP)
    lost = tuple(v for v in final if v.outcome in (Outcome.REFUSED, Outcome.FORKED))
    with store.transaction() as tx:
        was_restored = _feed_again(tx, answer.mark)
        tx.letters.settle(final)
        for dossier in sorted({unseal(asked[v.id]).dossier for v in lost}):
            rebuild(tx, dossier)
        _note_contact(tx, answer.mark, clock)
    return SyncOutcome(
        sent=len(final),
        refused=sum(v.outcome is Outcome.REFUSED for v in final),
        forked=sum(v.outcome is Outcome.FORKED for v in final),
        was_restored=was_restored,
    )


def _feed_again(tx: Transaction, mark: ServerMark) -> bool:
    """A server that holds less than it acknowledged was restored: give it back what it lost."""
    if mark.held >= tx.letters.acknowledged():
        return False
    tx.letters.send_again_after(mark.held)
    tx.uploads.forget_all_done()
    return True


def _note_contact(tx: Transaction, mark: ServerMark, clock: Clock) -> None:
    now = clock.now()
    tx.machine.put_note(LAST_CONTACT, now.isoformat())
    tx.machine.put_note(CLOCK_OFFSET, str(round((now - mark.time).total_seconds())))


# ---- news down


def _pull(
    store: Store,
    server: CentralServer,
    clock: Clock,
    changes: Changes,
    outcome: SyncOutcome,
) -> SyncOutcome:
    while True:
        with store.transaction() as tx:
            cursor = tx.letters.cursor()
        news = server.news_after(cursor)
        if news.is_rewound:
            with store.transaction() as tx:
                tx.letters.move_cursor(Cursor())
                tx.uploads.forget_all_done()
                _feed_again(tx, news.mark)
            outcome = replace(outcome, was_restored=True)
            if cursor == Cursor():
                raise ServerNonsense("a feed that goes back before its beginning")
            continue
        _check_news(cursor, news)
        fresh, was_restored = _take_in(store, news, clock)
        outcome = replace(
            outcome,
            news=outcome.news + fresh,
            was_restored=outcome.was_restored or was_restored,
        )
        changes.publish(Change.LINE)
        if fresh:
            changes.publish(Change.DOSSIERS)
        _refresh_pack(store, server, news.pack_version, changes)
        if not news.more:
            return outcome


def _check_news(cursor: Cursor, news: News) -> None:
    expected = range(cursor.position + 1, cursor.position + 1 + len(news.items))
    if [item.position for item in news.items] != list(expected):
        raise ServerNonsense("positions with holes")
    if not all(is_whole(item.letter) for item in news.items):
        raise ServerNonsense("a damaged letter")
    if news.more and not news.items:
        raise ServerNonsense("more, and yet nothing")


def _take_in(store: Store, news: News, clock: Clock) -> tuple[int, bool]:
    touched: set[DossierId] = set()
    with store.transaction() as tx:
        for item in news.items:
            if tx.letters.add_news(item):
                touched |= _dossier_of(item.letter)
        for dossier in sorted(touched):
            rebuild(tx, dossier)
        if news.items:
            last = news.items[-1]
            tx.letters.move_cursor(Cursor(last.position, last.letter.digest))
        was_restored = _feed_again(tx, news.mark)
        _note_contact(tx, news.mark, clock)
    return len(touched), was_restored


def _dossier_of(letter: Letter) -> set[DossierId]:
    """Which dossier to make anew; none for a letter that only a newer program can read."""
    try:
        return {unseal(letter).dossier}
    except Refusal:
        return set()


def _refresh_pack(store: Store, server: CentralServer, version: str, changes: Changes) -> None:
    pack = store.reads.pack()
    if pack is not None and pack.version == version:
        return
    fresh = server.office_pack()
    with store.transaction() as tx:
        tx.machine.put_pack(fresh)
    changes.publish(Change.PACK)


# ---- pages up


def _upload(
    store: Store,
    server: CentralServer,
    vault: PageVault,
    changes: Changes,
    max_pages: int,
    outcome: SyncOutcome,
) -> SyncOutcome:
    with store.transaction() as tx:
        waiting = tx.uploads.waiting(max_pages + 1)
    sent = 0
    for page in waiting[:max_pages]:
        try:
            content = vault.load(page.sha256)
        except (PageMissing, PageDamaged):
            # The sync screen shows it among the pages; the others go on.
            continue
        try:
            server.send_page(
                page.sha256,
                page.dossier,
                content,
                report=partial(_progress, store, changes, page.sha256),
            )
        except PageNotThere:
            # The record is not there although it was acknowledged: the next round feeds it again.
            continue
        with store.transaction() as tx:
            tx.uploads.done(page.sha256)
        sent += 1
        changes.publish(Change.LETTERS)
    return replace(outcome, pages=outcome.pages + sent, has_more=len(waiting) > max_pages)


def _progress(store: Store, changes: Changes, sha256: str, held: int) -> None:
    with store.transaction() as tx:
        tx.uploads.progress(sha256, held)
    changes.publish(Change.LETTERS)
