"""The counter's store at a million dossiers: receiving, and finding while typing.

`STORE_DOSSIERS=20000 scripts/bench store` is a quick look; each row names its count.
"""

from __future__ import annotations

import os
import random
import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from counter_app.adapters.store.engine import connect
from counter_app.adapters.store.sql_store import SqlStore
from counter_app.adapters.store.words import words_of
from counter_app.application.ports.reading import Search
from counter_app.application.ports.records import Enrolment
from counter_app.domain.folding import fold
from counter_app.domain.ids import DossierId
from counter_app.wire.letters import is_whole
from counter_app.wire.messages import OfficePack
from scripts.benchmarks._store_dossiers import (
    BAND,
    COUNTER,
    UNIT,
    Case,
    cases,
    dossier_of,
    number_of,
    reception,
    write_dossiers,
)

COUNT: Final = int(os.environ.get("STORE_DOSSIERS", "1000000"))
RECEPTIONS: Final = 2_000
NAMES_TYPED: Final = 60
GOAL_RATIO: Final = 3
GOAL_RECEIVE_MS: Final = 5
GOAL_FIND_MS: Final = 10
KEY: Final = bytes(range(32))
PACK: Final = OfficePack(
    version="1",
    unit=UNIT,
    authority="ỦY BAN NHÂN DÂN XÃ QUẢNG MẪU",
    name="Trung tâm Phục vụ hành chính công xã Quảng Mẫu",
    short_name="Xã Quảng Mẫu",
    place="Quảng Mẫu",
    form_set="circular-03-2025",
    counter_no=2,
    staff=(),
    bands=(BAND,),
    catalogue="",
    calendar="",
)
Milliseconds = list[float]


def run() -> list[dict[str, Any]]:
    with TemporaryDirectory() as name:
        path = Path(name) / "store.db"
        made = list(cases(COUNT, random.Random(7)))
        _fill(path, made)
        _fill_bare_index(path)
        store = SqlStore(path, KEY)
        finding = _finding(store, path)
        receiving = _receiving(store, path, made[-1])
        store.close()
    return [*_receive_rows(*receiving), *_find_rows(*finding)]


