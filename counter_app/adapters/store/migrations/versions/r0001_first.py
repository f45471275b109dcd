"""The first store.

Revision ID: 0001
"""

from __future__ import annotations

import secrets
from typing import Final

from alembic import op
from sqlalchemy import text

revision: Final = "0001"
down_revision: Final = None
branch_labels: Final = None
depends_on: Final = None

_STATEMENTS: Final = (
    """
    CREATE TABLE draft (
        id TEXT NOT NULL,
        owner TEXT NOT NULL,
        form TEXT NOT NULL,
        saved_at TEXT NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE draft_page (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        draft TEXT NOT NULL,
        component TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        size INTEGER NOT NULL,
        place INTEGER NOT NULL,
        is_replaced BOOLEAN NOT NULL
    )
    """,
    "CREATE INDEX draft_page_draft ON draft_page (draft)",
    """
    CREATE TABLE letter (
        "row" INTEGER NOT NULL,
        counter TEXT NOT NULL,
        seq INTEGER NOT NULL,
        kind TEXT NOT NULL,
        v INTEGER NOT NULL,
        body TEXT NOT NULL,
        previous TEXT NOT NULL,
        digest TEXT NOT NULL,
        dossier TEXT NOT NULL,
        is_own BOOLEAN NOT NULL,
        state TEXT NOT NULL,
        position INTEGER,
        reason TEXT NOT NULL,
        is_attended BOOLEAN NOT NULL,
        fork INTEGER NOT NULL,
        PRIMARY KEY ("row")
    )
    """,
    "CREATE INDEX letter_dossier ON letter (dossier)",
    "CREATE UNIQUE INDEX letter_place ON letter (counter, seq, fork)",
    "CREATE UNIQUE INDEX letter_position ON letter (position) WHERE position IS NOT NULL",
    "CREATE INDEX letter_unsettled "
    "ON letter (dossier, state, is_attended) WHERE state <> 'accepted'",
    "CREATE INDEX letter_waiting ON letter (counter, seq) WHERE state = 'waiting'",
    """
    CREATE TABLE machine (
        id INTEGER NOT NULL,
        store_id TEXT NOT NULL,
        counter TEXT,
        token TEXT NOT NULL,
        server_url TEXT NOT NULL,
        server TEXT NOT NULL,
        cursor_position INTEGER NOT NULL,
        cursor_digest TEXT NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT machine_is_one CHECK (id = 1)
    )
    """,
    """
    CREATE TABLE note (
        "key" TEXT NOT NULL,
        value TEXT NOT NULL,
        PRIMARY KEY ("key")
    )
    """,
    """
    CREATE TABLE number_use (
        day TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        PRIMARY KEY (day, sequence)
    )
    WITHOUT ROWID
    """,
    """
    CREATE TABLE office_pack (
        id INTEGER NOT NULL,
        generation INTEGER NOT NULL,
        pack TEXT NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT office_pack_is_one CHECK (id = 1)
    )
    """,
    """
    CREATE TABLE own_counter (
        counter TEXT NOT NULL,
        PRIMARY KEY (counter)
    )
    """,
    """
    CREATE TABLE page_upload (
        "row" INTEGER NOT NULL,
        dossier TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        size INTEGER NOT NULL,
        sent INTEGER NOT NULL,
        is_done BOOLEAN NOT NULL,
        PRIMARY KEY ("row")
    )
    """,
    "CREATE INDEX page_upload_dossier ON page_upload (dossier)",
    "CREATE UNIQUE INDEX page_upload_page ON page_upload (sha256, dossier)",
    'CREATE INDEX page_upload_waiting ON page_upload ("row") WHERE is_done = 0',
    """
    CREATE TABLE pin (
        staff TEXT NOT NULL,
        hash TEXT NOT NULL,
        PRIMARY KEY (staff)
    )
    """,
    """
    CREATE TABLE print_job (
        id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
        dossier TEXT NOT NULL,
        kind TEXT NOT NULL,
        copy_no INTEGER NOT NULL,
        state TEXT NOT NULL,
        reason TEXT NOT NULL,
        made_at TEXT NOT NULL,
        settled_at TEXT,
        payload BLOB NOT NULL
    )
    """,
    "CREATE INDEX print_job_dossier ON print_job (dossier)",
    "CREATE INDEX print_job_open ON print_job (state, id) WHERE state <> 'confirmed'",
    """
    CREATE TABLE procedure_seen (
        n INTEGER NOT NULL,
        code TEXT NOT NULL,
        name TEXT NOT NULL,
        PRIMARY KEY (n)
    )
    """,
    "CREATE UNIQUE INDEX procedure_seen_code_name ON procedure_seen (code, name)",
    """
    CREATE TABLE provisional_use (
        machine TEXT NOT NULL,
        day TEXT NOT NULL,
        sequence INTEGER NOT NULL,
        PRIMARY KEY (machine, day, sequence)
    )
    WITHOUT ROWID
    """,
    """
    CREATE TABLE dossier (
        "row" INTEGER NOT NULL,
        id TEXT NOT NULL,
        number TEXT NOT NULL,
        former_number TEXT,
        status INTEGER NOT NULL,
        owner TEXT NOT NULL,
        owner_id TEXT NOT NULL,
        phone TEXT NOT NULL,
        procedure INTEGER NOT NULL,
        received_at TEXT NOT NULL,
        due_at TEXT,
        is_on_hold BOOLEAN NOT NULL,
        finished_at TEXT,
        open_due INTEGER,
        PRIMARY KEY ("row"),
        FOREIGN KEY(procedure) REFERENCES procedure_seen (n)
    )
    """,
    "CREATE INDEX dossier_former_number ON dossier (former_number) WHERE former_number IS NOT NULL",
    "CREATE UNIQUE INDEX dossier_id ON dossier (id)",
    "CREATE INDEX dossier_number ON dossier (number)",
    "CREATE INDEX dossier_open_due ON dossier (open_due) WHERE open_due IS NOT NULL",
    """
    CREATE TABLE dossier_document (
        "row" INTEGER NOT NULL,
        words TEXT NOT NULL,
        document TEXT NOT NULL,
        PRIMARY KEY ("row"),
        FOREIGN KEY("row") REFERENCES dossier ("row")
    )
    """,
    """
    CREATE VIRTUAL TABLE search USING fts5(
        words,
        content='dossier_document', content_rowid='row',
        tokenize="ascii tokenchars '-._'",
        prefix='1 2 3 4 5 6', detail=none, columnsize=0
    )
    """,
    # A page of the index then fits a page of the file beside what the cipher adds to it.
    "INSERT INTO search (search, rank) VALUES ('pgsz', 3900)",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(statement)
    op.get_bind().execute(
        text("INSERT INTO machine VALUES (1, :store_id, NULL, '', '', '', 0, '')"),
        {"store_id": secrets.token_hex(16)},
    )
