"""What a pack may say of social organisations, and what it is told when it is wrong."""

import shutil
from pathlib import Path

import pytest

from linli.pack.calendars import read_calendar
from linli.pack.complaint import PackError
from linli.pack.law import read_law
from linli.pack.reader import read_edition

pytestmark = pytest.mark.req("C7")
PACKS = Path(__file__).parents[2] / "packs"
FAULTS = {
    "规则不存在": ('rule = "CY-15"', 'rule = "CY-0"', "没有叫「CY-0」的规则"),
    "类别重复": ('key = "charity"', 'key = "living"', "「living」已经用过"),
    "数不存在": ('"CY-15.grassroots"', '"CY-15.roots"', "没有叫「CY-15.roots」的数"),
    "少写一个下属委员会": (', "社会福利"]', "]", "每社区 7 个"),
}


@pytest.mark.parametrize("row", FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_with_its_reason(row: tuple[str, str, str], tmp_path: Path) -> None:
    right, wrong, said = row
    folder = tmp_path / "packs" / "chaoyang" / "2026"
    shutil.copytree(PACKS / "chaoyang" / "2026", folder)
    file = folder / "pack.toml"
    above, asked, below = file.read_text(encoding="utf-8").partition("[societies]")
    assert right in below
    file.write_text(above + asked + below.replace(right, wrong, 1), encoding="utf-8")
    law, calendar = read_law(PACKS / "law" / "2026"), read_calendar(PACKS / "calendars")
    with pytest.raises(PackError, match="societies") as refused:
        read_edition(folder, law=law, calendar=calendar)
    assert said in str(refused.value)
