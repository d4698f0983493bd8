"""A notice stays up for all its days, and while an objection stands."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.core.calendar import CHINA_TIME
from linli.core.clause import Clause, Mark
from linli.core.publicity import Publicity
from linli.core.term import Term

ARTICLE_34 = Clause("RC-34", "中华人民共和国城市居民委员会组织法", "第三十四条", Mark.READ)
SHOWN = datetime(2026, 11, 1, 10, 0, tzinfo=CHINA_TIME)
NOTICE = Publicity(SHOWN, days=15, clause=ARTICLE_34)


def test_the_first_day_is_not_counted_and_the_last_ends_at_midnight() -> None:
    assert NOTICE.closes_at == datetime(2026, 11, 17, 0, 0, tzinfo=CHINA_TIME)


def test_fourteen_days_and_23_hours_are_refused_with_the_figures() -> None:
    verdict = NOTICE.may_close(at=SHOWN + timedelta(days=14, hours=23))
    (refusal,) = verdict.refusals
    assert refusal.sentence == (
        "应公示 15 日（首日不计），11月16日 周一 24:00 届满，现已公示 14 日 23 小时：不能结束公示。"
    )
    assert refusal.remedy == "还差 15 小时。"
    assert refusal.clause == ARTICLE_34
    assert dict(refusal.figures) == {
        "应公示": "15 日",
        "已公示": "14 日 23 小时",
        "届满": "11月16日 周一 24:00",
    }


@pytest.mark.parametrize(
    ("at", "may"),
    [
        pytest.param(SHOWN + timedelta(days=15), False, id="满 15 个 24 小时，当日未到 24 时"),
        pytest.param(datetime(2026, 11, 16, 23, 59, 59, tzinfo=CHINA_TIME), False, id="差一秒到 24 时"),
        pytest.param(datetime(2026, 11, 17, 0, 0, tzinfo=CHINA_TIME), True, id="恰好到 24 时"),
        pytest.param(datetime(2026, 11, 16, 16, 0, tzinfo=UTC), True, id="同一时刻，用世界时写"),
        pytest.param(datetime(2026, 11, 16, 15, 59, tzinfo=UTC), False, id="世界时，差一分钟"),
    ],
)
def test_the_last_second(at: datetime, may: bool) -> None:
    assert NOTICE.may_close(at=at).is_yes is may


def test_a_full_notice_says_so() -> None:
    verdict = NOTICE.may_close(at=NOTICE.closes_at)
    assert verdict.sentence == "应公示 15 日，已公示 15 日 14 小时：可以结束公示。"


def test_days_are_those_of_the_place_not_of_the_clock_that_wrote_them() -> None:
    late_evening = datetime(2026, 11, 1, 16, 30, tzinfo=UTC)
    assert Publicity(late_evening, days=15).closes_at == datetime(2026, 11, 18, 0, 0, tzinfo=CHINA_TIME)


def test_a_holiday_does_not_move_the_end() -> None:
    shown = datetime(2026, 9, 16, 9, 0, tzinfo=CHINA_TIME)
    assert Publicity(shown, days=15).closes_at == datetime(2026, 10, 2, 0, 0, tzinfo=CHINA_TIME)


def test_an_objection_that_stands_keeps_the_notice_up() -> None:
    verdict = NOTICE.may_close(at=NOTICE.closes_at, objections=2)
    assert verdict.sentence == "还有 2 件异议没有答复：不能结束公示。"
    assert verdict.refusals[0].remedy == "请先逐件答复异议。"


def test_both_reasons_are_told_together() -> None:
    verdict = NOTICE.may_close(at=SHOWN, objections=1)
    assert len(verdict.refusals) == 2


def test_a_notice_that_has_not_begun_cannot_end() -> None:
    verdict = NOTICE.may_close(at=SHOWN - timedelta(minutes=1))
    assert verdict.sentence == "公示从 11月1日 周日 10:00 才开始：不能结束公示。"


def test_a_notice_of_no_days_is_no_notice() -> None:
    with pytest.raises(ValueError, match="至少 1 日"):
        Publicity(SHOWN, days=0)


def test_a_notice_counts_natural_days_and_nothing_else() -> None:
    assert Publicity.under(Term.parse("15 days"), shown_at=SHOWN, clause=ARTICLE_34) == NOTICE
    with pytest.raises(ValueError, match="15 个工作日"):
        Publicity.under(Term.parse("15 working_days"), shown_at=SHOWN)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="没有时区"):
        Publicity(SHOWN.replace(tzinfo=None), days=15)


@given(
    minutes=st.integers(0, 3 * 365 * 24 * 60),
    days=st.integers(1, 60),
)
def test_so_many_whole_days_lie_after_the_first(minutes: int, days: int) -> None:
    shown_at = SHOWN + timedelta(minutes=minutes)
    notice = Publicity(shown_at, days=days)
    assert (notice.closes_at.date() - shown_at.date()).days == days + 1
    assert notice.may_close(at=notice.closes_at)
    assert not notice.may_close(at=notice.closes_at - timedelta(microseconds=1))
