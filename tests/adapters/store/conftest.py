from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.adapters.store.sql_store import SqlStore
from tests.helpers.store_rooms import enrol, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlStore]:
    """A new store that belongs to an office."""
    opened = open_store(tmp_path)
    enrol(opened)
    yield opened
    opened.close()
