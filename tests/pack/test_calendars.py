"""The calendars of the pack say what the official notices say, and a slip in them is found."""

from collections import Counter
from datetime import date, time, timedelta
from pathlib import Path

import holidays as published
import pytest

from linli.core.calendar import CHINA_TIME
from linli.core.term import Term, due
from linli.pack.calendars import CalendarYear, read_calendar, read_hours, read_year
from linli.pack.complaint import PackError
from tests.core.days import day, instant

FOLDER = Path(__file__).parents[2] / "packs" / "calendars"

YEAR = """\
title = "2026 年节假日安排"
year = 2026
source = "通知"
confirmed = true
holidays = [
  { title = "元旦", first = 2025-12-31, last = 2026-01-02 },
  { title = "国庆节", first = 2026-10-01 },
]
makeup_days = [
  2026-10-10,
]
"""
HOURS = """\
title = "工作时间"
source = "规定"
zone = "Asia/Shanghai"
hours = [
  { opens = 09:00:00, closes = 12:00:00 },
  { opens = 14:00:00, closes = 17:30:00 },
]
"""


@pytest.mark.req("N4")
@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_every_day_of_a_confirmed_year_is_as_published(year: int) -> None:
    calendar, expected = read_calendar(FOLDER), published.country_holidays("CN", years=year)
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365 + (year % 4 == 0))]
    assert [on for on in days if calendar.is_working_day(on) != expected.is_working_day(on)] == []


@pytest.mark.parametrize(
    ("on", "provisional"),
    [
        pytest.param("2024-01-01", False, id="第一年"),
        pytest.param("2026-12-31", False, id="最后一个有通知的年份"),
        pytest.param("2027-01-01", True, id="通知未出的年份"),
        pytest.param("2028-01-01", True, id="还没有文件的年份"),
    ],
)
def test_only_years_with_a_notice_are_confirmed(on: str, provisional: bool) -> None:
    assert read_calendar(FOLDER).is_provisional(day(on)) is provisional


def test_a_year_without_a_notice_has_the_statutory_days_and_no_others() -> None:
    year = read_year(FOLDER / "cn-2027.toml")
    days = Counter({holiday.title: len(holiday.days) for holiday in year.holidays})
    assert days == {"元旦": 1, "春节": 4, "清明节": 1, "劳动节": 2, "端午节": 1, "中秋节": 1, "国庆节": 3}
    assert (year.confirmed, year.makeup_days) == (False, ())
    assert set(year.days_off) <= set(published.country_holidays("CN", years=2027))


@pytest.mark.req("N4")
@pytest.mark.parametrize(
    ("term", "at", "ends"),
    [
        pytest.param("15 日", "2026-09-16 10:00", "2026-10-08 24:00", id="信访十五日遇国庆顺延"),
        pytest.param("5 个工作日", "2026-10-08 10:00", "2026-10-14 17:30", id="五个工作日含调休周六"),
        pytest.param("1 个工作日", "2026-02-14 10:00", "2026-02-24 17:30", id="春节前的调休周六提出"),
        pytest.param("2 日", "2026-09-18 10:00", "2026-09-20 24:00", id="截止日是调休周日不顺延"),
    ],
)
def test_a_term_runs_on_the_real_calendar(term: str, at: str, ends: str) -> None:
    assert due(Term.parse(term), at=instant(at), calendar=read_calendar(FOLDER)) == instant(ends)


def test_the_business_hours_are_read_with_their_zone() -> None:
    calendar = read_calendar(FOLDER)
    assert calendar.zone == CHINA_TIME
    assert calendar.hours == ((time(9), time(12)), (time(14), time(17, 30)))


def test_a_range_of_days_counts_its_first_and_its_last(tmp_path: Path) -> None:
    year = read_year(written(tmp_path, "cn-2026.toml", YEAR))
    assert year.days_off == tuple(map(day, ("2025-12-31", "2026-01-01", "2026-01-02", "2026-10-01")))


