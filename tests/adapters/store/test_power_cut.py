"""kill -9 in the midst of work, a hundred times over: nothing half done, nothing promised lost."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from counter_app.adapters.store.engine import connect
from counter_app.domain.events import evolve
from counter_app.wire.letters import FIRST, is_whole, unseal
from tests.helpers.store_rooms import KEY, enrol, open_store, waiting

ROUNDS = 100
EXAMINED_EVERY = 5


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="forks")
def test_a_hundred_power_cuts_leave_no_half_transaction_and_lose_no_promise(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    enrol(store)
    store.close()
    victim = subprocess.Popen(
        [sys.executable, "-m", "tests.helpers.store_victim", str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
    )
    assert victim.stdin is not None
    assert victim.stdout is not None
    chance = random.Random(7)
    promised: set[str] = set()
    cut_in_the_midst = 0
    for round_no in range(ROUNDS):
        victim.stdin.write("go\n")
        victim.stdin.flush()
        child = int(victim.stdout.readline())
        # Not waiting for a condition: the moment of the cut must know nothing of the work.
        time.sleep(chance.uniform(0.005, 0.12))
        os.kill(child, signal.SIGKILL)
        promised |= set(victim.stdout.readline().split())
        log = tmp_path / "store.db-wal"
        cut_in_the_midst += log.exists() and log.stat().st_size > 0
        check(tmp_path, promised, thoroughly=round_no % EXAMINED_EVERY == 0)
    victim.stdin.close()
    victim.wait(30)
    victim.stdout.close()
    check(tmp_path, promised, thoroughly=True)
    assert len(promised) > ROUNDS
    assert cut_in_the_midst > ROUNDS / 2


def check(folder: Path, promised: set[str], *, thoroughly: bool) -> None:
    store = open_store(folder)
    letters = waiting(store, 10**6)
    assert [letter.id.seq for letter in letters] == list(range(1, len(letters) + 1))
    previous = FIRST
    dossiers = {}
    for letter in letters:
        assert letter.previous == previous
        previous = letter.digest
        if thoroughly:
            assert is_whole(letter)
            event = unseal(letter)
            dossiers[event.dossier] = evolve(dossiers.get(event.dossier), event)
    raw = connect(store.path, KEY)
    received = [letter for letter in letters if letter.kind == "dossier_received"]
    numbers = [row[0] for row in raw.execute("SELECT number FROM dossier")]
    assert len(numbers) == len(set(numbers)) == len(received)
    assert promised <= set(numbers)
    (used,) = raw.execute("SELECT count(*) FROM number_use").fetchone()
    (scanned,) = raw.execute("SELECT count(*) FROM draft_page").fetchone()
    assert used == scanned == len(numbers)
    if thoroughly:
        assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert store.examine() == ()
        for id, dossier in dossiers.items():
            assert store.reads.dossier(id) == dossier
        (indexed,) = raw.execute("SELECT count(*) FROM search WHERE search MATCH 'mau'").fetchone()
        assert indexed == len(numbers)
    raw.close()
    store.close()
