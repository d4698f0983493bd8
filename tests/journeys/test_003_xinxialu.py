"""新下陆街道，第一章：网格发现、社区呼叫、分级响应、协同处置；三张清单；接诉即办；吹哨报到."""

from collections.abc import Callable

import pytest

from linli.pack.edition import Edition
from tests.journeys.conftest import Clock
from tests.journeys.visitor import Visitor

Settle = Callable[[str], Edition]

COVER = "5栋门前雨水篦子断成两截，边上没有灯"
GAS = "二单元楼道闻到很浓的燃气味，怕漏气"
RUBBISH = "楼下垃圾桶三天没有清运，苍蝇很多"


@pytest.fixture(autouse=True)
def street(settle: Settle) -> None:
    """Settle the street of the document."""
    settle("xinxialu")


def someone(key: str) -> Visitor:
    """Somebody of the street, signed in."""
    return Visitor(f"xinxialu.{key}")


def at_work(key: str, title: str) -> Visitor:
    """Somebody who finds a matter in the inbox and opens it."""
    return someone(key).opens("/desk/").follows(title)


def registers_say(*, step: str, problem: str, service: str, solution: str) -> None:
    """Read the same matter in all three registers, each from its own side."""
    for key, said in (("problem", problem), ("service", service), ("solution", solution)):
        someone("ruan_lu").opens("/desk/").follows("登记簿").opens(f"/desk/registers/{key}/").sees(
            COVER, said
        )
    someone("ruan_lu").opens("/desk/registers/problem/").sees(step)


def reported(clock: Clock, words: str, *, kind: str = "求助", where: str = "5栋") -> Visitor:
    """A resident without an account says what is wrong, and keeps the link."""
    home = Visitor().opens("/p/xinxialu.tonghua_e3/").follows("我要反映")
    home.sends("提交", 这是哪一类=kind, 发生了什么=f"{words}。", 在哪里=where, 您的电话="199-0000-1001")
    clock.passes(5)
    return home.sees("收到了，谢谢您说出来")


@pytest.mark.req("X3", "X13")
def test_what_the_grid_finds_is_called_up_answered_handled_and_checked(clock: Clock) -> None:
    # 网格发现、社区呼叫
    someone("duan_hong").opens("/desk/today/").follows("发现问题").sends(
        "提交", 看到了什么=f"{COVER}。", 在哪里="5栋", 接下来="呼叫社区"
    ).sees("已记下", COVER)
    clock.passes(20)

    # 分级响应：社区派给街道，请居委会协办
    community = at_work("ruan_lu", COVER).sees("重点单", "社区呼叫 （进行中）")
    community.sends(
        "派单", 主办单位="街道综合执法中心", 协办单位="铜花社区居民委员会", 请它做什么="先摆好警示牌。"
    )
    registers_say(step="分级响应", problem="重点单", service="街道综合执法中心", solution="还没有办结")
    clock.passes(30)

    # 协同处置：协办没有反馈，主办不能办结
    lead = at_work("kuang_lei", COVER).sends("接单").sees("协同处置 （进行中）")
    lead.sees("还有 1 个协办单位没有反馈：铜花社区居民委员会。")
    assert not lead.may("办结并反馈")
    at_work("deng_xiulan", COVER).sends("协办反馈", 反馈内容="警示牌已摆好，夜里有人看着。")
    clock.goes("2026-11-24 10:00")
    at_work("kuang_lei", COVER).sends("办结并反馈", 办理结果="换了新的雨水篦子，补装一盏灯。")
    clock.passes(60)

    # 核实、评价
    at_work("ruan_lu", COVER).sends("核实通过")
    finder = at_work("duan_hong", COVER).sends("评价", 您满意吗="很满意").sends("确认解决")
    finder.sees("办结 （已完成）", "换了新的雨水篦子，补装一盏灯。")
    registers_say(step="办结", problem="段红", service="铜花社区居民委员会", solution="换了新的雨水篦子")
    someone("ruan_lu").opens("/desk/registers/solution/").sees("按期", "很满意")


@pytest.mark.req("X17")
def test_a_small_matter_does_not_leave_the_grid(clock: Clock) -> None:
    someone("duan_hong").opens("/desk/found/").sends(
        "提交", 看到了什么=f"{COVER}。", 在哪里="5栋", 接下来="网格就地解决", 怎么解决的="找到备用的换上了。"
    )
    clock.passes(30)
    at_work("ruan_lu", COVER).sends("复核通过").sees("找到备用的换上了。", "办结 （已完成）")
    someone("mei_shaofeng").opens("/desk/overview/").sees(
        "办结的 1 件里，100% 没有出社区", "网格办结 1 件 100.0%"
    )


