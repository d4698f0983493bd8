"""Recurring trouble surfaces by itself, at the smallest place that has most of it (高频问题)."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.bodies.actor import NOBODY
from linli.insight import hot
from linli.matters.actions import following
from linli.matters.actions.following import Voice
from tests import make
from tests.world import TUESDAY, World, spots

if TYPE_CHECKING:
    from linli.insight.models import HotProblem
    from linli.matters.models import Matter

pytestmark = pytest.mark.req("X13")
DAY = timedelta(days=1)


def reported(world: World, number: int, *, days_ago: int = 3, **changes: Any) -> "list[Matter]":
    return [
        make.report(world, at=TUESDAY - days_ago * DAY, words=f"{turn}号门口的盖板破了。", **changes)
        for turn in range(number)
    ]


def found(*, at: datetime = TUESDAY) -> "list[HotProblem]":
    hot.find(at=at)
    return list(hot.standing(""))


def test_five_of_a_kind_in_two_weeks_at_one_house_are_a_hot_problem(world: World) -> None:
    reported(world, 5)
    [problem] = found()
    assert (problem.place.key, problem.category, problem.voices) == ("xinxialu.tonghua_e1_b1", "manhole", 5)
    assert (problem.until - problem.since).days == 13


@pytest.mark.parametrize(
    ("number", "changes"),
    [
        pytest.param(4, {}, id="四件还不够"),
        pytest.param(5, {"days_ago": 15}, id="两周以前的不算"),
        pytest.param(5, {"category": "other"}, id="其他不是一类"),
    ],
)
def test_less_is_none(world: World, number: int, changes: dict[str, Any]) -> None:
    if "category" in changes:
        changes = {"category": world.edition.fallback.key}
    reported(world, number, **changes)
    assert found() == []


def test_what_is_usual_here_is_no_burst(world: World) -> None:
    for week in range(1, 7):
        reported(world, 5, days_ago=14 * week + 1)
    reported(world, 5)
    assert found() == []


def test_several_houses_together_are_told_of_the_place_around_them(world: World) -> None:
    reported(world, 3)
    reported(world, 3, spots=spots("tonghua_e4_b1"))
    [problem] = found()
    assert (problem.place.kind, problem.voices) == ("community", 6)


def test_one_house_that_has_most_of_it_is_told_of_alone(world: World) -> None:
    reported(world, 6)
    reported(world, 1, spots=spots("tonghua_e4_b1"))
    [problem] = found()
    assert problem.place.key == "xinxialu.tonghua_e1_b1"


def told(problems: "list[HotProblem]") -> set[tuple[str, int]]:
    return {(problem.place.key.partition(".")[2], problem.voices) for problem in problems}


def test_what_is_spread_over_communities_is_told_of_the_street_around_them(world: World) -> None:
    reported(world, 3)
    reported(world, 3, spots=world.elsewhere)
    assert told(found()) == {("xinxialu", 6)}


def test_each_community_keeps_its_own_problem_when_the_street_is_told_of_all(world: World) -> None:
    reported(world, 5)
    reported(world, 6, spots=world.elsewhere)
    assert told(found()) == {("tonghua_e1_b1", 5), ("tongdu_e1_b1", 6), ("xinxialu", 11)}


def test_a_street_is_not_told_of_what_one_community_has_most_of(world: World) -> None:
    reported(world, 8)
    reported(world, 3, spots=world.elsewhere)
    assert told(found()) == {("tonghua_e1_b1", 8)}


def test_those_who_joined_count_as_much_as_those_who_reported(world: World) -> None:
    [matter, *_] = reported(world, 2, is_public=True)
    for name in ("甲", "乙", "丙"):
        following.join(matter.number, Voice(name=name), by=NOBODY, at=TUESDAY - DAY)
    [problem] = found()
    assert problem.voices == 5
    assert hot.look_into(problem).joined == 3


def test_merging_duplicates_neither_hides_nor_doubles_a_problem(world: World) -> None:
    first, *others = reported(world, 5)
    for other in others:
        make.act(other, "merge", by=world.dispatcher, at=TUESDAY - DAY, into=first.number)
    [problem] = found()
    assert problem.voices == 5


def test_a_problem_that_cooled_down_leaves_the_list_and_the_same_one_is_kept(world: World) -> None:
    reported(world, 5)
    [first] = found()
    [again] = found(at=TUESDAY + DAY)
    assert again.pk == first.pk
    assert found(at=TUESDAY + 20 * DAY) == []
    kept = hot.of_id(first.pk)
    assert kept is not None
    assert kept.cooled_at == TUESDAY + 20 * DAY


def test_a_problem_is_laid_open_with_matters_weeks_places_and_sayings(world: World) -> None:
    told = reported(world, 5) + reported(world, 2, days_ago=30)
    make.report(world, at=TUESDAY - DAY, words="化粪池满了往外溢，一楼马桶返水。")
    [problem] = found()
    picture = hot.look_into(problem)
    assert {one.number for one in told[:5]} < {one.number for one in picture.matters}
    assert len(picture.matters) == picture.reported == problem.voices == 6
    assert len(picture.weeks) == 14
    assert sum(number for _, number in picture.weeks) == 8
    assert [len(saying.matters) for saying in picture.sayings] == [5, 1]


def test_what_is_too_much_to_list_is_counted_all_the_same(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    [matter, *_] = reported(world, 6, is_public=True)
    following.join(matter.number, Voice(name="甲"), by=NOBODY, at=TUESDAY - DAY)
    [problem] = found()
    monkeypatch.setattr(hot, "MOST", 4)
    picture = hot.look_into(problem)
    assert (len(picture.matters), picture.reported, picture.joined) == (4, 6, 1)


def test_laying_open_costs_the_same_however_large(world: World) -> None:
    reported(world, 5)
    [problem] = found()
    counted = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            hot.look_into(problem)
        counted.append(len(asked))
        reported(world, 12)
    assert counted[0] == counted[1] <= 4


def test_looking_everywhere_costs_the_same_however_many_matters(world: World) -> None:
    counted = []
    for number in (5, 25):
        reported(world, number)
        with CaptureQueriesContext(connection) as asked:
            hot.find(at=TUESDAY)
        counted.append(len(asked))
    assert counted[1] <= counted[0]


def test_weeks_end_on_the_last_day() -> None:
    days = [date(2026, 11, 24), date(2026, 11, 18), date(2026, 11, 17)]
    assert hot.weekly(days, since=date(2026, 11, 11), until=date(2026, 11, 24)) == (
        (date(2026, 11, 11), 1),
        (date(2026, 11, 18), 2),
    )
