"""Groups that were planted are found again, whatever the order; nothing small is shown (观点分组)."""

from pathlib import Path
from random import Random

import numpy as np
import pytest
from sklearn.metrics import adjusted_rand_score

from linli.methods import clusters, opinion_map, opinions, standpoints
from linli.methods.opinions import AGREE, DISAGREE, PASS, UNSEEN, Votes

pytestmark = pytest.mark.req("C14")
PLANTED = [(60, 60), (80, 40, 30), (30, 25, 20, 15)]
SIZES = ["两组", "三组", "四组"]
LEAST = 5


def planted(sizes: tuple[int, ...], *, statements: int = 40, seed: int = 1) -> tuple[Votes, list[int]]:
    """Let people vote mostly as their group does, on two thirds of the statements; two quarrels part them."""
    chance = Random(seed)
    sides = [chance.choice((AGREE, DISAGREE)) for _ in range(statements)]
    likely = [
        [-side if group >> column % 2 & 1 else side for column, side in enumerate(sides)]
        for group in range(len(sizes))
    ]
    groups = [group for group, size in enumerate(sizes) for _ in range(size)]
    rows = [[_vote(chance, likely[group][column]) for column in range(statements)] for group in groups]
    return np.array(rows, dtype=np.int8), groups


def _vote(chance: Random, likely: int) -> int:
    if chance.random() < 1 / 3:
        return UNSEEN
    return likely if chance.random() < 0.85 else chance.choice((AGREE, DISAGREE, PASS))


@pytest.mark.parametrize("sizes", PLANTED, ids=SIZES)
def test_planted_groups_are_found(sizes: tuple[int, ...]) -> None:
    votes, groups = planted(sizes)
    found = opinions.find(votes, least=LEAST)
    assert adjusted_rand_score([groups[row] for row in found.rows], found.labels) >= 0.95
    assert sorted(found.sizes, reverse=True) == list(found.sizes)


def test_neither_the_order_of_votes_nor_of_people_changes_anything() -> None:
    votes, _ = planted((40, 30))
    told = [(row, column, int(said)) for (row, column), said in np.ndenumerate(votes) if said != UNSEEN]
    first = opinion_map.draw(opinions.matrix(told, statements=40), range(40), least=LEAST)
    Random(2).shuffle(told)
    others = [(1_000 - row, column, said) for row, column, said in told]
    assert (
        opinion_map.draw(opinions.matrix(others, statements=40), range(40), least=LEAST).values
        == first.values
    )


def test_one_more_vote_changes_no_group_when_it_is_drawn_from_the_last() -> None:
    votes, _ = planted((80, 40, 30))
    before = opinions.find(votes, least=LEAST)
    votes[0, 0] = DISAGREE if votes[0, 0] != DISAGREE else AGREE
    warm, afresh = opinions.refresh(votes, start=before.start), opinions.find(votes, least=LEAST)
    labels = dict(zip(afresh.rows, afresh.labels, strict=True))
    assert adjusted_rand_score([labels[row] for row in warm.rows], warm.labels) >= 0.95
    assert (warm.seen.sum(axis=0) == afresh.seen.sum(axis=0)).all()


def test_a_map_drawn_from_the_last_is_not_turned_over() -> None:
    votes, _ = planted((80, 40, 30))
    before = opinions.find(votes, least=LEAST)
    again = opinions.refresh(votes, start=before.start)
    order = np.argsort(before.rows)
    assert np.allclose(again.points, before.points[order], atol=1e-3)
    assert (again.labels == before.labels[order]).all()


def test_a_statement_that_came_since_is_drawn_too() -> None:
    votes, _ = planted((40, 30))
    start = opinions.find(votes[:, :-2], least=LEAST).start
    assert opinions.refresh(votes, start=start).seen.shape[1] == votes.shape[1]


@pytest.mark.parametrize(
    "votes",
    [
        pytest.param(np.empty((0, 0), dtype=np.int8), id="没有观点也没有人"),
        pytest.param(np.empty((0, 9), dtype=np.int8), id="没有人"),
        pytest.param(np.full((9, 9), UNSEEN, dtype=np.int8), id="没有人表态"),
        pytest.param(np.full((9, 9), AGREE, dtype=np.int8), id="人人都同意"),
        pytest.param(np.full((9, 1), AGREE, dtype=np.int8), id="只有一条"),
        pytest.param(np.eye(9, dtype=np.int8), id="各说各的"),
    ],
)
def test_where_nothing_sets_people_apart_there_is_one_group(votes: Votes) -> None:
    found = opinions.find(votes, least=LEAST)
    assert len(found.sizes) == 1
    assert np.isfinite(found.points).all()
    assert len(opinions.refresh(votes, start=found.start).sizes) == 1


