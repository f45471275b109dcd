"""The one way a dossier changes: its new state and the letter that tells of it, together."""

from __future__ import annotations

from counter_app.application.ports.history import LetterState
from counter_app.application.ports.store import Transaction
from counter_app.domain.dossier import Dossier, UnknownDossier
from counter_app.domain.errors import Refusal
from counter_app.domain.events import Event, evolve
from counter_app.domain.ids import DossierId
from counter_app.wire.letters import unseal


def record(tx: Transaction, event: Event) -> Dossier:
    """Let the event happen to its dossier.

    Raises:
        Refusal: The domain does not allow it; nothing is written.
    """
    dossier = evolve(tx.dossiers.get(event.dossier), event)
    tx.letters.append(event)
    tx.dossiers.put(dossier)
    return dossier


def load(tx: Transaction, id: DossierId) -> Dossier:
    """Read a dossier that must be there.

    Raises:
        UnknownDossier: It is not.
    """
    dossier = tx.dossiers.get(id)
    if dossier is None:
        raise UnknownDossier(id)
    return dossier


def rebuild(tx: Transaction, id: DossierId) -> Dossier | None:
    """Make a dossier anew from its letters: accepted ones first, own waiting ones laid over.

    A waiting letter that no longer fits is left out of the picture: the server will refuse it, and
    then a person is asked.
    """
    dossier: Dossier | None = None
    for entry in tx.letters.of_dossier(id):
        if entry.state in (LetterState.REFUSED, LetterState.FORKED):
            continue
        try:
            dossier = evolve(dossier, unseal(entry.letter))
        except Refusal:
            continue
    if dossier is None:
        tx.dossiers.remove(id)
    else:
        tx.dossiers.put(dossier)
    return dossier
