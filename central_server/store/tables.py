"""The tables. Times are whole milliseconds since 1970, UTC, by the server's own clock."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
    }
)

server = Table(
    "server",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("identity", String(32), nullable=False),
    Column("salt", String(64), nullable=False),
    Column("made_at", BigInteger, nullable=False),
    CheckConstraint("id = 1", name="one"),
)
"""Who this database is: drawn once, when it is made."""

office = Table(
    "office",
    metadata,
    Column("unit", String(40), primary_key=True),
    Column("version", String(64), nullable=False),
    Column("document", Text, nullable=False),
)

feed = Table(
    "feed",
    metadata,
    Column("unit", String(40), primary_key=True),
    Column("head", BigInteger, nullable=False),
    Column("chain", String(64), nullable=False),
    Column("server_seq", BigInteger, nullable=False),
    Column("server_digest", String(64), nullable=False),
)
"""One row per office. Who writes letters of the office holds its lock until the commit,
so that a position becomes visible only after all before it."""

band = Table(
    "band",
    metadata,
    Column("unit", String(40), primary_key=True),
    Column("first", Integer, primary_key=True, autoincrement=False),
    Column("last", Integer, nullable=False),
    Column("counter", String(40), nullable=False),
    Column("valid_from", String(10), nullable=False),
)
"""Every lease that was ever made; none is given twice."""

counter = Table(
    "counter",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("unit", String(40), nullable=False),
    Column("number", Integer, nullable=False),
    Column("store", String(32), nullable=False),
    Column("machine", String(200), nullable=False),
    Column("enrolled_at", BigInteger, nullable=False),
    Column("revoked_at", BigInteger),
    Column("held_seq", BigInteger, nullable=False),
    Column("held_digest", String(64), nullable=False),
    Index("ix_counter_unit", "unit", "number"),
)

token = Table(
    "token",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("counter", String(40), nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Index("ix_token_counter", "counter"),
)

enrol_code = Table(
    "enrol_code",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("unit", String(40), nullable=False),
    Column("number", Integer, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("store", String(32)),
    Column("counter", String(40)),
    Column("answers", Integer, nullable=False),
)

wrong_code = Table(
    "wrong_code",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("address", String(64), nullable=False),
    Column("at", BigInteger, nullable=False),
    Index("ix_wrong_code_at", "at"),
)

letter = Table(
    "letter",
    metadata,
    Column("unit", String(40), primary_key=True),
    Column("counter", String(40), primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", String(100), nullable=False),
    Column("v", BigInteger, nullable=False),
    Column("body", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("dossier", String(32)),
    Column("reason", String(100), nullable=False),
    Column("position", BigInteger),
    Column("chain", String(64)),
    Column("came_at", BigInteger, nullable=False),
    UniqueConstraint("unit", "position"),
    Index("ix_letter_dossier", "unit", "dossier"),
)
"""Every letter that was answered for ever: accepted (it has a position and a dossier), or refused
(it has a reason)."""

dossier = Table(
    "dossier",
    metadata,
    Column("unit", String(40), primary_key=True),
    Column("id", String(32), primary_key=True),
    Column("number", String(40), nullable=False),
    Column("former_number", String(40)),
    Column("status", Integer, nullable=False),
    Column("revision", Integer, nullable=False),
    UniqueConstraint("unit", "number", name="uq_dossier_number"),
    UniqueConstraint("unit", "former_number", name="uq_dossier_former_number"),
)
"""Every dossier, in short; what it is in full, its accepted letters tell."""

reserve = Table(
    "reserve",
    metadata,
    Column("unit", String(40), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("last", Integer, nullable=False),
)
"""How far the office's own reserve of numbers is used on each day."""

page = Table(
    "page",
    metadata,
    Column("unit", String(40), primary_key=True),
    Column("sha256", String(64), primary_key=True),
    Column("size", BigInteger, nullable=False),
    Column("dossier", String(32), nullable=False),
    Column("stored_at", BigInteger),
)
"""Every page that an accepted letter named."""
