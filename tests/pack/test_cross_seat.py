"""What a pack may ask of cross-seats, and what it is told when it asks for what is forbidden."""

import shutil
from pathlib import Path

import pytest

from linli.core.share import Share
from linli.pack.calendars import read_calendar
from linli.pack.complaint import PackError
from linli.pack.edition import Edition
from linli.pack.law import read_law
from linli.pack.reader import read_edition

pytestmark = pytest.mark.req("L21")
PACKS = Path(__file__).parents[2] / "packs"
LAW = read_law(PACKS / "law" / "2026")
CALENDAR = read_calendar(PACKS / "calendars")

FAULTS = {
    "职务不存在": ('"owners_member"], joined', '"owner"], joined', "没有叫「owner」的职务"),
    "组织类型不存在": ('kind = "property_company"', 'kind = "company"', "没有叫「company」的组织类型"),
    "地点类型不存在": ('place_kinds = ["estate"]', 'place_kinds = ["hamlet"]', "没有叫「hamlet」的地点类型"),
    "规则不存在": ('rule = "LYG-18"', 'rule = "LYG-0"', "没有叫「LYG-0」的规则"),
    "目标不存在": ('goal = "LYG-18.goal"', 'goal = "LYG-18.aim"', "没有叫「LYG-18.aim」的数"),
    "目标不是份额": ('goal = "LYG-18.goal"', 'goal = "LYG-13.council_day"', "不是份额"),
    "不在组织里任职": ('["owners_head", "owners_', '["secretary", "owners_', "不在组织里任职"),
    "进来的职务不在这一方": ('joined_as = "owners_member"', 'joined_as = "teller"', "不在这一方的职务"),
    "不得兼任又要求兼任": (
        '["party_committee_member", "part_time_party_member"]',
        '["oversight_head", "part_time_party_member"]',
        "不得兼任（incompatible）",
    ),
    "一个人既协商又实施": (
        '["party_committee_member", "part_time_party_member"]',
        '["council_head", "part_time_party_member"]',
        "「议事会召集人」和「物业项目经理」由一个人担任，在「板凳议事会」里就既协商又实施",
    ),
}


def edition(folder: Path) -> Edition:
    return read_edition(folder, law=LAW, calendar=CALENDAR)


@pytest.mark.parametrize("row", FAULTS.values(), ids=FAULTS)
def test_a_cross_seat_that_cannot_be_is_told_with_its_reason(
    row: tuple[str, str, str], tmp_path: Path
) -> None:
    right, wrong, said = row
    folder = tmp_path / "packs" / "lianyungang" / "2026"
    shutil.copytree(PACKS / "lianyungang" / "2026", folder)
    file = folder / "pack.toml"
    above, asked, below = file.read_text(encoding="utf-8").partition("[[cross_seat]]")
    assert right in below
    file.write_text(above + asked + below.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(PackError, match="cross_seat") as refused:
        edition(folder)
    assert said in str(refused.value)


def test_the_goal_of_a_place_is_its_own() -> None:
    (rule,) = edition(PACKS / "lianyungang" / "2026").cross_seats
    assert rule.goal == Share.parse(">= 1/1")
    (other,) = edition(PACKS / "chaoyang" / "2026").cross_seats
    assert other.goal is None
    assert edition(PACKS / "xinxialu" / "2026").cross_seats == ()
