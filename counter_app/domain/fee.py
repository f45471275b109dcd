"""Fees: what the rules of a procedure make due, and the facts that explain it.

Rules of one procedure that share a `choice` exclude each other (on time, late); rules with
different choices add up (assessment fee and certificate fee).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from counter_app.domain.confidence import Confidence
from counter_app.domain.errors import InvalidValue
from counter_app.domain.money import FREE, Money

MAX_COUNT: Final = 9_999


class FeeNature(StrEnum):
    """Phí covers a cost; lệ phí is charged for issuing a paper."""

    COST = "phi"
    CHARGE = "le_phi"


class FeeUnit(StrEnum):
    """What a fixed amount is charged for."""

    CASE = "case"
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class Free:
    """Nothing is due by the rule itself."""


@dataclass(frozen=True, slots=True)
class Fixed:
    amount: Money
    per: FeeUnit = FeeUnit.CASE


@dataclass(frozen=True, slots=True)
class PageTier:
    """From this page on (counted from 1), each page costs so much."""

    from_page: int
    each: Money


@dataclass(frozen=True, slots=True)
class PerPage:
    """By pages of each copy, in tiers, and never more than a maximum for one copy."""

    tiers: tuple[PageTier, ...]
    maximum_per_copy: Money | None = None

    def __post_init__(self) -> None:
        starts = [tier.from_page for tier in self.tiers]
        if starts[:1] != [1] or starts != sorted(set(starts)):
            raise InvalidValue("tiers", "order", str(starts))


@dataclass(frozen=True, slots=True)
class ByCouncil:
    """Set by the provincial council; the sample serves until the province's own is entered."""

    sample: Money | None
    per: FeeUnit = FeeUnit.CASE


FeeAmount = Free | Fixed | PerPage | ByCouncil


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeRule:
    """One line of the fee table of a procedure.

    Attributes:
        code: Unique within the procedure.
        name_vi: When it applies, in Vietnamese (`Đăng ký quá hạn`).
        name_en: The same in English.
        choice: Rules with the same choice exclude each other.
        is_default: The one of its choice that applies unless an officer picks another.
    """

    code: str
    name_vi: str
    name_en: str
    nature: FeeNature
    amount: FeeAmount
    choice: str = ""
    is_default: bool = True
    legal_basis: str = ""
    source: str = ""
    confidence: Confidence = Confidence.MEDIUM


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeWaiver:
    """A ground on which nothing is charged; the officer picks it, with its legal basis."""

    code: str
    name_vi: str
    name_en: str
    legal_basis: str


@dataclass(frozen=True, slots=True)
class CopiedDocument:
    """A paper of which copies are certified."""

    pages: int
    copies: int = 1

    def __post_init__(self) -> None:
        if not (1 <= self.pages <= MAX_COUNT and 1 <= self.copies <= MAX_COUNT):
            raise InvalidValue("copied_document", "bounds", f"{self.pages}/{self.copies}")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeeCounts:
    """What is counted at the counter.

    Attributes:
        cases: Signatures, contracts or requests in this dossier.
        copies: Copies issued, where a fixed amount is charged for each.
        documents: Papers copied, where pages are charged; none means one page, one copy.
    """

    cases: int = 1
    copies: int = 1
    documents: tuple[CopiedDocument, ...] = ()

    def __post_init__(self) -> None:
        if not (1 <= self.cases <= MAX_COUNT and 1 <= self.copies <= MAX_COUNT):
            raise InvalidValue("fee_counts", "bounds", f"{self.cases}/{self.copies}")


ONE: Final = FeeCounts()


@dataclass(frozen=True, slots=True)
class FreeByRule:
    """The rule itself asks for nothing."""


@dataclass(frozen=True, slots=True)
class Counted:
    """So many cases or copies, each at a price."""

    count: int
    per: FeeUnit
    each: Money


@dataclass(frozen=True, slots=True)
class PagesCounted:
    """Pages `first` to `last` of one copy, each at a price."""

    first: int
    last: int
    each: Money


@dataclass(frozen=True, slots=True)
class CopyCapped:
    """One copy would have cost more than the maximum."""

    uncapped: Money
    maximum: Money


@dataclass(frozen=True, slots=True)
class CopiesCounted:
    """So many copies of one document, each at a price."""

    copies: int
    each: Money


@dataclass(frozen=True, slots=True)
class SampleOfCouncil:
    """The amount is a sample: the council's own has not been entered."""

    has_amount: bool


