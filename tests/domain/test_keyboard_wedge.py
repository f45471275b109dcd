"""Bursts as scanners send them, and people as they type."""

from __future__ import annotations

import random
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.keyboard_wedge import Burst, KeyboardWedge, WedgeTiming

PAYLOAD = "067203000002||Trần Văn Thử|20112003|Nam|Phường Giả Định, Đắk Nông|01072023"


def typed(
    keys: str, times: list[int], wedge: KeyboardWedge | None = None
) -> tuple[KeyboardWedge, list[Burst]]:
    wedge = wedge or KeyboardWedge()
    bursts = []
    for key, at in zip(keys, times, strict=True):
        wedge, burst = wedge.press(key, at)
        if burst:
            bursts.append(burst)
    return wedge, bursts


def evenly(keys: str, gap: int, start: int = 0) -> list[int]:
    return [start + gap * place for place in range(len(keys))]


@pytest.mark.parametrize(
    ("gap", "what"),
    [
        (1, "a fast USB scanner"),
        (8, "a polled USB scanner"),
        (16, "a Bluetooth scanner"),
        (25, "slow"),
    ],
)
@pytest.mark.parametrize("terminator", ["\r", "\n", "\t"])
def test_a_scanner_is_told_by_its_pace_whatever_it_ends_with(
    gap: int, what: str, terminator: str
) -> None:
    keys = PAYLOAD + terminator
    wedge, bursts = typed(keys, evenly(keys, gap, 5_000))
    (burst,) = bursts
    assert (burst.text, burst.is_scan, burst.terminator) == (PAYLOAD, True, terminator)
    assert (burst.started_ms, burst.ended_ms) == (5_000, 5_000 + gap * (len(PAYLOAD) - 1))
    assert wedge == KeyboardWedge()


def test_a_scanner_that_hesitates_now_and_then_is_still_a_scanner() -> None:
    gaps = [0, *(45 if place % 9 == 8 else 4 for place in range(len(PAYLOAD)))]
    _, bursts = typed(PAYLOAD + "\r", list(accumulate(gaps)))
    assert [burst.is_scan for burst in bursts] == [True]


def test_a_scanner_without_a_terminator_is_told_when_it_falls_silent() -> None:
    wedge, bursts = typed(PAYLOAD, evenly(PAYLOAD, 5))
    assert bursts == []
    last = 5 * (len(PAYLOAD) - 1)
    same, nothing = wedge.rest(last + 40)
    assert (same, nothing) == (wedge, None)
    rested, burst = wedge.rest(last + 100)
    assert burst is not None
    assert (burst.text, burst.is_scan, burst.terminator) == (PAYLOAD, True, "")
    assert rested == KeyboardWedge()


def test_a_scan_is_recognised_before_it_is_over() -> None:
    wedge = KeyboardWedge()
    known_at = 0
    for place, key in enumerate(PAYLOAD, start=1):
        wedge, _ = wedge.press(key, place * 5)
        if wedge.looks_like_scan:
            known_at = place
            break
    assert 0 < known_at <= 12


def test_what_a_person_typed_before_is_not_part_of_the_scan() -> None:
    keys = "mau" + PAYLOAD + "\r"
    times = [0, 130, 290, *evenly(PAYLOAD + "\r", 5, 2_000)]
    _, bursts = typed(keys, times)
    assert [(burst.text, burst.is_scan) for burst in bursts] == [
        ("m", False),
        ("a", False),
        ("u", False),
        (PAYLOAD, True),
    ]


@pytest.mark.parametrize(
    ("keys", "gap", "who"),
    [
        ("nguyeenx thij maaux", 100, "a person at 120 words a minute"),
        ("067203000002", 70, "ten fingers on a number pad"),
        ("00000000000000000000", 30, "a key held down"),
        ("asdfasdfasdf", 62, "a child at the keyboard"),
    ],
)
def test_a_person_is_never_taken_for_a_scanner(keys: str, gap: int, who: str) -> None:
    wedge, bursts = typed(keys + "\r", evenly(keys + "\r", gap))
    assert not any(burst.is_scan for burst in bursts)
    assert not wedge.looks_like_scan


def test_a_champion_who_rolls_over_keys_is_not_taken_for_a_scanner() -> None:
    for seed in range(200):
        rolls = random.Random(seed)
        text = "".join(rolls.choice("abcdefghiklmnopqrstuvxy 0123456789") for _ in range(60))
        gaps = [0, *(rolls.choice((12, 55, 58, 75, 90, 140)) for _ in text)]
        _, bursts = typed(text + "\r", list(accumulate(gaps)))
        assert not any(burst.is_scan for burst in bursts)


def test_enter_alone_and_enter_after_a_pause_mean_what_they_mean() -> None:
    wedge, nothing = KeyboardWedge().press("\r", 10)
    assert (wedge, nothing) == (KeyboardWedge(), None)
    wedge, _ = KeyboardWedge().press("a", 0)
    wedge, burst = wedge.press("\r", 900)
    assert burst == Burst("a", False, "", 0, 0)


def test_the_timing_can_be_set_for_a_scanner_in_alt_code_mode() -> None:
    keys = PAYLOAD + "\r"
    _, standard = typed(keys, evenly(keys, 55))
    assert not any(burst.is_scan for burst in standard)
    patient = KeyboardWedge(WedgeTiming(max_gap_ms=120, typical_gap_ms=60))
    _, bursts = typed(keys, evenly(keys, 55), patient)
    assert [(burst.text, burst.is_scan) for burst in bursts] == [(PAYLOAD, True)]


@given(
    st.lists(
        st.tuples(st.text(alphabet="abcđ0123|ễ", min_size=1, max_size=20), st.integers(1, 200)),
        min_size=1,
        max_size=6,
    )
)
def test_no_character_is_lost_or_doubled(runs: list[tuple[str, int]]) -> None:
    wedge, bursts, at = KeyboardWedge(), [], 0
    for text, gap in runs:
        for key in text + "\r":
            at += gap
            wedge, burst = wedge.press(key, at)
            if burst:
                bursts.append(burst)
    assert "".join(burst.text for burst in bursts) == "".join(text for text, _ in runs)
    assert wedge.typed == ""


@given(
    st.text(
        alphabet=st.characters(exclude_characters="\r\n\t", codec="utf-8"), min_size=8, max_size=120
    ),
    st.integers(0, 25),
)
def test_any_varied_text_at_the_pace_of_a_scanner_is_a_scan(text: str, gap: int) -> None:
    _, bursts = typed(text + "\r", evenly(text + "\r", gap))
    assert bursts[-1].text == text
    assert bursts[-1].is_scan is (len(set(text)) >= 4)
