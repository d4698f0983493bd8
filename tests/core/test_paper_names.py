"""Names on a paper list: who is meant, who counts, who counts already (纸质名单)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.core.paper_names import Known, find, read

TODAY = date(2026, 11, 24)
ROLL = (
    Known(1, "王秀英", ("1栋101",)),
    Known(2, "李明", ("1栋502",)),
    Known(3, "李明", ("2栋1101",)),
    Known(4, "赵强", ()),
)


def whys(text: str, *, counted: dict[int, str] | None = None) -> list[tuple[int | None, str]]:
    found = find(read(text, day=TODAY), ROLL, counted=counted or {}, today=TODAY)
    return [(one.person, one.why) for one in found]


@pytest.mark.parametrize(
    ("line", "person"),
    [
        ("王秀英", 1),
        ("王秀英，1栋101室", 1),
        ("王秀英 101 2026-11-20", 1),
        ("李明、502", 2),
        ("李明 2栋1101室 2026年11月3日", 3),
        ("李明 1101", 3),
        ("赵强", 4),
    ],
)
def test_a_name_is_found_with_its_flat(line: str, person: int) -> None:
    assert whys(line) == [(person, "")]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("孙悟空", "不在名册上"),
        ("王秀英 502", "名册上的同名人不住在这里"),
        ("李明 101", "名册上的同名人不住在这里"),
        ("李明", "同名的有 2 人（1栋502、2栋1101），请写上房号"),
        ("王秀英 2026-11-25", "日期在今天以后"),
    ],
    ids=["外人", "别的房", "房号只对上一半", "同名", "明天"],
)
def test_what_is_not_counted_says_why(line: str, why: str) -> None:
    assert whys(line) == [(None, why)]


def test_today_is_a_day_on_which_one_may_have_signed() -> None:
    assert whys("王秀英 2026-11-24") == [(1, "")]


def test_the_same_person_counts_once_on_one_list() -> None:
    assert whys("王秀英\n\n王秀英 101") == [(1, ""), (1, "和第 1 行是同一个人，只计一次")]


def test_whoever_signed_on_a_phone_does_not_count_again() -> None:
    assert whys("王秀英", counted={1: "已经在手机上联名"}) == [(1, "已经在手机上联名")]


def test_each_line_keeps_its_own_day_and_the_others_take_the_one_of_the_list() -> None:
    lines = read("王秀英 101 2026.11.3\n赵强", day=TODAY)
    assert [one.day for one in lines] == [date(2026, 11, 3), TODAY]


def test_a_day_that_is_none_is_no_day() -> None:
    (line,) = read("赵强 2026-02-30", day=TODAY)
    assert (line.day, line.home) == (TODAY, "2026-02-30")


@given(st.lists(st.sampled_from(["王秀英", "李明 502", "李明 1101", "李明", "赵强", "外人"])))
def test_nobody_is_counted_twice_however_often_they_are_written(names: list[str]) -> None:
    found = find(read("\n".join(names), day=TODAY), ROLL, counted={}, today=TODAY)
    persons = [one.person for one in found if one.counts]
    assert len(persons) == len(set(persons))
    assert len(found) == len(names)
