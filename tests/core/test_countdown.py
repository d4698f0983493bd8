"""The clock of a matter stands still, runs on and is lengthened without losing a second."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from linli.core.countdown import Countdown, CountdownColumns
from linli.core.term import Term, Unit, due
from tests.core.days import CALENDAR, HOLIDAYS, MINUTE, day, instant, is_business_minute, span

HOUR = timedelta(hours=1)

instants = st.integers(0, 30 * 24 * 60).map(lambda n: instant("2026-09-14 00:00") + n * MINUTE)
waits = st.lists(st.integers(0, 3 * 24 * 60).map(lambda n: n * MINUTE), max_size=6)


def terms(*units: Unit) -> st.SearchStrategy[Term]:
    most = {Unit.MINUTES: 4000, Unit.HOURS: 90, Unit.WORKING_HOURS: 30, Unit.DAYS: 9, Unit.WORKING_DAYS: 6}
    return st.sampled_from(units or tuple(Unit)).flatmap(
        lambda unit: st.builds(Term, st.integers(1, most.get(unit, 1)), st.just(unit))
    )


def started(term: str, at: str) -> Countdown:
    return Countdown.start(Term.parse(term), at=instant(at))


def due_of(countdown: Countdown) -> datetime:
    due_at = countdown.due_at(calendar=CALENDAR)
    assert due_at is not None
    return due_at


def stopped(countdown: Countdown, start: str, end: str) -> Countdown:
    return countdown.pause(instant(start), calendar=CALENDAR).resume(instant(end))


@pytest.mark.req("N4")
@pytest.mark.parametrize(
    ("term", "start", "paused", "resumed", "ends"),
    [
        pytest.param(
            "2 小时", "2026-09-28 10:00", "2026-09-28 10:45", "2026-10-03 08:00", "2026-10-03 09:15",
            id="小时",
        ),
        pytest.param(
            "4 个工作小时", "2026-09-28 10:00", "2026-09-28 11:30", "2026-09-29 16:00", "2026-09-30 10:00",
            id="工作小时",
        ),
        pytest.param(
            "4 个工作小时", "2026-09-28 10:00", "2026-09-28 11:30", "2026-10-03 16:00", "2026-10-08 11:30",
            id="放假期间恢复，上班后才走",
        ),
        pytest.param(
            "5 个工作日", "2026-09-21 10:00", "2026-09-22 10:00", "2026-09-24 10:00", "2026-10-08 17:30",
            id="工作日停了整整两天，届满晚两个工作日",
        ),
        pytest.param(
            "5 个工作日", "2026-09-21 10:00", "2026-09-25 08:00", "2026-09-27 20:00", "2026-09-29 17:30",
            id="只在放假时停过，工作日的届满不变",
        ),
        pytest.param(
            "4 日", "2026-09-14 10:00", "2026-09-15 10:00", "2026-09-16 10:00", "2026-09-20 24:00",
            id="自然日停了一天，届满日是周六，顺延到调休周日",
        ),
        pytest.param(
            "4 日", "2026-09-14 10:00", "2026-09-15 10:00", "2026-09-21 10:00", "2026-09-24 24:00",
            id="自然日停了六天，正好到中秋前一天",
        ),
        pytest.param(
            "4 日", "2026-09-14 10:00", "2026-09-15 10:00", "2026-09-21 11:00", "2026-09-28 24:00",
            id="自然日再多停一小时，届满遇中秋顺延",
        ),
    ],
)  # fmt: skip
def test_after_a_pause_the_clock_runs_on_with_exactly_what_was_left(
    term: str, start: str, paused: str, resumed: str, ends: str
) -> None:
    assert due_of(stopped(started(term, start), paused, resumed)) == instant(ends)


@pytest.mark.req("N4")
@pytest.mark.parametrize(
    "later",
    [
        pytest.param("2026-09-28 11:23", id="暂停那一刻"),
        pytest.param("2026-09-28 11:24", id="过了一分"),
        pytest.param("2026-11-02 09:00", id="过了一个多月，剩余时间一分不差"),
    ],
)
def test_what_is_left_stands_still_with_the_clock(later: str) -> None:
    countdown = started("4 个工作小时", "2026-09-28 10:00").pause(
        instant("2026-09-28 11:23"), calendar=CALENDAR
    )
    used = countdown.time_used(at=instant(later), calendar=CALENDAR)
    left = countdown.remaining(at=instant(later), calendar=CALENDAR)
    assert (used, left) == (83 * MINUTE, 157 * MINUTE)


def test_a_clock_that_stands_still_has_no_deadline() -> None:
    countdown = started("2 小时", "2026-09-28 10:00")
    assert not countdown.is_paused
    paused = countdown.pause(instant("2026-09-28 11:00"), calendar=CALENDAR)
    assert (paused.is_paused, paused.due_at(calendar=CALENDAR)) == (True, None)


def test_a_clock_is_not_stopped_twice_nor_started_twice() -> None:
    countdown = started("2 小时", "2026-09-28 10:00")
    with pytest.raises(ValueError, match="没有暂停"):
        countdown.resume(instant("2026-09-28 11:00"))
    with pytest.raises(ValueError, match="已经暂停"):
        countdown.pause(instant("2026-09-28 11:00"), calendar=CALENDAR).pause(
            instant("2026-09-28 11:00"), calendar=CALENDAR
        )


@pytest.mark.parametrize(
    ("at", "is_overdue", "left"),
    [
        pytest.param("2026-09-28 11:59", False, 1, id="到期前一分"),
        pytest.param("2026-09-28 12:00", False, 0, id="到期那一刻不算逾期"),
        pytest.param("2026-09-28 12:01", True, -1, id="到期后一分"),
    ],
)
def test_the_last_instant_is_still_in_time(at: str, is_overdue: bool, left: int) -> None:
    countdown = started("2 小时", "2026-09-28 10:00")
    assert countdown.is_overdue(at=instant(at), calendar=CALENDAR) is is_overdue
    assert countdown.remaining(at=instant(at), calendar=CALENDAR) == left * MINUTE


@pytest.mark.parametrize(
    ("paused", "is_overdue"),
    [
        pytest.param("2026-09-30 17:29", False, id="下班前一分暂停"),
        pytest.param("2026-10-03 10:00", True, id="届满之后在假期里暂停"),
        pytest.param("2026-10-08 09:01", True, id="届满之后上班时暂停"),
    ],
)
def test_a_pause_does_not_hide_that_the_time_was_over(paused: str, is_overdue: bool) -> None:
    countdown = started("2 个工作日", "2026-09-28 10:00").pause(instant(paused), calendar=CALENDAR)
    assert countdown.is_overdue(at=instant("2026-10-20 10:00"), calendar=CALENDAR) is is_overdue


@pytest.mark.parametrize("term", ["3 日", "2 小时", "3 个工作小时", "2 个工作日"])
def test_a_clock_stopped_too_late_runs_on_as_late_as_it_was(term: str) -> None:
    late = started(term, "2026-09-21 09:00").pause(instant("2026-09-29 10:00"), calendar=CALENDAR)
    left = late.remaining(at=instant("2026-09-29 10:00"), calendar=CALENDAR)
    resumed = late.resume(instant("2026-10-09 15:00"))
    assert left < timedelta()
    assert resumed.remaining(at=instant("2026-10-09 15:00"), calendar=CALENDAR) == left
    assert resumed.is_overdue(at=instant("2026-10-09 15:00"), calendar=CALENDAR)


@pytest.mark.req("N4")
@pytest.mark.parametrize(
    ("term", "extensions", "start", "ends"),
    [
        pytest.param("60 日", ("30 日",), "2026-05-29 09:00", "2026-08-27 24:00", id="信访六十日延长三十日"),
        pytest.param(
            "20 个工作日", ("10 个工作日",), "2026-08-10 09:00", "2026-09-20 17:30", id="许可二十加十"
        ),
        pytest.param("2 小时", ("1 小时",), "2026-09-28 10:00", "2026-09-28 13:00", id="小时"),
        pytest.param(
            "2 小时", ("1 个工作日",), "2026-09-30 10:00", "2026-10-08 17:30", id="小时延长一个工作日"
        ),
        pytest.param(
            "1 个工作日", ("24 小时",), "2026-09-29 10:00", "2026-10-01 17:30", id="工作日延长二十四小时"
        ),
        pytest.param(
            "2 小时", ("1 小时", "1 小时"), "2026-09-28 10:00", "2026-09-28 14:00", id="规则许可两次的"
        ),
    ],
)
def test_an_extension_is_added_to_the_original_deadline(
    term: str, extensions: tuple[str, ...], start: str, ends: str
) -> None:
    countdown = started(term, start)
    for extension in extensions:
        countdown = countdown.extend(Term.parse(extension))
    assert due_of(countdown) == instant(ends)


def test_an_extension_while_the_clock_stands_still_counts_from_the_original_deadline_too() -> None:
    paused = started("4 小时", "2026-09-28 10:00").pause(instant("2026-09-28 11:00"), calendar=CALENDAR)
    extended = paused.extend(Term(2, Unit.HOURS)).resume(instant("2026-09-29 08:00"))
    assert due_of(extended) == instant("2026-09-29 13:00")


@pytest.mark.parametrize(
    ("before", "after", "used", "left"),
    [
        pytest.param("8 个工作小时", "4 个工作小时", 3 * HOUR, 1 * HOUR, id="升级后已用时间保留"),
        pytest.param("4 个工作小时", "8 个工作小时", 3 * HOUR, 5 * HOUR, id="降级后已用时间保留"),
        pytest.param("8 个工作小时", "24 小时", 20.5 * HOUR, 3.5 * HOUR, id="改按自然时间算，夜里也算已用"),
        pytest.param("24 小时", "8 个工作小时", 3 * HOUR, 5 * HOUR, id="改按工作时间算，夜里不算已用"),
        pytest.param("8 个工作小时", "2 个工作小时", 3 * HOUR, -1 * HOUR, id="升级后已经逾期"),
    ],
)
@pytest.mark.parametrize("is_paused", [pytest.param(True, id="暂停中"), pytest.param(False, id="计时中")])
def test_a_changed_service_level_keeps_the_time_used(
    before: str, after: str, used: timedelta, left: timedelta, is_paused: bool
) -> None:
    # Until 10:00 17.5 hours have passed, 2 of them at work; from 12:00 another 3, 1 of them at work.
    countdown = stopped(started(before, "2026-09-28 16:30"), "2026-09-29 10:00", "2026-09-29 12:00")
    now = instant("2026-09-29 15:00")
    if is_paused:
        countdown = countdown.pause(now, calendar=CALENDAR)
    retimed = countdown.retime(Term.parse(after))
    assert retimed.time_used(at=now, calendar=CALENDAR) == used
    assert retimed.remaining(at=now, calendar=CALENDAR) == left
    assert retimed.is_paused is is_paused


def test_days_of_rest_once_granted_are_not_taken_back_by_another_pause() -> None:
    rolled = stopped(started("4 日", "2026-09-14 10:00"), "2026-09-15 10:00", "2026-09-21 11:00")
    on_a_holiday = instant("2026-09-26 10:00")
    paused = rolled.pause(on_a_holiday, calendar=CALENDAR)
    assert not paused.is_overdue(at=on_a_holiday, calendar=CALENDAR)
    assert paused.remaining(at=on_a_holiday, calendar=CALENDAR) == instant("2026-09-28 24:00") - on_a_holiday
    assert due_of(paused.resume(instant("2026-10-12 10:00"))) == instant("2026-10-14 24:00")


@pytest.mark.req("N4")
def test_a_notice_that_comes_later_moves_the_deadline_and_not_the_time_used() -> None:
    countdown = stopped(started("5 个工作日", "2026-12-28 10:00"), "2026-12-29 10:00", "2026-12-30 10:00")
    noticed = replace(CALENDAR, holidays=HOLIDAYS | span("2027-01-04", "2027-01-05"))
    assert CALENDAR.is_provisional(day("2027-01-06"))
    assert due_of(countdown) == instant("2027-01-06 17:30")
    assert countdown.due_at(calendar=noticed) == instant("2027-01-08 17:30")


def test_a_countdown_is_kept_in_plain_columns_and_read_back_the_same() -> None:
    countdown = started("8 个工作小时", "2026-09-28 16:30").extend(Term(2, Unit.WORKING_HOURS))
    kept = stopped(countdown, "2026-09-29 10:00", "2026-09-29 11:30").extend(Term(1, Unit.WORKING_DAYS))
    assert kept.columns() == CountdownColumns(
        term="8 working_hours",
        extensions="2 working_hours + 1 working_days",
        started_at=instant("2026-09-28 16:30"),
        running_since=instant("2026-09-29 11:30"),
        used_seconds=63_000,
        worked_seconds=7_200,
        granted_seconds=0,
    )
    assert Countdown.from_columns(kept.columns()) == kept
    plain = started("2 小时", "2026-09-28 10:00")
    assert Countdown.from_columns(plain.columns()) == plain


def test_parts_of_a_second_are_never_lost_or_won() -> None:
    part = timedelta(microseconds=900_000)
    at = instant("2026-09-28 10:00")
    countdown = Countdown.start(Term(2, Unit.HOURS), at=at + part)
    for minutes in (10, 20, 30):
        then = at + minutes * MINUTE + part
        countdown = Countdown.from_columns(countdown.pause(then, calendar=CALENDAR).resume(then).columns())
    assert due_of(countdown) == instant("2026-09-28 12:00")


@given(term=terms(), at=instants)
def test_an_untouched_clock_is_due_when_its_term_ends(term: Term, at: datetime) -> None:
    countdown = Countdown.start(term, at=at)
    assert due_of(countdown) == due(term, at=at, calendar=CALENDAR)
    assert countdown.remaining(at=at, calendar=CALENDAR) == countdown.allowance(calendar=CALENDAR)


@given(term=terms(), extension=terms(), at=instants)
def test_an_extended_clock_ends_no_earlier_than_before(term: Term, extension: Term, at: datetime) -> None:
    countdown = Countdown.start(term, at=at)
    assert due_of(countdown.extend(extension)) >= due_of(countdown)


@given(term=terms(), at=instants, stops=waits, last=st.integers(0, 9 * 24 * 60))
def test_pausing_and_resuming_at_once_changes_nothing(
    term: Term, at: datetime, stops: list[timedelta], last: int
) -> None:
    countdown, now = Countdown.start(term, at=at), at
    for wait in [*stops, last * MINUTE]:
        now += wait
        before = due_of(countdown)
        assume(now != before)
        paused = countdown.pause(now, calendar=CALENDAR)
        overdue = countdown.is_overdue(at=now, calendar=CALENDAR)
        assert paused.is_overdue(at=now, calendar=CALENDAR) is overdue
        assert due_of(paused.resume(now)) == before
        countdown = paused.resume(now)


@given(term=terms(), at=instants, moves=waits)
def test_any_number_of_pauses_keeps_the_sum(term: Term, at: datetime, moves: list[timedelta]) -> None:
    countdown, now = Countdown.start(term, at=at), at
    for wait in moves:
        left, now = countdown.remaining(at=now + wait, calendar=CALENDAR), now + wait
        if countdown.is_paused:
            countdown = countdown.resume(now)
            assert countdown.remaining(at=now, calendar=CALENDAR) >= left
            assert countdown.remaining(at=now, calendar=CALENDAR) == left or term.unit.rolls
        else:
            countdown = countdown.pause(now, calendar=CALENDAR)
            assert countdown.remaining(at=now, calendar=CALENDAR) == left
    if not term.unit.rolls:
        used = countdown.time_used(at=now, calendar=CALENDAR)
        assert used + countdown.remaining(at=now, calendar=CALENDAR) == countdown.allowance(calendar=CALENDAR)


@given(first=terms(), second=terms(), at=instants, moves=waits)
def test_a_term_changed_and_changed_back_is_as_it_was(
    first: Term, second: Term, at: datetime, moves: list[timedelta]
) -> None:
    countdown, now = Countdown.start(first, at=at), at
    for wait in moves:
        now += wait
        countdown = countdown.resume(now) if countdown.is_paused else countdown.pause(now, calendar=CALENDAR)
    assert countdown.retime(second).retime(first) == countdown
    assert countdown.retime(second).used == countdown.used


@given(term=terms(), at=instants, moves=waits)
def test_a_countdown_survives_its_columns_at_any_moment(
    term: Term, at: datetime, moves: list[timedelta]
) -> None:
    countdown, now = Countdown.start(term, at=at), at
    for wait in moves:
        now += wait
        countdown = countdown.resume(now) if countdown.is_paused else countdown.pause(now, calendar=CALENDAR)
        columns = countdown.columns()
        assert Countdown.from_columns(columns) == countdown
        assert min(columns.used_seconds, columns.worked_seconds, columns.granted_seconds) >= 0


@dataclass
class PaperTape:
    """Tick minute by minute and mark every minute that ran: the slow, obvious clock."""

    term: Term
    started_at: datetime
    now: datetime
    is_running: bool = True
    ran: int = 0
    ran_at_work: int = 0

    def tick(self, minutes: int) -> None:
        for _ in range(minutes):
            if self.is_running:
                self.ran += 1
                self.ran_at_work += is_business_minute(self.now)
            self.now += MINUTE

    def minutes_left(self) -> int:
        end = due(self.term, at=self.started_at, calendar=CALENDAR)
        minutes = [self.started_at + n * MINUTE for n in range((end - self.started_at) // MINUTE)]
        if self.term.unit.is_working:
            return sum(map(is_business_minute, minutes)) - self.ran_at_work
        return len(minutes) - self.ran

    def due_at(self) -> datetime:
        at, left = self.now, self.minutes_left()
        while left:
            left -= is_business_minute(at) if self.term.unit.is_working else 1
            at += MINUTE
        return at


moves = st.lists(st.tuples(st.integers(1, 900), st.sampled_from(["toggle", "retime"])), max_size=5)


@settings(max_examples=60)
@given(data=st.data(), at=instants, moves=moves)
def test_the_clock_equals_a_paper_tape_of_minutes(
    data: st.DataObject, at: datetime, moves: list[tuple[int, str]]
) -> None:
    some = terms(Unit.MINUTES, Unit.HOURS, Unit.WORKING_HOURS, Unit.WORKING_DAYS)
    term = data.draw(some)
    fast, slow = Countdown.start(term, at=at), PaperTape(term, at, at)
    for wait, move in moves:
        slow.tick(wait)
        if move == "retime":
            slow.term = data.draw(some)
            fast = fast.retime(slow.term)
        else:
            fast = fast.pause(slow.now, calendar=CALENDAR) if slow.is_running else fast.resume(slow.now)
            slow.is_running = not slow.is_running
    left = slow.minutes_left()
    assert fast.remaining(at=slow.now, calendar=CALENDAR) == left * MINUTE or not fast.is_paused
    if slow.is_running and left > 0:
        assert due_of(fast) == slow.due_at()


@settings(max_examples=60)
@given(term=terms(Unit.DAYS), at=instants, waits=st.lists(st.integers(1, 4000), max_size=4))
def test_natural_days_run_on_for_what_was_left_and_roll_over_days_of_rest(
    term: Term, at: datetime, waits: list[int]
) -> None:
    countdown, now = Countdown.start(term, at=at), at
    for wait, pause in zip(waits[::2], waits[1::2], strict=False):
        now += wait * MINUTE
        left = due_of(countdown) - now
        countdown = countdown.pause(now, calendar=CALENDAR)
        now += pause * MINUTE
        countdown = countdown.resume(now)
        assume(left > timedelta())
        end = now + left
        while not CALENDAR.is_working_day((end - MINUTE).date()):
            end = instant(f"{(end - MINUTE).date() + timedelta(days=1)} 24:00")
        assert due_of(countdown) == end
