from datetime import UTC, date, datetime, timedelta

import pytest
from markupsafe import Markup

from linli.frame import wording

TODAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("on", "written"),
    [
        pytest.param(date(2026, 11, 24), "11月24日 周二", id="今年"),
        pytest.param(date(2027, 1, 3), "2027年1月3日 周日", id="明年"),
        pytest.param(date(2025, 12, 31), "2025年12月31日 周三", id="去年"),
    ],
)
def test_a_day_is_written_with_its_weekday(on: date, written: str) -> None:
    assert wording.day(on, today=TODAY) == written


def test_an_instant_is_written_in_local_time() -> None:
    assert wording.moment(datetime(2026, 11, 24, 9, tzinfo=UTC), today=TODAY) == "11月24日 周二 17:00"


@pytest.mark.parametrize(
    ("at", "written"),
    [
        pytest.param(datetime(2026, 11, 24, 15, 59, tzinfo=UTC), "11月24日 周二 23:59", id="午夜前一分"),
        pytest.param(datetime(2026, 11, 24, 16, 0, tzinfo=UTC), "11月24日 周二 24:00", id="午夜"),
        pytest.param(datetime(2026, 11, 24, 16, 1, tzinfo=UTC), "11月25日 周三 00:01", id="午夜后一分"),
    ],
)
def test_a_term_that_ends_at_midnight_ends_with_its_day(at: datetime, written: str) -> None:
    assert wording.deadline(at, today=TODAY) == written


@pytest.mark.parametrize(
    ("left", "written"),
    [
        pytest.param(timedelta(days=1, hours=3, minutes=20), "还有1天3小时", id="一天多"),
        pytest.param(timedelta(days=2), "还有2天", id="整两天"),
        pytest.param(timedelta(days=1, minutes=5), "还有1天", id="零头不足一小时"),
        pytest.param(timedelta(hours=1), "还有1小时", id="整一小时"),
        pytest.param(timedelta(minutes=59, seconds=59), "还有59分钟", id="差一秒一小时"),
        pytest.param(timedelta(minutes=1), "还有1分钟", id="一分钟"),
        pytest.param(timedelta(seconds=59), "还有不到1分钟", id="不足一分钟"),
        pytest.param(timedelta(0), "还有不到1分钟", id="正到期"),
        pytest.param(-timedelta(seconds=1), "已逾期不到1分钟", id="刚逾期"),
        pytest.param(-timedelta(hours=2), "已逾期2小时", id="逾期两小时"),
    ],
)
def test_a_deadline_is_written_by_what_is_left(left: timedelta, written: str) -> None:
    assert wording.remaining(NOON + left, now=NOON) == written


@pytest.mark.parametrize(
    ("past", "written"),
    [
        (timedelta(seconds=59), "刚刚"),
        (timedelta(minutes=1), "1分钟前"),
        (timedelta(hours=3, minutes=50), "3小时前"),
        (timedelta(days=2, hours=23), "2天前"),
    ],
)
def test_the_past_is_written_by_its_largest_unit(past: timedelta, written: str) -> None:
    assert wording.ago(NOON - past, now=NOON) == written


@pytest.mark.parametrize(
    ("value", "written"), [(0, "0"), (999, "999"), (1000, "1,000"), (-1234567, "-1,234,567")]
)
def test_thousands_are_set_apart(value: int, written: str) -> None:
    assert wording.number(value) == written


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        pytest.param("扫QR码", "扫 QR 码", id="拉丁字母"),
        pytest.param("同样遇到7户", "同样遇到 7 户", id="数字"),
        pytest.param("按期办结93%的事项", "按期办结 93% 的事项", id="百分号"),
        pytest.param("11月24日", "11月24日", id="日期不拆"),
        pytest.param("应于11月24日17时前", "应于 11月24日17时前", id="日期前后"),
        pytest.param("已有 blank", "已有 blank", id="已有空格"),
        pytest.param("（A栋）", "（A 栋）", id="全角括号不加"),
    ],
)
def test_chinese_and_latin_stand_apart(typed: str, written: str) -> None:
    assert wording.pangu(typed) == written
    assert wording.pangu(written) == written


def test_spacing_neither_makes_text_safe_nor_safe_text_unsafe() -> None:
    assert not isinstance(wording.pangu("中a"), Markup)
    assert wording.pangu(Markup("<b>中a</b>")) == Markup("<b>中 a</b>")
    assert isinstance(wording.pangu(Markup("中a")), Markup)
