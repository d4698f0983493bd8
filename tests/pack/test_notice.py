"""An official notice is read as people copy it, and what is not understood is said line by line."""

from datetime import date

import pytest

from linli.pack.notice import NotUnderstood, read_notice

SOURCE = "国务院办公厅关于2026年部分节假日安排的通知"


def read(days_off: str, makeup_days: str = ""):
    return read_notice(2026, source=SOURCE, days_off=days_off, makeup_days=makeup_days)


@pytest.mark.parametrize(
    ("line", "title", "first", "last"),
    [
        ("一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。", "元旦", (1, 1), (1, 3)),
        ("国庆节 10月1日至10月7日", "国庆节", (10, 1), (10, 7)),
        ("国庆节 2026-10-01 至 2026-10-07", "国庆节", (10, 1), (10, 7)),
        ("10月1日至7日 国庆节", "国庆节", (10, 1), (10, 7)),
        ("端午节 6月19日", "端午节", (6, 19), (6, 19)),
        ("10月1日", "放假", (10, 1), (10, 1)),
    ],
    ids=["照抄通知", "写全月份", "短横日期", "节名在后", "只放一天", "没写节名"],
)
def test_days_off_are_read_in_the_ways_people_write(
    line: str, title: str, first: tuple[int, int], last: tuple[int, int]
) -> None:
    (holiday,) = read(line).holidays
    assert holiday.title == title
    assert (holiday.days[0], holiday.days[-1]) == (date(2026, *first), date(2026, *last))


def test_several_makeup_days_may_stand_in_one_line() -> None:
    told = read("元旦 1月1日", "1月4日（周日）、2月14日（周六）上班\n\n2026-02-28")
    assert told.makeup_days == (date(2026, 1, 4), date(2026, 2, 14), date(2026, 2, 28))


@pytest.mark.parametrize(
    ("days_off", "makeup_days", "said"),
    [
        ("", "", "放假：一天也没有写"),
        ("元旦 1月1日\n春节 正月初一", "", "放假第 2 行没看懂"),
        ("元旦 1月1日、1月3日", "", "放假第 1 行没看懂"),
        ("国庆节 2月30日", "", "放假第 1 行没看懂"),
        ("元旦 1月1日", "下个周日", "上班第 1 行没看懂"),
        ("元旦 1月1日", "\n1月5日", "上班第 2 行：2026-01-05 不是周六、周日，不用调休上班"),
        ("元旦 1月3日", "1月3日", "上班第 1 行：2026-01-03 不能既是放假日，又是调休上班日"),
        ("元旦 1月3日至1日", "", "放假第 1 行：最后一天早于第一天"),
        ("元旦 2027-01-01", "", "放假第 1 行：2027-01-01 不在 2026 年"),
    ],
    ids=["空白", "农历", "断开的两天", "没有的日子", "不是日期", "平日", "又放又上", "倒着写", "别的年份"],
)
def test_what_cannot_be_right_is_said_with_its_line(days_off: str, makeup_days: str, said: str) -> None:
    with pytest.raises(NotUnderstood, match=said):
        read(days_off, makeup_days)


def test_new_year_may_reach_back_into_december() -> None:
    assert read("元旦 2025-12-31 至 2026-01-02").days_off[0] == date(2025, 12, 31)
