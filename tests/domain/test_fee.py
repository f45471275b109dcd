from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.errors import InvalidValue
from counter_app.domain.fee import (
    ByCouncil,
    CopiedDocument,
    CopiesCounted,
    CopyCapped,
    Counted,
    FeeAmount,
    FeeCounts,
    FeeNature,
    FeeRule,
    FeeUnit,
    FeeWaiver,
    Fixed,
    Free,
    FreeByRule,
    PagesCounted,
    PageTier,
    PerPage,
    SampleOfCouncil,
    Waived,
    due_fee_by,
    price_of_copy,
)
from counter_app.domain.money import Money

CERTIFIED_COPIES = PerPage((PageTier(1, Money(2_000)), PageTier(3, Money(1_000))), Money(200_000))


def a_rule(
    amount: FeeAmount, code: str = "phi", *, choice: str = "", is_default: bool = True
) -> FeeRule:
    return FeeRule(
        code=code,
        name_vi="Phí",
        name_en="Fee",
        nature=FeeNature.COST,
        amount=amount,
        choice=choice,
        is_default=is_default,
    )


@pytest.mark.parametrize(
    ("pages", "dong"),
    [
        (1, 2_000),
        (2, 4_000),
        (3, 5_000),
        (10, 12_000),
        (198, 200_000),
        (199, 200_000),
        (500, 200_000),
    ],
)
def test_a_certified_copy_costs_two_thousand_a_page_and_one_from_the_third(
    pages: int, dong: int
) -> None:
    assert price_of_copy(CERTIFIED_COPIES, pages)[0] == Money(dong)


def test_copies_of_several_papers_add_up_with_each_step_told() -> None:
    counts = FeeCounts(documents=(CopiedDocument(pages=3, copies=2), CopiedDocument(pages=300)))
    due = due_fee_by([a_rule(CERTIFIED_COPIES)], counts)
    assert due.total == Money(210_000)
    assert due.lines[0].facts == (
        PagesCounted(1, 2, Money(2_000)),
        PagesCounted(3, 3, Money(1_000)),
        CopiesCounted(2, Money(5_000)),
        PagesCounted(1, 2, Money(2_000)),
        PagesCounted(3, 300, Money(1_000)),
        CopyCapped(Money(302_000), Money(200_000)),
        CopiesCounted(1, Money(200_000)),
    )


def test_without_a_count_one_copy_of_one_page_is_charged() -> None:
    assert due_fee_by([a_rule(CERTIFIED_COPIES)]).total == Money(2_000)


def test_fixed_fees_are_counted_by_case_or_by_copy() -> None:
    counts = FeeCounts(cases=3, copies=5)
    by_case = due_fee_by([a_rule(Fixed(Money(10_000)))], counts)
    by_copy = due_fee_by([a_rule(Fixed(Money(8_000), FeeUnit.COPY))], counts)
    assert (by_case.total, by_copy.total) == (Money(30_000), Money(40_000))
    assert by_copy.lines[0].facts == (Counted(5, FeeUnit.COPY, Money(8_000)),)


def test_an_amount_of_the_council_is_told_to_be_a_sample() -> None:
    sample = due_fee_by([a_rule(ByCouncil(Money(15_000)))])
    assert (sample.total, sample.is_sample) == (Money(15_000), True)
    unknown = due_fee_by([a_rule(ByCouncil(None))])
    assert unknown.total == Money(0)
    assert unknown.lines[0].facts == (SampleOfCouncil(has_amount=False),)
    assert not due_fee_by([a_rule(Free())]).is_sample


ON_TIME = a_rule(Free(), "dung_han", choice="han")
LATE = a_rule(ByCouncil(Money(8_000)), "qua_han", choice="han", is_default=False)
ASSESSMENT = a_rule(Fixed(Money(300_000)), "tham_dinh", choice="tham_dinh")


