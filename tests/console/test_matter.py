"""One matter before whoever works on it (事项页)."""

import pytest
from pytest_django import DjangoAssertNumQueries

from linli.cases.actions.dispatching import JointTask
from linli.cases.actions.stepping import Said
from linli.frame.clock import now
from tests import make
from tests.console import desks
from tests.world import World

MOST_QUERIES = 18


@pytest.mark.req("X3")
def test_it_shows_number_place_stations_next_step_facts_and_timeline(world: World) -> None:
    matter = make.taken_on(world, at=now(), joint=[JointTask(world.fire, task="检查消防通道")])
    said = desks.text(desks.see(f"m/{matter.number}/", by=world.dispatcher))
    for wanted in (
        matter.number,
        matter.title,
        world.home[-1].name,
        "下一步",
        "应在",
        '依据：<a href="/rules/xinxialu/',
        "事实",
        "工单",
        "检查消防通道",
        "经过",
        "主办：街道综合执法中心",
        'aria-current="step"',
        "二维码",
    ):
        assert wanted in said


@pytest.mark.parametrize("part", ["dispatcher", "enforcer", "secretary", "grid_worker"])
def test_the_number_of_queries_stays_flat(
    world: World, part: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    at = now()
    matter = make.taken_on(world, at=at, joint=[JointTask(world.fire), JointTask(world.housing)])
    make.act(matter, "summon", by=world.dispatcher, at=at, departments=[world.fire, world.housing])
    make.act(matter, "report_in", by=world.fireman, at=at)
    for _ in range(8):
        make.act(matter, "add_words", by=world.resident, at=at, said=Said("又看到一次。"))
    client = desks.browser(world.cast[part])
    with django_assert_max_num_queries(MOST_QUERIES):
        answer = client.get(f"/desk/m/{matter.number}/")
    assert answer.status_code == 200


@pytest.mark.parametrize("part", ["other_dispatcher", "enforcer", "resident", "stranger"])
def test_a_matter_one_may_not_see_is_not_found(world: World, part: str) -> None:
    matter = make.report(world, at=now())
    assert desks.see(f"m/{matter.number}/", by=world.cast[part]).status_code == 404


def test_staff_outside_the_reach_are_led_to_the_public_page_of_a_public_matter(world: World) -> None:
    matter = make.report(world, at=now(), is_public=True)
    answer = desks.see(f"m/{matter.number}/", by=world.other_dispatcher)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/m/{matter.number}/")


@pytest.mark.req("C13", "X3")
def test_reports_in_returns_and_ratings_are_told(world: World) -> None:
    at = now()
    matter = make.returned(world, at=at)
    make.act(matter, "reject_return", by=world.secretary, at=at, said=Said("职责清单写明归执法中心。"))
    make.act(matter, "take_on", by=world.enforcer, at=at)
    make.act(matter, "summon", by=world.dispatcher, at=at, departments=[world.fire])
    make.act(matter, "report_in", by=world.fireman, at=at)
    make.act(matter, "rate_department", by=world.dispatcher, at=at, department=world.fire, score=5)
    make.act(matter, "rate_summoner", by=world.fireman, at=at, score=4)
    said = desks.text(desks.see(f"m/{matter.number}/", by=world.dispatcher))
    for wanted in ("按时报到", "很满意", "部门评社区：满意", "退单不成立。职责清单写明归执法中心。"):
        assert wanted in said


@pytest.mark.req("X14")
def test_an_act_that_is_closed_to_me_says_why_and_what_would_help(world: World) -> None:
    matter = make.taken_on(world, at=now(), joint=[JointTask(world.fire)])
    said = desks.text(desks.see(f"m/{matter.number}/", by=world.enforcer))
    assert "还有 1 个协办单位没有反馈" in said
    assert "请它们先反馈" in said


def test_an_act_of_another_step_stands_folded_away(world: World) -> None:
    matter = make.report(world, at=now())
    said = desks.text(desks.see(f"m/{matter.number}/", by=world.dispatcher))
    shown, folded = said.split('class="closed-later"')
    assert 'id="act-verify"' not in shown
    assert 'id="act-verify"' in folded
