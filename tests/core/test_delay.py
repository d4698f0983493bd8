"""A deadline is put off only for a reason and as often as the rule allows."""

import pytest

from linli.core.clause import Clause
from linli.core.delay import may_extend, may_pause, may_resume
from linli.core.verdict import Refused
from tests.core.days import instant

CLAUSE = Clause("P-3", "信访工作条例", "第三十四条")
REASONS = {"papers": "等待补充材料", "hearing": "听证"}
DUE = "2026-09-30 17:30"


@pytest.mark.parametrize(
    ("reason", "allowed", "is_paused", "why", "remedy"),
    [
        pytest.param("papers", REASONS, True, "计时已经暂停", "恢复计时", id="已经暂停"),
        pytest.param("papers", {}, False, "没有规定可以暂停", "申请延期", id="没有可以暂停的事由"),
        pytest.param("weather", REASONS, False, "不能用来暂停", "等待补充材料、听证", id="事由不在规定之内"),
        pytest.param("", REASONS, False, "没有写明", "等待补充材料、听证", id="没有写事由"),
    ],
)
def test_a_pause_is_refused_with_the_clause_and_what_would_help(
    reason: str, allowed: dict[str, str], is_paused: bool, why: str, remedy: str
) -> None:
    verdict = may_pause(reason, allowed_reasons=allowed, is_paused=is_paused, clause=CLAUSE)
    (refusal,) = verdict.refusals
    assert why in refusal.sentence
    assert remedy in refusal.remedy
    assert (refusal.clause, refusal.asked) == (CLAUSE, "暂停计时")


def test_a_pause_for_an_allowed_reason_names_it() -> None:
    verdict = may_pause("papers", allowed_reasons=REASONS, is_paused=False, clause=CLAUSE)
    assert verdict.is_yes
    assert (verdict.sentence, verdict.clause) == ("因「等待补充材料」可以暂停计时。", CLAUSE)
    assert verdict.figures == (("事由", "等待补充材料"),)


def test_only_a_clock_that_stands_still_may_run_on() -> None:
    assert may_resume(is_paused=True, clause=CLAUSE)
    with pytest.raises(Refused, match="没有暂停"):
        may_resume(is_paused=False, clause=CLAUSE).require()


@pytest.mark.parametrize(
    ("before", "most", "at", "due_at", "why"),
    [
        pytest.param(0, 1, DUE, DUE, "", id="第一次，到期那一刻"),
        pytest.param(0, 1, "2026-09-30 17:31", DUE, "期限已过", id="第一次，过期一分"),
        pytest.param(0, 1, "2026-10-20 09:00", None, "", id="暂停中"),
        pytest.param(
            1, 1, "2026-09-28 09:00", DUE, "最多延长 1 次，已经延长过 1 次", id="只许一次，已有一次"
        ),
        pytest.param(1, 2, "2026-09-28 09:00", DUE, "", id="许可两次，已有一次"),
        pytest.param(0, 0, "2026-09-28 09:00", DUE, "不能延长", id="不许延长"),
    ],
)
def test_a_term_is_extended_in_time_and_as_often_as_allowed(
    before: int, most: int, at: str, due_at: str | None, why: str
) -> None:
    verdict = may_extend(
        before, max_times=most, at=instant(at), due_at=instant(due_at) if due_at else None, clause=CLAUSE
    )
    assert verdict.is_yes is not bool(why)
    assert why in verdict.sentence
    assert verdict.clause == CLAUSE


def test_a_refused_extension_tells_the_figures() -> None:
    verdict = may_extend(1, max_times=1, at=instant(DUE), due_at=instant(DUE), clause=CLAUSE)
    assert verdict.figures == (("已延长次数", "1"), ("最多次数", "1"))
    assert str(verdict.refusals[0]).endswith("依据：《信访工作条例》第三十四条。请在期限内办结。")
