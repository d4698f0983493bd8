"""Nobody is asked for what does not fit them, and each no cites its clause (志愿供需匹配)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from linli.core.clause import Clause
from linli.core.matching import (
    Offer,
    Part,
    Rules,
    Skill,
    Span,
    Wanted,
    fit,
    is_unpaid,
    may_bind,
    may_serve,
)
from tests.core.days import instant

Y_1, Y_3, Y_6 = (Clause(key, "志愿服务条例") for key in ("Y-1", "Y-3", "Y-6"))
RULES = Rules(fit=Y_1, unpaid=Y_3, minors=Y_6, adult=18, least=8)
DAY, EVE = date(2026, 11, 24), date(2026, 11, 23)
WHEN = Span(instant("2026-11-24 09:00"), instant("2026-11-24 11:00"))
WANTED = Wanted(1, ("town", "community", "estate"), WHEN, Skill.ERRANDS, recipient=7)
OFFER = Offer(
    2, "王芳", ("town", "community", "estate"), "community", frozenset({(1, Part.MORNING)}),
    frozenset({Skill.ERRANDS, Skill.NURSING}), born=1990,
)  # fmt: skip


@pytest.mark.req("C9")
@pytest.mark.parametrize(
    ("need", "who", "clause", "words"),
    [
        pytest.param({}, {}, None, "", id="什么都合适"),
        pytest.param({"is_dangerous": True}, {}, Y_1, "保险", id="有危险没有保险"),
        pytest.param({"is_dangerous": True}, {"insured_until": DAY}, None, "", id="保险到当天"),
        pytest.param({"is_dangerous": True}, {"insured_until": EVE}, Y_1, "保险", id="保险差一天"),
        pytest.param({}, {"born": date(2008, 11, 24)}, None, "", id="当天满十八周岁"),
        pytest.param({}, {"born": date(2008, 11, 25)}, Y_6, "监护人", id="明天满十八周岁"),
        pytest.param(
            {}, {"born": date(2008, 11, 25), "guardian_agrees": True}, None, "", id="未成年监护人同意"
        ),
        pytest.param(
            {}, {"born": date(2018, 11, 24), "guardian_agrees": True}, None, "", id="当天满八周岁"
        ),
        pytest.param(
            {}, {"born": date(2018, 11, 25), "guardian_agrees": True}, Y_6, "8 周岁", id="明天满八周岁"
        ),
        pytest.param({}, {"born": 2008}, Y_6, "监护人", id="只知道那年满十八"),
        pytest.param({}, {"born": None}, Y_1, "出生年份", id="不知道年龄"),
        pytest.param(
            {"is_dangerous": True},
            {"born": date(2008, 11, 25), "guardian_agrees": True, "insured_until": date(2027, 1, 1)},
            Y_1, "有危险", id="未成年不做有危险的",
        ),
        pytest.param({"skill": Skill.HAIRCUT}, {}, Y_1, "理发", id="不会"),
        pytest.param({"skill": Skill.NURSING}, {}, Y_1, "核验", id="要资格的没有核验"),
        pytest.param({"skill": Skill.NURSING}, {"proven": frozenset({Skill.NURSING})}, None, "", id="核验过"),
        pytest.param({"is_heavy": True}, {}, Y_1, "力气", id="不做体力活"),
        pytest.param({"is_heavy": True}, {"is_strong": True}, None, "", id="能做体力活"),
        pytest.param({"recipient": 2}, {}, None, "自己", id="自己的需求"),
        pytest.param({"spots": ("town", "other")}, {}, None, "范围", id="太远"),
        pytest.param(
            {"when": Span(instant("2026-11-24 12:00"), instant("2026-11-24 13:00"))},
            {}, None, "没有空", id="正午算下午",
        ),
        pytest.param(
            {}, {"busy": (Span(instant("2026-11-24 10:59"), instant("2026-11-24 12:00")),)},
            None, "两个地方", id="差一分钟重叠",
        ),
        pytest.param(
            {}, {"busy": (Span(instant("2026-11-24 11:00"), instant("2026-11-24 12:00")),)},
            None, "", id="前后相接",
        ),
    ],
)  # fmt: skip
def test_a_need_is_served_by_whom_it_fits(
    need: dict[str, Any], who: dict[str, Any], clause: Clause | None, words: str
) -> None:
    verdict = may_serve(replace(WANTED, **need), replace(OFFER, **who), rules=RULES)
    assert verdict.is_yes is not bool(words), verdict.sentence
    if words:
        assert words in verdict.sentence
        assert verdict.clause == clause
        assert verdict.refusals[0].remedy


def test_everything_that_stands_against_it_is_said_insurance_first() -> None:
    wanted = replace(WANTED, is_dangerous=True, is_heavy=True, skill=Skill.PATROL)
    verdict = may_serve(wanted, OFFER, rules=RULES)
    assert [one.sentence[:4] for one in verdict.refusals] == ["这项服务", "王芳没有", "这项服务"]
    assert "保险" in verdict.refusals[0].sentence


@pytest.mark.req("X19")
def test_nobody_is_bound_but_by_their_own_yes() -> None:
    assert may_bind(is_own_wish=True, rules=RULES)
    assert may_bind(is_own_wish=False, rules=RULES).clause == Y_3


def test_a_service_that_was_paid_for_is_none() -> None:
    assert is_unpaid(was_paid=False, rules=RULES)
    assert is_unpaid(was_paid=True, rules=RULES).clause == Y_3


def test_whoever_is_nearer_and_served_less_of_late_comes_first() -> None:
    near, far = fit(WANTED, OFFER), fit(WANTED, replace(OFFER, spots=("town", "community", "other")))
    tired = fit(WANTED, replace(OFFER, served_lately=3))
    assert (near.cost, tired.cost, far.cost) == (1, 4, 11)
    assert "近来服务 3 次" in tired.reasons