@dataclass(frozen=True, slots=True)
class Waived:
    """Nothing is charged on this ground; so much would have been due."""

    waiver: FeeWaiver
    otherwise: Money


FeeFact = (
    FreeByRule | Counted | PagesCounted | CopyCapped | CopiesCounted | SampleOfCouncil | Waived
)


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One rule applied."""

    rule: FeeRule
    amount: Money
    facts: tuple[FeeFact, ...]


@dataclass(frozen=True, slots=True)
class DueFee:
    """What is due, line by line."""

    lines: tuple[FeeLine, ...]

    @property
    def total(self) -> Money:
        return Money.total(line.amount for line in self.lines)

    @property
    def is_sample(self) -> bool:
        """Whether an amount in it stands for one that the province has not entered yet."""
        return any(isinstance(fact, SampleOfCouncil) for line in self.lines for fact in line.facts)


def due_fee_by(
    rules: Iterable[FeeRule],
    counts: FeeCounts = ONE,
    *,
    chosen: Collection[str] = (),
    waiver: FeeWaiver | None = None,
) -> DueFee:
    """Apply the rules of a procedure.

    Args:
        rules: All of them.
        counts: What was counted.
        chosen: Codes of rules that an officer picked in place of the default of their choice.
        waiver: The ground on which nothing is charged, if there is one.

    Raises:
        InvalidValue: `chosen` names an unknown rule, or two that exclude each other.
    """
    lines = [_line(rule, counts) for rule in _applying(tuple(rules), chosen)]
    if waiver is not None:
        lines = [
            FeeLine(line.rule, FREE, (*line.facts, Waived(waiver, line.amount))) for line in lines
        ]
    return DueFee(tuple(lines))


def _applying(rules: tuple[FeeRule, ...], chosen: Collection[str]) -> list[FeeRule]:
    if unknown := set(chosen) - {rule.code for rule in rules}:
        raise InvalidValue("fee_rule", "unknown", min(unknown))
    applying = []
    for choice in dict.fromkeys(rule.choice for rule in rules):
        members = [rule for rule in rules if rule.choice == choice]
        picked = [rule for rule in members if rule.code in chosen]
        if len(picked) > 1:
            raise InvalidValue("fee_rule", "exclusive", picked[1].code)
        applying += picked or [rule for rule in members if rule.is_default][:1]
    return applying


def _line(rule: FeeRule, counts: FeeCounts) -> FeeLine:
    match rule.amount:
        case Free():
            return FeeLine(rule, FREE, (FreeByRule(),))
        case Fixed(amount, per):
            counted = Counted(_count(counts, per), per, amount)
            return FeeLine(rule, amount * counted.count, (counted,))
        case ByCouncil(None, _):
            return FeeLine(rule, FREE, (SampleOfCouncil(has_amount=False),))
        case ByCouncil(Money() as sample, per):
            counted = Counted(_count(counts, per), per, sample)
            facts = (counted, SampleOfCouncil(has_amount=True))
            return FeeLine(rule, sample * counted.count, facts)
        case PerPage() as by_page:
            return _page_line(rule, by_page, counts.documents or (CopiedDocument(1),))
    raise AssertionError(rule.amount)


def _count(counts: FeeCounts, per: FeeUnit) -> int:
    return counts.cases if per is FeeUnit.CASE else counts.copies


def _page_line(rule: FeeRule, by_page: PerPage, documents: tuple[CopiedDocument, ...]) -> FeeLine:
    total = FREE
    facts: list[FeeFact] = []
    for document in documents:
        each, page_facts = price_of_copy(by_page, document.pages)
        total += each * document.copies
        facts += [*page_facts, CopiesCounted(document.copies, each)]
    return FeeLine(rule, total, tuple(facts))


def price_of_copy(by_page: PerPage, pages: int) -> tuple[Money, list[FeeFact]]:
    """What one copy of so many pages costs, and why."""
    facts: list[FeeFact] = []
    total = FREE
    ends = [tier.from_page - 1 for tier in by_page.tiers[1:]] + [pages]
    for tier, end in zip(by_page.tiers, ends, strict=True):
        last = min(end, pages)
        if last >= tier.from_page:
            total += tier.each * (last - tier.from_page + 1)
            facts.append(PagesCounted(tier.from_page, last, tier.each))
    maximum = by_page.maximum_per_copy
    if maximum is not None and total > maximum:
        facts.append(CopyCapped(total, maximum))
        total = maximum
    return total, facts
