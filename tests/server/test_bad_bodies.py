"""Whatever is sent, the answer is a `Problem`, never a fault of the server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.wire.codec import from_json, to_json, to_plain
from counter_app.wire.messages import PostLetters, Problem, Verdicts
from tests.helpers.central_office import Hand, Rig, running_rig
from tests.helpers.postgres import PostgresServer


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def lasting(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Rig, Hand, httpx.Client]]:
    folder = tmp_path_factory.mktemp("central")
    url = f"sqlite:///{folder / 'central.sqlite'}"
    if request.param == "postgresql":
        server: PostgresServer = request.getfixturevalue("postgres_server")
        url = server.url(server.create_database(request.getfixturevalue("migrated_template")))
    with running_rig(url, folder, tries_per_address=10**9, tries_in_all=10**9) as rig:
        enrolled = rig.enrol()
        yield rig, Hand.of(enrolled), rig.raw(enrolled)


def require_problem(answer: httpx.Response, *, or_success: bool = False) -> None:
    if or_success and answer.status_code == 200:
        return
    assert 400 <= answer.status_code < 500 or answer.status_code == 501
    problem = from_json(Problem, answer.content)
    assert problem.error
    assert answer.headers["central-server"]


ADDRESSES = st.sampled_from(["/v1/letters", "/v1/counters"])


@given(ADDRESSES, st.binary(max_size=200))
def test_rubbish_is_unreadable(lasting, path: str, body: bytes) -> None:
    require_problem(lasting[2].post(path, content=body))


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(ADDRESSES, PLAIN)
def test_other_json_is_unreadable(lasting, path: str, plain: Any) -> None:
    require_problem(lasting[2].post(path, content=json.dumps(plain).encode()), or_success=False)


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 200_000,
        b'{"a":' * 100_000,
        b'{"letters":' + b"9" * 10_000 + b"}",
        b'{"letters":NaN}',
        b'{"letters":[],"letters":[]}',
        '{"letters":[]}'.encode("utf-16"),
        b'\xef\xbb\xbf{"letters":[]}',
        b"",
        b"null",
    ],
    ids=[
        "deep lists",
        "deep objects",
        "huge number",
        "NaN",
        "twice",
        "UTF-16",
        "BOM",
        "empty",
        "null",
    ],
)
def test_json_that_other_readers_would_read_is_unreadable(lasting, body: bytes) -> None:
    answer = lasting[2].post("/v1/letters", content=body)
    assert (answer.status_code, answer.json()["error"]) == (400, "unreadable")


def leaves(plain: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    if isinstance(plain, dict):
        return [
            p for key, value in plain.items() for p in [(*path, key), *leaves(value, (*path, key))]
        ]
    if isinstance(plain, list):
        return [
            p for i, value in enumerate(plain) for p in [(*path, i), *leaves(value, (*path, i))]
        ]
    return []


STRANGE = st.sampled_from(
    [
        None,
        True,
        -1,
        0,
        2**53,
        2**63,
        2**64,
        10**30,
        1.5,
        "",
        "\x00",
        "\ud800",
        "a" * 5000,
        "NaN",
        [],
        {},
        "é",
        "²",
    ]
)


@given(st.data())
def test_a_letter_with_one_strange_field_is_never_a_fault_of_the_server(lasting, data) -> None:
    _, hand, raw = lasting
    copy = Hand(hand.counter, hand.first)
    copy.letters = list(hand.letters)
    copy.receive()
    plain = deepcopy(to_plain(copy.post(copy.letters[-1])))
    path = data.draw(st.sampled_from(leaves(plain)))
    inside = plain
    for step in path[:-1]:
        inside = inside[step]
    inside[path[-1]] = data.draw(STRANGE)
    answer = raw.post("/v1/letters", content=json.dumps(plain).encode())
    require_problem(answer, or_success=True)
    if answer.status_code == 200:
        assert from_json(Verdicts, answer.content).verdicts == ()


@given(st.data())
def test_an_event_with_one_strange_field_is_refused_or_harmless(lasting, data) -> None:
    """The seal fits, so the letter counts: what is in it is judged, once and for ever."""
    _, hand, raw = lasting
    letter = hand.receive()
    body = json.loads(letter.body)
    path = data.draw(st.sampled_from(leaves(body)))
    inside = body
    for step in path[:-1]:
        inside = inside[step]
    strange = data.draw(STRANGE)
    inside[path[-1]] = strange
    text = json.dumps(body, ensure_ascii=data.draw(st.booleans()))
    if "\ud800" in text:
        text = json.dumps(body)
    hand.letters.pop()
    previous = hand.letters[-1].digest if hand.letters else "0" * 64
    changed = resealed(letter, body=text, previous=previous)
    hand.letters.append(changed)
    answer = raw.post("/v1/letters", content=to_json(PostLetters(letters=(changed,))).encode())
    assert answer.status_code == 200
    assert len(from_json(Verdicts, answer.content).verdicts) == 1


def resealed(letter, *, body: str, previous: str):
    from dataclasses import replace

    from counter_app.wire.letters import _digest

    digest = _digest(letter.id, letter.kind, letter.v, body, previous)
    return replace(letter, body=body, previous=previous, digest=digest)


@pytest.mark.parametrize(
    "path", ["/", "/v1", "/v1/", "/v1/letters/", "/docs", "/openapi.json", "/v1/pages/"]
)
def test_what_is_not_there_is_said_as_a_problem(lasting, path: str) -> None:
    answer = lasting[2].get(path)
    assert (answer.status_code, from_json(Problem, answer.content).error) == (404, "not_found")


def test_a_wrong_method_is_said_as_a_problem(lasting) -> None:
    answer = lasting[2].delete("/v1/letters")
    assert (answer.status_code, from_json(Problem, answer.content).error) == (405, "method")


@given(st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\0"), max_size=40))
def test_a_strange_authorisation_is_turned_away(lasting, value: str) -> None:
    rig = lasting[0]
    answer = rig.raw().get("/v1/news", headers={"Authorization": value.encode("latin-1")})
    assert answer.status_code == 401
