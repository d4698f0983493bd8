"""What the document on selection reckons for people is what the house reckons."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from linli.core.choosing import select
from linli.core.selection import Ballot, Completion, Election, Limits, Method, Project, Rule

DOCUMENT = Path(__file__).parents[2] / "docs" / "rules" / "selection.md"
FEN = 100
RULES = {
    "得票优先": Rule(Method.VOTES),
    "每元得票优先": Rule(Method.VOTES_PER_COST),
    "等额份额法": Rule(Method.EQUAL_SHARES),
    "等额份额法，按得票": Rule(Method.EQUAL_SHARES, completion=Completion.VOTES),
    "等额份额法，加份额": Rule(Method.EQUAL_SHARES, completion=Completion.RAISE, raised_by=FEN),
}


def rows() -> Iterator[list[str]]:
    for line in DOCUMENT.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) > 1 and cells[1] in RULES:
            yield cells


TABLE = {row[0]: row[1:] for row in rows()}


@pytest.mark.parametrize("row", TABLE.values(), ids=TABLE)
def test_a_selection_is_reckoned_as_the_document_says(row: list[str]) -> None:
    rule, budget, costs, votes, chosen = row
    projects = tuple(
        Project(name, name, int(cost) * FEN) for name, cost in (one.split() for one in costs.split("、"))
    )
    ballots = tuple(
        Ballot(tuple((key, 1) for key in names if key != "弃"), int(people))
        for names, people in (one.split(" ×") for one in votes.split("、"))
    )
    found = select(Election(projects, ballots, Limits(int(budget) * FEN), RULES[rule]))
    assert "、".join(found.winners) == chosen.replace("没有", "")


def test_the_document_has_its_table() -> None:
    assert {row[0] for row in TABLE.values()} == set(RULES)
