"""The working calendar of an office: which days count, and when a norm ends.

It knows days, sessions and the rules of counting; it does not know what day it is today.
All times are Vietnamese time, which has had one offset and no summer time since 1975.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum
from functools import cached_property
from itertools import count, pairwise
from typing import Final

from counter_app.domain.errors import InvalidValue
from counter_app.domain.promise import (
    CalendarDay,
    DayKind,
    EndsAtClock,
    EndsAtClose,
    ExtraDayGiven,
    FirstDay,
    HolidaySkipped,
    Paused,
    Promise,
    ReceivedAfterCutOff,
    ReceivedOnRestDay,
    ReceivedOutsideHours,
    RolledForward,
    Step,
    WeekendSkipped,
    WorkingSaturdayCounted,
    YearUnknown,
)
from counter_app.domain.time_norm import NormUnit, TimeNorm

VIETNAM: Final = timezone(timedelta(hours=7), "+07")
"""A fixed offset, because Windows has no table of time zones."""

_DAY: Final = timedelta(days=1)
_MINUTE: Final = timedelta(minutes=1)
_NOTHING: Final = timedelta()
_LONGEST_REST: Final = 60
"""Days of rest in a row beyond which the table is taken to be wrong."""


@dataclass(frozen=True, slots=True)
class Session:
    """A stretch of the day in which the office works."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise InvalidValue("session", "order", f"{self.opens}-{self.closes}")


STANDARD_SESSIONS: Final = (Session(time(7), time(11, 30)), Session(time(13, 30), time(17)))


class DayEnd(StrEnum):
    """Where in its last day a norm of whole working days ends."""

    SESSION_CLOSE = "session_close"
    SAME_CLOCK_TIME = "same_clock_time"


class PauseMode(StrEnum):
    """What a pause gives back."""

    WORKING_TIME = "working_time"
    UNTIL_CLOSE = "until_close"
    EXTRA_DAY = "extra_day"


@dataclass(frozen=True, slots=True, kw_only=True)
class CountingRules:
    """Settings of counting, where law and practice leave a choice.

    Attributes:
        day_end: Close of the last session, or the clock time of the receipt. Norms in calendar
            days end at the close in either case (Civil Code, art. 148).
        cut_off: From this time on, a dossier counts as received next working morning; norms in
            working hours run at once all the same. None for no cut-off.
        half_day: Working time of half a day.
        counts_receipt_day: Whether the day of receipt is day 1 (Civil Code art. 147: it is not).
            A norm that keeps the clock time is not touched by this.
        pause: The exact working time, that and the rest of the day, or that and one day more.
    """

    day_end: DayEnd = DayEnd.SESSION_CLOSE
    cut_off: time | None = time(15)
    half_day: timedelta = timedelta(hours=4)
    counts_receipt_day: bool = False
    pause: PauseMode = PauseMode.WORKING_TIME