@pytest.mark.req("X13")
def test_a_concern_is_answered_rated_and_taken_up_again_when_the_resident_is_unhappy(clock: Clock) -> None:
    # 一分钟反映，凭查询码跟进
    resident = reported(clock, RUBBISH, kind="投诉").sees("诉求受理", "常规单")
    link = resident.address.split("?")[0]
    Visitor().opens(link).sees(RUBBISH, "应在")

    # 社区接诉即办
    at_work("ruan_lu", RUBBISH).sends("受理并派单", 主办单位="铜花社区居民委员会")
    at_work("deng_xiulan", RUBBISH).sends("接单")
    clock.goes("2026-11-24 09:00")
    at_work("deng_xiulan", RUBBISH).sends("办结并反馈", 办理结果="已联系清运。")
    at_work("ruan_lu", RUBBISH).sends("核实通过")

    # 居民不满意，重新办理
    resident.opens(link).sees("已联系清运。").sends("评价", 您满意吗="不满意")
    resident.sends("不满意，重新办理", 哪里不满意="桶还是满的，没有人来。").sees("社区呼叫 （进行中）")
    again = at_work("ruan_lu", RUBBISH).sees("桶还是满的，没有人来。")
    again.sends("派单", 主办单位="铜花社区居民委员会")
    at_work("deng_xiulan", RUBBISH).sends("接单").sends("办结并反馈", 办理结果="桶已清空，改为每天清运。")
    at_work("ruan_lu", RUBBISH).sends("核实通过")

    # 这一次满意；不能再重办
    resident.opens(link).sees("已经重新办理过一次").sends("评价", 您满意吗="满意").sends("确认解决")
    resident.sees("桶已清空，改为每天清运。", "办结 （已完成）")


@pytest.mark.req("X13")
def test_a_resident_who_says_nothing_more_is_taken_as_content(clock: Clock) -> None:
    resident = reported(clock, RUBBISH, kind="投诉")
    at_work("ruan_lu", RUBBISH).sends("当场答复", 怎么解决的="今天下午清运。")
    clock.goes("2026-11-30 17:00")
    resident.opens(resident.address).sees("居民评价 （进行中）")
    clock.goes("2026-12-01 08:00")
    resident.opens(resident.address).sees("办结 （已完成）", "到期结案")


@pytest.mark.req("X14")
def test_an_urgent_order_runs_day_and_night_and_climbs_when_nobody_answers(clock: Clock) -> None:
    clock.goes("2026-11-28 22:00")
    resident = reported(clock, GAS).sees("应急单", "22:30 前", "11月29日 周日 22:00 前办好")
    clock.goes("2026-11-28 22:29")
    someone("mei_shaofeng").opens("/desk/").misses(GAS)
    clock.goes("2026-11-28 22:31")
    someone("mei_shaofeng").opens("/desk/").sees(GAS, "督办")
    resident.opens(resident.address).sees("逾期")


@pytest.mark.req("X3", "X14")
def test_the_community_summons_departments_that_report_in_and_both_are_rated(clock: Clock) -> None:
    reported(clock, GAS)
    community = at_work("ruan_lu", GAS).sends("受理并派单", 主办单位="燃气服务站")
    community.sends(
        "吹哨", 请哪些部门到场=["辖区消防救援站", "平安建设办"], 吹哨事由="先疏散，再查漏。"
    ).sees("还没报到")
    clock.passes(15)
    at_work("hou_yong", GAS).sends("接单")
    fire = at_work("jiang_tao", GAS).sees("先疏散，再查漏。").sends("报到").sees("按时报到")
    assert not fire.may("报到")
    fire.sees("你单位已经报到过了。")
    rated = someone("ruan_lu").opens("/desk/all/").follows(GAS)
    rated.sends("评价报到单位", 评价哪个部门="辖区消防救援站", 到场和配合得怎么样="很满意")
    fire.opens(fire.address).sends("评价吹哨社区", 您满意吗="满意").sees("部门评社区")


def test_an_act_that_is_closed_says_why_on_the_page_and_as_a_refusal(clock: Clock) -> None:
    resident = reported(clock, GAS)
    resident.opens(resident.address).sees("现在是「诉求受理」，「确认解决」要到「居民评价」才能办。")
    desk = at_work("ruan_lu", GAS)
    earlier = at_work("ruan_lu", GAS)
    desk.sends("受理并派单", 主办单位="燃气服务站")
    refused = earlier.tries("受理并派单", status=422, 主办单位="街道综合执法中心")
    refused.sees("现在已经到「分级响应」", "依据")


@pytest.mark.req("X13")
def test_neighbours_see_only_what_is_public_and_strangers_nothing(clock: Clock) -> None:
    resident = reported(clock, RUBBISH, kind="投诉")
    number = "XXL-2026-000001"
    Visitor().opens("/p/xinxialu.tonghua_e3/matters/").misses(RUBBISH)
    someone("he_jianping").tries_to_open(f"/m/{number}/", status=404)
    someone("zhan_qiumei").tries_to_open(f"/desk/m/{number}/", status=404)
    at_work("ruan_lu", RUBBISH).sends("公开", 公开的标题=RUBBISH)
    Visitor().opens("/p/xinxialu.tonghua_e3/matters/").follows(RUBBISH).sees(RUBBISH).misses("199-0000-1001")
    resident.opens(resident.address).sees("公开")
