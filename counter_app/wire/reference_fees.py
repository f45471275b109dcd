"""Fee rules ⇄ plain JSON values."""

from __future__ import annotations

from typing import Any

from counter_app.domain.confidence import Confidence
from counter_app.domain.fee import (
    ByCouncil,
    FeeAmount,
    FeeNature,
    FeeRule,
    FeeUnit,
    Fixed,
    Free,
    PageTier,
    PerPage,
)
from counter_app.domain.money import Money
from counter_app.wire.reference_rows import Row, without_empty

Plain = dict[str, Any]


def fee_to_json(rule: FeeRule) -> Plain:
    return without_empty(
        {
            "code": rule.code,
            "name_vi": rule.name_vi,
            "name_en": rule.name_en,
            "nature": rule.nature.value,
            "amount": _amount_to_json(rule.amount),
            "choice": rule.choice,
            "is_default": rule.is_default,
            "legal_basis": rule.legal_basis,
            "source": rule.source,
            "confidence": rule.confidence.value,
        }
    )


def fee_from_json(row: Row) -> FeeRule:
    row.only(
        *("code", "name_vi", "name_en", "nature", "amount", "choice", "is_default"),
        *("legal_basis", "source", "confidence"),
    )
    return FeeRule(
        code=row.text("code"),
        name_vi=row.text("name_vi"),
        name_en=row.text("name_en"),
        nature=row.choice("nature", FeeNature),
        amount=_amount_from_json(row.inner("amount")),
        choice=row.text("choice", ""),
        is_default=row.flag("is_default", True),
        legal_basis=row.text("legal_basis", ""),
        source=row.text("source", ""),
        confidence=row.choice("confidence", Confidence),
    )


def _amount_to_json(amount: FeeAmount) -> Plain:
    match amount:
        case Free():
            return {"kind": "free"}
        case Fixed(money, per):
            return {"kind": "fixed", "dong": money.dong, "per": per.value}
        case ByCouncil(sample, per):
            dong = sample.dong if sample is not None else None
            return without_empty({"kind": "by_council", "dong": dong, "per": per.value})
        case PerPage(tiers, maximum):
            return without_empty(
                {
                    "kind": "per_page",
                    "tiers": [{"from_page": t.from_page, "dong": t.each.dong} for t in tiers],
                    "maximum_per_copy": maximum.dong if maximum is not None else None,
                }
            )


def _amount_from_json(row: Row) -> FeeAmount:
    match row.text("kind"):
        case "free":
            row.only("kind")
            return Free()
        case "fixed":
            row.only("kind", "dong", "per")
            return Fixed(_money(row, "dong"), row.choice("per", FeeUnit))
        case "by_council":
            row.only("kind", "dong", "per")
            sample = _money(row, "dong") if row.has("dong") else None
            return ByCouncil(sample, row.choice("per", FeeUnit))
        case "per_page":
            row.only("kind", "tiers", "maximum_per_copy")
            has_maximum = row.has("maximum_per_copy")
            maximum = _money(row, "maximum_per_copy") if has_maximum else None
            tiers = tuple(
                PageTier(tier.integer("from_page"), _money(tier, "dong"))
                for tier in row.rows("tiers")
            )
            return row.built("tiers", lambda: PerPage(tiers, maximum))
        case other:
            raise row.bad("kind", "value", other)


def _money(row: Row, field: str) -> Money:
    dong = row.integer(field)
    return row.built(field, lambda: Money(dong), dong)
