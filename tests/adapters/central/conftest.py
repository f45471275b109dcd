from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.wire.messages import Enrolled
from tests.helpers.central_office import Rig, running_rig


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Rig]:
    with running_rig(f"sqlite:///{tmp_path / 'central.sqlite'}", tmp_path) as rig:
        yield rig


@pytest.fixture
def enrolled(rig: Rig) -> Enrolled:
    return rig.enrol()
