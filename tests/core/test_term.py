"""A term ends when the law says it ends."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.core.term import Term, Unit, due, due_on, extended_due, roll
from tests.core.days import CALENDAR, DAY, HOLIDAYS, MAKEUP_DAYS, MINUTE, day, instant, is_business_minute

instants = st.integers(0, 60 * 24 * 60).map(lambda n: instant("2026-08-20 00:00") + n * MINUTE)
terms = st.builds(Term, st.integers(1, 45), st.sampled_from(Unit))


@pytest.mark.parametrize(
    ("text", "amount", "unit", "words"),
    [
        ("30 minutes", 30, Unit.MINUTES, "30 分钟"),
        ("2 hours", 2, Unit.HOURS, "2 小时"),
        ("4 working_hours", 4, Unit.WORKING_HOURS, "4 个工作小时"),
        ("15 days", 15, Unit.DAYS, "15 日"),
        ("5 working_days", 5, Unit.WORKING_DAYS, "5 个工作日"),
        ("3 months", 3, Unit.MONTHS, "3 个月"),
    ],
)
def test_a_term_is_read_and_written_in_both_languages(text: str, amount: int, unit: Unit, words: str) -> None:
    term = Term.parse(text)
    assert (term, str(term), term.words) == (Term(amount, unit), text, words)
    assert Term.parse(words) == term


@pytest.mark.parametrize(
    ("text", "same"),
    [
        pytest.param("5个工作日", "5 working_days", id="没有空格"),
        pytest.param("5工作日", "5 working_days", id="没有量词"),
        pytest.param("15天", "15 days", id="天就是日"),
        pytest.param("15 个自然日", "15 days", id="自然日就是日"),
        pytest.param(" 2 小时 ", "2 hours", id="前后有空格"),
        pytest.param("2 个小时", "2 hours", id="带量词的小时"),
    ],
)
def test_a_term_is_read_as_people_write_it(text: str, same: str) -> None:
    assert Term.parse(text) == Term.parse(same)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("", "看不懂", id="空白"),
        pytest.param("尽快", "看不懂", id="没有数"),
        pytest.param("五个工作日", "看不懂", id="汉字数"),
        pytest.param("5", "看不懂", id="没有单位"),
        pytest.param("1.5 hours", "看不懂", id="小数"),
        pytest.param("-1 days", "看不懂", id="负数"),
        pytest.param("99999 days", "看不懂", id="长得离谱"),
        pytest.param("5 weeks", "working_days（工作日）", id="没有这个单位"),
        pytest.param("0 days", "至少是 1 日", id="零日"),
    ],
)
def test_a_term_that_cannot_be_read_is_refused_with_what_would_do(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Term.parse(text)


@pytest.mark.req("N4")
@pytest.mark.parametrize(
    ("term", "at", "ends"),
    [
        pytest.param("30 分钟", "2026-09-30 23:45", "2026-10-01 00:15", id="分钟从当时起算，夜里也算"),
        pytest.param("24 小时", "2026-09-30 16:00", "2026-10-01 16:00", id="小时不因放假顺延"),
        pytest.param("2 个工作小时", "2026-09-28 10:00", "2026-09-28 12:00", id="工作小时正好到午休"),
        pytest.param("2 个工作小时", "2026-09-28 10:01", "2026-09-28 14:01", id="工作小时越过午休"),
        pytest.param("2 个工作小时", "2026-09-30 16:30", "2026-10-08 10:00", id="工作小时越过国庆"),
        pytest.param("1 日", "2026-09-28 00:00", "2026-09-29 24:00", id="首日不计，零时起也一样"),
        pytest.param("1 日", "2026-09-28 23:59", "2026-09-29 24:00", id="首日不计，深夜起也一样"),
        pytest.param("2 日", "2026-09-28 10:00", "2026-09-30 24:00", id="截止日是节前一天不顺延"),
        pytest.param("3 日", "2026-09-28 10:00", "2026-10-08 24:00", id="截止日遇国庆顺延"),
        pytest.param("9 日", "2026-09-28 10:00", "2026-10-08 24:00", id="截止日是假期最后一天也顺延"),
        pytest.param("10 日", "2026-09-28 10:00", "2026-10-08 24:00", id="截止日是节后第一天不顺延"),
        pytest.param("12 日", "2026-09-28 10:00", "2026-10-10 24:00", id="截止日是调休周六不顺延"),
        pytest.param("13 日", "2026-09-28 10:00", "2026-10-12 24:00", id="截止日是普通周日顺延"),
        pytest.param("60 日", "2026-08-01 09:00", "2026-09-30 24:00", id="信访六十日"),
        pytest.param("1 个工作日", "2026-09-28 08:00", "2026-09-29 17:30", id="工作日首日不计，到下班为止"),
        pytest.param("1 个工作日", "2026-09-30 10:00", "2026-10-08 17:30", id="节前一天起的一个工作日"),
        pytest.param("5 个工作日", "2026-09-25 10:00", "2026-10-09 17:30", id="放假当天提出的五个工作日"),
        pytest.param("2 个工作日", "2026-10-08 10:00", "2026-10-10 17:30", id="调休周六算工作日"),
        pytest.param("3 个工作日", "2026-10-08 10:00", "2026-10-12 17:30", id="调休之后的周日不算"),
        pytest.param("1 个月", "2026-07-15 10:00", "2026-08-17 24:00", id="到期月的对应日是周六顺延"),
        pytest.param("1 个月", "2026-01-31 10:00", "2026-02-28 24:00", id="没有对应日的是月末日"),
        pytest.param("1 个月", "2026-02-28 10:00", "2026-03-30 24:00", id="对应日是 28 日周六顺延"),
        pytest.param("12 个月", "2026-12-31 10:00", "2027-12-31 24:00", id="跨年的十二个月"),
    ],
)
def test_a_term_ends(term: str, at: str, ends: str) -> None:
    assert due(Term.parse(term), at=instant(at), calendar=CALENDAR) == instant(ends)


def test_the_first_day_is_the_day_on_local_clocks() -> None:
    evening_in_utc = datetime(2026, 9, 28, 16, 30, tzinfo=UTC)
    assert due(Term(1, Unit.DAYS), at=evening_in_utc, calendar=CALENDAR) == instant("2026-09-30 24:00")


@pytest.mark.parametrize(
    ("extension", "at", "ends"),
    [
        pytest.param("30 日", "2026-08-31 24:00", "2026-09-30 24:00", id="从原届满日的次日起算"),
        pytest.param("31 日", "2026-08-31 24:00", "2026-10-08 24:00", id="延长后遇国庆顺延"),
        pytest.param("9 个工作日", "2026-09-21 17:30", "2026-10-10 17:30", id="工作日从原届满日的次日起算"),
        pytest.param("1 个工作日", "2026-09-30 24:00", "2026-10-08 17:30", id="二十四时仍属前一天"),
        pytest.param("2 小时", "2026-09-30 17:30", "2026-09-30 19:30", id="小时从原届满时起算"),
        pytest.param("1 个工作小时", "2026-09-30 17:30", "2026-10-08 10:00", id="工作小时从下一次上班起算"),
    ],
)
def test_an_extension_begins_where_the_term_ended(extension: str, at: str, ends: str) -> None:
    assert extended_due(Term.parse(extension), at=instant(at), calendar=CALENDAR) == instant(ends)


@pytest.mark.parametrize(
    ("at", "on"),
    [
        pytest.param("2026-09-30 24:00", "2026-09-30", id="二十四时属于当天"),
        pytest.param("2026-10-01 00:01", "2026-10-01", id="零时一分属于第二天"),
        pytest.param("2026-09-30 17:30", "2026-09-30", id="下班时间属于当天"),
    ],
)
def test_a_deadline_at_midnight_belongs_to_the_day_before(at: str, on: str) -> None:
    assert due_on(instant(at), calendar=CALENDAR) == day(on)


@pytest.mark.parametrize(
    ("at", "then"),
    [
        pytest.param("2026-09-30 24:00", "2026-09-30 24:00", id="节前一天的二十四时不动"),
        pytest.param("2026-10-01 00:01", "2026-10-08 24:00", id="国庆零时一分顺延"),
        pytest.param("2026-10-10 10:00", "2026-10-10 10:00", id="调休周六不动"),
        pytest.param("2026-10-17 10:00", "2026-10-19 24:00", id="普通周六顺延到周一"),
    ],
)
def test_a_deadline_on_a_day_of_rest_rolls_to_the_end_of_the_next_working_day(at: str, then: str) -> None:
    assert roll(instant(at), calendar=CALENDAR) == instant(then)


def obvious_due(term: Term, at: datetime) -> datetime:
    """Walk minute by minute, or day by day, as one would with a finger on a wall calendar."""
    if not term.unit.is_in_days:
        left = term.amount * (1 if term.unit is Unit.MINUTES else 60)
        while left:
            left -= is_business_minute(at) if term.unit.is_working else 1
            at += MINUTE
        return at
    on, left = at.date(), term.amount
    while left:
        on += DAY
        left -= works(on) if term.unit is Unit.WORKING_DAYS else 1
    if term.unit is Unit.WORKING_DAYS:
        return datetime.combine(on, time(17, 30), at.tzinfo)
    while not works(on):
        on += DAY
    return datetime.combine(on + DAY, time(), at.tzinfo)


def works(on: date) -> bool:
    return on in MAKEUP_DAYS or (on not in HOLIDAYS and on.isoweekday() < 6)


@given(term=terms.filter(lambda term: term.unit is not Unit.MONTHS), at=instants)
def test_a_term_ends_where_a_finger_on_the_calendar_ends(term: Term, at: datetime) -> None:
    assert due(term, at=at, calendar=CALENDAR) == obvious_due(term, at)


@given(term=terms, first=instants, second=instants)
def test_what_begins_later_never_ends_earlier(term: Term, first: datetime, second: datetime) -> None:
    ends = [due(term, at=at, calendar=CALENDAR) for at in sorted((first, second))]
    assert ends == sorted(ends)


@given(term=terms, at=instants)
def test_a_longer_term_never_ends_earlier_and_none_ends_before_it_begins(term: Term, at: datetime) -> None:
    longer = replace(term, amount=term.amount + 1)
    assert at < due(term, at=at, calendar=CALENDAR) <= due(longer, at=at, calendar=CALENDAR)


@given(term=terms, at=instants)
def test_a_term_in_days_ends_on_a_working_day(term: Term, at: datetime) -> None:
    last = due_on(due(term, at=at, calendar=CALENDAR), calendar=CALENDAR)
    assert CALENDAR.is_working_day(last) or not term.unit.is_in_days


@given(term=terms)
def test_a_term_written_is_the_term_read(term: Term) -> None:
    assert Term.parse(str(term)) == Term.parse(term.words) == term
