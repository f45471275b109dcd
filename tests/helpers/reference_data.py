"""The catalogue and the calendar that come with the program, read once."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from pathlib import Path

from counter_app.adapters.reference.files import load_calendar, load_catalogue
from counter_app.domain.procedure import Catalogue
from counter_app.domain.working_days import VIETNAM, WorkingCalendar

RESOURCES = Path(__file__).parents[2] / "resources"


@cache
def shipped_catalogue() -> Catalogue:
    return load_catalogue(RESOURCES / "procedures" / "commune.json")


@cache
def shipped_calendar() -> WorkingCalendar:
    return load_calendar(RESOURCES / "calendar" / "vietnam.json")


def moment(text: str) -> datetime:
    """`2026-07-06 09:20` in Vietnamese time."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)
