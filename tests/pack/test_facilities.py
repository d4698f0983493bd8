"""What a pack may say of facilities, and what it is told when it is wrong (服务设施)."""

import shutil
from pathlib import Path

import pytest

from linli.pack.calendars import read_calendar
from linli.pack.complaint import PackError
from linli.pack.law import read_law
from linli.pack.reader import read_edition

pytestmark = pytest.mark.req("G8")
PACKS = Path(__file__).parents[2] / "packs"
FAULTS = {
    "规则不存在": ('rule = "GS-66"', 'rule = "GS-0"', "没有叫「GS-0」的规则"),
    "类别重复": ('key = "elderly"', 'key = "complex"', "「complex」已经用过"),
    "数不存在": ('"GS-66.elderly"', '"GS-66.elders"', "没有叫「GS-66.elders」的数"),
    "没有这种地点": ('goal = "GS-66.incubators"', 'each = "village"', "没有叫「village」的地点类型"),
}


@pytest.mark.parametrize("row", FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_with_its_reason(row: tuple[str, str, str], tmp_path: Path) -> None:
    right, wrong, said = row
    folder = tmp_path / "packs" / "gusu" / "2026"
    shutil.copytree(PACKS / "gusu" / "2026", folder)
    file = folder / "pack.toml"
    above, asked, below = file.read_text(encoding="utf-8").partition("[facilities]")
    assert right in below
    file.write_text(above + asked + below.replace(right, wrong, 1), encoding="utf-8")
    law, calendar = read_law(PACKS / "law" / "2026"), read_calendar(PACKS / "calendars")
    with pytest.raises(PackError, match="facilities") as refused:
        read_edition(folder, law=law, calendar=calendar)
    assert said in str(refused.value)
