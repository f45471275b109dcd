"""Scanning into a draft or a dossier: every page is safe before the next one is pulled."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass

from counter_app.application.capture import PageVault, Scanner, ScanOptions
from counter_app.application.job import Job
from counter_app.application.ports.records import DraftPage
from counter_app.application.ports.store import Store
from counter_app.domain.dossier import Page
from counter_app.domain.ids import DossierId


@dataclass(frozen=True, slots=True)
class ScanForDraft:
    """Scan for one component of a draft.

    Attributes:
        draft: Which draft.
        component: Code of the component.
        device: As the scanner names it.
        options: How to scan.
        redo: The page that the first new page replaces; None to add at the end.
    """

    draft: DossierId
    component: str
    device: str
    options: ScanOptions
    redo: int | None = None


@dataclass(frozen=True, slots=True)
class PageSaved:
    """A page that is encrypted on the disk and in the draft's list."""

    page: DraftPage
    ordinal: int


def scan_for_draft(
    command: ScanForDraft,
    job: Job[PageSaved],
    *,
    store: Store,
    scanner: Scanner,
    vault: PageVault,
) -> int:
    """Scan until the feeder is empty; report each page once it can no longer be lost.

    Returns:
        How many pages were saved.

    Raises:
        ScannerTrouble: The device stopped; the pages before are safe.
        DiskFull: No room for the page at hand; the pages before are safe.
        Cancelled: The officer stopped it.
    """
    saved = 0
    with closing(scanner.pages(command.device, command.options)) as pages:
        for scanned in pages:
            ref = vault.store(scanned.content)
            page = Page(ref.sha256, ref.size)
            with store.transaction() as tx:
                if command.redo is not None and saved == 0:
                    entry = tx.drafts.replace_page(command.draft, command.redo, page)
                else:
                    entry = tx.drafts.add_page(command.draft, command.component, page)
            saved += 1
            job.report(PageSaved(entry, saved))
            job.check()
    return saved


def drop_page(draft: DossierId, page: int, *, store: Store) -> None:
    """Take a page out of a draft; its file is kept."""
    with store.transaction() as tx:
        tx.drafts.drop_page(draft, page)


def draft_pages(draft: DossierId, *, store: Store) -> tuple[DraftPage, ...]:
    return store.reads.draft_pages(draft)