def _fill(path: Path, made: list[Case]) -> None:
    store = SqlStore(path, KEY)
    with store.transaction() as tx:
        tx.machine.enrol(
            Enrolment(counter=COUNTER, token="", server_url="http://localhost", server="server"),
            PACK,
        )
    write_dossiers(path, KEY, made)
    for case in (made[0], made[len(made) // 2], made[-1]):
        _check(store, case)
    store.tidy_for_the_night()
    store.close()


def _check(store: SqlStore, case: Case) -> None:
    """What was written by bulk must be what the store would have written."""
    dossier = store.reads.dossier(DossierId(case.id))
    (entry,) = store.reads.letters_of(DossierId(case.id))
    if dossier != dossier_of(case, number_of(case)) or not is_whole(entry.letter):
        raise AssertionError("the bulk is not what the store writes")
    raw = connect(store.path, KEY)
    (words,) = raw.execute(
        "SELECT words FROM dossier_document JOIN dossier USING (row) WHERE id = ?", (case.id,)
    ).fetchone()
    raw.close()
    if words != words_of(dossier, case.procedure + 1):
        raise AssertionError("the words are not those of the store")


# ---- receiving


def _receiving(store: SqlStore, path: Path, last: Case) -> tuple[Milliseconds, Milliseconds]:
    """Turn by turn, so that both see the same disk and the same neighbours."""
    raw = connect(path, KEY)
    for table in ("bare_a", "bare_b"):
        raw.execute(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, body TEXT)")
    new = [
        replace(case, at=last.at + timedelta(seconds=40 * n))
        for n, case in enumerate(cases(RECEPTIONS, random.Random(11)), 1)
    ]
    ours, bare = [], []
    for case in new:
        bare.append(_timed(lambda: _bare_commit(raw)))
        ours.append(_timed(lambda case=case: _receive(store, case)))
    raw.close()
    return ours, bare


def _receive(store: SqlStore, case: Case) -> None:
    """As the use case does, the making of the event included."""
    with store.transaction() as tx:
        if tx.dossiers.get(DossierId(case.id)) is not None:
            raise AssertionError("received before")
        event = reception(case, tx.numbers.take(PACK.bands, case.at.date()))
        tx.letters.append(event)
        tx.dossiers.put(event.snapshot)


def _bare_commit(raw: Any) -> None:
    raw.execute("BEGIN IMMEDIATE")
    raw.execute("INSERT INTO bare_a (body) VALUES (?)", ("x" * 1000,))
    raw.execute("INSERT INTO bare_b (body) VALUES (?)", ("x" * 1000,))
    raw.execute("COMMIT")


# ---- finding


def _fill_bare_index(path: Path) -> None:
    """What one would write first: FTS5 as its documentation shows it, prefixes of two and three."""
    raw = connect(path, KEY)
    raw.execute("PRAGMA synchronous = OFF")
    raw.execute("CREATE VIRTUAL TABLE bare USING fts5(words, content='', prefix='2 3')")
    raw.execute("INSERT INTO bare (rowid, words) SELECT row, words FROM dossier_document")
    raw.execute("INSERT INTO bare (bare) VALUES ('optimize')")
    raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    raw.close()


def _finding(store: SqlStore, path: Path) -> tuple[Milliseconds, Milliseconds]:
    typed = list(_keystrokes(case.name for case in cases(NAMES_TYPED, random.Random(3))))
    ours = [_timed(lambda text=text: store.reads.search(Search(text=text))) for text in typed]
    raw = connect(path, KEY)
    bare = [_timed(lambda text=text: _bare_find(raw, fold(text))) for text in typed]
    raw.close()
    return ours, bare


def _keystrokes(names: Iterable[str]) -> Iterator[str]:
    """Every beginning of every name, as the search field asks for it."""
    for name in names:
        for end in range(1, len(name) + 1):
            if name[end - 1] != " ":
                yield name[:end]


def _bare_find(raw: Any, words: str) -> list[Any]:
    found: list[Any] = raw.execute(
        "SELECT dossier.* FROM bare JOIN dossier ON dossier.row = bare.rowid"
        " WHERE bare MATCH ? ORDER BY bare.rowid DESC LIMIT 50",
        (f"{words}*",),
    ).fetchall()
    return found


# ---- rows


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def _p95(times: Milliseconds) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _receive_rows(ours: Milliseconds, bare: Milliseconds) -> list[dict[str, Any]]:
    what = f"receive a dossier, {COUNT:,} in the store"
    peer = "bare two-row SQLCipher commit into the same file"
    middle = _row(f"{what}, p50", statistics.median(ours), peer, statistics.median(bare))
    slow = _row(f"{what}, p95", _p95(ours), peer, _p95(bare))
    is_near = middle["ratio"] <= GOAL_RATIO
    return [
        {**middle, "goal": f"<= {GOAL_RATIO} x", "met": is_near},
        {**slow, "goal": f"<= {GOAL_RECEIVE_MS} ms", "met": slow["ours"] <= GOAL_RECEIVE_MS},
    ]


def _find_rows(ours: Milliseconds, bare: Milliseconds) -> list[dict[str, Any]]:
    what = f"find a person while typing, {COUNT:,} in the store"
    peer = "bare FTS5 over the same words, prefix='2 3'"
    middle = _row(f"{what}, p50", statistics.median(ours), peer, statistics.median(bare))
    slow = _row(f"{what}, p95", _p95(ours), peer, _p95(bare))
    return [
        {**middle, "goal": f"<= {GOAL_FIND_MS} ms", "met": middle["ours"] <= GOAL_FIND_MS},
        {**slow, "goal": f"<= {GOAL_FIND_MS} ms", "met": slow["ours"] <= GOAL_FIND_MS},
    ]


def _row(what: str, ours: float, peer: str, peer_value: float) -> dict[str, Any]:
    return {
        "what": what,
        "unit": "ms",
        "ours": round(ours, 3),
        "peer": peer,
        "peer_value": round(peer_value, 3),
        "ratio": round(ours / peer_value, 2),
    }
