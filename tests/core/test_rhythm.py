"""A forum meets as often as the law says, and what is late is known (会期)."""

from datetime import date

import pytest

from linli.core.clause import Clause
from linli.core.forum import Rhythm
from linli.core.rhythm import due
from linli.core.term import Term

RC_28 = Clause("RC-28", "中华人民共和国城市居民委员会组织法", "第二十八条")


def rhythm(every: str, on_day: int = 0) -> Rhythm:
    return Rhythm(Term.parse(every), RC_28, on_day)


@pytest.mark.parametrize(
    ("every", "on_day", "last", "expected"),
    [
        pytest.param("6 months", 0, date(2026, 1, 15), date(2026, 7, 15), id="居民代表会议每半年"),
        pytest.param("3 months", 0, date(2026, 11, 30), date(2027, 2, 28), id="村民代表会议每季度遇短月"),
        pytest.param("12 months", 0, date(2024, 2, 29), date(2025, 2, 28), id="村民会议每年遇闰日"),
        pytest.param("1 months", 10, date(2026, 11, 10), date(2026, 12, 10), id="每月十日议事日"),
        pytest.param("1 months", 16, date(2026, 12, 20), date(2027, 1, 16), id="迟开的仍算当月"),
        pytest.param("1 months", 16, date(2026, 12, 3), date(2027, 1, 16), id="早开的也算当月"),
        pytest.param("1 months", 31, date(2027, 1, 31), date(2027, 2, 28), id="没有那一天的取月末"),
    ],
)
def test_the_next_meeting_is_due_a_period_after_the_last(
    every: str, on_day: int, last: date, expected: date
) -> None:
    found = due(rhythm(every, on_day), last=last, since=date(2020, 1, 1), on=date(2026, 11, 24))
    assert found.on == expected
    assert found.clause == RC_28


@pytest.mark.parametrize(
    ("since", "expected"),
    [
        pytest.param(date(2026, 11, 10), date(2026, 11, 10), id="当天开始"),
        pytest.param(date(2026, 11, 11), date(2026, 12, 10), id="过了那一天"),
    ],
)
def test_a_forum_that_never_met_is_due_from_when_it_began(since: date, expected: date) -> None:
    assert due(rhythm("1 months", 10), last=None, since=since, on=since).on == expected
    assert due(rhythm("6 months"), last=None, since=date(2026, 1, 1), on=since).on == date(2026, 7, 1)


@pytest.mark.parametrize(
    ("on", "late", "words"),
    [
        pytest.param(date(2026, 7, 14), False, "还有 1 天", id="前一天"),
        pytest.param(date(2026, 7, 15), False, "应在今天召开", id="最后一天"),
        pytest.param(date(2026, 7, 16), True, "已逾期 1 天", id="后一天"),
    ],
)
def test_a_meeting_is_overdue_the_day_after(on: date, late: bool, words: str) -> None:
    found = due(rhythm("6 months"), last=date(2026, 1, 15), since=date(2020, 1, 1), on=on)
    assert found.is_overdue is late
    assert words in found.words


def test_a_day_of_the_month_goes_with_months() -> None:
    with pytest.raises(ValueError, match="按月计算"):
        due(rhythm("30 days", 10), last=None, since=date(2026, 1, 1), on=date(2026, 1, 1))
