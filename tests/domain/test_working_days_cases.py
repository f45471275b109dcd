"""Promised dates counted by hand on a wall calendar, against the table that is shipped."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

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
    ReceivedAfterCutOff,
    ReceivedOnRestDay,
    ReceivedOutsideHours,
    RolledForward,
    WeekendSkipped,
    WorkingSaturdayCounted,
    YearUnknown,
)
from counter_app.domain.time_norm import TimeNorm
from counter_app.domain.working_days import (
    VIETNAM,
    CountingRules,
    DayEnd,
    PauseMode,
    Session,
    WorkingCalendar,
)
from tests.helpers.reference_data import moment, shipped_calendar

CASES = {
    "an ordinary week": [
        ("2026-07-06 09:20", "3 working_day", "2026-07-09 17:00"),
        ("2026-07-06 06:30", "3 working_day", "2026-07-09 17:00"),
        ("2026-07-06 12:00", "1 working_day", "2026-07-07 17:00"),
        ("2026-07-10 14:59", "1 working_day", "2026-07-13 17:00"),
        ("2026-07-06 09:20", "10 working_day", "2026-07-20 17:00"),
    ],
    "the 15:00 rule": [
        ("2026-07-06 14:59", "same_day", "2026-07-06 17:00"),
        ("2026-07-06 15:00", "same_day", "2026-07-07 17:00"),
        ("2026-07-06 15:00", "3 working_day", "2026-07-10 17:00"),
        ("2026-07-10 15:30", "1 working_day", "2026-07-14 17:00"),
        ("2026-07-10 15:30", "same_day", "2026-07-13 17:00"),
        ("2026-07-06 18:00", "1 working_day", "2026-07-08 17:00"),
        ("2026-07-10 15:00", "1 calendar_day", "2026-07-14 17:00"),
    ],
    "received on a day of rest": [
        ("2026-07-11 10:00", "same_day", "2026-07-13 17:00"),
        ("2026-07-11 10:00", "1 working_day", "2026-07-14 17:00"),
        ("2026-02-17 09:00", "same_day", "2026-02-23 17:00"),
    ],
    "half days": [
        ("2026-07-06 06:30", "0.5 working_day", "2026-07-06 11:00"),
        ("2026-07-06 07:30", "0.5 working_day", "2026-07-06 11:30"),
        ("2026-07-06 09:20", "0.5 working_day", "2026-07-06 15:20"),
        ("2026-07-06 12:00", "0.5 working_day", "2026-07-07 07:30"),
        ("2026-07-06 15:30", "0.5 working_day", "2026-07-07 11:00"),
        ("2026-07-06 09:20", "1.5 working_day", "2026-07-08 11:00"),
    ],
    "working hours": [
        ("2026-07-06 09:20", "8 working_hour", "2026-07-07 09:20"),
        ("2026-07-06 11:30", "1 working_hour", "2026-07-06 14:30"),
        ("2026-07-06 16:00", "2 working_hour", "2026-07-07 08:00"),
        ("2026-07-10 16:00", "8 working_hour", "2026-07-13 16:00"),
    ],
    "Tết 2026": [
        ("2026-02-13 09:00", "1 working_day", "2026-02-23 17:00"),
        ("2026-02-13 15:30", "1 working_day", "2026-02-24 17:00"),
        ("2026-02-11 10:00", "5 working_day", "2026-02-25 17:00"),
        ("2026-02-13 16:30", "1 working_hour", "2026-02-23 07:30"),
    ],
    "2 January 2026 for Saturday 10 January": [
        ("2025-12-31 09:00", "1 working_day", "2026-01-05 17:00"),
        ("2026-01-08 09:00", "2 working_day", "2026-01-10 17:00"),
        ("2026-01-10 09:00", "same_day", "2026-01-10 17:00"),
        ("2026-01-10 15:10", "1 working_day", "2026-01-13 17:00"),
    ],
    "31 August 2026 for Saturday 22 August": [
        ("2026-08-21 09:00", "1 working_day", "2026-08-22 17:00"),
        ("2026-08-28 09:00", "1 working_day", "2026-09-03 17:00"),
        ("2026-08-22 09:00", "6 working_day", "2026-09-03 17:00"),
        ("2026-08-24 09:00", "20 working_day", "2026-09-24 17:00"),
    ],
    "24 November is a holiday from 2026": [
        ("2026-11-23 09:00", "1 working_day", "2026-11-25 17:00"),
        ("2026-11-23 15:00", "same_day", "2026-11-25 17:00"),
        ("2025-11-24 09:00", "same_day", "2025-11-24 17:00"),
        ("2025-11-21 09:00", "1 working_day", "2025-11-24 17:00"),
    ],
    "spring holidays": [
        ("2026-04-24 09:00", "1 working_day", "2026-04-28 17:00"),
        ("2026-04-29 16:00", "same_day", "2026-05-04 17:00"),
        ("2025-04-25 09:00", "1 working_day", "2025-04-26 17:00"),
        ("2025-04-29 10:00", "1 working_day", "2025-05-05 17:00"),
        ("2027-04-29 09:00", "1 working_day", "2027-05-04 17:00"),
        ("2027-02-04 09:00", "1 working_day", "2027-02-12 17:00"),
    ],
    "calendar days": [
        ("2026-07-06 09:00", "30 calendar_day", "2026-08-05 17:00"),
        ("2026-07-06 09:00", "5 calendar_day", "2026-07-13 17:00"),
        ("2026-01-16 09:00", "30 calendar_day", "2026-02-23 17:00"),
        ("2026-08-17 09:00", "5 calendar_day", "2026-08-22 17:00"),
    ],
}


@pytest.mark.parametrize(
    ("received", "norm", "due"),
    [
        pytest.param(*case, id=f"{name}: {case[0]} + {case[1]}")
        for name in CASES
        for case in CASES[name]
    ],
)
def test_the_promised_time_is_that_of_the_wall_calendar(received: str, norm: str, due: str) -> None:
    promise = shipped_calendar().promise(moment(received), TimeNorm.parse(norm))
    assert promise.due == moment(due)
    assert promise.is_year_confirmed


def with_rules(**changes: object) -> WorkingCalendar:
    calendar = shipped_calendar()
    return replace(calendar, rules=replace(calendar.rules, **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("received", "norm", "due"),
    [
        ("2026-07-06 09:20", "3 working_day", "2026-07-09 09:20"),
        ("2026-07-06 12:00", "1 working_day", "2026-07-07 13:30"),
        ("2026-07-06 15:30", "1 working_day", "2026-07-08 07:00"),
        ("2026-07-06 09:20", "0.5 working_day", "2026-07-06 15:20"),
        ("2026-07-06 09:20", "1.5 working_day", "2026-07-07 15:20"),
        ("2026-07-06 09:20:30", "1 working_day", "2026-07-07 09:21"),
        ("2026-07-06 09:20", "5 calendar_day", "2026-07-13 17:00"),
    ],
)
def test_an_office_may_keep_the_clock_time(received: str, norm: str, due: str) -> None:
    calendar = with_rules(day_end=DayEnd.SAME_CLOCK_TIME)
    assert calendar.promise(moment(received), TimeNorm.parse(norm)).due == moment(due)


def test_without_a_cut_off_a_same_day_procedure_is_due_today_until_closing() -> None:
    calendar = with_rules(cut_off=None)
    same_day = TimeNorm.parse("same_day")
    assert calendar.promise(moment("2026-07-06 16:59"), same_day).due == moment("2026-07-06 17:00")
    assert calendar.promise(moment("2026-07-06 17:00"), same_day).due == moment("2026-07-07 17:00")


def test_an_office_may_count_the_day_of_receipt() -> None:
    calendar = with_rules(counts_receipt_day=True)
    three = calendar.promise(moment("2026-07-06 09:20"), TimeNorm.parse("3 working_day"))
    assert three.due == moment("2026-07-08 17:00")
    assert FirstDay(date(2026, 7, 6)) in three.steps
    calendar_days = calendar.promise(moment("2026-07-06 09:20"), TimeNorm.parse("3 calendar_day"))
    assert calendar_days.due == moment("2026-07-08 17:00")


def test_saturday_can_be_made_a_working_day() -> None:
    calendar = replace(shipped_calendar(), weekly_rest=frozenset({6}))
    assert calendar.promise(
        moment("2026-07-10 09:00"), TimeNorm.parse("1 working_day")
    ).due == moment("2026-07-11 17:00")


def test_a_receipt_in_another_time_zone_is_the_same_moment() -> None:
    received = datetime(2026, 7, 6, 7, 59, tzinfo=UTC)
    promise = shipped_calendar().promise(received, TimeNorm.parse("same_day"))
    assert promise.due == moment("2026-07-06 17:00")
    assert promise.due.utcoffset() == timedelta(hours=7)
    assert promise.received_at.tzinfo is VIETNAM


def test_a_moment_without_a_zone_is_a_bug_and_says_so() -> None:
    with pytest.raises(ValueError, match="time zone"):
        shipped_calendar().promise(
            moment("2026-07-06 09:00").replace(tzinfo=None), TimeNorm.parse("same_day")
        )


# The facts that explain a date


def test_an_ordinary_promise_is_explained_by_its_first_day_the_weekend_and_its_end() -> None:
    promise = shipped_calendar().promise(
        moment("2026-07-09 09:20"), TimeNorm.parse("3 working_day")
    )
    assert promise.steps == (
        FirstDay(date(2026, 7, 10)),
        WeekendSkipped(date(2026, 7, 11), date(2026, 7, 12)),
        EndsAtClose(moment("2026-07-14 17:00")),
    )


def test_the_cut_off_and_tet_are_named() -> None:
    calendar = shipped_calendar()
    promise = calendar.promise(moment("2026-02-13 15:30"), TimeNorm.parse("1 working_day"))
    tet = calendar.entry(date(2026, 2, 16))
    assert tet is not None
    assert promise.steps == (
        ReceivedAfterCutOff(time(15), moment("2026-02-23 07:00")),
        WeekendSkipped(date(2026, 2, 14), date(2026, 2, 15)),
        HolidaySkipped(date(2026, 2, 16), date(2026, 2, 20), tet),
        WeekendSkipped(date(2026, 2, 21), date(2026, 2, 22)),
        FirstDay(date(2026, 2, 24)),
        EndsAtClose(moment("2026-02-24 17:00")),
    )
    assert tet.name_vi == "Tết Nguyên đán"


def test_a_holiday_on_a_sunday_explains_the_compensatory_monday() -> None:
    calendar = shipped_calendar()
    steps = calendar.promise(moment("2026-04-24 09:00"), TimeNorm.parse("1 working_day")).steps
    skipped = [step for step in steps if isinstance(step, HolidaySkipped)]
    assert [(s.first, s.entry.kind) for s in skipped] == [
        (date(2026, 4, 26), DayKind.HOLIDAY),
        (date(2026, 4, 27), DayKind.COMPENSATORY_REST),
    ]
    assert WeekendSkipped(date(2026, 4, 25), date(2026, 4, 25)) in steps


def test_a_working_saturday_is_named_where_it_counts() -> None:
    calendar = shipped_calendar()
    entry = calendar.entry(date(2026, 8, 22))
    assert entry is not None
    steps = calendar.promise(moment("2026-08-20 09:00"), TimeNorm.parse("2 working_day")).steps
    assert WorkingSaturdayCounted(entry) in steps
    assert EndsAtClose(moment("2026-08-22 17:00")) in steps


def test_a_receipt_on_a_holiday_names_the_holiday() -> None:
    calendar = shipped_calendar()
    promise = calendar.promise(moment("2026-11-24 10:00"), TimeNorm.parse("same_day"))
    entry = calendar.entry(date(2026, 11, 24))
    assert promise.steps[0] == ReceivedOnRestDay(
        date(2026, 11, 24), entry, moment("2026-11-25 07:00")
    )


def test_noon_and_hours_are_told() -> None:
    promise = shipped_calendar().promise(
        moment("2026-07-06 12:10"), TimeNorm.parse("2 working_hour")
    )
    assert promise.steps == (
        ReceivedOutsideHours(moment("2026-07-06 13:30")),
        EndsAtClock(moment("2026-07-06 15:30")),
    )


def test_a_last_calendar_day_on_a_sunday_rolls_forward_and_says_so() -> None:
    promise = shipped_calendar().promise(
        moment("2026-07-06 09:00"), TimeNorm.parse("6 calendar_day")
    )
    assert RolledForward(date(2026, 7, 12), date(2026, 7, 13)) in promise.steps
    assert promise.due == moment("2026-07-13 17:00")


def test_a_year_without_holidays_entered_is_promised_but_not_confirmed() -> None:
    promise = shipped_calendar().promise(
        moment("2027-12-30 09:00"), TimeNorm.parse("5 working_day")
    )
    assert not promise.is_year_confirmed
    assert promise.steps[-1] == YearUnknown(2028)


# Pauses


def test_a_pause_moves_the_due_time_by_the_working_time_it_lasted() -> None:
    promise = shipped_calendar().resume(
        moment("2026-07-09 17:00"),
        paused_at=moment("2026-07-07 10:00"),
        resumed_at=moment("2026-07-08 10:00"),
    )
    assert promise.due == moment("2026-07-10 17:00")
    assert promise.steps == (
        Paused(moment("2026-07-07 10:00"), moment("2026-07-08 10:00"), timedelta(hours=8)),
        EndsAtClose(moment("2026-07-10 17:00")),
    )


@pytest.mark.parametrize(
    ("mode", "due"),
    [
        (PauseMode.WORKING_TIME, "2026-07-14 09:00"),
        (PauseMode.UNTIL_CLOSE, "2026-07-14 17:00"),
        (PauseMode.EXTRA_DAY, "2026-07-15 09:00"),
    ],
)
def test_a_pause_over_a_weekend_gives_back_two_hours_and_what_the_rule_adds(
    mode: PauseMode, due: str
) -> None:
    calendar = with_rules(pause=mode)
    promise = calendar.resume(
        moment("2026-07-13 17:00"),
        paused_at=moment("2026-07-10 16:00"),
        resumed_at=moment("2026-07-13 08:00"),
    )
    assert promise.due == moment(due)
    given = any(isinstance(step, ExtraDayGiven) for step in promise.steps)
    assert given is (mode is PauseMode.EXTRA_DAY)


@pytest.mark.parametrize("mode", list(PauseMode))
def test_a_pause_within_a_holiday_gives_nothing_back(mode: PauseMode) -> None:
    promise = with_rules(pause=mode).resume(
        moment("2026-02-24 17:00"),
        paused_at=moment("2026-02-13 17:00"),
        resumed_at=moment("2026-02-23 07:00"),
    )
    assert promise.due == moment("2026-02-24 17:00")


# Tables that cannot be right


def a_day(day: date, kind: DayKind = DayKind.HOLIDAY) -> CalendarDay:
    return CalendarDay(day=day, kind=kind, name_vi="Nghỉ", name_en="Rest", source="thử")


def test_a_day_twice_in_the_table_is_refused() -> None:
    with pytest.raises(InvalidValue) as refusal:
        WorkingCalendar((a_day(date(2026, 9, 2)), a_day(date(2026, 9, 2), DayKind.LOCAL_CLOSURE)))
    assert (refusal.value.rule, refusal.value.value) == ("day_twice", "2026-09-02")


def test_a_week_of_seven_days_of_rest_is_refused() -> None:
    with pytest.raises(InvalidValue):
        WorkingCalendar(weekly_rest=frozenset(range(7)))


def test_sessions_that_overlap_are_refused() -> None:
    with pytest.raises(InvalidValue):
        WorkingCalendar(sessions=(Session(time(7), time(12)), Session(time(11), time(17))))
    with pytest.raises(InvalidValue):
        Session(time(12), time(12))


def test_two_months_without_a_working_day_stop_the_count() -> None:
    first = date(2026, 7, 6)
    calendar = WorkingCalendar(tuple(a_day(first + timedelta(days=n)) for n in range(90)))
    with pytest.raises(InvalidValue) as refusal:
        calendar.promise(moment("2026-07-03 09:00"), TimeNorm.parse("1 working_day"))
    assert refusal.value.rule == "no_working_day"


def test_a_storm_closes_the_office_for_a_day() -> None:
    storm = a_day(date(2026, 7, 7), DayKind.LOCAL_CLOSURE)
    calendar = WorkingCalendar((storm,), frozenset({2026}))
    promise = calendar.promise(moment("2026-07-06 09:00"), TimeNorm.parse("1 working_day"))
    assert promise.due == moment("2026-07-08 17:00")
    assert HolidaySkipped(storm.day, storm.day, storm) in promise.steps


def test_the_default_rules_are_those_of_the_shipped_table() -> None:
    assert shipped_calendar().rules == CountingRules()


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        ("2026-07-06 06:59", False),
        ("2026-07-06 07:00", True),
        ("2026-07-06 11:30", False),
        ("2026-07-06 13:30", True),
        ("2026-07-06 17:00", False),
        ("2026-07-11 09:00", False),
        ("2026-08-22 09:00", True),
        ("2026-09-02 09:00", False),
    ],
)
def test_an_office_is_open_within_its_sessions_on_working_days(at: str, is_open: bool) -> None:
    assert shipped_calendar().is_open(moment(at)) is is_open


def test_no_working_time_added_moves_nothing() -> None:
    saturday = moment("2026-07-11 09:00")
    assert shipped_calendar().add_working_time(saturday, timedelta()) == saturday