@pytest.mark.parametrize(
    ("old", "new", "line", "why"),
    [
        pytest.param("year = 2026", "year = 2025", 2, "和文件名里的年份不一致", id="年份和文件名不符"),
        pytest.param("= true", '= "也许"', 4, "true 或 false", id="是否确认看不懂"),
        pytest.param("2025-12-31", "2025-11-30", 6, "2025-11-30 不在 2026 年", id="放假早于上一年十二月"),
        pytest.param("last = 2026-01-02", "last = 2027-01-02", 6, "2027-01-02 不在", id="放假到了下一年"),
        pytest.param("last = 2026-01-02", "last = 2025-12-30", 6, "最后一天早于第一天", id="先后颠倒"),
        pytest.param("first = 2026-10-01", "first = 2026-01-02", 7, "和「元旦」有重复", id="两个节日重叠"),
        pytest.param("first = 2026-10-01", "frist = 2026-10-01", 7, "frist", id="拼错的项"),
        pytest.param("2026-10-10,", "20261010,", 10, "日期", id="写成了整数"),
        pytest.param("2026-10-10,", "2027-10-10,", 10, "2027-10-10 不在", id="调休不在这一年"),
        pytest.param("2026-10-10,", "2026-10-09,", 10, "不是周六、周日", id="调休在周五"),
        pytest.param("2026-10-10,", "2026-10-10,\n  2026-10-10,", 11, "写了两次", id="调休写了两次"),
        pytest.param("first = 2026-10-01", "first = 2026-10-10", 10, "既是放假日", id="既放假又调休"),
    ],
)
def test_a_slip_in_a_year_is_found_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, why: str
) -> None:
    with pytest.raises(PackError) as refused:
        read_year(written(tmp_path, "cn-2026.toml", YEAR.replace(old, new)))
    assert (line, True) in {(fault.line, why in str(fault)) for fault in refused.value.complaints}


@pytest.mark.parametrize(
    ("old", "new", "line", "why"),
    [
        pytest.param("12:00:00", "08:00:00", 5, "下班时间不晚于上班时间", id="先下班后上班"),
        pytest.param("14:00:00", "12:00:00", 6, "没有隔开", id="两段相连"),
        pytest.param("Asia/Shanghai", "Asia/Nowhere", 3, "没有「Asia/Nowhere」这个时区", id="没有的时区"),
        pytest.param("09:00:00", '"九点"', 5, "时间", id="时间看不懂"),
    ],
)
def test_a_slip_in_the_business_hours_is_found_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, why: str
) -> None:
    with pytest.raises(PackError) as refused:
        read_hours(written(tmp_path, "hours.toml", HOURS.replace(old, new)))
    assert [(fault.line, why in str(fault)) for fault in refused.value.complaints] == [(line, True)]


@pytest.mark.req("N4")
def test_an_imported_notice_takes_the_place_of_the_provisional_year() -> None:
    notice = CalendarYear.imported(
        2027, source="通知", holidays=["2027-01-01", "2027-01-04"], makeup_days=["2027-01-09"]
    )
    calendar, before = read_calendar(FOLDER, instead=[notice]), read_calendar(FOLDER)
    assert (before.is_provisional(day("2027-01-04")), calendar.is_provisional(day("2027-01-04"))) == (
        True,
        False,
    )
    assert (before.is_working_day(day("2027-01-04")), calendar.is_working_day(day("2027-01-04"))) == (
        True,
        False,
    )
    assert (before.is_working_day(day("2027-01-09")), calendar.is_working_day(day("2027-01-09"))) == (
        False,
        True,
    )
    assert calendar.is_working_day(day("2027-02-08"))
    assert not calendar.is_working_day(day("2026-10-01"))


def test_a_folder_without_years_is_refused(tmp_path: Path) -> None:
    written(tmp_path, "hours.toml", HOURS)
    with pytest.raises(PackError, match="没有放假安排"):
        read_calendar(tmp_path)


def test_two_years_that_disagree_on_a_day_are_refused(tmp_path: Path) -> None:
    written(tmp_path, "hours.toml", HOURS)
    written(tmp_path, "cn-2026.toml", YEAR.replace("2026-10-10", "2025-12-28"))
    written(
        tmp_path,
        "cn-2025.toml",
        """\
title = "2025 年节假日安排"
year = 2025
source = "通知"
confirmed = true
holidays = [{ title = "岁末", first = 2025-12-28 }]
makeup_days = []
""",
    )
    with pytest.raises(PackError, match="2025-12-28 不能既是放假日，又是调休上班日"):
        read_calendar(tmp_path)


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
