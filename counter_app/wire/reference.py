"""Catalogue and calendar ⇄ plain JSON values, for files and for the line alike.

Writing is canonical up to the order of keys, and leaves out what has its default; reading is
strict: an unknown field, a wrong type, a broken rule refuses the whole, naming row and field.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from counter_app.domain.confidence import Confidence
from counter_app.domain.dossier import PaperKind
from counter_app.domain.errors import InvalidValue
from counter_app.domain.fee import FeeWaiver
from counter_app.domain.procedure import (
    Catalogue,
    ComponentRule,
    Level,
    NormVariant,
    Procedure,
    ProcedureField,
)
from counter_app.domain.promise import CalendarDay, DayKind
from counter_app.domain.time_norm import TimeNorm
from counter_app.domain.working_days import (
    CountingRules,
    DayEnd,
    PauseMode,
    Session,
    WorkingCalendar,
)
from counter_app.wire.reference_fees import fee_from_json, fee_to_json
from counter_app.wire.reference_rows import (
    BadReference,
    Row,
    table,
    whole_document,
    without_empty,
)

Plain = dict[str, Any]

CATALOGUE_FORMAT: Final = "catalogue/1"
CALENDAR_FORMAT: Final = "calendar/1"
_MINUTE: Final = timedelta(minutes=1)


def catalogue_to_json(catalogue: Catalogue) -> Plain:
    fields = {procedure.field.code: procedure.field for procedure in catalogue.procedures}
    return {
        "format": CATALOGUE_FORMAT,
        "version": catalogue.version,
        "fields": [
            {"code": field.code, "name": field.name, "name_en": field.name_en}
            for _, field in sorted(fields.items())
        ],
        "procedures": [_procedure_to_json(procedure) for procedure in catalogue.procedures],
    }


def catalogue_from_json(plain: object) -> Catalogue:
    """Read what `catalogue_to_json` wrote.

    Raises:
        BadReference: A row breaks a rule; the row and the field are named.
    """
    document = whole_document(plain, CATALOGUE_FORMAT)
    document.only("format", "version", "fields", "procedures")
    fields = {
        row.text("code"): ProcedureField(
            code=row.text("code"), name=row.text("name"), name_en=row.text("name_en")
        )
        for row in table(document.plain, "fields", "code")
    }
    procedures = tuple(
        _procedure_from_json(row, fields) for row in table(document.plain, "procedures", "code")
    )
    try:
        return Catalogue(procedures, document.text("version"))
    except InvalidValue as problem:
        raise BadReference(f"procedures {problem.value}", problem.field, problem.rule) from None


def calendar_to_json(calendar: WorkingCalendar) -> Plain:
    rules = calendar.rules
    return {
        "format": CALENDAR_FORMAT,
        "version": calendar.version,
        "years": sorted(calendar.years),
        "weekly_rest": sorted(calendar.weekly_rest),
        "sessions": [
            {"opens": f"{session.opens:%H:%M}", "closes": f"{session.closes:%H:%M}"}
            for session in calendar.sessions
        ],
        "rules": without_empty(
            {
                "day_end": rules.day_end.value,
                "cut_off": f"{rules.cut_off:%H:%M}" if rules.cut_off is not None else None,
                "half_day_minutes": rules.half_day // _MINUTE,
                "counts_receipt_day": rules.counts_receipt_day,
                "pause": rules.pause.value,
            }
        ),
        "days": [
            {
                "day": entry.day.isoformat(),
                "kind": entry.kind.value,
                "name_vi": entry.name_vi,
                "name_en": entry.name_en,
                "source": entry.source,
                "confidence": entry.confidence.value,
            }
            for entry in calendar.days
        ],
    }


def calendar_from_json(plain: object) -> WorkingCalendar:
    """Read what `calendar_to_json` wrote.

    Raises:
        BadReference: A row breaks a rule; the row and the field are named.
    """
    document = whole_document(plain, CALENDAR_FORMAT)
    document.only("format", "version", "years", "weekly_rest", "sessions", "rules", "days")
    days = tuple(_day_from_json(row) for row in table(document.plain, "days", "day"))
    sessions = tuple(_session_from_json(row) for row in document.rows("sessions"))
    rules = _rules_from_json(document.inner("rules"))
    return document.built(
        "",
        lambda: WorkingCalendar(
            days=days,
            years=frozenset(document.integers("years")),
            sessions=sessions,
            weekly_rest=frozenset(document.integers("weekly_rest")),
            rules=rules,
            version=document.text("version"),
        ),
    )


def _day_from_json(row: Row) -> CalendarDay:
    row.only("day", "kind", "name_vi", "name_en", "source", "confidence")
    return CalendarDay(
        day=row.day("day"),
        kind=row.choice("kind", DayKind),
        name_vi=row.text("name_vi"),
        name_en=row.text("name_en"),
        source=row.text("source"),
        confidence=row.choice("confidence", Confidence),
    )


def _session_from_json(row: Row) -> Session:
    row.only("opens", "closes")
    return row.built("opens", lambda: Session(row.clock("opens"), row.clock("closes")))


def _rules_from_json(row: Row) -> CountingRules:
    row.only("day_end", "cut_off", "half_day_minutes", "counts_receipt_day", "pause")
    return CountingRules(
        day_end=row.choice("day_end", DayEnd, DayEnd.SESSION_CLOSE),
        cut_off=row.clock("cut_off") if row.has("cut_off") else None,
        half_day=row.within("half_day_minutes", 1, 720, default=240) * _MINUTE,
        counts_receipt_day=row.flag("counts_receipt_day", False),
        pause=row.choice("pause", PauseMode, PauseMode.WORKING_TIME),
    )


_PROCEDURE_FIELDS: Final = (
    *("code", "version", "name", "name_en", "field", "level", "components", "norm", "variants"),
    *("fees", "waivers", "sets", "results", "legal_basis", "abbreviations", "valid_from"),
    *("valid_until", "source", "confidence", "popularity"),
)


def _procedure_to_json(procedure: Procedure) -> Plain:
    until = procedure.valid_until
    return without_empty(
        {
            "code": procedure.code,
            "version": procedure.version,
            "name": procedure.name,
            "name_en": procedure.name_en,
            "field": procedure.field.code,
            "level": procedure.level.value,
            "components": [_component_to_json(each) for each in procedure.components],
            "norm": str(procedure.norm),
            "variants": [
                {
                    "code": variant.code,
                    "name_vi": variant.name_vi,
                    "name_en": variant.name_en,
                    "norm": str(variant.norm),
                }
                for variant in procedure.variants
            ],
            "fees": [fee_to_json(rule) for rule in procedure.fees],
            "waivers": [
                {
                    "code": waiver.code,
                    "name_vi": waiver.name_vi,
                    "name_en": waiver.name_en,
                    "legal_basis": waiver.legal_basis,
                }
                for waiver in procedure.waivers
            ],
            "sets": procedure.sets,
            "results": list(procedure.results),
            "legal_basis": list(procedure.legal_basis),
            "abbreviations": list(procedure.abbreviations),
            "valid_from": procedure.valid_from.isoformat(),
            "valid_until": until.isoformat() if until else None,
            "source": procedure.source,
            "confidence": procedure.confidence.value,
            "popularity": procedure.popularity,
        }
    )


def _procedure_from_json(row: Row, fields: dict[str, ProcedureField]) -> Procedure:
    row.only(*_PROCEDURE_FIELDS)
    field = fields.get(row.text("field"))
    if field is None:
        raise row.bad("field", "unknown_field", row.text("field"))
    components = tuple(_component_from_json(each) for each in row.rows("components"))
    variants = tuple(_variant_from_json(each) for each in row.rows("variants"))
    fees = tuple(fee_from_json(each) for each in row.rows("fees"))
    waivers = tuple(_waiver_from_json(each) for each in row.rows("waivers"))
    return row.built(
        "",
        lambda: Procedure(
            code=row.text("code"),
            version=row.text("version"),
            name=row.text("name"),
            name_en=row.text("name_en"),
            field=field,
            level=row.choice("level", Level),
            components=components,
            norm=_norm(row),
            variants=variants,
            fees=fees,
            waivers=waivers,
            sets=row.within("sets", 1, 99, default=1),
            results=row.texts("results"),
            legal_basis=row.texts("legal_basis"),
            abbreviations=row.texts("abbreviations"),
            valid_from=row.day("valid_from"),
            valid_until=row.day("valid_until") if row.has("valid_until") else None,
            source=row.text("source"),
            confidence=row.choice("confidence", Confidence),
            popularity=row.within("popularity", 0, 9, default=0),
        ),
    )


def _norm(row: Row) -> TimeNorm:
    text = row.text("norm")
    return row.built("norm", lambda: TimeNorm.parse(text), text)


def _variant_from_json(row: Row) -> NormVariant:
    row.only("code", "name_vi", "name_en", "norm")
    return NormVariant(
        code=row.text("code"),
        name_vi=row.text("name_vi"),
        name_en=row.text("name_en"),
        norm=_norm(row),
    )


def _waiver_from_json(row: Row) -> FeeWaiver:
    row.only("code", "name_vi", "name_en", "legal_basis")
    return FeeWaiver(
        code=row.text("code"),
        name_vi=row.text("name_vi"),
        name_en=row.text("name_en"),
        legal_basis=row.text("legal_basis"),
    )


def _component_to_json(component: ComponentRule) -> Plain:
    return without_empty(
        {
            "code": component.code,
            "name": component.name,
            "name_en": component.name_en,
            "kind": component.kind.value,
            "originals": component.originals or None,
            "copies": component.copies or None,
            "mandatory": component.mandatory,
            "form": component.form,
            "source": component.source,
            "confidence": component.confidence.value,
        }
    )


def _component_from_json(row: Row) -> ComponentRule:
    row.only(
        *("code", "name", "name_en", "kind", "originals", "copies", "mandatory", "form"),
        *("source", "confidence"),
    )
    return ComponentRule(
        code=row.text("code"),
        name=row.text("name"),
        name_en=row.text("name_en"),
        kind=row.choice("kind", PaperKind),
        originals=row.within("originals", 0, 99, default=0),
        copies=row.within("copies", 0, 99, default=0),
        mandatory=row.flag("mandatory", True),
        form=row.text("form", ""),
        source=row.text("source", ""),
        confidence=row.choice("confidence", Confidence),
    )
