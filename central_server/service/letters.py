"""Letters come in: one verdict each, one transaction for all of a request.

The rules are in `docs/sync-protocol.md`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from central_server.service.access import Asking, authenticate
from central_server.service.ledger import HeldLetter, Ledger
from central_server.service.problems import Unanswered
from central_server.store.database import Database, milliseconds
from counter_app.domain.dossier import Dossier
from counter_app.domain.errors import InvalidValue, Refusal
from counter_app.domain.events import DossierReceived, Event, NumberLinked, PagesAdded, evolve
from counter_app.domain.ids import CounterId, StaffId
from counter_app.domain.numbers import DossierNumber
from counter_app.wire.codec import MessageUnreadable
from counter_app.wire.letters import Letter, LetterTooNew, content_of, is_whole
from counter_app.wire.messages import (
    MAX_LETTERS,
    PROTOCOL,
    Outcome,
    PostLetters,
    ServerMark,
    Verdict,
    Verdicts,
)
from counter_app.wire.refusals import (
    NotThisOffice,
    NumberNotLeased,
    NumberTaken,
    OnlyTheServerMay,
)

_DOSSIER_ID: Final = re.compile("[0-9a-f]{32}")
_SERVER_HAND: Final = StaffId("server")


@dataclass(frozen=True, slots=True)
class _Fresh:
    """A letter never seen before, next in its chain; what it holds, or why it holds nothing."""

    letter: Letter
    content: Event | Refusal


def post_letters(database: Database, bearer: str, post: PostLetters, now: datetime) -> Verdicts:
    """Answer each letter; what is answered is durable.

    Letters behind one that this server cannot judge get no verdict: they are to be sent again.

    Raises:
        Unanswered: `unauthorised`; `unreadable`: the letters are not one counter's in order;
            `digest`: the first one is damaged; `protocol`: the first one is of a kind that only a
            newer server knows.
    """
    with database.writing() as connection:
        asking = authenticate(connection, bearer)
        _require_order(post.letters, asking.counter)
        ledger = Ledger(connection, asking, milliseconds(now))
        verdicts: tuple[Verdict, ...] = ()
        if post.letters:
            known = ledger.known([letter.id.seq for letter in post.letters])
            sorted_in, stop = _sort_in(post.letters, ledger, known)
            if stop is not None and not sorted_in:
                raise stop
            verdicts = _judge(sorted_in, ledger, asking, now)
            ledger.write_down()
        held = ledger.history.seq
    mark = ServerMark(server=database.identity.name, protocol=PROTOCOL, time=now, held=held)
    return Verdicts(mark=mark, verdicts=verdicts)


def _require_order(letters: Sequence[Letter], own: CounterId) -> None:
    if len(letters) > MAX_LETTERS:
        raise Unanswered("too_large", f"more than {MAX_LETTERS} letters")
    before = 0
    for letter in letters:
        if letter.id.counter != own:
            raise Unanswered("unreadable", "a letter of another counter")
        if letter.id.seq <= before:
            raise Unanswered("unreadable", "not in order")
        before = letter.id.seq


def _sort_in(
    letters: Sequence[Letter], ledger: Ledger, known: dict[int, HeldLetter]
) -> tuple[list[Verdict | _Fresh], Unanswered | None]:
    """Tell new letters from old, missing and forked ones.

    Returns:
        What was found, in order, and why the letter after it could not be judged, if it could not.
    """
    found: list[Verdict | _Fresh] = []
    seq, tip = ledger.history.seq, ledger.history.digest
    forked_tip = ""
    for letter in letters:
        held = known.get(letter.id.seq)
        if held is not None and held.digest == letter.digest:
            found.append(_repeated(letter, held))
            continue
        if not is_whole(letter):
            return found, Unanswered("digest", str(letter.id))
        is_next = letter.id.seq == seq + 1
        if (
            held is not None
            or letter.previous == forked_tip
            or (is_next and letter.previous != tip)
        ):
            forked_tip = letter.digest
            found.append(Verdict(id=letter.id, outcome=Outcome.FORKED))
        elif not is_next:
            found.append(Verdict(id=letter.id, outcome=Outcome.GAP))
        else:
            try:
                found.append(_Fresh(letter, content_of(letter)))
            except LetterTooNew as too_new:
                return found, Unanswered("protocol", f"{too_new.kind[:40]} {too_new.v}")
            except MessageUnreadable as unreadable:
                found.append(_Fresh(letter, unreadable))
            seq, tip = letter.id.seq, letter.digest
    return found, None


def _repeated(letter: Letter, held: HeldLetter) -> Verdict:
    outcome = Outcome.ALREADY if held.position is not None else Outcome.REFUSED
    return Verdict(id=letter.id, outcome=outcome, reason=held.reason, position=held.position)


def _judge(
    found: Sequence[Verdict | _Fresh], ledger: Ledger, asking: Asking, now: datetime
) -> tuple[Verdict, ...]:
    events = [
        item.content
        for item in found
        if isinstance(item, _Fresh) and not isinstance(item.content, Refusal)
    ]
    ledger.load(
        (event.dossier for event in events),
        (event.snapshot.number for event in events if isinstance(event, DossierReceived)),
    )
    return tuple(
        _answer(item, ledger, asking, now) if isinstance(item, _Fresh) else item for item in found
    )


def _answer(fresh: _Fresh, ledger: Ledger, asking: Asking, now: datetime) -> Verdict:
    letter, content = fresh.letter, fresh.content
    try:
        if isinstance(content, Refusal):
            raise content
        dossier = evolve(ledger.dossier(content.dossier), content)
        _require_allowed(content, dossier, ledger, asking)
    except Refusal as refusal:
        reason = type(refusal).__name__
        ledger.refuse(letter, reason)
        return Verdict(id=letter.id, outcome=Outcome.REFUSED, reason=reason)
    ledger.put(dossier)
    position = ledger.accept(letter, dossier.id)
    if isinstance(content, PagesAdded):
        ledger.expect_pages(content.pages, dossier.id)
    if isinstance(content, DossierReceived):
        ledger.expect_pages(dossier.pages, dossier.id)
        if not dossier.number.is_final:
            _link_number(dossier, content, ledger, now)
    return Verdict(id=letter.id, outcome=Outcome.ACCEPTED, position=position)


def _require_allowed(event: Event, dossier: Dossier, ledger: Ledger, asking: Asking) -> None:
    """What only the server can know: whose numbers they are, and which are taken."""
    if isinstance(event, NumberLinked):
        raise OnlyTheServerMay("number_linked")
    if not isinstance(event, DossierReceived):
        return
    if _DOSSIER_ID.fullmatch(dossier.id) is None:
        raise InvalidValue("dossier", "id")
    if dossier.unit != asking.unit:
        raise NotThisOffice(dossier.unit)
    number = dossier.number
    if isinstance(number, DossierNumber) and not ledger.is_leased(number):
        raise NumberNotLeased(number.text)
    if ledger.is_taken(number):
        raise NumberTaken(number.text)


def _link_number(dossier: Dossier, event: DossierReceived, ledger: Ledger, now: datetime) -> None:
    """Give a provisional number its final one, in the same transaction."""
    final = ledger.draw_from_reserve(dossier.number.day)
    linked = NumberLinked(
        dossier=dossier.id,
        at=now.astimezone(event.at.tzinfo),
        by=_SERVER_HAND,
        by_name="",
        number=final,
    )
    ledger.put(evolve(dossier, linked))
    ledger.write_own(linked)
