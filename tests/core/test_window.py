"""Votes are taken neither for too few nor for too many days."""

import pytest

from linli.core.clause import Clause
from linli.core.forum import Window
from linli.core.term import Term
from linli.core.window import judge
from tests.core.days import CALENDAR, instant

O_9 = Clause("O-9", "杭州市物业管理条例", "第十九条、第二十条")
WINDOW = Window(Term.parse("5 days"), Term.parse("60 days"), O_9)


@pytest.mark.parametrize(
    ("opens", "closes", "passes"),
    [
        pytest.param("2026-03-02 10:00", "2026-03-07 24:00", True, id="恰好满五日"),
        pytest.param("2026-03-02 10:00", "2026-03-07 23:59", False, id="差一分钟"),
        pytest.param("2026-03-02 00:00", "2026-03-07 00:00", False, id="首日不计"),
        pytest.param("2026-03-01 10:00", "2026-04-30 24:00", True, id="恰好六十日"),
        pytest.param("2026-03-01 10:00", "2026-05-01 00:01", False, id="过六十日一分钟"),
        pytest.param("2026-03-02 10:00", "2026-05-06 24:00", True, id="末日劳动节顺延"),
        pytest.param("2026-03-02 10:00", "2026-05-07 00:01", False, id="顺延以后过一分钟"),
    ],
)
def test_a_window_is_neither_too_short_nor_too_long(opens: str, closes: str, passes: bool) -> None:
    verdict = judge(WINDOW, opens_at=instant(opens), closes_at=instant(closes), calendar=CALENDAR)
    assert verdict.is_yes is passes, verdict.sentence
    assert verdict.clause == O_9


@pytest.mark.parametrize(
    ("closes", "sentence", "remedy"),
    [
        (
            "2026-03-05 18:00",
            "表决期限不足 5 日（首日不计）：不能这样发起。",
            "最早可以定在 3月7日 24:00 截止。",
        ),
        ("2026-06-01 18:00", "表决期限超过 60 日：不能这样发起。", "最迟可以定在 5月6日 24:00 截止。"),
    ],
    ids=["太短", "太长"],
)
def test_a_refusal_says_until_when_instead(closes: str, sentence: str, remedy: str) -> None:
    opens = instant("2026-03-02 10:00")
    (refusal,) = judge(WINDOW, opens_at=opens, closes_at=instant(closes), calendar=CALENDAR).refusals
    assert (refusal.sentence, refusal.remedy) == (sentence, remedy)
