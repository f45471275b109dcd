"""Opening a store: new, right, locked, damaged, of another kind, of another time."""

import os
import shutil
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, text

from counter_app.adapters.store.engine import connect, writing_engine
from counter_app.adapters.store.migrations import MIGRATIONS, Migrations
from counter_app.adapters.store.opening import prepare
from counter_app.adapters.store.tables import CREATE_SEARCH, metadata
from counter_app.application.ports.reading import Search
from counter_app.application.ports.store import StoreDamaged, StoreLocked, StoreTooNew
from tests.helpers.store_rooms import KEY, OTHER_KEY, enrol, found, open_store, receive

PAGE = 4096
SEARCH_ALL = Search(limit=1000)
HISTORY = Path(__file__).parent / "history"


def a_closed_store(folder: Path, dossiers: int = 1) -> Path:
    store = open_store(folder)
    enrol(store)
    for n in range(dossiers):
        receive(store, n)
    store.close()
    return store.path


def flip(path: Path, offset: int) -> None:
    """Change one bit of the file."""
    with path.open("rb+") as file:
        file.seek(offset)
        (byte,) = file.read(1)
        file.seek(offset)
        file.write(bytes([byte ^ 1]))


def test_nothing_in_the_file_can_be_read_without_the_key(tmp_path: Path) -> None:
    path = a_closed_store(tmp_path)
    raw = path.read_bytes()
    for secret in ("Nguyễn", "067199000001", "dossier", "SQLite format 3"):
        assert secret.encode() not in raw


def test_another_key_is_refused_and_does_no_harm(tmp_path: Path) -> None:
    path = a_closed_store(tmp_path)
    with pytest.raises(StoreLocked):
        open_store(tmp_path, OTHER_KEY)
    store = open_store(tmp_path)
    assert len(found(store, "mau")) == 1
    store.close()
    assert path.exists()


def test_another_key_is_told_from_damage_without_the_key_mark_too(tmp_path: Path) -> None:
    a_closed_store(tmp_path)
    (tmp_path / "store.db.mark").unlink()
    with pytest.raises(StoreLocked):
        open_store(tmp_path, OTHER_KEY)


def test_a_damaged_first_page_is_damage_and_not_a_wrong_key(tmp_path: Path) -> None:
    path = a_closed_store(tmp_path)
    flip(path, 1000)
    with pytest.raises(StoreDamaged):
        open_store(tmp_path)
    with pytest.raises(StoreLocked):
        open_store(tmp_path, OTHER_KEY)


