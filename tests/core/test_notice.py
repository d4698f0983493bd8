"""A meeting is told of enough days ahead, or for a reason that everybody reads (会议通知)."""

from datetime import timedelta

import pytest

from linli.core.clause import Clause
from linli.core.forum import Notice
from linli.core.notice import earliest_day, judge
from linli.core.term import Term
from tests.core.days import CALENDAR, instant

RC_26 = Clause("RC-26", "中华人民共和国城市居民委员会组织法", "第二十六条")
O_7 = Clause("O-7", "物业管理条例", "第十四条")
TOLD = instant("2026-09-25 16:30")


def ten_days(*, may_be_shorter: bool = True) -> Notice:
    return Notice(Term.parse("10 days"), RC_26, may_be_shorter)


@pytest.mark.parametrize(
    ("term", "told", "meets", "passes"),
    [
        pytest.param("10 days", "2026-11-10 23:59", "2026-11-20 09:00", True, id="居民会议满十日"),
        pytest.param("10 days", "2026-11-10 00:00", "2026-11-19 23:59", False, id="居民会议差一日"),
        pytest.param("15 days", "2026-11-10 09:00", "2026-11-25 08:00", True, id="业主大会满十五日"),
        pytest.param("15 days", "2026-11-10 09:00", "2026-11-24 20:00", False, id="业主大会差一日"),
        pytest.param("10 days", "2026-09-25 16:30", "2026-10-05 09:00", True, id="国庆假期里开会也算"),
        pytest.param("5 working_days", "2026-09-28 09:00", "2026-10-10 09:00", True, id="工作日不算国庆"),
        pytest.param("5 working_days", "2026-09-28 09:00", "2026-10-09 09:00", False, id="工作日差一日"),
    ],
)
def test_the_day_of_telling_is_not_counted(term: str, told: str, meets: str, passes: bool) -> None:
    verdict = judge(
        Notice(Term.parse(term), O_7), told_at=instant(told), meets_at=instant(meets), calendar=CALENDAR
    )
    assert verdict.is_yes is passes, verdict.sentence


def test_a_refusal_names_the_days_the_clause_and_the_first_day_that_would_do() -> None:
    verdict = judge(
        ten_days(may_be_shorter=False),
        told_at=TOLD,
        meets_at=TOLD + timedelta(days=9),
        calendar=CALENDAR,
        reason="暴雨",
    )
    assert verdict.sentence == "9月25日通知，10月4日开会，提前 9 日（首日不计），不足 10 日：不能召集。"
    assert verdict.refusals[0].remedy == "最早可以定在 10月5日。"
    assert verdict.clause == RC_26
    assert dict(verdict.figures)["最早可于"] == "10月5日"


def test_a_special_case_needs_a_reason_that_is_told() -> None:
    soon = TOLD + timedelta(days=3)
    silent = judge(ten_days(), told_at=TOLD, meets_at=soon, calendar=CALENDAR, reason="  ")
    told = judge(ten_days(), told_at=TOLD, meets_at=soon, calendar=CALENDAR, reason="水管爆裂，须当场决定。")
    assert not silent
    assert "写明理由" in silent.refusals[0].remedy
    assert told
    assert "因特殊情况提前召集：水管爆裂，须当场决定。" in told.sentence
    assert dict(told.figures)["特殊情况"] == "水管爆裂，须当场决定。"


def test_nobody_is_called_to_a_meeting_that_is_over() -> None:
    verdict = judge(
        ten_days(), told_at=TOLD, meets_at=TOLD - timedelta(hours=1), calendar=CALENDAR, reason="急"
    )
    assert not verdict


def test_a_notice_is_counted_in_days() -> None:
    with pytest.raises(ValueError, match="通知期按日"):
        earliest_day(Notice(Term.parse("2 hours"), RC_26), told_at=TOLD, calendar=CALENDAR)
