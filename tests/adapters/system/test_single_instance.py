"""One running program for each data folder."""

import signal
import subprocess
from pathlib import Path

import pytest

from counter_app.adapters.system.single_instance import SingleInstance
from counter_app.application.ports.store import StoreInUse
from tests.helpers.pages_disk import start_python

HOLD = """
import sys, threading
from pathlib import Path
from counter_app.adapters.system.single_instance import SingleInstance
held = SingleInstance(Path(sys.argv[1]))
print("held", flush=True)
threading.Event().wait()
"""


def a_second_program(folder: Path) -> subprocess.Popen[bytes]:
    program = start_python(HOLD, str(folder))
    assert program.stdout is not None
    assert program.stdout.readline() == b"held\n"
    return program


def test_the_second_is_turned_away_until_the_first_lets_go(tmp_path: Path) -> None:
    first = SingleInstance(tmp_path / "data")
    with pytest.raises(StoreInUse) as told:
        SingleInstance(tmp_path / "data")
    assert told.value.path == str(tmp_path / "data")
    first.release()
    first.release()
    with SingleInstance(tmp_path / "data"):
        pass
    SingleInstance(tmp_path / "data").release()


def test_two_folders_do_not_hinder_each_other(tmp_path: Path) -> None:
    with SingleInstance(tmp_path / "a"), SingleInstance(tmp_path / "b"):
        pass


def test_another_process_is_turned_away_and_its_death_lets_the_folder_go(tmp_path: Path) -> None:
    other = a_second_program(tmp_path)
    with pytest.raises(StoreInUse):
        SingleInstance(tmp_path)
    other.send_signal(signal.SIGKILL)
    other.wait(10)
    if other.stdout is not None:
        other.stdout.close()
    SingleInstance(tmp_path).release()