def test_a_damaged_page_is_found_when_it_is_read_and_by_examining(tmp_path: Path) -> None:
    path = a_closed_store(tmp_path, dossiers=60)
    whole = path.read_bytes()
    hit = 0
    for page in range(1, len(whole) // PAGE):
        path.write_bytes(whole)
        flip(path, page * PAGE + 100)
        try:
            store = open_store(tmp_path)
        except StoreDamaged:
            continue
        assert store.examine() != (), page
        try:
            found(store, "mau", limit=100)
            for row in store.reads.search(SEARCH_ALL):
                store.reads.dossier(row.id)
        except StoreDamaged:
            hit += 1
        store.close()
    assert hit > 5


def test_a_store_cut_short_is_damaged(tmp_path: Path) -> None:
    path = a_closed_store(tmp_path, dossiers=30)
    os.truncate(path, path.stat().st_size // 2 // PAGE * PAGE)
    with pytest.raises(StoreDamaged):
        store = open_store(tmp_path)
        try:
            for n in range(30):
                store.reads.search(SEARCH_ALL)
                receive(store, 100 + n)
        finally:
            store.close()


@pytest.mark.parametrize("content", [b"", b"hello", b"hello" * 5000, b"\0" * (3 * PAGE)])
def test_a_file_that_is_no_store_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "store.db"
    path.write_bytes(content)
    with pytest.raises((StoreDamaged, StoreLocked)):
        open_store(tmp_path)
    assert path.read_bytes() == content


def test_a_plain_database_is_no_store(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    plain = sqlcipher.connect(str(path))
    plain.execute("CREATE TABLE a (b)")
    plain.commit()
    plain.close()
    with pytest.raises(StoreDamaged):
        open_store(tmp_path)


def test_a_store_that_was_taken_away_from_its_log_is_not_made_anew(tmp_path: Path) -> None:
    path = a_closed_store(tmp_path)
    path.rename(tmp_path / "elsewhere.db")
    (tmp_path / "store.db-wal").write_bytes(b"x" * 5000)
    with pytest.raises(StoreDamaged):
        open_store(tmp_path)
    assert not path.exists()


def test_a_store_that_was_not_finished_when_it_was_made_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "store.db.new").write_bytes(b"half a store")
    (tmp_path / "store.db.new-wal").write_bytes(b"half a log")
    path = a_closed_store(tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["store.db", "store.db.mark"]
    assert path.stat().st_size > PAGE


def test_a_store_of_a_newer_program_is_not_touched(tmp_path: Path) -> None:
    path = a_closed_store(tmp_path)
    raw = connect(path, KEY)
    raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    before = path.read_bytes()
    with pytest.raises(StoreTooNew):
        open_store(tmp_path)
    assert path.read_bytes() == before


def test_the_key_must_have_its_length(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="32"):
        open_store(tmp_path, b"short")


# ---- migrations


def test_the_migrations_make_exactly_the_tables_that_the_program_uses(tmp_path: Path) -> None:
    path = a_closed_store(tmp_path)
    engine = writing_engine(path, KEY)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_name": lambda name, kind, _: kind != "table" or not is_search(name)},
        )
        assert compare_metadata(context, metadata) == []
        made = dict(
            connection.execute(
                text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
            ).all()
        )
    engine.dispose()
    assert squeezed(made["search"]) == squeezed(CREATE_SEARCH)
    # What Alembic does not compare: partial indexes, tables without row ids.
    declared = open_declared()
    assert {name: squeezed(sql) for name, sql in made.items() if name in declared} == declared


def open_declared() -> dict[str, str]:
    raw = sqlcipher.connect(":memory:")
    engine = create_engine("sqlite+pysqlite://", creator=lambda: raw, module=sqlcipher)
    metadata.create_all(engine)
    rows = raw.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    engine.dispose()
    return {name: squeezed(sql) for name, sql in rows}


def is_search(name: str | None) -> bool:
    return name is not None and (name == "search" or name.startswith("search_"))


def squeezed(sql: str) -> str:
    return "".join(sql.split())


def test_the_list_of_revisions_is_that_of_the_folder() -> None:
    files = sorted((MIGRATIONS.folder / "versions").glob("r*.py"))
    assert tuple(path.name[1:5] for path in files) == MIGRATIONS.revisions


@pytest.mark.parametrize("revision", MIGRATIONS.revisions)
def test_a_store_of_every_revision_opens_today(tmp_path: Path, revision: str) -> None:
    shutil.copy(HISTORY / f"{revision}.db", tmp_path / "store.db")
    store = open_store(tmp_path)
    assert len(found(store, "mau")) == 3
    assert store.reads.sync_counts().letters_waiting == 3
    receive(store, 100)
    assert store.examine() == ()
    store.close()


def a_later_program(folder: Path, upgrade: str) -> Migrations:
    """Today's migrations and one more."""
    shutil.copytree(MIGRATIONS.folder, folder, ignore=shutil.ignore_patterns("__pycache__"))
    later = folder / "versions" / "r9999_later.py"
    later.write_text(
        "from alembic import op\n"
        f"revision, down_revision = '9999', {MIGRATIONS.head!r}\n"
        f"def upgrade():\n    {upgrade}\n"
    )
    return Migrations(folder, (*MIGRATIONS.revisions, "9999"))


def test_a_store_is_copied_before_it_is_migrated(tmp_path: Path) -> None:
    path = a_closed_store(tmp_path)
    later = a_later_program(tmp_path / "later", "op.execute('CREATE TABLE more (a INTEGER)')")
    prepare(path, KEY, later)
    raw = connect(path, KEY)
    assert raw.execute("SELECT count(*) FROM more").fetchone() == (0,)
    assert raw.execute("SELECT count(*) FROM dossier").fetchone() == (1,)
    raw.close()
    copy = tmp_path / "back" / "store.db"
    copy.parent.mkdir()
    (tmp_path / "store-before-9999.db").rename(copy)
    store = open_store(copy.parent)
    assert len(found(store, "mau")) == 1
    assert store.examine() == ()
    store.close()


def test_a_migration_that_fails_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    path = a_closed_store(tmp_path)
    later = a_later_program(
        tmp_path / "later", "op.execute('DROP TABLE note'); raise LookupError('half-way')"
    )
    with pytest.raises(LookupError):
        prepare(path, KEY, later)
    store = open_store(tmp_path)
    with store.transaction() as tx:
        tx.machine.put_note("a", "b")
    assert len(found(store, "mau")) == 1
    store.close()


def test_a_store_in_step_is_opened_without_a_copy(tmp_path: Path) -> None:
    a_closed_store(tmp_path)
    open_store(tmp_path).close()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["store.db", "store.db.mark"]
