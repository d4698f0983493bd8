"""The calendar counts the days and hours on which offices work."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.core.calendar import CHINA_TIME
from tests.core.days import CALENDAR, HOLIDAYS, HOURS, MINUTE, day, instant, is_business_minute

minutes = st.integers(0, 26 * 24 * 60).map(lambda n: instant("2026-09-18 00:00") + n * MINUTE)


@pytest.mark.req("N4")
@pytest.mark.parametrize(
    ("on", "works"),
    [
        pytest.param("2026-09-30", True, id="国庆前一天上班"),
        pytest.param("2026-10-01", False, id="国庆节当天放假"),
        pytest.param("2026-10-07", False, id="国庆假期最后一天放假"),
        pytest.param("2026-10-08", True, id="国庆假期后第一天上班"),
        pytest.param("2026-10-10", True, id="调休周六算工作日"),
        pytest.param("2026-10-17", False, id="普通周六不算工作日"),
        pytest.param("2026-09-20", True, id="调休周日算工作日"),
        pytest.param("2026-10-11", False, id="普通周日不算工作日"),
        pytest.param("2026-10-12", True, id="普通周一上班"),
    ],
)
def test_a_working_day_is_a_weekday_that_is_no_holiday_or_a_makeup_day(on: str, works: bool) -> None:
    assert CALENDAR.is_working_day(day(on)) is works


@pytest.mark.parametrize(
    ("on", "provisional"),
    [
        pytest.param("2026-12-31", False, id="已有通知的一年"),
        pytest.param("2027-01-01", True, id="还没有通知的一年"),
    ],
)
def test_a_year_without_an_official_notice_is_provisional(on: str, provisional: bool) -> None:
    assert CALENDAR.is_provisional(day(on)) is provisional


def test_the_next_working_day_is_never_the_day_itself_and_a_rolled_day_may_be() -> None:
    assert CALENDAR.next_working_day(day("2026-09-29")) == day("2026-09-30")
    assert CALENDAR.next_working_day(day("2026-09-30")) == day("2026-10-08")
    assert CALENDAR.roll(day("2026-09-30")) == day("2026-09-30")
    assert CALENDAR.roll(day("2026-10-01")) == day("2026-10-08")


@pytest.mark.parametrize(
    ("on", "days", "last"),
    [
        pytest.param("2026-09-28", 0, "2026-09-28", id="零天就是当天"),
        pytest.param("2026-09-28", 2, "2026-09-30", id="节前两天"),
        pytest.param("2026-09-28", 3, "2026-10-08", id="第三天越过国庆"),
        pytest.param("2026-10-08", 2, "2026-10-10", id="调休周六算一天"),
        pytest.param("2026-10-08", 3, "2026-10-12", id="调休周六之后的周日不算"),
        pytest.param("2026-10-03", 1, "2026-10-08", id="放假期间起算，首日不计"),
    ],
)
def test_working_days_are_added_without_the_first(on: str, days: int, last: str) -> None:
    assert CALENDAR.add_working_days(day(on), days=days) == day(last)


def test_working_days_are_not_counted_back() -> None:
    with pytest.raises(ValueError, match="不能是 -1"):
        CALENDAR.add_working_days(day("2026-09-28"), days=-1)


def test_business_ends_with_the_last_interval_and_a_day_ends_at_24() -> None:
    assert CALENDAR.close_of_business(day("2026-09-30")) == instant("2026-09-30 17:30")
    assert CALENDAR.end_of_day(day("2026-09-30")) == instant("2026-10-01 00:00")


@pytest.mark.parametrize(
    ("start", "end", "worked"),
    [
        pytest.param("2026-09-28 09:00", "2026-09-28 17:30", 390, id="一整天"),
        pytest.param("2026-09-28 11:59", "2026-09-28 14:01", 2, id="午休不算"),
        pytest.param("2026-09-28 12:00", "2026-09-28 14:00", 0, id="正好午休"),
        pytest.param("2026-09-28 00:00", "2026-09-28 09:00", 0, id="上班之前"),
        pytest.param("2026-09-28 17:30", "2026-09-28 23:59", 0, id="下班之后"),
        pytest.param("2026-09-30 17:29", "2026-10-08 09:01", 2, id="越过国庆"),
        pytest.param("2026-10-10 09:00", "2026-10-12 09:00", 390, id="调休周六整天，周日不算"),
        pytest.param("2026-10-01 08:00", "2026-10-07 20:00", 0, id="整个假期"),
        pytest.param("2026-09-28 10:00", "2026-09-28 09:30", -30, id="倒过来是负数"),
    ],
)
def test_only_business_hours_count_as_working_time(start: str, end: str, worked: int) -> None:
    assert CALENDAR.working_time_between(instant(start), end=instant(end)) == worked * MINUTE


@pytest.mark.parametrize(
    ("at", "span", "then"),
    [
        pytest.param("2026-09-28 09:00", 390, "2026-09-28 17:30", id="满一天到下班为止"),
        pytest.param("2026-09-28 09:00", 391, "2026-09-29 09:01", id="再多一分钟到第二天"),
        pytest.param("2026-09-28 11:00", 60, "2026-09-28 12:00", id="正好到午休"),
        pytest.param("2026-09-28 11:00", 61, "2026-09-28 14:01", id="越过午休一分钟"),
        pytest.param("2026-09-28 13:00", 1, "2026-09-28 14:01", id="午休时起算"),
        pytest.param("2026-09-30 17:00", 31, "2026-10-08 09:01", id="越过国庆一分钟"),
        pytest.param("2026-10-09 17:30", 1, "2026-10-10 09:01", id="第二天是调休周六"),
        pytest.param("2026-09-28 10:00", 0, "2026-09-28 10:00", id="上班时加零还是原时"),
        pytest.param("2026-10-03 10:00", 0, "2026-09-30 17:30", id="休息时加零是上次下班"),
        pytest.param("2026-10-08 09:30", -60, "2026-09-30 17:00", id="往回数越过国庆"),
        pytest.param("2026-10-08 09:30", -30, "2026-09-30 17:30", id="往回正好数到上班是上次下班"),
    ],
)
def test_working_time_is_added_across_lunch_nights_and_holidays(at: str, span: int, then: str) -> None:
    assert CALENDAR.add_working_time(instant(at), span=span * MINUTE) == instant(then)


def test_instants_of_any_zone_are_taken_and_answers_are_on_local_clocks() -> None:
    noon = CALENDAR.add_working_time(datetime(2026, 9, 28, 3, tzinfo=UTC), span=timedelta(hours=1))
    assert (noon, noon.tzinfo) == (instant("2026-09-28 12:00"), CHINA_TIME)


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="没有时区"):
        CALENDAR.working_time_between(datetime(2026, 9, 28), end=instant("2026-09-28 12:00"))  # noqa: DTZ001


@pytest.mark.parametrize(
    "hours",
    [
        pytest.param((), id="一段也没有"),
        pytest.param(((time(12), time(9)),), id="先下班后上班"),
        pytest.param(((time(9), time(9)),), id="没有长度"),
        pytest.param(((time(9), time(14)), (time(12), time(17))), id="互相重叠"),
        pytest.param(((time(14), time(17)), (time(9), time(12))), id="下午在前"),
    ],
)
def test_hours_that_make_no_sense_are_refused(hours: tuple[tuple[time, time], ...]) -> None:
    with pytest.raises(ValueError, match="工作时间"):
        replace(CALENDAR, hours=hours)


def test_a_day_cannot_be_both_a_holiday_and_a_makeup_day() -> None:
    with pytest.raises(ValueError, match="2026-10-01"):
        replace(CALENDAR, makeup_days=HOLIDAYS & {day("2026-10-01")}, hours=HOURS)


@given(start=minutes, end=minutes)
def test_working_time_equals_a_count_minute_by_minute(start: datetime, end: datetime) -> None:
    first, last = min(start, end), max(start, end)
    counted = sum(is_business_minute(first + n * MINUTE) for n in range((last - first) // MINUTE))
    assert CALENDAR.working_time_between(first, end=last) == counted * MINUTE
    assert CALENDAR.working_time_between(last, end=first) == -counted * MINUTE


@given(at=minutes, span=st.integers(1, 2000))
def test_working_time_added_ends_where_a_count_minute_by_minute_ends(at: datetime, span: int) -> None:
    then, left = at, span
    while left:
        left -= is_business_minute(then)
        then += MINUTE
    assert CALENDAR.add_working_time(at, span=span * MINUTE) == then


@given(at=minutes, seconds=st.integers(-200_000, 200_000))
def test_the_working_time_added_is_the_working_time_between(at: datetime, seconds: int) -> None:
    span = timedelta(seconds=seconds)
    then = CALENDAR.add_working_time(at, span=span)
    assert CALENDAR.working_time_between(at, end=then) == span
    assert CALENDAR.working_time_between(at, end=then - timedelta(microseconds=1)) < span
