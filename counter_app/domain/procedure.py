"""Procedures (thủ tục hành chính) and the catalogue that lists them, as versioned data."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import Final

from counter_app.domain.confidence import Confidence
from counter_app.domain.dossier import PaperKind, ProcedureRef
from counter_app.domain.errors import InvalidValue, Refusal
from counter_app.domain.fee import ONE, DueFee, FeeCounts, FeeRule, FeeWaiver, due_fee_by
from counter_app.domain.procedure_search import Query, SearchKey, rank, search_key
from counter_app.domain.time_norm import TimeNorm

SEARCH_LIMIT: Final = 12


class Level(StrEnum):
    """Which level of government receives it; districts ended on 1 July 2025."""

    COMMUNE = "commune"
    DISTRICT = "district"
    PROVINCE = "province"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentRule:
    """A paper that the procedure asks for (thành phần hồ sơ).

    Attributes:
        code: Unique within the procedure.
        name: Title of the paper, as the law has it.
        name_en: The same in English.
        originals: How many originals are kept.
        copies: How many copies are kept.
        mandatory: Whether a dossier without it is incomplete; a paper for some cases only is not.
        form: Number of the form, where one is prescribed (`CT01`).
    """

    code: str
    name: str
    name_en: str
    kind: PaperKind
    originals: int = 0
    copies: int = 0
    mandatory: bool = True
    form: str = ""
    source: str = ""
    confidence: Confidence = Confidence.MEDIUM


@dataclass(frozen=True, slots=True, kw_only=True)
class NormVariant:
    """Another time norm of the same procedure, for a case that an officer recognises."""

    code: str
    name_vi: str
    name_en: str
    norm: TimeNorm


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedureField:
    """A field of administration (lĩnh vực)."""

    code: str
    name: str
    name_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """One version of a procedure.

    Attributes:
        code: National code (`1.001193`).
        version: Which version of the entry; a dossier keeps it.
        norm: How long the law allows in the plain case.
        variants: Time norms of other cases.
        sets: How many sets of papers are handed in.
        results: What the citizen gets.
        valid_from: First day on which it may be received.
        valid_until: Last such day; None while it is in force.
        popularity: How often it is asked for at a commune, 0 to 9; breaks ties in a search.
    """

    code: str
    version: str
    name: str
    name_en: str
    field: ProcedureField
    level: Level
    components: tuple[ComponentRule, ...]
    norm: TimeNorm
    variants: tuple[NormVariant, ...] = ()
    fees: tuple[FeeRule, ...] = ()
    waivers: tuple[FeeWaiver, ...] = ()
    sets: int = 1
    results: tuple[str, ...] = ()
    legal_basis: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    valid_from: date
    valid_until: date | None = None
    source: str
    confidence: Confidence
    popularity: int = 0

    def __post_init__(self) -> None:
        for field, codes in (
            ("components", [component.code for component in self.components]),
            ("fees", [rule.code for rule in self.fees]),
            ("waivers", [waiver.code for waiver in self.waivers]),
            ("variants", [variant.code for variant in self.variants]),
        ):
            if len(set(codes)) < len(codes):
                raise InvalidValue(field, "code_twice", self.code)
        if self.valid_until is not None and self.valid_until < self.valid_from:
            raise InvalidValue("valid_until", "order", self.code)

    @property
    def field_name(self) -> str:
        return self.field.name

    @property
    def reference(self) -> ProcedureRef:
        """What a dossier keeps of it."""
        return ProcedureRef(self.code, self.name, self.field.name, self.version)

    def is_valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    def norm_for(self, variant: str = "") -> TimeNorm:
        """The norm of the plain case, or of the variant with this code.

        Raises:
            InvalidValue: There is no such variant.
        """
        if not variant:
            return self.norm
        for candidate in self.variants:
            if candidate.code == variant:
                return candidate.norm
        raise InvalidValue("norm_variant", "unknown", variant)


def due_fee(
    procedure: Procedure,
    counts: FeeCounts = ONE,
    *,
    chosen: Collection[str] = (),
    waiver: str = "",
) -> DueFee:
    """What a procedure costs, line by line.

    Args:
        procedure: The entry under which the dossier is taken.
        counts: What was counted at the counter.
        chosen: Codes of fee rules that an officer picked in place of the defaults.
        waiver: Code of the waiver that applies, or empty.

    Raises:
        InvalidValue: A code is not one of this procedure, or two rules exclude each other.
    """
    ground = next((each for each in procedure.waivers if each.code == waiver), None)
    if waiver and ground is None:
        raise InvalidValue("waiver", "unknown", waiver)
    return due_fee_by(procedure.fees, counts, chosen=chosen, waiver=ground)


@dataclass(eq=False)
class ProcedureUnknown(Refusal):
    """The catalogue has no procedure with this code."""

    code: str


@dataclass(eq=False)
class ProcedureNotInForce(Refusal):
    """The procedure exists, but not on this day."""

    code: str
    day: date


@dataclass(frozen=True)
class Catalogue:
    """All procedures that this office knows, each in one or more versions."""

    procedures: tuple[Procedure, ...]
    version: str = ""

    def __post_init__(self) -> None:
        for code, versions in self._by_code.items():
            if len({entry.version for entry in versions}) < len(versions):
                raise InvalidValue("version", "version_twice", code)
            for earlier, later in pairwise(versions):
                if earlier.valid_until is None or earlier.valid_until >= later.valid_from:
                    raise InvalidValue("valid_until", "overlap", code)

    @cached_property
    def _by_code(self) -> dict[str, list[Procedure]]:
        by_code: dict[str, list[Procedure]] = {}
        for procedure in sorted(self.procedures, key=lambda each: each.valid_from):
            by_code.setdefault(procedure.code, []).append(procedure)
        return by_code

    @cached_property
    def _keys(self) -> tuple[tuple[SearchKey, Procedure], ...]:
        return tuple((search_key(procedure), procedure) for procedure in self.procedures)

    def find(self, code: str, on: date) -> Procedure:
        """The version in force on a day.

        Raises:
            ProcedureUnknown: No such code.
            ProcedureNotInForce: Not yet, or no longer, or in a gap between two versions.
        """
        versions = self._by_code.get(code)
        if versions is None:
            raise ProcedureUnknown(code)
        for procedure in versions:
            if procedure.is_valid_on(on):
                return procedure
        raise ProcedureNotInForce(code, on)

    def find_version(self, code: str, version: str) -> Procedure | None:
        """The version under which a dossier was taken, whether in force or not."""
        return next((p for p in self._by_code.get(code, ()) if p.version == version), None)

    def valid_on(self, day: date) -> tuple[Procedure, ...]:
        return tuple(each for each in self.procedures if each.is_valid_on(day))

    def search(
        self, query: str, limit: int = SEARCH_LIMIT, *, on: date | None = None
    ) -> tuple[Procedure, ...]:
        """Procedures that answer the query, the best first.

        An empty query gives those that are asked for most.

        Args:
            query: As typed: code, short form, beginnings of words in any order.
            limit: How many at most.
            on: Only those in force on that day; None for the last version of each.
        """
        asked = Query.parse(query)
        if not asked.words:
            offered = sorted(self._offered(on), key=lambda each: -each.popularity)
            return tuple(offered[:limit])
        found = []
        for place, (key, procedure) in enumerate(self._keys):
            answer = rank(asked, key)
            if answer is not None and self._is_offered(procedure, on):
                found.append((answer.match, -procedure.popularity, answer.length, place))
        return tuple(self.procedures[place] for *_, place in sorted(found)[:limit])

    def _offered(self, on: date | None) -> tuple[Procedure, ...]:
        return tuple(each for each in self.procedures if self._is_offered(each, on))

    def _is_offered(self, procedure: Procedure, on: date | None) -> bool:
        if on is not None:
            return procedure.is_valid_on(on)
        return self._by_code[procedure.code][-1] is procedure
