"""The administrator's commands and the process itself."""

from __future__ import annotations

import json
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from counter_app.adapters.central.http_server import HttpCentralServer
from counter_app.application.ports.history import Cursor
from counter_app.application.ports.line import NotEnrolled
from counter_app.wire.messages import Enrolled, EnrolRequest
from tests.helpers import processes
from tests.helpers.central_office import Hand, office_file
from tests.helpers.central_process import ServerProcess, run


def places(database: str, folder: Path) -> tuple[str, ...]:
    return ("--database", database, "--blobs", str(folder / "pages"))


def set_up(database: str, folder: Path, number: int = 2) -> str:
    """An office by command; returns a one-time code."""
    file = folder / "office.json"
    file.write_bytes(office_file())
    made = run("office", *places(database, folder), "--file", str(file))
    assert json.loads(made.stdout) == {"unit": "H36.15", "staff": 1}, made.stderr
    code = run(
        "enrol-code", *places(database, folder), "--unit", "H36.15", "--counter", str(number)
    )
    assert code.returncode == 0, code.stderr
    return code.stdout.strip()


def enrol(url: str, code: str, number: int = 2) -> Enrolled:
    newcomer = HttpCentralServer()
    request = EnrolRequest(code=code, store=f"{number:032x}", machine="Quầy")
    try:
        return newcomer.enrol(url, request)
    finally:
        newcomer.close()


def test_an_office_is_made_a_machine_enrolled_listed_and_revoked_by_commands(
    database_url: str, tmp_path: Path
) -> None:
    code = set_up(database_url, tmp_path)
    server = ServerProcess(database_url, tmp_path)
    enrolled = enrol(server.url, code)
    listed = run("counters", *places(database_url, tmp_path))
    assert json.loads(listed.stdout)["id"] == enrolled.counter
    client = HttpCentralServer(server.url, enrolled.token, enrolled.mark.server)
    client.news_after(Cursor())
    revoke = ("revoke", *places(database_url, tmp_path), "--id", enrolled.counter)
    assert run(*revoke).returncode == 0
    with pytest.raises(NotEnrolled):
        client.news_after(Cursor())
    assert run(*revoke).returncode == 1
    client.close()
    assert server.stop() == -signal.SIGTERM


@pytest.mark.parametrize(
    "arguments",
    [
        ("enrol-code", "--unit", "H99.99", "--counter", "2"),
        ("enrol-code", "--unit", "H36.15", "--counter", "0"),
        ("enrol-code", "--unit", "H36.15", "--counter", "100"),
        ("office", "--file", "/nowhere/office.json"),
        ("serve", "--workers", "2"),
    ],
)
def test_a_command_that_cannot_be_done_says_so_and_fails(
    tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    database = f"sqlite:///{tmp_path / 'central.sqlite'}"
    set_up(database, tmp_path)
    done = run(arguments[0], *places(database, tmp_path), *arguments[1:])
    assert done.returncode != 0
    assert done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "change",
    [
        {"unit": "xyz"},
        {"unit": None},
        {"surprise": 1},
        {"catalogue": {"format": "catalogue/9"}},
        {"calendar": "[]"},
        {"staff": [{"id": "a", "name": "A", "role": "king", "password": "x"}]},
        {"staff": [{"id": "a", "name": "A", "role": "officer"}]},
        {"staff": [{"id": "a", "name": n, "role": "officer", "password": "x"} for n in "AB"]},
    ],
    ids=str,
)
def test_a_wrong_office_file_changes_nothing(tmp_path: Path, change: dict[str, object]) -> None:
    database = f"sqlite:///{tmp_path / 'central.sqlite'}"
    file = tmp_path / "office.json"
    file.write_bytes(office_file(**change))
    done = run("office", *places(database, tmp_path), "--file", str(file))
    assert done.returncode == 1
    assert done.stderr.startswith("refused: ")
    code = run("enrol-code", *places(database, tmp_path), "--unit", "H36.15", "--counter", "2")
    assert code.returncode == 1


def test_the_address_is_free_again_after_a_kill(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'central.sqlite'}"
    first = ServerProcess(database, tmp_path)
    port = first.url.rsplit(":", 1)[1]
    first.kill()
    second = ServerProcess(database, tmp_path, "--port", port)
    assert second.url == first.url
    second.stop()


def test_the_log_names_routes_and_outcomes_and_no_citizen(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'central.sqlite'}"
    server = ServerProcess(database, tmp_path)
    enrolled = enrol(server.url, set_up(database, tmp_path))
    hand = Hand.of(enrolled)
    letter = hand.receive()
    hand.forward(letter), hand.forward(letter)
    client = HttpCentralServer(server.url, enrolled.token, enrolled.mark.server)
    client.post_letters(hand.post())
    httpx.post(f"{server.url}/v1/letters", content="Nguyễn Thị Mẫu".encode())
    client.close()
    server.stop()
    lines = [json.loads(line) for line in server.log().splitlines()]
    posted = [
        line for line in lines if line.get("route") == "/v1/letters" and line["status"] == 200
    ]
    assert posted[0]["accepted"] == 2
    assert posted[0]["refused"] == 1
    assert posted[0]["counter"] == enrolled.counter
    for secret in ("Nguyễn", "Mẫu", "0900000001", enrolled.token):
        assert secret not in server.log()


@pytest.mark.slow
def test_several_workers_share_the_work_on_postgresql(postgres_url: str, tmp_path: Path) -> None:
    codes = [set_up(postgres_url, tmp_path, number) for number in range(1, 5)]
    server = ServerProcess(postgres_url, tmp_path, "--workers", "2")
    enrolled = [enrol(server.url, code, n) for n, code in enumerate(codes)]
    hands = [Hand.of(e) for e in enrolled]

    def work(who: int) -> None:
        hand = hands[who]
        for _ in range(20):
            # A connection of its own each time, so that both workers get their share.
            client = HttpCentralServer(server.url, enrolled[who].token, enrolled[who].mark.server)
            client.post_letters(hand.post(hand.receive()))
            client.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    client = HttpCentralServer(server.url, enrolled[0].token, enrolled[0].mark.server)
    items = client.news_after(Cursor()).items
    assert [item.position for item in items] == list(range(1, 81))
    client.close()
    server.stop()
    processes.wait_until(lambda: not server.is_alive(), what="the end of the workers")
