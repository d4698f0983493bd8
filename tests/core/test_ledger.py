"""Double entry: sums are zero, nobody goes below nothing, the oldest is spent first."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.core.ledger import Move, Posting, Standing, Unit, balances, expired, is_whole, may_post, reversal

pytestmark = [pytest.mark.req("G11", "X12")]
NAMES = ("来源", "甲", "乙", "丙")
moved = st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES), st.integers(1, 500))


def pair(out: str, into: str, amount: int) -> tuple[Posting, ...]:
    return Posting(out, -amount), Posting(into, amount)


def standings(held: dict[str, int]) -> dict[str, Standing]:
    return {name: Standing(name, held.get(name, 0), is_source=name == "来源") for name in NAMES}


def kept(asked: list[tuple[str, str, int]]) -> list[tuple[Posting, ...]]:
    """Post what may be posted, in order."""
    posted: list[tuple[Posting, ...]] = []
    for out, into, amount in asked:
        postings = pair(out, into, amount)
        if may_post(postings, standings(balances(posted)), unit=Unit.FEN):
            posted.append(postings)
    return posted


@given(st.lists(moved, max_size=40))
def test_whatever_is_asked_the_sum_is_zero_and_only_the_source_is_below(
    asked: list[tuple[str, str, int]],
) -> None:
    held = balances(kept(asked))
    assert sum(held.values()) == 0
    assert all(balance >= 0 for name, balance in held.items() if name != "来源")


@given(st.lists(moved, max_size=20))
def test_what_is_reversed_leaves_nothing(asked: list[tuple[str, str, int]]) -> None:
    posted = kept(asked)
    undone = [reversal(postings) for postings in reversed(posted)]
    assert not any(balances([*posted, *undone]).values())


@pytest.mark.parametrize(("amount", "may"), [(100, True), (101, False)], ids=["正好花完", "多一分"])
def test_an_account_is_spent_to_zero_and_no_further(amount: int, may: bool) -> None:
    verdict = may_post(pair("甲", "乙", amount), standings({"甲": 100}), unit=Unit.FEN)
    assert bool(verdict) is may


def test_a_refusal_says_what_is_there_and_what_is_missing() -> None:
    verdict = may_post(pair("甲", "乙", 12_345), standings({"甲": 10_000}), unit=Unit.FEN)
    assert "余额 100.00 元，不够转出 123.45 元，还差 23.45 元" in verdict.sentence


@pytest.mark.parametrize(
    ("postings", "said"),
    [
        ((), "至少"),
        ((Posting("甲", 5),), "至少"),
        ((Posting("甲", 0), Posting("乙", 0)), "不能是 0"),
        ((Posting("甲", -5), Posting("乙", 4)), "相差 1"),
        ((Posting("甲", -5), Posting("甲", 5)), "出现了两次"),
    ],
    ids=["空", "只有一边", "零", "不平", "同一账户"],
)
def test_what_is_not_a_whole_transfer_is_refused(postings: tuple[Posting, ...], said: str) -> None:
    assert said in is_whole(postings).sentence


def test_an_account_that_is_not_there_is_refused() -> None:
    assert "没有账户 丁" in may_post(pair("来源", "丁", 1), standings({}), unit=Unit.POINTS).sentence


@pytest.mark.parametrize("amount", [1.0, True, "1"], ids=["小数", "是非", "文字"])
def test_an_amount_is_a_whole_number(amount: object) -> None:
    with pytest.raises(ValueError, match="不是整数"):
        Posting("甲", amount)  # type: ignore[arg-type]


MOVES = (Move(date(2025, 1, 10), 60), Move(date(2025, 6, 1), 40), Move(date(2025, 7, 1), -25))


@pytest.mark.parametrize(
    ("before", "left"),
    [(date(2025, 1, 10), 0), (date(2025, 1, 11), 35), (date(2025, 6, 2), 75)],
    ids=["当日未到期", "次日到期", "都到期"],
)
def test_the_oldest_is_spent_first_and_the_rest_expires(before: date, left: int) -> None:
    assert expired(MOVES, before=before) == left


def test_what_expired_once_does_not_expire_again() -> None:
    moves = (*MOVES, Move(date(2026, 1, 11), -35))
    assert expired(moves, before=date(2025, 1, 11)) == 0


@pytest.mark.parametrize(
    ("unit", "amount", "said"),
    [
        (Unit.FEN, 123_450, "1,234.50 元"),
        (Unit.FEN, -5, "−0.05 元"),
        (Unit.MINUTES, 59, "59 分钟"),
        (Unit.MINUTES, 60, "1 小时"),
        (Unit.MINUTES, 125, "2 小时 5 分钟"),
        (Unit.POINTS, 30, "30 积分"),
    ],
)
def test_an_amount_is_said_in_its_unit(unit: Unit, amount: int, said: str) -> None:
    assert unit.show(amount) == said
