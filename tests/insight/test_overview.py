"""Figures that open: each number is the number of matters behind it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from linli.insight import overview, reading
from linli.insight.figure import Figure
from linli.insight.reading import Reading
from linli.matters import counts
from linli.matters.slices import Measure, Slice, rows
from linli.places import queries as places
from linli.places.queries import Spot
from tests import make
from tests.insight.days import FRIDAY
from tests.world import World, instant, spots


def read(spot: Spot, world: World) -> Reading:
    return reading.read(spot, edition=world.edition, at=FRIDAY)


def all_figures(of: Reading) -> Iterator[Figure]:
    yield from overview.headline(of)
    yield from overview.solved(of)
    for row in overview.levels(of):
        yield from (row.open, row.sent_up, row.handed_back, row.closed)
    for part in overview.breakdowns(of):
        yield from part.figures
    for unit in overview.units(of):
        yield from (unit.open, unit.overdue, unit.punctual)
    _, *below = places.with_children(of.place.path)
    stocks = counts.stocks([place.path for place in below])
    yield from (one for _, one in overview.places(of, below=below, stocks=stocks))


@pytest.mark.req("A4")
@pytest.mark.parametrize("key", ["xialu", "xinxialu", "tonghua", "tonghua_g1", "tonghua_e1_b1", "tongdu"])
def test_every_figure_opens_as_many_matters_as_it_says(busy: World, key: str) -> None:
    figures = list(all_figures(read(spots(key)[-1], busy)))
    said = {(one.title, one.words, one.behind): one.matters for one in figures}
    found = {name: rows(name[2], at=FRIDAY).count() for name in said}
    assert found == said
    assert all(one.value == f"{one.matters:,}" for one in figures if one.unit)


@pytest.mark.req("A4")
def test_every_line_of_the_trend_opens_as_many_matters_as_it_sums(busy: World) -> None:
    lines = overview.trend(read(busy.home[1], busy))
    assert [line.label for line in lines] == [
        "新增",
        "办结",
        "网格事件新增",
        "诉求新增",
        "专项治理新增",
        "议题新增",
    ]
    assert [rows(line.behind, at=FRIDAY).count() for line in lines] == [line.matters for line in lines]
    assert [line.matters for line in lines] == [sum(line.values) for line in lines]


def test_the_five_figures_of_the_street(busy: World) -> None:
    found = {one.title: one.value for one in overview.headline(read(busy.home[1], busy))}
    assert found == {"本周新增": "11", "按期答复率": "50%", "在办": "9", "今天到期": "1", "逾期未结": "1"}


@pytest.mark.req("A4")
def test_what_is_open_and_overdue_counts_as_late(busy: World) -> None:
    rate = overview.punctual(read(busy.home[1], busy))
    assert "按期 2 ÷（按期 2 ＋ 逾期办结 1 ＋ 逾期未结 1）＝ 2 ÷ 4" in rate.formula
    assert (rate.value, rate.matters) == ("50%", 4)


def test_a_place_where_nothing_had_to_be_answered_has_no_rate(busy: World) -> None:
    assert overview.punctual(read(spots("tongdu")[-1], busy)).value == "—"


@pytest.mark.req("X17")
def test_the_share_solved_at_each_level_is_measured(busy: World) -> None:
    found = {one.title: one.matters for one in overview.solved(read(busy.home[1], busy))}
    assert found == {"网格": 1, "社区": 0, "街道综治中心": 1, "区综治中心": 0}
    assert "办结的 2 件里，50% 没有出社区" in overview.sentence(read(busy.home[1], busy))


@pytest.mark.req("L10")
def test_what_was_sent_up_and_handed_back_stands_at_the_level_it_came_to(busy: World) -> None:
    found = {
        row.title: (row.open.matters, row.sent_up.matters, row.handed_back.matters)
        for row in overview.levels(read(busy.home[0], busy))
    }
    assert found["街道综治中心"] == (1, 1, 0)
    assert found["社区"][2] == 1


@pytest.mark.req("A4")
def test_what_lies_in_no_smaller_place_is_named_too(busy: World) -> None:
    _, *below = places.with_children(busy.home[2].path)
    stocks = counts.stocks([place.path for place in below])
    rows_of = overview.places(read(busy.home[2], busy), below=below, stocks=stocks)
    place, rest = rows_of[-1]
    assert (place, rest.title, rest.matters) == (None, "铜花社区本级", 1)


@pytest.mark.parametrize(
    ("due", "measure"),
    [
        ("2026-11-27 09:59", Measure.OVERDUE),
        ("2026-11-27 10:00", Measure.DUE_TODAY),
        ("2026-11-28 00:00", Measure.DUE_TODAY),
        ("2026-11-28 00:01", None),
    ],
    ids=["刚过点", "正到点", "今天 24:00", "明天零点过一分"],
)
def test_midnight_belongs_to_the_day_before(world: World, due: str, measure: Measure | None) -> None:
    matter = make.report(world)
    type(matter).objects.filter(pk=matter.pk).update(due_at=instant(due))
    path = world.home[1].path
    found = {
        one for one in (Measure.OVERDUE, Measure.DUE_TODAY) if rows(Slice(path, one), at=FRIDAY).exists()
    }
    pressing = {what for (what, _), n in counts.pressing(path, at=FRIDAY).items() if n}
    assert found == pressing == ({measure} if measure else set())


def test_what_is_paused_is_neither_due_nor_overdue(world: World) -> None:
    matter = make.taken_on(world, order="urgent")
    make.act(matter, "pause", by=world.enforcer, at=instant("2026-11-24 11:00"), reason="resident_material")
    assert not +counts.pressing(world.home[1].path, at=FRIDAY)


@pytest.mark.parametrize(
    "chosen",
    [
        Slice("0001", Measure.OPEN),
        Slice("0001", Measure.OVERDUE, "lead", "12"),
        Slice("0001", Measure.OPEN, "lead", ""),
        Slice("0001", Measure.OPENED, "category", "manhole", FRIDAY.date(), FRIDAY.date() + timedelta(1)),
    ],
)
def test_a_slice_is_read_back_from_its_address(chosen: Slice) -> None:
    said = dict(pair.split("=") for pair in chosen.query.split("&"))
    assert Slice.parse(said) == chosen


@pytest.mark.parametrize("said", [{"measure": "rank"}, {"facet": "person"}, {"since": "昨天"}])
def test_an_address_that_names_no_slice_is_refused(said: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Slice.parse(said)
