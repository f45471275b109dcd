"""What holds for every receipt, every norm and every table of days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.promise import (
    CalendarDay,
    DayKind,
    EndsAtClose,
    FirstDay,
    HolidaySkipped,
    WeekendSkipped,
    WorkingSaturdayCounted,
)
from counter_app.domain.time_norm import NormUnit, TimeNorm, working_days
from counter_app.domain.working_days import (
    STANDARD_SESSIONS,
    VIETNAM,
    CountingRules,
    DayEnd,
    Session,
    WorkingCalendar,
)
from tests.helpers.reference_data import shipped_calendar

DAY = timedelta(days=1)
MONTHS = 10 * 30 * DAY
moments = st.timedeltas(timedelta(0), MONTHS).map(
    lambda after: datetime(2025, 12, 1, tzinfo=VIETNAM) + after
)
norms = st.one_of(
    st.integers(1, 80).map(lambda halves: TimeNorm(Decimal(halves) / 2, NormUnit.WORKING_DAY)),
    st.integers(1, 60).map(lambda days: TimeNorm(Decimal(days), NormUnit.CALENDAR_DAY)),
    st.integers(1, 100).map(lambda hours: TimeNorm(Decimal(hours), NormUnit.WORKING_HOUR)),
    st.just(TimeNorm.parse("same_day")),
)
kinds = st.sampled_from(DayKind)
rules = st.builds(
    CountingRules,
    day_end=st.sampled_from(DayEnd),
    cut_off=st.one_of(st.none(), st.times(time(6), time(18))),
)
sessions = st.sampled_from(
    [
        STANDARD_SESSIONS,
        (Session(time(8), time(16)),),
        (
            Session(time(7, 30), time(11)),
            Session(time(13), time(14)),
            Session(time(15), time(18, 30)),
        ),
    ]
)


@st.composite
def calendars(draw: st.DrawFn) -> WorkingCalendar:
    """The shipped table, or one of random special days, never more than 45 in a row."""
    if draw(st.booleans()):
        return replace(shipped_calendar(), rules=draw(rules), sessions=draw(sessions))
    special = draw(
        st.dictionaries(st.dates(date(2025, 12, 1), date(2026, 12, 31)), kinds, max_size=30)
    )
    days = tuple(
        CalendarDay(day=day, kind=kind, name_vi=kind.value, name_en=kind.value, source="thử")
        for day, kind in sorted(special.items())
    )
    return WorkingCalendar(
        days,
        frozenset({2025, 2026}),
        draw(sessions),
        draw(st.sampled_from([frozenset({5, 6}), frozenset({6}), frozenset()])),
        draw(rules),
    )


def is_within_a_session(calendar: WorkingCalendar, at: datetime) -> bool:
    return calendar.is_working_day(at.date()) and any(
        session.opens <= at.time() <= session.closes for session in calendar.sessions
    )


@given(calendars(), moments, norms)
def test_a_promise_falls_within_working_time_and_after_the_receipt(
    calendar: WorkingCalendar, received: datetime, norm: TimeNorm
) -> None:
    due = calendar.promise(received, norm).due
    assert is_within_a_session(calendar, due)
    assert due > received


@given(calendars(), moments, norms)
def test_a_promise_is_never_earlier_than_the_norm(
    calendar: WorkingCalendar, received: datetime, norm: TimeNorm
) -> None:
    due = calendar.promise(received, norm).due
    if norm.unit is NormUnit.CALENDAR_DAY:
        assert due.date() >= received.date() + norm.whole * DAY
        return
    allowed = {
        NormUnit.WORKING_HOUR: norm.whole * timedelta(hours=1),
        NormUnit.SAME_DAY: timedelta(),
        NormUnit.WORKING_DAY: norm.whole * calendar.day_length()
        + norm.has_half * calendar.rules.half_day,
    }[norm.unit]
    assert calendar.working_time_between(received, due) >= allowed


@given(calendars(), moments, moments, norms)
def test_who_comes_earlier_is_never_promised_a_later_time(
    calendar: WorkingCalendar, one: datetime, other: datetime, norm: TimeNorm
) -> None:
    earlier, later = sorted((one, other))
    assert calendar.promise(earlier, norm).due <= calendar.promise(later, norm).due


@given(calendars(), moments, st.timedeltas(timedelta(0), timedelta(hours=30)), norms)
def test_who_comes_a_little_earlier_is_never_promised_a_later_time(
    calendar: WorkingCalendar, one: datetime, after: timedelta, norm: TimeNorm
) -> None:
    assert calendar.promise(one, norm).due <= calendar.promise(one + after, norm).due


@given(calendars(), moments, norms)
def test_a_longer_norm_is_never_due_earlier(
    calendar: WorkingCalendar, received: datetime, norm: TimeNorm
) -> None:
    if norm.unit is NormUnit.SAME_DAY:
        longer = working_days(1)
    else:
        step = Decimal("0.5") if norm.unit is NormUnit.WORKING_DAY else Decimal(1)
        longer = TimeNorm(norm.amount + step, norm.unit)
    if norm.unit is NormUnit.SAME_DAY and calendar.rules.day_end is DayEnd.SAME_CLOCK_TIME:
        return
    assert calendar.promise(received, norm).due <= calendar.promise(received, longer).due


@given(calendars(), moments, st.integers(1, 40))
def test_from_the_first_day_to_the_due_day_there_are_as_many_working_days_as_the_norm_has(
    calendar: WorkingCalendar, received: datetime, amount: int
) -> None:
    promise = calendar.promise(received, working_days(amount))
    (first,) = [step.day for step in promise.steps if isinstance(step, FirstDay)]
    span = (promise.due.date() - first).days
    counted = [first + n * DAY for n in range(span + 1) if calendar.is_working_day(first + n * DAY)]
    assert len(counted) == amount


@given(calendars(), moments, norms)
def test_the_steps_name_every_special_day_between_first_day_and_due_day(
    calendar: WorkingCalendar, received: datetime, norm: TimeNorm
) -> None:
    promise = calendar.promise(received, norm)
    if norm.unit in (NormUnit.CALENDAR_DAY, NormUnit.SAME_DAY):
        return
    named: set[date] = set()
    for step in promise.steps:
        if isinstance(step, WeekendSkipped | HolidaySkipped):
            named |= {step.first + n * DAY for n in range((step.last - step.first).days + 1)}
        elif isinstance(step, WorkingSaturdayCounted):
            named.add(step.entry.day)
    start = max((step.day for step in promise.steps if isinstance(step, FirstDay)), default=None)
    day = start or received.date() + DAY
    while day <= promise.due.date():
        is_special = calendar.entry(day) is not None or day.weekday() in calendar.weekly_rest
        if is_special and calendar.is_working_day(received.date()):
            assert day in named
        day += DAY
    assert all(not calendar.is_working_day(day) or calendar.entry(day) is not None for day in named)


@given(calendars(), moments, norms)
def test_what_ends_at_close_ends_when_the_last_session_closes(
    calendar: WorkingCalendar, received: datetime, norm: TimeNorm
) -> None:
    promise = calendar.promise(received, norm)
    for step in promise.steps:
        if isinstance(step, EndsAtClose):
            assert step.due == promise.due == calendar.closing(promise.due.date())


@given(calendars(), moments, st.timedeltas(timedelta(minutes=1), timedelta(hours=300)))
def test_working_time_added_is_working_time_passed(
    calendar: WorkingCalendar, start: datetime, amount: timedelta
) -> None:
    assert calendar.working_time_between(start, calendar.add_working_time(start, amount)) == amount


@given(calendars(), moments, moments, moments)
def test_working_time_adds_up_over_any_moment_between(
    calendar: WorkingCalendar, a: datetime, b: datetime, c: datetime
) -> None:
    a, b, c = sorted((a, b, c))
    whole = calendar.working_time_between(a, c)
    assert whole == calendar.working_time_between(a, b) + calendar.working_time_between(b, c)
    assert timedelta() <= whole <= c - a
    assert calendar.working_time_between(c, a) == timedelta()


@given(calendars(), moments, norms, st.timedeltas(timedelta(0), timedelta(days=40)))
def test_a_pause_never_takes_working_time_away(
    calendar: WorkingCalendar, received: datetime, norm: TimeNorm, length: timedelta
) -> None:
    due = calendar.promise(received, norm).due
    resumed = calendar.resume(due, paused_at=received, resumed_at=received + length)
    paused = calendar.working_time_between(received, received + length)
    assert calendar.working_time_between(due, resumed.due) == paused
    assert resumed.due >= due
