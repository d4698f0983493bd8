"""Every grid against the standard, and who works there."""

import pytest

from linli.insight import grids
from linli.people import actions as people
from tests.world import TUESDAY, World


@pytest.mark.req("C12")
@pytest.mark.parametrize(
    ("households", "inhabitants", "finding"),
    [
        (299, 800, "太小：299 户，标准不少于 300 户"),
        (300, 800, ""),
        (500, 1500, ""),
        (501, 1500, "太大：501 户，标准不超过 500 户"),
        (400, 2500, ""),
        (400, 2501, "太大：2,501 人，标准不超过 2,500 人"),
        (0, 0, "户数还没有登记"),
    ],
    ids=["少一户", "正好下限", "正好上限", "多一户", "人数正好", "多一人", "没有登记"],
)
def test_a_grid_too_large_or_too_small_is_named_with_its_figures(
    world: World, households: int, inhabitants: int, finding: str
) -> None:
    found = grids.judge(households, inhabitants, standard=world.edition.grid)
    assert found == ((finding,) if finding else ())


@pytest.mark.req("C12")
def test_full_and_part_time_workers_stand_with_their_telephones(world: World) -> None:
    people.enrol(name="马玉兰", key="grid_worker", phone="199-0000-0001")
    found = {grid.place.key: grid for grid in _grids(world)}
    first = found["xinxialu.tonghua_g1"]
    assert [(one.name, one.phone) for one in first.full_time] == [("马玉兰", "199-0000-0001")]
    assert [(one.name, one.place) for one in first.part_time] == [("刘长顺", "1栋")]
    assert first.above == "铜花社区"


@pytest.mark.req("C12")
def test_a_grid_without_a_full_time_worker_is_vacant(world: World) -> None:
    vacant = {grid.place.key for grid in _grids(world) if grid.is_vacant}
    assert vacant == {"xinxialu.tongdu_g1"}


def _grids(world: World) -> tuple[grids.Grid, ...]:
    return grids.grids(world.home[0].path, standard=world.edition.grid, on=TUESDAY.date())
