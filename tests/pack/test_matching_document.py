"""What the document on matching works out is what the rules in force work out (志愿供需匹配)."""

from datetime import date
from pathlib import Path

import pytest

from linli.core.matching import Offer, Part, Rules, Skill, Span, Wanted, fit, may_serve
from linli.core.term import Unit
from linli.pack.law import read_law
from tests.core.days import instant

ROOT = Path(__file__).parents[2]
LAW = read_law(ROOT / "packs" / "law" / "2026")
RULES = Rules.of(LAW.rules)
HERE = ("town", "community", "estate")
WHEN = Span(instant("2026-11-24 09:00"), instant("2026-11-24 11:00"))


def table(columns: int) -> list[list[str]]:
    """Read the rows of the one worked table with so many columns."""
    lines = (ROOT / "docs" / "rules" / "matching.md").read_text(encoding="utf-8").splitlines()
    cells = [[one.strip() for one in line[1:-1].split("|")] for line in lines if line.startswith("|")]
    return [row for row in cells if len(row) == columns][2:]


VERDICTS = {row[0]: row[1:] for row in table(9)}


@pytest.mark.req("C9")
@pytest.mark.parametrize("row", VERDICTS.values(), ids=VERDICTS)
def test_a_pair_is_judged_as_the_document_says(row: list[str]) -> None:
    dangerous, heavy, skill, born, agrees, insured, said, rule = row
    wanted = Wanted(1, HERE, WHEN, Skill(skill), is_heavy=heavy == "是", is_dangerous=dangerous == "是")
    offer = Offer(
        2,
        "王芳",
        HERE,
        "community",
        frozenset({(1, Part.MORNING)}),
        frozenset(Skill),
        born=date.fromisoformat(born),
        insured_until=date.fromisoformat(insured) if insured else None,
        guardian_agrees=agrees == "是",
    )
    verdict = may_serve(wanted, offer, rules=RULES)
    assert verdict.is_yes is (said == "适合")
    assert ([one.clause.rule for one in verdict.refusals if one.clause] or [""])[0] == rule


@pytest.mark.parametrize("row", table(3))
def test_a_pair_costs_what_the_document_says(row: list[str]) -> None:
    apart, lately, cost = map(int, row)
    wanted = Wanted(1, HERE, WHEN, Skill.ERRANDS)
    elsewhere = HERE[: len(HERE) - apart]
    offer = Offer(2, "王芳", elsewhere, "town", frozenset(), frozenset(), served_lately=lately)
    assert fit(wanted, offer).cost == cost


def test_no_row_was_left_unread() -> None:
    assert [len(VERDICTS), len(table(3))] == [12, 4]


def test_what_is_asked_of_a_person_is_ours_and_said_so() -> None:
    rule = LAW.rule("LINLI-6")
    assert not rule.article
    assert rule.count("metres_a_minute") == 500
    assert (rule.term("loop").amount, rule.term("loop").unit) == (30, Unit.DAYS)
