"""A promised time and the facts that explain it; the screen words them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from counter_app.domain.confidence import Confidence
from counter_app.domain.time_norm import TimeNorm


class DayKind(StrEnum):
    """Why a day is not what its weekday says."""

    HOLIDAY = "holiday"
    COMPENSATORY_REST = "compensatory_rest"
    WORKING_SATURDAY = "working_saturday"
    LOCAL_CLOSURE = "local_closure"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarDay:
    """One row of the editable table.

    Attributes:
        name_vi: What people call it, in Vietnamese.
        name_en: The same in English.
        source: The decision or law that makes it so.
    """

    day: date
    kind: DayKind
    name_vi: str
    name_en: str
    source: str
    confidence: Confidence = Confidence.HIGH

    @property
    def is_rest(self) -> bool:
        return self.kind is not DayKind.WORKING_SATURDAY


@dataclass(frozen=True, slots=True)
class ReceivedAfterCutOff:
    """Received at the cut-off or later: counted as if received at `counted_from`."""

    cut_off: time
    counted_from: datetime


@dataclass(frozen=True, slots=True)
class ReceivedOutsideHours:
    """Received before opening, at noon or after closing: counted from `counted_from`."""

    counted_from: datetime


@dataclass(frozen=True, slots=True)
class ReceivedOnRestDay:
    """Received on a day of rest: counted from `counted_from`. No entry means a weekend."""

    day: date
    entry: CalendarDay | None
    counted_from: datetime


@dataclass(frozen=True, slots=True)
class FirstDay:
    """The day that counts as day 1."""

    day: date


@dataclass(frozen=True, slots=True)
class WeekendSkipped:
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class HolidaySkipped:
    """Rest days in a row under one name: a holiday, its compensatory rest, a local closure."""

    first: date
    last: date
    entry: CalendarDay


@dataclass(frozen=True, slots=True)
class WorkingSaturdayCounted:
    """A day of rest by its weekday that is worked, in exchange for another."""

    entry: CalendarDay


@dataclass(frozen=True, slots=True)
class RolledForward:
    """The last calendar day is a day of rest, so the norm ends on the next working day."""

    from_day: date
    to_day: date


@dataclass(frozen=True, slots=True)
class Paused:
    """The citizen or a payment was waited for; that working time is given back."""

    paused_at: datetime
    resumed_at: datetime
    working_time: timedelta


@dataclass(frozen=True, slots=True)
class ExtraDayGiven:
    """One more working day after a pause, by the rule of the province."""

    day: date


@dataclass(frozen=True, slots=True)
class EndsAtClose:
    """Due when the last session of the day closes."""

    due: datetime


@dataclass(frozen=True, slots=True)
class EndsAtClock:
    """Due at a clock time: hours or half days were counted, or the rule keeps the clock time."""

    due: datetime


@dataclass(frozen=True, slots=True)
class YearUnknown:
    """No holidays are entered for this year yet: the date may still move."""

    year: int


Step = (
    ReceivedAfterCutOff
    | ReceivedOutsideHours
    | ReceivedOnRestDay
    | FirstDay
    | WeekendSkipped
    | HolidaySkipped
    | WorkingSaturdayCounted
    | RolledForward
    | Paused
    | ExtraDayGiven
    | EndsAtClose
    | EndsAtClock
    | YearUnknown
)


@dataclass(frozen=True, slots=True)
class Promise:
    """When the result is due.

    Attributes:
        received_at: As given, in Vietnamese time.
        norm: What was promised; None where an earlier promise was moved.
        due: The promised moment, in Vietnamese time.
        steps: Why it is this moment.
    """

    received_at: datetime
    norm: TimeNorm | None
    due: datetime
    steps: tuple[Step, ...]

    @property
    def is_year_confirmed(self) -> bool:
        """Whether the holidays of every year that the norm runs through are entered."""
        return not any(isinstance(step, YearUnknown) for step in self.steps)
