"""Calling departments to the spot, reporting in, and rating each other: 吹哨、报到、互评."""

from typing import TYPE_CHECKING

import pytest

from linli.appraisal import queries as appraisal
from linli.core.verdict import Refused
from linli.matters import queries as matters
from linli.record import queries as record
from tests import make
from tests.world import World, instant

if TYPE_CHECKING:
    from linli.matters.models import Matter

CALLED = instant("2026-11-24 11:00")
HERE = instant("2026-11-25 17:30")


def _summoned(world: World) -> "Matter":
    departments = [world.fire, world.housing]
    return make.act(make.taken_on(world), "summon", by=world.dispatcher, at=CALLED, departments=departments)


def _rated(world: World) -> "Matter":
    return _rate_fire(world, make.act(_summoned(world), "report_in", by=world.fireman, at=HERE))


def _rate_fire(world: World, matter: "Matter") -> "Matter":
    return make.act(matter, "rate_department", by=world.dispatcher, at=HERE, department=world.fire, score=4)


@pytest.mark.req("C13")
def test_each_department_has_it_in_its_inbox_until_the_packs_term(world: World) -> None:
    _summoned(world)
    for officer in (world.fireman, world.housing_officer):
        (line,) = matters.inbox(officer)
        assert (line.what, line.due_at) == ("summon", instant("2026-11-25 17:30"))


@pytest.mark.parametrize(
    ("at", "in_time"), [("2026-11-25 17:30", "是"), ("2026-11-25 17:30:01", "否")], ids=["按时", "晚一秒"]
)
def test_the_record_says_whether_a_department_came_in_time(world: World, at: str, in_time: str) -> None:
    matter = make.act(_summoned(world), "report_in", by=world.fireman, at=instant(at))
    entry = record.timeline(matter.number)[-1]
    assert (entry.title, entry.figures) == ("报到", (("部门", "辖区消防救援站"), ("按时", in_time)))
    assert not matters.inbox(world.fireman)
    assert len(matters.inbox(world.housing_officer)) == 1


def test_a_department_reports_in_once(world: World) -> None:
    matter = make.act(_summoned(world), "report_in", by=world.fireman, at=HERE)
    with pytest.raises(Refused, match="你单位已经报到过了"):
        make.act(matter, "report_in", by=world.fireman, at=HERE)


def test_whoever_was_not_summoned_does_not_report_in(world: World) -> None:
    with pytest.raises(Refused, match="由报到单位经办人办理"):
        make.act(_summoned(world), "report_in", by=world.enforcer, at=HERE)


def test_a_department_is_summoned_once(world: World) -> None:
    matter = _summoned(world)
    with pytest.raises(Refused, match="没有选新的部门"):
        make.act(matter, "summon", by=world.dispatcher, at=HERE, departments=[world.fire])
    make.act(matter, "summon", by=world.dispatcher, at=HERE, departments=[world.fire, world.water])
    assert len(make.desk(matter, world.dispatcher, at=HERE).summonses) == 3


def test_only_departments_of_the_place_are_summoned(world: World) -> None:
    with pytest.raises(Refused, match="选的部门不在本地"):
        make.act(make.taken_on(world), "summon", by=world.dispatcher, at=CALLED, departments=[0])


@pytest.mark.req("C13")
def test_both_sides_rate_each_other(world: World) -> None:
    matter = make.act(_rated(world), "rate_summoner", by=world.fireman, at=HERE, score=5)
    ratings = [(one.aspect, one.body_id, one.score) for one in appraisal.of_matter(matter.pk)]
    assert ratings == [("department", world.fire, 4), ("summoner", None, 5)]


def test_a_department_is_rated_once(world: World) -> None:
    with pytest.raises(Refused, match="报到的部门都评价过了"):
        _rate_fire(world, _rated(world))


def test_a_department_that_did_not_come_is_not_rated(world: World) -> None:
    with pytest.raises(Refused, match="还没有部门报到"):
        _rate_fire(world, _summoned(world))
    matter = make.act(_summoned(world), "report_in", by=world.fireman, at=HERE)
    with pytest.raises(Refused, match="这个部门还没有报到，不能评价"):
        make.act(matter, "rate_department", by=world.dispatcher, at=HERE, department=world.housing, score=5)


@pytest.mark.parametrize("score", [0, 6])
def test_a_score_is_one_of_five(world: World, score: int) -> None:
    with pytest.raises(Refused, match=f"没有 {score} 分"):
        make.act(make.verified(world), "rate", by=world.resident, at=HERE, score=score)


def test_the_result_is_rated_once_in_a_round(world: World) -> None:
    matter = make.act(make.verified(world), "rate", by=world.resident, at=HERE, score=2)
    with pytest.raises(Refused, match="已经评价过了"):
        make.act(matter, "rate", by=world.resident, at=HERE, score=5)
    assert appraisal.scores_of([matter.pk]) == {matter.pk: 2}
