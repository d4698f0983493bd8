"""When a group has the members and the money to be registered."""

from pathlib import Path

import pytest

from linli.core.society import Strength, may_register, yuan
from linli.pack.law import read_law

pytestmark = pytest.mark.req("X10")
RULE = read_law(Path(__file__).parents[2] / "packs" / "law" / "2026").rule("C-4")
ENOUGH = 3_000_000

BOUNDS = {
    "个人五十": (Strength(50, 0, ENOUGH), ()),
    "个人四十九": (Strength(49, 0, ENOUGH), ("个人会员 49 人，还差 1 人。",)),
    "单位三十": (Strength(0, 30, ENOUGH), ()),
    "单位二十九": (Strength(0, 29, ENOUGH), ("单位会员 29 个，还差 1 个。",)),
    "混合五十": (Strength(40, 10, ENOUGH), ()),
    "混合四十九": (Strength(40, 9, ENOUGH), ("个人和单位会员合计 49 个，还差 1 个。",)),
    "资金差一分": (Strength(50, 0, ENOUGH - 1), ("活动资金 29,999.99 元，还差 0.01 元。",)),
    "人和钱都差": (
        Strength(20, 0, 0),
        ("个人会员 20 人，还差 30 人。", "活动资金 0 元，还差 30,000 元。"),
    ),
}


@pytest.mark.parametrize("row", BOUNDS.values(), ids=BOUNDS)
def test_registration_names_everything_that_is_missing(row: tuple[Strength, tuple[str, ...]]) -> None:
    strength, said = row
    verdict = may_register(strength, rule=RULE)
    assert tuple(one.sentence for one in verdict.refusals) == said
    assert all(one.clause == RULE.clause and one.remedy for one in verdict.refusals)


def test_money_is_said_in_yuan_with_cents_only_where_there_are_any() -> None:
    assert (yuan(3_000_000), yuan(105), yuan(0)) == ("30,000 元", "1.05 元", "0 元")
