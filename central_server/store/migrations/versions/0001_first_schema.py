"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _people_and_places()
    _history()
    _holdings()


def _people_and_places() -> None:
    op.create_table(
        "server",
        sa.Column("id", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("identity", sa.String(32), nullable=False),
        sa.Column("salt", sa.String(64), nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.CheckConstraint("id = 1", name="ck_server_one"),
        sa.PrimaryKeyConstraint("id", name="pk_server"),
    )
    op.create_table(
        "office",
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("version", sa.String(64), nullable=False),
        sa.Column("document", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("unit", name="pk_office"),
    )
    op.create_table(
        "feed",
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("head", sa.BigInteger, nullable=False),
        sa.Column("chain", sa.String(64), nullable=False),
        sa.Column("server_seq", sa.BigInteger, nullable=False),
        sa.Column("server_digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("unit", name="pk_feed"),
    )
    op.create_table(
        "band",
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("first", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.Column("counter", sa.String(40), nullable=False),
        sa.Column("valid_from", sa.String(10), nullable=False),
        sa.PrimaryKeyConstraint("unit", "first", name="pk_band"),
    )
    op.create_table(
        "counter",
        sa.Column("id", sa.String(40), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("store", sa.String(32), nullable=False),
        sa.Column("machine", sa.String(200), nullable=False),
        sa.Column("enrolled_at", sa.BigInteger, nullable=False),
        sa.Column("revoked_at", sa.BigInteger),
        sa.Column("held_seq", sa.BigInteger, nullable=False),
        sa.Column("held_digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_counter"),
    )
    op.create_index("ix_counter_unit", "counter", ["unit", "number"])
    op.create_table(
        "token",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("counter", sa.String(40), nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_token"),
    )
    op.create_index("ix_token_counter", "token", ["counter"])
    op.create_table(
        "enrol_code",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("expires_at", sa.BigInteger, nullable=False),
        sa.Column("store", sa.String(32)),
        sa.Column("counter", sa.String(40)),
        sa.Column("answers", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_enrol_code"),
    )
    op.create_table(
        "wrong_code",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("address", sa.String(64), nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_wrong_code"),
    )
    op.create_index("ix_wrong_code_at", "wrong_code", ["at"])


def _history() -> None:
    op.create_table(
        "letter",
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("counter", sa.String(40), nullable=False),
        sa.Column("seq", sa.BigInteger, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(100), nullable=False),
        sa.Column("v", sa.BigInteger, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("dossier", sa.String(32)),
        sa.Column("reason", sa.String(100), nullable=False),
        sa.Column("position", sa.BigInteger),
        sa.Column("chain", sa.String(64)),
        sa.Column("came_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("unit", "counter", "seq", name="pk_letter"),
        sa.UniqueConstraint("unit", "position", name="uq_letter_unit"),
    )
    op.create_index("ix_letter_dossier", "letter", ["unit", "dossier"])


def _holdings() -> None:
    op.create_table(
        "dossier",
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("former_number", sa.String(40)),
        sa.Column("status", sa.Integer, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("unit", "id", name="pk_dossier"),
        sa.UniqueConstraint("unit", "number", name="uq_dossier_number"),
        sa.UniqueConstraint("unit", "former_number", name="uq_dossier_former_number"),
    )
    op.create_table(
        "reserve",
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("last", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("unit", "day", name="pk_reserve"),
    )
    op.create_table(
        "page",
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("dossier", sa.String(32), nullable=False),
        sa.Column("stored_at", sa.BigInteger),
        sa.PrimaryKeyConstraint("unit", "sha256", name="pk_page"),
    )