def test_of_rules_that_exclude_each_other_the_default_applies_or_the_one_picked() -> None:
    on_time = due_fee_by([ON_TIME, LATE])
    assert on_time.total == Money(0)
    assert on_time.lines[0].facts == (FreeByRule(),)
    late = due_fee_by([ON_TIME, LATE], chosen=["qua_han"])
    assert [line.rule.code for line in late.lines] == ["qua_han"]
    assert late.total == Money(8_000)


def test_rules_of_different_choices_add_up() -> None:
    due = due_fee_by([ON_TIME, LATE, ASSESSMENT], chosen={"qua_han"})
    assert due.total == Money(308_000)


def test_a_pick_that_cannot_be_is_refused() -> None:
    with pytest.raises(InvalidValue) as refusal:
        due_fee_by([ON_TIME, LATE], chosen=["dung_han", "qua_han"])
    assert refusal.value.rule == "exclusive"
    with pytest.raises(InvalidValue) as refusal:
        due_fee_by([ON_TIME], chosen=["không có"])
    assert (refusal.value.rule, refusal.value.value) == ("unknown", "không có")


def test_a_waiver_charges_nothing_and_keeps_what_would_have_been_due() -> None:
    waiver = FeeWaiver(
        code="ngheo", name_vi="Hộ nghèo", name_en="Poor household", legal_basis="Luật"
    )
    due = due_fee_by([ASSESSMENT], waiver=waiver)
    assert due.total == Money(0)
    assert due.lines[0].facts[-1] == Waived(waiver, Money(300_000))


@pytest.mark.parametrize("starts", [(), (2,), (1, 1), (3, 1), (1, 5, 3)])
def test_tiers_out_of_order_are_refused(starts: tuple[int, ...]) -> None:
    with pytest.raises(InvalidValue):
        PerPage(tuple(PageTier(start, Money(1)) for start in starts))


@pytest.mark.parametrize("counts", [{"cases": 0}, {"copies": 0}, {"cases": 10_000}])
def test_counts_out_of_bounds_are_refused(counts: dict[str, int]) -> None:
    with pytest.raises(InvalidValue):
        FeeCounts(**counts)
    with pytest.raises(InvalidValue):
        CopiedDocument(pages=0)


tiered = st.builds(
    lambda starts, prices, cap: PerPage(
        tuple(PageTier(s, Money(p)) for s, p in zip([1, *sorted(starts)], prices, strict=False)),
        cap,
    ),
    st.sets(st.integers(2, 50), max_size=3),
    st.lists(st.integers(0, 5_000), min_size=4, max_size=4),
    st.one_of(st.none(), st.integers(0, 100_000).map(Money)),
)


@given(tiered, st.integers(1, 120))
def test_the_price_of_a_copy_is_that_of_its_pages_one_by_one(by_page: PerPage, pages: int) -> None:
    price, facts = price_of_copy(by_page, pages)
    one_by_one = sum(
        [tier.each.dong for tier in by_page.tiers if tier.from_page <= page][-1]
        for page in range(1, pages + 1)
    )
    cap = by_page.maximum_per_copy
    assert price.dong == (one_by_one if cap is None else min(one_by_one, cap.dong))
    told = [fact for fact in facts if isinstance(fact, PagesCounted)]
    assert sum(fact.last - fact.first + 1 for fact in told) == pages
    assert any(isinstance(fact, CopyCapped) for fact in facts) == (price.dong < one_by_one)


@given(
    tiered, st.lists(st.builds(CopiedDocument, st.integers(1, 60), st.integers(1, 9)), max_size=4)
)
def test_the_explanation_of_copies_adds_up_to_the_fee(
    by_page: PerPage, documents: list[CopiedDocument]
) -> None:
    due = due_fee_by([a_rule(by_page)], FeeCounts(documents=tuple(documents)))
    told = [f for line in due.lines for f in line.facts if isinstance(f, CopiesCounted)]
    assert sum(fact.each.dong * fact.copies for fact in told) == due.total.dong
