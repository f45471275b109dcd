"""Everything that a screen may call: use cases with their adapters already bound.

A screen runs each of these on a lane (`ui.background`), never on its own thread; `Desk.lanes` says
which lane is whose.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from counter_app.application.capture import ScannerInfo
from counter_app.application.changes import Changes
from counter_app.application.handling import TakeStep
from counter_app.application.job import Job
from counter_app.application.looking_up import DossierPage
from counter_app.application.office import Office
from counter_app.application.officer import Officer
from counter_app.application.ports.history import LetterEntry
from counter_app.application.ports.paper import HeadState, Picture
from counter_app.application.ports.reading import DossierRow, Search, SyncCounts
from counter_app.application.ports.records import (
    Draft,
    DraftPage,
    PageProgress,
    PrintJob,
    PrintKind,
)
from counter_app.application.ports.running import Clock, Lane
from counter_app.application.previewing import Preview
from counter_app.application.receiving import Receipt, ReceiveDossier
from counter_app.application.returning import Found, ReturnResult
from counter_app.application.scanning import PageSaved, ScanForDraft
from counter_app.application.syncing import SyncOutcome
from counter_app.domain.dossier import Dossier
from counter_app.domain.ids import DossierId, EventId
from counter_app.domain.procedure import Procedure


@dataclass(frozen=True, slots=True)
class Lanes:
    """One worker for each slow thing."""

    desk: Lane
    printer: Lane
    scanner: Lane
    network: Lane


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The counter, as the screens see it.

    Attributes:
        lanes: Where to run what: `desk` for the store, previews and forms; `printer` for
            `print_queued` and `printer_state`; `scanner` for `scanners` and `scan`; `network` for
            `sync_once` and `page_picture`.
        clock: The office's time.
        changes: Tells what was committed, on the lane on which it happened.
    """

    lanes: Lanes
    clock: Clock
    changes: Changes

    # the office
    office: Callable[[], Office]
    find_procedures: Callable[[str, int], tuple[Procedure, ...]]

    # receiving
    preview: Callable[[ReceiveDossier], Preview]
    receive: Callable[[ReceiveDossier], Receipt]
    save_draft: Callable[[Draft], None]
    discard_draft: Callable[[DossierId], None]
    drafts: Callable[[Officer], tuple[Draft, ...]]
    draft_pages: Callable[[DossierId], tuple[DraftPage, ...]]

    # scanning
    scanners: Callable[[], tuple[ScannerInfo, ...]]
    scan: Callable[[ScanForDraft, Job[PageSaved]], int]
    drop_page: Callable[[DossierId, int], None]
    thumbnail: Callable[[str, int], bytes]
    page_picture: Callable[[str], bytes]

    # dossiers
    search: Callable[[Search], tuple[DossierRow, ...]]
    look_at: Callable[[DossierId], DossierPage]
    take_step: Callable[[TakeStep], Dossier]
    find_for_return: Callable[[str], Found]
    return_result: Callable[[ReturnResult], Dossier]

    # paper
    print_queued: Callable[[], int]
    print_again: Callable[[DossierId, PrintKind], PrintJob]
    try_again: Callable[[int], None]
    confirm_print: Callable[[int], None]
    prints_open: Callable[[], tuple[PrintJob, ...]]
    slip_picture: Callable[[PrintJob], Picture]
    printer_state: Callable[[], HeadState]
    form_pdf: Callable[[DossierId], bytes]
    form_picture: Callable[[bytes, int, int], Picture]
    open_form: Callable[[DossierId], str]
    print_form: Callable[[DossierId], bool]

    # the line
    sync_once: Callable[[], SyncOutcome]
    sync_counts: Callable[[], SyncCounts]
    open_letters: Callable[[int], tuple[LetterEntry, ...]]
    pages_waiting: Callable[[int], tuple[PageProgress, ...]]
    attend: Callable[[EventId], None]
    cut_line: Callable[[bool], None] | None
    """The demo's switch: True cuts the line; None where there is a real network."""

    # people
    has_pin: Callable[[Officer], bool]
    set_pin: Callable[[Officer, str], None]
    unlock: Callable[[Officer, str], None]
