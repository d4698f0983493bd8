"""Where an organisation reaches, and where nobody is."""

import pytest

from linli.bodies import actions as bodies
from linli.insight import coverage
from linli.places import queries as places
from linli.rulebook import queries as rules
from tests.world import PACK, World

WANTED = ("tonghua_party", "tonghua_e1_branch", "tonghua_e1_b1_group")


def reach(world: World) -> coverage.Reach:
    chain = next(chain for chain in world.edition.chains if chain.key == "five_levels")
    return coverage.reach(chain, within=world.home[1])


def add_bodies() -> None:
    wanted = tuple(body for body in rules.current(PACK).bodies if body.key in WANTED)
    at = {spot.key.removeprefix(f"{PACK}."): (spot.id, spot.path) for spot in places.spots_within("0001")}
    bodies.install(wanted, pack=PACK, places=at)


@pytest.mark.req("X2", "C1")
def test_every_tier_counts_its_places_and_names_the_gaps(world: World) -> None:
    add_bodies()
    found = reach(world)
    covers = {cover.tier.title: cover for cover in found.covers()}
    assert [(one.covered, one.wanted) for one in covers.values()] == [(0, 1), (1, 2), (1, 3), (1, 3), (0, 3)]
    assert [found.name_of(spot) for spot in covers["小区党支部"].gaps] == [
        "铜都社区 › 第一网格 › 铜都花园",
        "铜花社区 › 第三网格 › 桂香苑",
    ]


@pytest.mark.req("X2")
def test_the_gaps_follow_down_the_tree(world: World) -> None:
    add_bodies()
    community = reach(world).covers(world.home[2].path)
    assert [(one.covered, one.wanted) for one in community] == [(0, 0), (1, 1), (1, 2), (1, 2), (0, 2)]


@pytest.mark.req("X2")
def test_the_tree_runs_from_top_to_bottom(world: World) -> None:
    add_bodies()
    nodes = reach(world).nodes()
    assert [(node.spot.name, node.depth) for node in nodes[:4]] == [
        ("新下陆街道", 0),
        ("铜都社区", 1),
        ("铜都花园", 2),
        ("1栋", 3),
    ]
    group = next(node for node in nodes if node.spot.path == world.home[-1].path)
    assert [seat.bodies for seat in group.seats] == [("铜花一号小区1栋党小组",), ()]


def test_a_tree_too_large_for_a_page_is_not_drawn(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coverage, "TREE_AT_MOST", 3)
    assert reach(world).nodes() == ()
