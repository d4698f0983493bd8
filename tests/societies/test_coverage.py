"""What a community has of each sort of organisation, and what it lacks by name."""

import pytest
from pytest_django import DjangoAssertNumQueries

from linli.core.clause import Clause
from linli.pack.edition import Societies, SocietyGoal
from linli.rulebook import queries as rulebook
from linli.societies import actions, coverage
from linli.societies.models import Society
from tests.societies import groups
from tests.world import TUESDAY, World

pytestmark = [pytest.mark.django_db, pytest.mark.req("C7")]
GOAL = Societies(
    kinds={}, place_kinds=("community",), sub_committees=("人民调解", "公共卫生"), incubators=(),
    goal=SocietyGoal(professional=1, filed=2, grassroots=2), clause=Clause("T-1", "试验"),
)  # fmt: skip


def read(world: World) -> dict[str, coverage.Cover]:
    return {one.spot.name: one for one in coverage.read(GOAL, within=world.home[0].path)}


def test_every_gap_is_named(world: World) -> None:
    assert read(world)["铜花社区"].lacks == (
        "专业社会组织还差 1 个", "人民调解没有备案组织", "公共卫生没有备案组织", "草根组织还差 2 个",
    )  # fmt: skip


def test_an_organisation_counts_once_and_at_its_community(world: World) -> None:
    groups.enter(world.secretary, name="专业社工站", certificate="002", is_professional=True)
    for name, committee in (("调解队", "人民调解"), ("卫生队", "公共卫生")):
        society = groups.enter(world.secretary, name=name, at="tonghua_e1")
        actions.file(society.pk, by=world.street_secretary, at=TUESDAY)
        Society.objects.filter(pk=society.pk).update(sub_committee=committee)
    for name in ("舞蹈队", "合唱队"):
        groups.enter(world.secretary, name=name, at="tonghua_e1_b1")
    found = read(world)
    here = found["铜花社区"]
    assert (here.professional, here.filed, here.grassroots, here.lacks) == (1, 2, 2, ())
    assert len(found["铜都社区"].lacks) == 4


def test_a_place_without_a_goal_has_no_gaps(world: World) -> None:
    standard = rulebook.current("xinxialu").societies
    assert standard is not None
    assert coverage.read(standard, within=world.home[0].path) == ()


def test_many_communities_cost_two_queries(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    groups.enter(world.secretary)
    with django_assert_num_queries(2):
        read(world)


def test_the_pack_of_1710_asks_for_one_seven_and_ten() -> None:
    standard = rulebook.edition("chaoyang", "2026").societies
    assert standard is not None
    assert standard.goal == SocietyGoal(professional=1, filed=7, grassroots=10)
    assert len(standard.sub_committees) == 7


@pytest.mark.req("Y10")
def test_the_pack_of_seven_colours_has_seven_kinds() -> None:
    standard = rulebook.edition("yunlong", "2026").societies
    assert standard is not None
    assert [title[0] for title in standard.kinds.values()] == list("红橙黄绿青蓝紫")
