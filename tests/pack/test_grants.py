"""What a pack may say of grants, and what it is told when it is wrong."""

import shutil
from pathlib import Path

import pytest

from linli.pack.calendars import read_calendar
from linli.pack.complaint import PackError
from linli.pack.law import read_law
from linli.pack.reader import read_edition

pytestmark = pytest.mark.req("G9")
PACKS = Path(__file__).parents[2] / "packs"
FAULTS = {
    "规则不存在": ('rule = "GS-64"', 'rule = "GS-0"', "没有叫「GS-0」的规则"),
    "权重不到一百": ("weight = 30", "weight = 29", "权重加起来应是 100，现在是 99"),
    "比例超过一百": ("share = 20", "share = 21", "比例加起来应是 100，现在是 101"),
    "次序颠倒": ('upon = "mid"', 'upon = "final"', "最后一期是末期"),
    "数不存在": ("GS-65.reviewers_least", "GS-65.judges", "没有叫「GS-65.judges」的数"),
}


@pytest.mark.parametrize("row", FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_with_its_reason(row: tuple[str, str, str], tmp_path: Path) -> None:
    right, wrong, said = row
    folder = tmp_path / "packs" / "gusu" / "2026"
    shutil.copytree(PACKS / "gusu" / "2026", folder)
    file = folder / "pack.toml"
    above, asked, below = file.read_text(encoding="utf-8").partition("[grants]")
    assert right in below
    file.write_text(above + asked + below.replace(right, wrong, 1), encoding="utf-8")
    law, calendar = read_law(PACKS / "law" / "2026"), read_calendar(PACKS / "calendars")
    with pytest.raises(PackError, match="grants") as refused:
        read_edition(folder, law=law, calendar=calendar)
    assert said in str(refused.value)
