"""The tables of the store. What makes them is `migrations/`; a test holds the two equal.

`dossier` is narrow, because lists read many of its rows; the whole dossier lies beside it in
`dossier_document`. `row` rises with the time of reception, so that "newest first" needs no sorting.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    text,
)

metadata: Final = MetaData()

procedure_seen: Final = Table(
    "procedure_seen",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("code", Text, nullable=False),
    Column("name", Text, nullable=False),
    Index("procedure_seen_code_name", "code", "name", unique=True),
)

dossier: Final = Table(
    "dossier",
    metadata,
    Column("row", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False),
    Column("number", Text, nullable=False),
    Column("former_number", Text),
    Column("status", Integer, nullable=False),
    Column("owner", Text, nullable=False),
    Column("owner_id", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("procedure", Integer, ForeignKey("procedure_seen.n"), nullable=False),
    Column("received_at", Text, nullable=False),
    Column("due_at", Text),
    Column("is_on_hold", Boolean, nullable=False),
    Column("finished_at", Text),
    # Seconds since 1970; NULL once the dossier is finished, so that the index holds open work only.
    Column("open_due", Integer),
    Index("dossier_id", "id", unique=True),
    Index("dossier_number", "number"),
    Index("dossier_former_number", "former_number", sqlite_where=text("former_number IS NOT NULL")),
    Index("dossier_open_due", "open_due", sqlite_where=text("open_due IS NOT NULL")),
)

dossier_document: Final = Table(
    "dossier_document",
    metadata,
    Column("row", Integer, ForeignKey("dossier.row"), primary_key=True, autoincrement=False),
    Column("words", Text, nullable=False),
    Column("document", Text, nullable=False),
)

letter: Final = Table(
    "letter",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("counter", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("v", Integer, nullable=False),
    Column("body", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("dossier", Text, nullable=False),
    Column("is_own", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    Column("position", Integer),
    Column("reason", Text, nullable=False),
    Column("is_attended", Boolean, nullable=False),
    # 0; for a forked letter, which shares its place with the accepted one, its own row, negative.
    Column("fork", Integer, nullable=False),
    Index("letter_place", "counter", "seq", "fork", unique=True),
    Index("letter_position", "position", unique=True, sqlite_where=text("position IS NOT NULL")),
    Index("letter_dossier", "dossier"),
    Index("letter_waiting", "counter", "seq", sqlite_where=text("state = 'waiting'")),
    Index(
        "letter_unsettled",
        "dossier",
        "state",
        "is_attended",
        sqlite_where=text("state <> 'accepted'"),
    ),
)

number_use: Final = Table(
    "number_use",
    metadata,
    Column("day", Text, primary_key=True),
    Column("sequence", Integer, primary_key=True),
    sqlite_with_rowid=False,
)

provisional_use: Final = Table(
    "provisional_use",
    metadata,
    Column("machine", Text, primary_key=True),
    Column("day", Text, primary_key=True),
    Column("sequence", Integer, primary_key=True),
    sqlite_with_rowid=False,
)

draft: Final = Table(
    "draft",
    metadata,
    Column("id", Text, primary_key=True),
    Column("owner", Text, nullable=False),
    Column("form", Text, nullable=False),
    Column("saved_at", Text, nullable=False),
)

draft_page: Final = Table(
    "draft_page",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("draft", Text, nullable=False),
    Column("component", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("size", Integer, nullable=False),
    # The id of the page that first had this place; a page scanned anew takes the place over.
    Column("place", Integer, nullable=False),
    Column("is_replaced", Boolean, nullable=False),
    Index("draft_page_draft", "draft"),
    # Ids are never used again, so that a late message about a page cannot mean another one.
    sqlite_autoincrement=True,
)

page_upload: Final = Table(
    "page_upload",
    metadata,
    Column("row", Integer, primary_key=True),
    Column("dossier", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("sent", Integer, nullable=False),
    Column("is_done", Boolean, nullable=False),
    Index("page_upload_page", "sha256", "dossier", unique=True),
    Index("page_upload_dossier", "dossier"),
    Index("page_upload_waiting", "row", sqlite_where=text("is_done = 0")),
)

print_job: Final = Table(
    "print_job",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("dossier", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("copy_no", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("settled_at", Text),
    Column("payload", LargeBinary, nullable=False),
    Index("print_job_dossier", "dossier"),
    Index("print_job_open", "state", "id", sqlite_where=text("state <> 'confirmed'")),
    sqlite_autoincrement=True,
)

machine: Final = Table(
    "machine",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("store_id", Text, nullable=False),
    Column("counter", Text),
    Column("token", Text, nullable=False),
    Column("server_url", Text, nullable=False),
    Column("server", Text, nullable=False),
    Column("cursor_position", Integer, nullable=False),
    Column("cursor_digest", Text, nullable=False),
    CheckConstraint("id = 1", name="machine_is_one"),
)

own_counter: Final = Table(
    "own_counter",
    metadata,
    Column("counter", Text, primary_key=True),
)

office_pack: Final = Table(
    "office_pack",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    # Drawn anew with every writing: what was read of one generation need not be read again.
    Column("generation", Integer, nullable=False),
    Column("pack", Text, nullable=False),
    CheckConstraint("id = 1", name="office_pack_is_one"),
)

pin: Final = Table(
    "pin",
    metadata,
    Column("staff", Text, primary_key=True),
    Column("hash", Text, nullable=False),
)

note: Final = Table(
    "note",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

CREATE_SEARCH: Final = """
CREATE VIRTUAL TABLE search USING fts5(
    words,
    content='dossier_document', content_rowid='row',
    tokenize="ascii tokenchars '-._'",
    prefix='1 2 3 4 5 6', detail=none, columnsize=0
)
"""
"""The search index: it keeps no text of its own, no positions and no lengths, so it stays small.

All prefixes up to six letters are indexed: without that, each keystroke merges every word that
begins so before the first row comes.
"""
