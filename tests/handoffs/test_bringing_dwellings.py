"""Bringing flats in with their owners and households: nobody twice, nothing lost (房屋和业主)."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from linli.bodies import electorates
from linli.core.forum import Electorate
from linli.core.funnel import Measure
from linli.handoffs.intake import exporting, running
from linli.handoffs.models import Intake
from linli.people import households
from linli.people import queries as people
from linli.places import dwellings
from linli.rulebook import queries as rulebook
from tests import make
from tests.handoffs.tables import figures, reasons, table, take_in, write
from tests.world import TUESDAY, World, spots

pytestmark = pytest.mark.req("A3", "N1")
HOME = "铜花社区 › 铜花一号小区 › 1栋"
TITLES = (
    "楼栋", "门牌", "专有部分面积", "面积依据", "业主", "业主电话", "建设单位", "家庭成员", "户代表",
)  # fmt: skip
GOOD = (
    HOME,
    "1单元101",
    "89.56",
    "不动产登记簿",
    "钱多多",
    "138 0000 1234",
    "",
    "钱多多（1980）、钱小宝（2015）",
    "钱多多",
)


def bring(folder: Path, *rows: tuple[str, ...], is_dry: bool = False) -> Intake:
    return take_in(write(folder, *table(TITLES, *rows)), kind="dwellings", is_dry=is_dry)


def changed(label: str = "1单元101", **facts: str) -> tuple[str, ...]:
    row = dict(zip(TITLES, GOOD, strict=True)) | {"门牌": label} | facts
    return tuple(row.values())


def alone(label: str, **facts: str) -> tuple[str, ...]:
    """Describe a flat with an owner and nobody living there."""
    return changed(label, 家庭成员="", 户代表="", **facts)


def flat(label: str = "1单元101"):
    found = dwellings.of_label(spots("tonghua_e1_b1")[-1].id, label)
    assert found is not None
    return found


def owners(label: str = "1单元101") -> list[str]:
    return [one.person.name for one in households.owners(flat(label).pk)]


def members(label: str = "1单元101") -> list[tuple[str, int | None, bool]]:
    found = households.members(flat(label).pk)
    return [(one.person.name, one.person.born_in, one.is_delegate) for one in found]


def heads() -> tuple[int, int]:
    roll = electorates.roll(
        Electorate.OWNERS, within=spots("tonghua")[-1].path, on=TUESDAY.date(), law=rulebook.law()
    )
    return roll.entitled(Measure.HEADCOUNT), roll.entitled(Measure.FLOOR_AREA)


def test_a_flat_comes_in_with_area_owner_household_and_delegate(world: World, tmp_path: Path) -> None:
    assert figures(bring(tmp_path, GOOD)) == (1, 0, 0, 0)
    assert (flat().area, flat().area_source) == (895_600, "register")
    assert members() == [("钱多多", 1980, True), ("钱小宝", 2015, False)]
    (owner,) = households.owners(flat().pk)
    assert owner.person == households.members(flat().pk)[0].person
    assert owner.person.phone == "13800001234"
    assert owner.person.lives_at_id == world.home[-1].id


def test_a_trial_keeps_nothing(world: World, tmp_path: Path) -> None:
    assert figures(bring(tmp_path, GOOD, changed("1单元102", 家庭成员="", 户代表=""), is_dry=True)) == (
        2,
        0,
        0,
        0,
    )
    assert not dwellings.within(world.home[-1].path).exists()
    assert people.of_phone("13800001234") == []


def test_the_same_file_twice_adds_nothing(world: World, tmp_path: Path) -> None:
    rows = (
        GOOD,
        alone("1单元102"),
        alone("1单元103", 业主="甲、乙", 业主电话=""),
        alone("901", 业主="", 业主电话="", 建设单位="宏远置业"),
    )
    bring(tmp_path, *rows)
    before = (heads(), members(), people.everybody().count())
    assert figures(bring(tmp_path, *rows)) == (0, 0, 4, 0)
    assert (heads(), members(), people.everybody().count()) == before


def test_one_buyer_of_three_flats_with_a_telephone_is_one_head(world: World, tmp_path: Path) -> None:
    bring(tmp_path, *(alone(f"{number}") for number in (101, 102, 103)))
    assert heads() == (1, 3 * 895_600)


def test_without_a_telephone_namesakes_are_several_and_are_pointed_out(world: World, tmp_path: Path) -> None:
    bring(tmp_path, *(alone(f"{number}", 业主电话="") for number in (101, 102)))
    assert heads()[0] == 2
    standing = electorates.standing(
        Electorate.OWNERS, within=spots("tonghua")[-1].path, on=TUESDAY.date(), law=rulebook.law()
    )
    assert standing.gaps[0].startswith("钱多多同名")


def test_co_owners_stand_in_one_cell_with_their_telephones(world: World, tmp_path: Path) -> None:
    bring(tmp_path, alone("101", 业主="甲、乙", 业主电话="13800001111，13900002222"))
    assert owners("101") == ["甲", "乙"]
    assert [one.name for one in people.of_phone("13900002222")] == ["乙"]


def test_a_developers_stock_is_one_head_until_it_is_handed_over(world: World, tmp_path: Path) -> None:
    stock = [alone(f"{number}", 业主="", 业主电话="", 建设单位="宏远置业") for number in (101, 102)]
    bring(tmp_path, *stock)
    assert heads()[0] == 1
    assert figures(bring(tmp_path, alone("101"))) == (0, 1, 0, 0)
    assert (flat("101").developer, flat("102").developer) == ("", "宏远置业")
    assert heads()[0] == 2


def test_whoever_lives_in_the_building_by_the_register_is_known(world: World, tmp_path: Path) -> None:
    known = world.resident
    bring(tmp_path, changed(业主="周美兰", 业主电话="", 家庭成员="周美兰（1950）", 户代表="周美兰"))
    (owner,) = households.owners(flat().pk)
    assert owner.person_id == known.person_id
    assert owner.person.born_in == 1950


def test_a_namesake_with_another_telephone_is_somebody_else(world: World, tmp_path: Path) -> None:
    known = make.person("钱多多", phone="13911112222", lives_at=world.home[-1].id)
    bring(tmp_path, alone("101"))
    (owner,) = households.owners(flat("101").pk)
    assert owner.person_id != known.pk


def test_what_a_list_does_not_say_stays(world: World, tmp_path: Path) -> None:
    bring(tmp_path, GOOD)
    empty = (HOME, "1单元101", "", "", "", "", "", "", "")
    assert figures(bring(tmp_path, empty)) == (0, 0, 1, 0)
    assert (flat().area, owners(), len(members())) == (895_600, ["钱多多"], 2)


def test_owners_change_when_a_list_says_so(world: World, tmp_path: Path) -> None:
    bring(tmp_path, GOOD)
    assert figures(bring(tmp_path, alone("1单元101", 业主="孙买家", 业主电话=""))) == (0, 1, 0, 0)
    assert owners() == ["孙买家"]
    assert len(members()) == 2


def test_only_who_speaks_for_a_household_changes(world: World, tmp_path: Path) -> None:
    bring(tmp_path, changed(家庭成员="钱多多（1980）、李四（1982）"))
    again = bring(tmp_path, changed(家庭成员="", 户代表="李四"))
    assert figures(again) == (0, 1, 0, 0)
    assert members() == [("李四", 1982, True), ("钱多多", 1980, False)]


def test_whoever_moves_leaves_the_flat_before(world: World, tmp_path: Path) -> None:
    bring(tmp_path, GOOD)
    bring(tmp_path, changed("1单元201", 家庭成员="钱多多", 户代表=""))
    assert [name for name, _, _ in members("1单元201")] == ["钱多多"]
    assert members() == [("钱小宝", 2015, False)]


def test_whoever_lives_outside_is_not_taken_away_from_there(world: World, tmp_path: Path) -> None:
    bring(tmp_path, changed(楼栋="铜都社区", 家庭成员="钱多多（1980）"))
    path = write(tmp_path, *table(TITLES, changed(家庭成员="钱多多")))
    intake = take_in(path, kind="dwellings", place=spots("tonghua")[-1])
    assert figures(intake) == (0, 0, 0, 1)
    assert "导入范围以外" in reasons(intake)[0]


BAD = (
    pytest.param({"楼栋": ""}, "没有写楼栋", id="没有楼栋"),
    pytest.param({"楼栋": "月亮湾"}, "没有「月亮湾」这个地点", id="没有的楼栋"),
    pytest.param({"门牌": " "}, "没有写门牌", id="没有门牌"),
    pytest.param({"门牌": "门" * 31}, "门牌超过 30 个字", id="过长的门牌"),
    pytest.param({"专有部分面积": "八十"}, "面积「八十」看不懂", id="看不懂的面积"),
    pytest.param({"专有部分面积": "0"}, "面积「0」不对", id="零"),
    pytest.param({"专有部分面积": "-80"}, "面积「-80」不对", id="负数"),
    pytest.param({"专有部分面积": "Infinity"}, "面积「Infinity」不对", id="无穷"),
    pytest.param({"专有部分面积": "100000.0001"}, "不对", id="太大"),
    pytest.param({"专有部分面积": "89.56789"}, "小数太多", id="小数太多"),
    pytest.param({"面积依据": ""}, "没有写面积依据", id="没有依据"),
    pytest.param({"面积依据": "估计"}, "面积依据「估计」不认识", id="不认识的依据"),
    pytest.param({"业主": "甲、乙"}, "业主 2 人，电话 1 个", id="电话对不上"),
    pytest.param({"业主电话": "123"}, "业主电话不对", id="电话不对"),
    pytest.param({"业主": "甲" * 41}, "业主超过 40 个字", id="过长的业主"),
    pytest.param({"建设单位": "甲" * 81}, "建设单位超过 80 个字", id="过长的建设单位"),
    pytest.param({"家庭成员": "甲（八〇后）"}, "看不懂", id="看不懂的出生年"),
    pytest.param({"家庭成员": "甲（3000）", "户代表": "甲"}, "出生年「3000」不对", id="将来出生"),
    pytest.param({"家庭成员": "甲、甲"}, "同名的人", id="同名的家人"),
    pytest.param({"户代表": "路人"}, "户代表不在这一户", id="户代表不在户里"),
)


@pytest.mark.parametrize(("facts", "reason"), BAD)
def test_a_bad_row_comes_back_with_the_reason_and_the_good_one_goes_in(
    world: World, tmp_path: Path, facts: dict[str, str], reason: str
) -> None:
    intake = bring(tmp_path, changed(**facts), alone("902", 业主电话=""))
    assert figures(intake) == (1, 0, 0, 1)
    assert reason in reasons(intake)[0]
    assert [one.label for one in dwellings.within(spots("tonghua")[-1].path)] == ["902"]


def test_the_same_flat_twice_in_a_file_is_refused_the_second_time(world: World, tmp_path: Path) -> None:
    intake = bring(tmp_path, GOOD, changed(专有部分面积="90"))
    assert figures(intake) == (1, 0, 0, 1)
    assert "重复" in reasons(intake)[0]
    assert flat().area == 895_600


def test_nobody_lives_in_two_flats_of_a_file(world: World, tmp_path: Path) -> None:
    intake = bring(tmp_path, GOOD, changed("1单元102"))
    assert figures(intake) == (1, 0, 0, 1)
    assert "前面的另一户" in reasons(intake)[0]


@pytest.mark.parametrize(
    ("source", "is_taken"),
    [("不动产登记簿", True), ("实测", True), ("买卖合同", False)],
    ids=["更可靠", "一样", "更弱"],
)
def test_an_area_is_not_replaced_by_one_less_reliable(
    world: World, tmp_path: Path, source: str, is_taken: bool
) -> None:
    bring(tmp_path, changed(面积依据="实测"))
    again = bring(tmp_path, changed(专有部分面积="95", 面积依据=source))
    assert figures(again) == ((0, 1, 0, 0) if is_taken else (0, 0, 0, 1))
    assert flat().area == (950_000 if is_taken else 895_600)


def test_what_is_exported_comes_back_with_nothing_new(world: World, tmp_path: Path) -> None:
    bring(tmp_path, GOOD, alone("102", 业主="甲、乙", 业主电话="13800001111、13900002222"),
          alone("901", 业主="", 业主电话="", 建设单位="宏远置业"))  # fmt: skip
    content = exporting.dwellings(spots("tonghua")[-1])
    book = load_workbook(BytesIO(content)).active
    assert "13800001111" not in str(list(book.iter_rows(values_only=True)))
    (tmp_path / "again.xlsx").write_bytes(content)
    before = people.everybody().count()
    assert figures(take_in(tmp_path / "again.xlsx", kind="dwellings")) == (0, 0, 3, 0)
    assert people.everybody().count() == before


def test_batches_know_what_earlier_ones_brought(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(running.KINDS, "dwellings", replace(running.KINDS["dwellings"], batch=1))
    bring(tmp_path, *(alone(f"{number}") for number in (101, 102, 103)))
    assert heads() == (1, 3 * 895_600)


def test_a_list_of_many_flats_takes_hardly_more_statements_than_one_of_few(
    world: World, tmp_path: Path
) -> None:
    def cost(first: int, count: int) -> int:
        rows = [
            changed(
                f"{number}",
                业主=f"业主{number}",
                业主电话=f"138{number:08}",
                家庭成员=f"户{number}（1980）",
                户代表=f"户{number}",
            )
            for number in range(first, first + count)
        ]
        path = write(tmp_path, *table(TITLES, *rows))
        with CaptureQueriesContext(connection) as caught:
            assert figures(take_in(path, kind="dwellings"))[0] == count
        return len(caught)

    few = cost(1_000, 5)
    # The database takes so many values to a statement: a few more statements, not ten times as many.
    assert cost(2_000, 50) < few + 10


def test_the_roll_of_many_is_whole_after_it_came_in(world: World, tmp_path: Path) -> None:
    bring(tmp_path, *(alone(f"{number}", 业主=f"业主{number}", 业主电话="") for number in range(300)))
    assert heads() == (300, 300 * 895_600)
    assert households.occupants([flat("7").pk])[flat("7").pk].owners == ("业主7",)
