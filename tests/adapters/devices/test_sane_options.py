"""The names that real backends use, and the numbers they take."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.adapters.devices.sane_options import (
    choose_mode,
    choose_number,
    choose_source,
    paper_sources,
)
from counter_app.application.capture import ColourMode, PaperSource

# From the sources of the backends named, as `scanimage -A` shows them.
AVISION = ["Normal", "ADF", "ADF Rear", "ADF Duplex"]
BROTHER = [
    "FlatBed",
    "Automatic Document Feeder(left aligned)",
    "Automatic Document Feeder(left aligned,Duplex)",
]
CANON_DR = ["ADF Back", "ADF Duplex", "ADF Front"]
EPSON = ["Flatbed", "Automatic Document Feeder"]
ESCL = ["Flatbed", "ADF", "ADF Duplex"]
PLUSTEK = ["Normal", "Transparency", "Negative"]


@pytest.mark.parametrize(
    ("names", "feeder", "flatbed"),
    [
        (AVISION, "ADF", "Normal"),
        (BROTHER, "Automatic Document Feeder(left aligned)", "FlatBed"),
        (EPSON, "Automatic Document Feeder", "Flatbed"),
        (ESCL, "ADF", "Flatbed"),
    ],
)
def test_both_sources_are_found_one_side_a_sheet(
    names: list[str], feeder: str, flatbed: str
) -> None:
    assert choose_source(names, PaperSource.FEEDER) == feeder
    assert choose_source(names, PaperSource.FLATBED) == flatbed
    assert paper_sources(names) == (PaperSource.FEEDER, PaperSource.FLATBED)


def test_a_device_without_the_source_asked_for_uses_the_one_it_has() -> None:
    assert choose_source(CANON_DR, PaperSource.FLATBED) == "ADF Front"
    assert choose_source(PLUSTEK, PaperSource.FEEDER) == "Normal"
    assert paper_sources(PLUSTEK) == (PaperSource.FLATBED,)


def test_sources_that_say_nothing_to_us_are_left_alone() -> None:
    assert choose_source(["Slide(s)", "Negative"], PaperSource.FEEDER) is None
    assert choose_source([], PaperSource.FEEDER) is None
    assert paper_sources(["Slide(s)"]) == ()


@pytest.mark.parametrize(
    ("names", "colour", "grey"),
    [
        (["Gray", "Color"], "Color", "Gray"),
        (["Lineart", "Halftone", "Gray", "Color"], "Color", "Gray"),
        (
            ["Black & White", "Gray[Error Diffusion]", "True Gray", "24bit Color[Fast]"],
            "24bit Color[Fast]",
            "True Gray",
        ),
        (["Binary", "Grayscale", "16 bits gray", "48 bits color", "Colour"], "Colour", "Grayscale"),
    ],
)
def test_modes_are_the_plain_eight_bit_ones(names: list[str], colour: str, grey: str) -> None:
    assert choose_mode(names, ColourMode.COLOUR) == colour
    assert choose_mode(names, ColourMode.GREY) == grey


def test_a_grey_scanner_is_left_in_its_own_mode() -> None:
    assert choose_mode(["Lineart", "Gray"], ColourMode.COLOUR) is None


@pytest.mark.parametrize(
    ("constraint", "wanted", "chosen"),
    [
        ([75, 100, 200, 300], 200, 200),
        ([75, 150, 300, 600], 200, 300),
        ([75, 100, 150], 200, 150),
        ((50.0, 1200.0, 1.0), 200, 200),
        ((1.0, 600.0, 150.0), 200, 301),
        ((0.0, 215.9, 0.0), 297.0, 215.9),
        (None, 200, 200),
    ],
)
def test_a_number_is_never_lowered_where_the_device_can_do_more(
    constraint: object, wanted: float, chosen: float
) -> None:
    assert choose_number(constraint, wanted) == chosen


@given(st.lists(st.integers(1, 2400), min_size=1), st.integers(1, 2400))
def test_a_number_from_a_list_is_on_the_list(listed: list[int], wanted: int) -> None:
    chosen = choose_number(listed, wanted)

    assert chosen in listed
    assert chosen >= wanted or chosen == max(listed)


@given(st.integers(0, 500), st.integers(0, 2000), st.integers(0, 300), st.integers(0, 3000))
def test_a_number_from_a_range_is_within_it(low: int, span: int, step: int, wanted: int) -> None:
    chosen = choose_number((float(low), float(low + span), float(step)), wanted)

    assert low <= chosen <= low + span
    assert chosen >= wanted or chosen == low + span