@dataclass(frozen=True)
class WorkingCalendar:
    """Days, sessions and rules of one office.

    Attributes:
        days: Every day that is not what its weekday says.
        years: Years for which `days` is complete; in others only weekends are known.
        weekly_rest: Weekdays of rest, Monday being 0.
        version: Which table this is.
    """

    days: tuple[CalendarDay, ...] = ()
    years: frozenset[int] = frozenset()
    sessions: tuple[Session, ...] = STANDARD_SESSIONS
    weekly_rest: frozenset[int] = frozenset({5, 6})
    rules: CountingRules = CountingRules()
    version: str = ""

    def __post_init__(self) -> None:
        if not self.sessions or any(a.closes > b.opens for a, b in pairwise(self.sessions)):
            raise InvalidValue("sessions", "order")
        if not self.weekly_rest < frozenset(range(7)):
            raise InvalidValue("weekly_rest", "no_working_day")
        if len(self._by_day) < len(self.days):
            raise InvalidValue("days", "day_twice", self._first_double().isoformat())

    # What kind of day it is

    @cached_property
    def _by_day(self) -> dict[date, CalendarDay]:
        return {entry.day: entry for entry in self.days}

    def _first_double(self) -> date:
        days = sorted(entry.day for entry in self.days)
        return next(a for a, b in pairwise(days) if a == b)

    def entry(self, day: date) -> CalendarDay | None:
        """The row of the table for this day, if there is one."""
        return self._by_day.get(day)

    def is_working_day(self, day: date) -> bool:
        entry = self._by_day.get(day)
        return not entry.is_rest if entry else day.weekday() not in self.weekly_rest

    def next_working_day(self, day: date) -> date:
        """The first working day after `day`.

        Raises:
            InvalidValue: The table leaves no working day for two months.
        """
        for ahead in range(1, _LONGEST_REST + 1):
            if self.is_working_day(later := day + ahead * _DAY):
                return later
        raise InvalidValue("days", "no_working_day", day.isoformat())

    def day_length(self) -> timedelta:
        """Working time of a full day."""
        return sum(
            (_at(date.min, s.closes) - _at(date.min, s.opens) for s in self.sessions), _NOTHING
        )

    def opening(self, day: date) -> datetime:
        return _at(day, self.sessions[0].opens)

    def closing(self, day: date) -> datetime:
        return _at(day, self.sessions[-1].closes)

    # Working time

    def working_time_between(self, start: datetime, end: datetime) -> timedelta:
        """Time within sessions of working days; nothing where `end` is not after `start`."""
        start, end = _vietnamese(start), _vietnamese(end)
        total = _NOTHING
        for opens, closes in self._stretches(start.date()):
            if opens >= end:
                break
            total += max(_NOTHING, min(end, closes) - max(start, opens))
        return total

    def add_working_time(self, start: datetime, amount: timedelta) -> datetime:
        """The moment at which `amount` of working time has passed since `start`.

        A stretch that is used up to its last minute ends at its close, not at the next opening.
        """
        start, left = _vietnamese(start), amount
        if left <= _NOTHING:
            return start
        for opens, closes in self._stretches(start.date()):
            begins = max(start, opens)
            available = closes - begins
            if available >= left:
                return begins + left
            left -= max(_NOTHING, available)
        raise AssertionError("the calendar has no end")

    def _stretches(self, first: date) -> Iterator[tuple[datetime, datetime]]:
        """The sessions of all working days from `first` on."""
        day = first if self.is_working_day(first) else self.next_working_day(first)
        while True:
            for session in self.sessions:
                yield _at(day, session.opens), _at(day, session.closes)
            day = self.next_working_day(day)

    def is_open(self, moment: datetime) -> bool:
        moment = _vietnamese(moment)
        clock = moment.time()
        return self.is_working_day(moment.date()) and any(
            session.opens <= clock < session.closes for session in self.sessions
        )

    # Promises

    def promise(self, received_at: datetime, norm: TimeNorm) -> Promise:
        """When the result of a dossier received at that moment is due, and why.

        Raises:
            ValueError: `received_at` carries no time zone.
        """
        received_at = _vietnamese(received_at)
        ignores_cut_off = norm.unit is NormUnit.WORKING_HOUR
        start, steps = self._counted_from(
            received_at, None if ignores_cut_off else self.rules.cut_off
        )
        if norm.unit is NormUnit.SAME_DAY:
            due, more = self._end_of(start.date())
        elif norm.unit is NormUnit.WORKING_HOUR:
            due = self.add_working_time(_whole_minute(start), timedelta(hours=norm.whole))
            more = [*self._skipped(start.date(), due.date()), EndsAtClock(due)]
        elif norm.unit is NormUnit.CALENDAR_DAY:
            due, more = self._after_calendar_days(start, norm.whole)
        else:
            due, more = self._after_working_days(start, norm)
        return Promise(
            received_at, norm, due, (*steps, *more, *self._unknown_years(received_at, due))
        )

    def extend(self, due: datetime, paused: timedelta) -> datetime:
        """The due time moved by the working time that a pause lasted, as the rules give it back."""
        moved = self.add_working_time(due, paused)
        if self.rules.pause is PauseMode.UNTIL_CLOSE and paused:
            return self.closing(moved.date())
        if self.rules.pause is PauseMode.EXTRA_DAY and paused:
            return datetime.combine(self.next_working_day(moved.date()), moved.time(), VIETNAM)
        return moved

    def resume(self, due: datetime, *, paused_at: datetime, resumed_at: datetime) -> Promise:
        """The new promise after the clock stood still between two moments."""
        due, paused_at, resumed_at = map(_vietnamese, (due, paused_at, resumed_at))
        paused = self.working_time_between(paused_at, resumed_at)
        moved = self.extend(due, paused)
        steps: list[Step] = [Paused(paused_at, resumed_at, paused)]
        if self.rules.pause is PauseMode.EXTRA_DAY and paused:
            steps.append(ExtraDayGiven(moved.date()))
        is_close = moved == self.closing(moved.date())
        steps += [*self._skipped(due.date(), moved.date()), _ends(moved, at_close=is_close)]
        return Promise(due, None, moved, (*steps, *self._unknown_years(due, moved)))

    def _counted_from(
        self, received_at: datetime, cut_off: time | None
    ) -> tuple[datetime, list[Step]]:
        """The moment within a session from which the norm runs."""
        day, clock = received_at.date(), received_at.time()
        if not self.is_working_day(day):
            start = self.opening(self.next_working_day(day))
            return start, [ReceivedOnRestDay(day, self.entry(day), start)]
        if cut_off is not None and clock >= cut_off:
            start = self.opening(self.next_working_day(day))
            return start, [ReceivedAfterCutOff(cut_off, start), *self._skipped(day, start.date())]
        for session in self.sessions:
            if clock < session.opens:
                start = _at(day, session.opens)
                return start, [ReceivedOutsideHours(start)]
            if clock < session.closes:
                return received_at, []
        start = self.opening(self.next_working_day(day))
        return start, [ReceivedOutsideHours(start), *self._skipped(day, start.date())]

    def _after_working_days(self, start: datetime, norm: TimeNorm) -> tuple[datetime, list[Step]]:
        """Whole days, then the half day if there is one, from the moment of `_counted_from`."""
        rules, day = self.rules, start.date()
        ends_at_close = rules.day_end is DayEnd.SESSION_CLOSE and norm.whole > 0
        days = [day] if ends_at_close and rules.counts_receipt_day else []
        while len(days) < norm.whole:
            days.append(self.next_working_day(days[-1] if days else day))
        last = days[-1] if days else day
        if ends_at_close:
            due = self.closing(last)
        else:
            due = datetime.combine(last, _whole_minute(start).time(), VIETNAM)
        if norm.has_half:
            due = self.add_working_time(due, rules.half_day)
        steps: list[Step] = [FirstDay(days[0])] if days else []
        steps += self._skipped(day, due.date())
        return due, [*steps, _ends(due, at_close=ends_at_close and not norm.has_half)]

    def _after_calendar_days(self, start: datetime, amount: int) -> tuple[datetime, list[Step]]:
        first = start.date() if self.rules.counts_receipt_day else start.date() + _DAY
        day = last = first + (amount - 1) * _DAY
        steps: list[Step] = [FirstDay(first)]
        if not self.is_working_day(last):
            day = self.next_working_day(last)
            steps += [*self._skipped(last - _DAY, day), RolledForward(last, day)]
        due, ends = self._end_of(day)
        return due, [*steps, *ends]

    def _end_of(self, day: date) -> tuple[datetime, list[Step]]:
        due = self.closing(day)
        return due, [EndsAtClose(due)]

    def _skipped(self, after: date, until: date) -> Iterator[Step]:
        """What lies between two days and is not as a plain working week would have it."""
        for first, last, entry in self._runs(after + _DAY, until):
            if entry is None:
                yield WeekendSkipped(first, last)
            elif entry.kind is DayKind.WORKING_SATURDAY:
                yield WorkingSaturdayCounted(entry)
            else:
                yield HolidaySkipped(first, last, entry)

    def _runs(self, day: date, until: date) -> Iterator[tuple[date, date, CalendarDay | None]]:
        """Special days in a row under one name."""
        run: tuple[date, date, CalendarDay | None] | None = None
        for ahead in count():
            today = day + ahead * _DAY
            if today > until:
                break
            entry = self.entry(today)
            is_plain = entry is None and today.weekday() not in self.weekly_rest
            if run and not is_plain and run[1] == today - _DAY and _is_same_rest(run[2], entry):
                run = (run[0], today, run[2])
                continue
            if run:
                yield run
            run = None if is_plain else (today, today, entry)
        if run:
            yield run

    def _unknown_years(self, start: datetime, due: datetime) -> Iterator[YearUnknown]:
        for year in range(start.year, due.year + 1):
            if year not in self.years:
                yield YearUnknown(year)


def _is_same_rest(one: CalendarDay | None, other: CalendarDay | None) -> bool:
    if one is None or other is None:
        return one is other
    return one.is_rest and (one.kind, one.name_vi) == (other.kind, other.name_vi)


def _ends(due: datetime, *, at_close: bool) -> EndsAtClose | EndsAtClock:
    return EndsAtClose(due) if at_close else EndsAtClock(due)


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, VIETNAM)


def _vietnamese(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("A moment without a time zone cannot be counted from")
    return moment.astimezone(VIETNAM)


def _whole_minute(moment: datetime) -> datetime:
    """Up to the full minute, so that a printed time never falls short of the norm."""
    spare = timedelta(seconds=moment.second, microseconds=moment.microsecond)
    return moment + (_MINUTE - spare) if spare else moment
