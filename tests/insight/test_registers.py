"""Three registers that are three views of the same matters, and the weekly list of the lanes."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from linli.appraisal.aspects import SCORES
from linli.bodies.actor import NOBODY
from linli.cases.actions import reporting
from linli.cases.actions.reporting import Report
from linli.insight import registers
from linli.insight.registers import Filter, Week
from linli.places import queries as places
from linli.rulebook import actions as rulebook
from linli.rulebook import queries as rules
from tests import make
from tests.insight.days import FRIDAY, TUESDAY
from tests.world import World, instant

MONTH = (date(2026, 10, 29), date(2026, 11, 27))


def chosen(world: World, **changes: object) -> Filter:
    return replace(Filter(world.home[1], *MONTH), **changes)  # type: ignore[arg-type]


def column(world: World, key: str, heading: str, which: Filter) -> list[object]:
    columns = registers.columns(world.edition.registers[key])
    at = [one.sheet.title for one in columns].index(heading)
    return [cells[at] for cells in registers.export(which, columns=columns, at=FRIDAY)]


@pytest.mark.req("X3")
@pytest.mark.parametrize("state", ["", "open", "closed"])
@pytest.mark.parametrize("subject", ["", "concern", "incident"])
def test_the_three_registers_hold_the_same_matters(busy: World, subject: str, state: str) -> None:
    which = chosen(busy, subject=subject, state=state)
    held = [column(busy, key, "编号", which) for key in registers.VIEWS]
    assert held[0] == held[1] == held[2]
    assert set(held[0]) == registers.numbers(which, at=FRIDAY)
    assert len(held[0]) == len(set(held[0])) > 0 or (subject, state) == ("incident", "open")


@pytest.mark.req("X3")
def test_all_that_was_open_or_closed_in_the_days_is_held_and_nothing_else(busy: World) -> None:
    assert len(registers.numbers(chosen(busy), at=FRIDAY)) == 11
    older = chosen(busy, since=date(2026, 10, 8), until=date(2026, 10, 8))
    assert len(registers.numbers(older, at=FRIDAY)) == 1


@pytest.mark.parametrize(
    ("since", "until", "held"),
    [
        (date(2026, 11, 1), date(2026, 11, 23), False),
        (date(2026, 11, 1), date(2026, 11, 24), True),
        (date(2026, 11, 24), date(2026, 11, 30), True),
        (date(2026, 11, 25), date(2026, 11, 30), False),
    ],
    ids=["提出前一天为止", "提出当天为止", "办结当天起", "办结第二天起"],
)
def test_a_matter_is_held_from_the_day_it_opens_to_the_day_it_closes(
    world: World, since: date, until: date, held: bool
) -> None:
    matter = make.closed(world, at=TUESDAY)
    numbers = registers.numbers(chosen(world, since=since, until=until), at=FRIDAY)
    assert (matter.number in numbers) is held


@pytest.mark.req("X3")
def test_the_solution_says_the_result_the_days_and_whether_in_time(world: World) -> None:
    matter = make.verified(world, at=TUESDAY)
    make.act(matter, "rate", by=world.resident, at=TUESDAY + timedelta(hours=2), score=5)
    make.report(world, at=TUESDAY, order="urgent")
    which = chosen(world)
    assert column(world, "solution", "办理结果", which) == ["还没有办结", make.ANSWER]
    assert column(world, "solution", "用时（天）", which) == [None, 0]
    assert column(world, "solution", "是否按期", which) == ["否，还没有办结", "是"]
    assert column(world, "solution", "评价", which) == ["", SCORES[5]]


def test_a_deadline_at_midnight_is_written_as_the_end_of_the_day_before(world: World) -> None:
    matter = make.report(world)
    type(matter).objects.update(due_at=instant("2026-12-01 00:00"))
    assert column(world, "problem", "期限", chosen(world)) == ["11月30日 周一 24:00"]


def test_what_was_taken_over_from_earlier_stands_below_in_page_and_sheet(world: World) -> None:
    newest_first = [make.report(world, at=TUESDAY - timedelta(days=days)).number for days in (0, 20)]
    page = registers.page(chosen(world), cursor="", at=FRIDAY)
    assert [entry.matter.number for entry in page.rows] == newest_first
    assert column(world, "problem", "编号", chosen(world)) == newest_first


def test_the_pages_of_a_register_hold_every_matter_once(busy: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registers, "PAGE", 4)
    cursor, seen = "", []
    while not seen or cursor:
        page = registers.page(chosen(busy), cursor=cursor, at=FRIDAY)
        seen += [entry.matter.number for entry in page.rows]
        cursor = page.following
    assert len(seen) == len(set(seen)) == 11


def test_a_long_export_is_written_in_batches(busy: World, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = column(busy, "problem", "编号", chosen(busy))
    monkeypatch.setattr(registers, "BATCH", 3)
    assert column(busy, "problem", "编号", chosen(busy)) == whole


@pytest.fixture
def lanes(db: None) -> str:
    """Install a community with two lanes, and let one of them speak."""
    whole = rules.current("lianyungang")
    wanted = (
        "lianyungang",
        "haizhou",
        "haizhou_street",
        "yanchi",
        "yanchi_g1",
        "yanchi_g2",
        "qindongmen",
        "ximen",
    )
    known = tuple(place for place in whole.places if place.key in wanted)
    rulebook.install(replace(whole, places=known, bodies=()), at=TUESDAY - timedelta(days=30))
    for title, category, at in (
        ("68号楼下水道盖板破损需要更换", "", "2026-11-23 09:00"),
        ("沿街需要沙袋防雨水倒灌", "", "2026-11-16 09:00"),
        ("王小明和张大伟打架", "family", "2026-11-24 09:00"),
    ):
        lane = places.of_key("lianyungang.qindongmen")
        assert lane
        told = Report(
            "concern", places.chain(lane.path), title, "lane", category=category, contact_name="顾素珍"
        )
        reporting.report(told, by=NOBODY, at=instant(at))
    return "lianyungang.yanchi"


def weekly(key: str, on: date) -> dict[str, list[str]]:
    place = places.of_key(key)
    assert place
    found = registers.lanes(places.chain(place.path)[-1], week=Week.of(on), at=FRIDAY)
    return {lane.spot.name: [entry.matter.title for entry in lane.entries] for lane in found}


@pytest.mark.req("L2")
def test_each_lane_has_its_weekly_list(lanes: str) -> None:
    this = weekly(lanes, FRIDAY.date())
    assert list(this) == ["秦东门大街", "西门路"]
    assert len(this["秦东门大街"]) == 3
    assert this["西门路"] == []
    assert weekly(lanes, date(2026, 11, 22))["秦东门大街"] == ["沿街需要沙袋防雨水倒灌"]
    assert weekly(lanes, date(2026, 11, 15))["秦东门大街"] == []


@pytest.mark.req("L2")
def test_what_hangs_in_the_lane_names_nobody_and_nothing_private(lanes: str) -> None:
    edition = rules.current("lianyungang")
    private = {key for key, one in edition.categories.items() if one.is_private}
    place = places.of_key(lanes)
    assert place
    found = registers.lanes(places.chain(place.path)[-1], week=Week.of(FRIDAY.date()), at=FRIDAY)
    hung = [entry for lane in found for entry in lane.masked.entries]
    assert {entry.raiser for entry in hung} <= {"顾*珍", ""}
    assert all("（不公开）" in entry.title for entry in hung if entry.matter.category in private)
    assert any(entry.matter.category in private for entry in hung)


def test_a_week_begins_on_monday() -> None:
    assert Week.of(date(2026, 11, 22)).monday == date(2026, 11, 16)
    assert Week.of(date(2026, 11, 23)).words == "2026年11月23日至2026年11月29日"