@pytest.mark.parametrize(("size", "groups"), [(4, 1), (5, 2)], ids=["四人不成组", "五人成组"])
def test_a_group_of_fewer_than_the_least_is_never_made(size: int, groups: int) -> None:
    votes = np.full((30, 10), AGREE, dtype=np.int8)
    votes[:size] = DISAGREE
    assert len(opinions.find(votes, least=LEAST).sizes) == groups


@pytest.mark.parametrize(("given", "rows"), [(6, 0), (7, 1)], ids=["表态六次不分组", "表态七次分组"])
def test_who_voted_too_little_is_put_in_no_group(given: int, rows: int) -> None:
    votes = np.full((1, 20), UNSEEN, dtype=np.int8)
    votes[0, :given] = AGREE
    assert len(opinions.find(votes, least=LEAST).rows) == rows


def test_what_sets_a_group_apart_and_what_all_share_is_told() -> None:
    votes = np.full((40, 8), AGREE, dtype=np.int8)
    votes[:15, 1:] = DISAGREE
    votes[:, 7] = DISAGREE
    found = opinions.find(votes, least=LEAST)
    assert found.sizes == (25, 15)
    common = standpoints.common(found, least=LEAST, most=9)
    assert {(one.statement, one.agrees) for one in common} == {(0, True), (7, False)}
    larger, smaller = (standpoints.own(found, group, least=LEAST, most=9) for group in (0, 1))
    assert {(one.statement, one.agrees) for one in larger} == {(place, True) for place in range(1, 7)}
    assert {(one.statement, one.agrees) for one in smaller} == {(place, False) for place in range(1, 7)}


@pytest.mark.parametrize(("people", "is_drawn"), [(4, False), (5, True)], ids=["四人不画", "五人画"])
def test_nothing_of_a_few_people_is_drawn(people: int, is_drawn: bool) -> None:
    drawn = opinion_map.draw(np.ones((people, 8), dtype=np.int8), range(8), least=LEAST)
    assert bool(drawn.values["told"]) is is_drawn
    assert bool(drawn.values["groups"]) is is_drawn


def test_votes_written_without_names_are_read_again() -> None:
    votes, _ = planted((6, 6), statements=9)
    rows = opinion_map.write(votes)
    assert rows == sorted(rows)
    assert opinion_map.write(opinion_map.read(rows, statements=9)) == rows
    with pytest.raises(ValueError, match="每条观点一个记号"):
        opinion_map.read(["++?"], statements=3)


def _rows() -> list[list[str]]:
    document = Path(__file__).parents[2] / "docs" / "rules" / "opinions.md"
    lines = (line.strip("|").split("|") for line in document.read_text(encoding="utf-8").splitlines())
    cells = ([cell.strip() for cell in line] for line in lines)
    return [line for line in cells if len(line) == 4 and "、" in line[1] and line[1][0].isdigit()]


@pytest.mark.parametrize("row", _rows(), ids=[row[0] for row in _rows()])
def test_a_statement_is_judged_as_the_document_says(row: list[str]) -> None:
    (agreed, seen), (others, rest) = ([int(one) for one in cell.split("、")] for cell in row[1:3])
    said, told = np.array([[agreed], [others]]), np.array([[seen], [rest]])
    groups = np.repeat([0, 1], 20)
    start = opinions.Start(np.zeros((1, 1)), np.zeros((2, 2)))
    found = opinions.Opinions(np.arange(40), np.zeros((40, 2)), groups, said, told - said, told, start)
    common = standpoints.common(found, least=LEAST, most=5)
    own = standpoints.own(found, 0, least=LEAST, most=5)
    assert ("大家都同意" if common else "一组的观点" if own else "不是") == row[3]


def test_every_row_of_the_document_is_read() -> None:
    assert len(_rows()) == 5


def test_a_start_is_remembered() -> None:
    votes, _ = planted((20, 20))
    start = opinions.find(votes, least=LEAST).start
    again = opinion_map.recall(opinion_map.remember(start))
    assert np.allclose(again.block, start.block)
    assert np.allclose(again.centres, start.centres)


def test_two_heaps_of_points_are_two_clusters() -> None:
    points = np.array([[0, 0], [0, 1], [1, 0], [9, 9], [9, 8], [8, 9]], dtype=np.float64)
    labels, centres = clusters.divide(points, least=1)
    assert len(centres) == 2
    assert len({*labels[:3]}) == len({*labels[3:]}) == 1
