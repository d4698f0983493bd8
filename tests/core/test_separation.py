"""Whoever holds two offices would act for another body, or would not."""

from pathlib import Path

import pytest

from linli.core.separation import joined
from linli.pack.calendars import read_calendar
from linli.pack.law import read_law
from linli.pack.reader import read_edition

PACKS = Path(__file__).parents[2] / "packs"
EDITION = read_edition(
    PACKS / "lianyungang" / "2026",
    law=read_law(PACKS / "law" / "2026"),
    calendar=read_calendar(PACKS / "calendars"),
)

CASES = {
    "物业经理兼监委会主任": ("bench_council", {"property_manager", "oversight_head"}, ("实施", "监督")),
    "书记兼物业经理": ("bench_council", {"secretary", "property_manager"}, ("领导", "实施")),
    "业委会主任兼居委会主任": ("owners_decision", {"owners_head", "committee_director"}, ("领导", "监督")),
    "业委会主任兼党组织兼职委员": ("bench_council", {"owners_head", "part_time_party_member"}, ()),
    "一个职务": ("bench_council", {"property_manager"}, ()),
    "有规则许可一肩挑": ("siyi_lianggongkai", {"secretary", "committee_director"}, ()),
}


@pytest.mark.req("L21")
@pytest.mark.parametrize("row", CASES.values(), ids=CASES)
def test_two_offices_join_the_functions_they_act_in(row: tuple[str, set[str], tuple[str, ...]]) -> None:
    key, offices, functions = row
    assert joined(EDITION.procedures[key], offices=frozenset(offices)) == functions
