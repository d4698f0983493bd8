"""A public list shows enough to follow a matter and too little to find a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.core.masking import mask_name, mask_phone, mask_text, suppress_small_cells


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        pytest.param("王小婷", "王*婷", id="三个字"),
        pytest.param("王婷", "王*", id="两个字"),
        pytest.param("欧阳小婷", "欧**婷", id="四个字"),
        pytest.param("阿依古丽·买买提", "阿******提", id="少数民族姓名"),
        pytest.param("王", "*", id="只有一个字也不露"),
        pytest.param("", "", id="没有名字"),
    ],
)
def test_names(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        pytest.param("138-0000-1234", "138****1234", id="手机带横线"),
        pytest.param("138 0000 1234", "138****1234", id="手机带空格"),
        ("13812341234", "138****1234"),
        ("0518-85801234", "0518-****1234"),
        ("110", "***"),
        ("8580123", "*******"),
    ],
)
def test_phones(number: str, masked: str) -> None:
    assert mask_phone(number) == masked


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        pytest.param("请打13812341234找我", "请打138****1234找我", id="手机号连着汉字"),
        pytest.param("电话 138 1234 1234。", "电话 138****1234。", id="手机号带空格"),
        pytest.param("电话0518-85801234", "电话0518-****1234", id="固定电话"),
        pytest.param("身份证320705199001011234", "身份证320***********1234", id="身份证号"),
        pytest.param("身份证32070519900101123X，", "身份证320***********123X，", id="身份证号末位是 X"),
        pytest.param("卡号6222021234567890123", "卡号***************0123", id="银行卡连写"),
        pytest.param("卡号 6222 0212 3456 7890 123", "卡号 ***************0123", id="银行卡分组"),
        pytest.param("苏G12345占了车位", "苏G***45占了车位", id="车牌"),
        pytest.param("苏GD12345占了车位", "苏G****45占了车位", id="新能源车牌"),
        pytest.param("京A·12345", "京A****45", id="车牌带点"),
        pytest.param("5栋2单元301室漏水", "5栋2单元***室漏水", id="房号"),
        pytest.param("5栋301漏水", "5栋***漏水", id="楼栋后直接写房号"),
        pytest.param("3号楼 1203 的灯", "3号楼 **** 的灯", id="号楼后空一格"),
        pytest.param("2单元301户门前", "2单元***户门前", id="单元后写户"),
        pytest.param("住在5-2-301", "住在5-2-***", id="短横写法"),
        pytest.param("五零二室", "***室", id="汉字房号"),
        pytest.param("联系人：王小婷，", "联系人：王*婷，", id="写明是联系人"),
        pytest.param("我叫王小婷，", "我叫王*婷，", id="自己报的姓名"),
        pytest.param("我叫物业来看过", "我叫物业来看过", id="叫的不是姓名"),
        pytest.param("王小婷女士反映", "王*婷女士反映", id="有称呼"),
        pytest.param("居民欧阳小婷阿姨", "居民欧**婷阿姨", id="复姓有称呼"),
        pytest.param("写信到 wang.xt@example.com", "写信到 w***@example.com", id="电子邮箱"),
    ],
)
def test_what_points_to_a_person_is_masked_inside_free_text(text: str, masked: str) -> None:
    assert mask_text(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("XXL-2026-001207 已办结", id="事项编号"),
        pytest.param("2026-11-24 17:00 前答复", id="日期"),
        pytest.param("5栋门前下水道盖板破损", id="楼栋"),
        pytest.param("5栋120户停水", id="户数"),
        pytest.param("3号楼2026年改造", id="年份"),
        pytest.param("两室一厅", id="户型"),
        pytest.param("应到 120 户，到会 79 户", id="清点"),
        pytest.param("请拨 12345", id="热线"),
        pytest.param("张女士反映楼道灯坏了", id="只有姓"),
        pytest.param("在第二会议室开会", id="会议室"),
        pytest.param("维修用款 1234567.50 元", id="金额"),
    ],
)
def test_what_points_to_nobody_stays_readable(text: str) -> None:
    assert mask_text(text) == text


def test_the_names_of_the_matter_are_masked_wherever_they_stand() -> None:
    text = "王小婷家的水管漏到李强家，王小婷同意维修。"
    assert mask_text(text, names=("李强", "王小婷")) == "王*婷家的水管漏到李*家，王*婷同意维修。"


def test_a_longer_name_is_masked_before_a_shorter_one_inside_it() -> None:
    assert mask_text("王小婷", names=("小婷", "王小婷")) == "王*婷"


def test_a_name_of_one_character_does_not_eat_the_text() -> None:
    assert mask_text("王家湾的水", names=("王",)) == "王家湾的水"


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        pytest.param((12, 30, 8), (12, 30, 8), id="都够大"),
        pytest.param((5, 30), (5, 30), id="恰好 5 人可以公开"),
        pytest.param((4, 30, 8), (None, 30, None), id="4 人隐去，并再隐去最小的一格，免得从合计倒推"),
        pytest.param((4, 3, 30), (None, None, 30), id="两格都小，合计倒推不出"),
        pytest.param((1, 1, 30, 9), (None, None, 30, None), id="两个 1 的和会露底，再隐去一格"),
        pytest.param((0, 30), (0, 30), id="零不指向任何人"),
        pytest.param((2,), (None,), id="只有一格"),
        pytest.param((), (), id="空表"),
    ],
)
def test_small_cells_are_hidden(counts: tuple[int, ...], shown: tuple[int | None, ...]) -> None:
    assert suppress_small_cells(counts, least=5) == shown


@given(st.lists(st.integers(0, 50), max_size=12))
def test_no_small_count_is_shown_and_none_follows_from_the_total(counts: list[int]) -> None:
    shown = suppress_small_cells(counts, least=5)
    assert all(count is None or count == 0 or count >= 5 for count in shown)
    assert [count for count in shown if count is not None] == [
        count for count, seen in zip(counts, shown, strict=True) if seen is not None
    ]
    hidden = [count for count, seen in zip(counts, shown, strict=True) if seen is None]
    rest = [count for count in shown if count]
    assert len(hidden) != 1 or not rest


@given(st.text())
def test_masking_what_is_masked_changes_nothing(text: str) -> None:
    once = mask_text(text)
    assert mask_text(once) == once


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.sampled_from(["打", " ", "，", "：", ""]))
def test_no_mobile_number_survives(number: str, around: str) -> None:
    assert number not in mask_text(f"{around}{number}{around}")
