"""Applications are ranked exactly, decided within the money, paid in whole fen and settled on receipts."""

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from linli.core.clause import Clause
from linli.core.grant import (
    Criterion,
    Decision,
    Entry,
    Filed,
    Portion,
    may_determine,
    missing,
    parts,
    rank,
    settle,
    weigh,
)

pytestmark = pytest.mark.req("G9")
CLAUSE = Clause("T-1", "试验")
CRITERIA = (Criterion("need", "居民需要", 60), Criterion("plan", "方案可行", 40))
SHARES = (Portion("agreement", 50), Portion("mid", 30), Portion("final", 20))


def entry(number: str, *sheets: tuple[int, int], asked: int = 100) -> Entry:
    return Entry(number, asked, tuple({"need": need, "plan": plan} for need, plan in sheets))


def order(*entries: Entry, budget: int = 1000) -> list[tuple[str, bool]]:
    return [(one.entry.number, one.reached) for one in rank(entries, criteria=CRITERIA, budget=budget)]


def test_a_mark_is_an_exact_fraction_and_is_shown_with_two_digits() -> None:
    assert weigh({"need": 91, "plan": 72}, CRITERIA) == Fraction(417, 5)
    (only,) = rank([entry("a", (80, 80), (80, 80), (81, 80))], criteria=CRITERIA, budget=1)
    assert only.mark == Fraction(401, 5)
    assert only.shown == "80.20"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (entry("b", (81, 80)), entry("a", (80, 80))),
        (entry("b", (82, 77)), entry("a", (80, 80))),
        (entry("b", (80, 80), asked=99), entry("a", (80, 80))),
        (entry("a", (80, 80)), entry("b", (80, 80))),
    ],
    ids=["分数高的在前", "同分的看最重的一项", "再同的要钱少的在前", "全同的先申报的在前"],
)
def test_ties_are_broken_by_the_stated_rule(first: Entry, second: Entry) -> None:
    assert [name for name, _ in order(second, first)] == [first.number, second.number]


def test_the_money_goes_down_the_list_and_passes_over_what_no_longer_fits() -> None:
    entries = (entry("a", (90, 90), asked=60), entry("b", (80, 80), asked=50), entry("c", (70, 70), asked=40))
    assert order(*entries, budget=100) == [("a", True), ("b", False), ("c", True)]
    assert order(*entries, budget=110) == [("a", True), ("b", True), ("c", False)]


DECISIONS = {
    "照排名": ((100, ""), (0, ""), ""),
    "超过预算": ((100, ""), (1, "理由"), "超过预算 1 元，多 0.01 元"),
    "没有写理由": ((90, ""), (0, ""), "没有写理由"),
    "写了理由": ((90, "人工费偏高"), (0, ""), ""),
    "换人没有写理由": ((0, "撤了"), (100, ""), "b 排第 2，按排名应资助 0 元"),
    "多于申请": ((101, "多给"), (0, ""), "应在 0 到 1 元 之间"),
    "少一件": ((100, ""), None, "b 还没有审定"),
}


@pytest.mark.parametrize("row", DECISIONS.values(), ids=DECISIONS)
def test_a_decision_keeps_to_the_money_and_says_why_it_leaves_the_ranking(
    row: tuple[tuple[int, str], tuple[int, str] | None, str],
) -> None:
    *told, said = row
    ranked = rank([entry("a", (90, 90)), entry("b", (80, 80))], criteria=CRITERIA, budget=100)
    decisions = {
        name: Decision(name, *one) for name, one in zip("ab", told, strict=True) if isinstance(one, tuple)
    }
    verdict = may_determine(ranked, decisions, budget=100, cap=100, clause=CLAUSE)
    assert verdict.is_yes is not bool(said)
    assert said in "".join(str(one) for one in verdict.refusals)


@given(some.integers(1, 10**9))
def test_the_parts_of_a_grant_are_the_whole(fen: int) -> None:
    assert sum(parts(fen, SHARES)) == fen
    assert all(one >= 0 for one in parts(fen, SHARES))


@given(some.integers(1, 10**6), some.integers(0, 10**6), some.integers(0, 2 * 10**6))
def test_a_settlement_loses_no_fen(granted: int, paid: int, spent: int) -> None:
    paid = min(paid, granted)
    due = settle(granted=granted, paid=paid, spent=spent)
    assert paid + due.due - due.back + due.freed == granted
    assert not (due.due and due.back)


def test_everything_missing_is_said_at_once() -> None:
    assert len(missing(Filed("", 100, (), 0, ""))) == 4
    assert missing(Filed("做", 100, (60, 30), 1, "证")) == ("预算明细合计 0.90 元，和申请的 1 元 不一致",)
    assert missing(Filed("做", 100, (60, 40), 1, "证")) == ()


def test_the_worked_example_of_the_handbook_holds() -> None:
    page = (Path(__file__).parents[2] / "docs" / "rules" / "grants.md").read_text(encoding="utf-8")
    table = [line.strip("|").split("|") for line in page.splitlines() if line.startswith("|")][2:]
    rows = [[cell.strip() for cell in row] for row in table]
    entries = [entry(row[0], (int(row[1]), int(row[2])), asked=int(row[3]) * 100) for row in rows]
    told = [
        [one.entry.number, one.shown, str(one.place), "给" if one.reached else "跳过"]
        for one in rank(entries, criteria=CRITERIA, budget=10_000)
    ]
    assert told == [[row[0], row[4], row[5], row[6]] for row in rows]
