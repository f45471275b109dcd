"""A counter that works as fast as it can until somebody kills it.

Run as a program: `python -m tests.helpers.store_victim FOLDER`. It reads a line for each round and
forks a child, which receives dossiers and writes the number of each to standard output once it is
committed; the child is the one to be killed. Forking saves the imports of a hundred starts.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from counter_app.domain.dossier import Status
from counter_app.domain.events import DossierForwarded, evolve
from tests.helpers.dossiers import a_page, a_reception, signed
from tests.helpers.store_rooms import BAND, DAY, dossier_id, open_store


def work(folder: Path, round_no: int, out: int) -> None:
    """Receive, forward and remember, each in one transaction, until the end comes."""
    store = open_store(folder)
    n = 0
    while True:
        n += 1
        with store.transaction() as tx:
            number = tx.numbers.take((BAND,), DAY)
            event = a_reception(id=dossier_id(round_no * 100_000 + n), number=number)
            tx.letters.append(event)
            tx.dossiers.put(event.snapshot)
            tx.drafts.add_page(event.dossier, "TK", a_page("a"))
        os.write(out, f"{number.text}\n".encode())
        if n % 3 == 0:
            with store.transaction() as tx:
                before = tx.dossiers.get(event.dossier)
                assert before is not None
                assert before.status is Status.RECEIVED
                step = DossierForwarded(**signed(before), to_unit="Phòng Văn hóa - Xã hội")
                tx.letters.append(step)
                tx.dossiers.put(evolve(before, step))
        if n % 20 == 0:
            store.tidy()


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main(folder: Path) -> None:
    for round_no, _ in enumerate(sys.stdin):
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            try:
                work(folder, round_no, writing)
            finally:
                os._exit(1)
        os.close(writing)
        tell(str(child))
        acknowledged = b""
        while chunk := os.read(reading, 65536):
            acknowledged += chunk
        os.close(reading)
        os.waitpid(child, 0)
        tell(" ".join(acknowledged.decode().split()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
