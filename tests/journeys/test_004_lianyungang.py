"""连云港市，第一章：本周的巷理事工作清单；四级联动、纵向贯通的指挥调度."""

from collections.abc import Callable

import pytest

from linli.pack.edition import Edition
from tests.journeys.conftest import Clock
from tests.journeys.visitor import Visitor

Settle = Callable[[str], Edition]

COVER = "秦东门大街68号楼下水道盖板破损需要更换"
SANDBAGS = "西门路沿街商户需要沙袋防止雨水倒灌"
BACKFLOW = "西门路一下大雨就倒灌，沿街商户都进水"


@pytest.fixture(autouse=True)
def city(settle: Settle) -> None:
    """Settle the city of the document."""
    settle("lianyungang")


def someone(key: str) -> Visitor:
    """Somebody of the city, signed in."""
    return Visitor(f"lianyungang.{key}")


def at_work(key: str, title: str) -> Visitor:
    """Somebody who finds a matter in the inbox and opens it."""
    return someone(key).opens("/desk/").follows(title)


def lane_list() -> Visitor:
    """The community's dispatcher looks at the weekly list of its lanes."""
    return someone("yan_shuhui").opens("/desk/").follows("登记簿").follows("巷理事清单")


def said(key: str, words: str, *, where: str) -> Visitor:
    """A resident of the lane says something."""
    home = someone(key).opens("/p/lianyungang.yanchi/").follows("我要反映")
    return home.sends("提交", 这是哪一类="求助", 发生了什么=words, 在哪里=where).sees("收到了")


def assigned(key: str, words: str, *, where: str, lane: str) -> None:
    """Bring what was said in a lane to the community's dispatcher."""
    said(key, words, where=where)
    at_work(lane, words).sends("接下这件事").sends("交社区派办")


@pytest.mark.req("L2")
def test_the_words_of_the_lane_become_its_weekly_list_and_are_done(clock: Clock) -> None:
    # 巷里说事：两句话原样进本周清单
    gu = said("gu_suzhen", COVER, where="68号楼")
    ma = said("ma_hongqi", SANDBAGS, where="15号楼")
    clock.passes(10)
    lane_list().sees("（本周）", "秦东门大街 1 件", COVER, "井盖与盖板", "西门路 1 件", SANDBAGS)

    # 沙袋：巷理事记账，自己就办了
    at_work("tong_jun", SANDBAGS).sends("接下这件事").sends("巷里就地办", 怎么解决的="每家门口放了六只沙袋。")
    ma.opens(ma.address).sees("每家门口放了六只沙袋。").sends("确认解决")

    # 盖板：记账，社区派办，主办单位换新的
    at_work("shan_yumei", COVER).sends("接下这件事").sends("交社区派办")
    at_work("yan_shuhui", COVER).sends("派办", 主办单位="海州街道综合执法局")
    at_work("lai_jing", COVER).sends("接单")
    lane_list().sees("海州街道综合执法局", "每家门口放了六只沙袋。")
    clock.goes("2026-11-25 15:00")
    at_work("lai_jing", COVER).sends("办结并反馈", 办理结果="盖板已换成新的。")
    at_work("yan_shuhui", COVER).sends("核实通过")
    gu.opens(gu.address).sees("盖板已换成新的。").sends("巷里评分", 您满意吗="很满意").sends("确认解决")
    lane_list().sees("盖板已换成新的。", "办结公布")


@pytest.mark.req("L2")
def test_what_is_not_done_stands_on_the_list_of_the_next_week(clock: Clock) -> None:
    said("gu_suzhen", COVER, where="68号楼")
    said("ma_hongqi", SANDBAGS, where="15号楼")
    at_work("tong_jun", SANDBAGS).sends("接下这件事").sends("巷里就地办", 怎么解决的="已放沙袋。")
    clock.goes("2026-12-08 09:00")
    lane_list().sees(COVER).misses(SANDBAGS).follows("前一周").follows("前一周").sees(COVER, SANDBAGS)


@pytest.mark.req("L2")
def test_the_list_that_hangs_in_the_lane_names_nobody(clock: Clock) -> None:
    said("gu_suzhen", COVER, where="68号楼")
    lane_list().sees("顾素珍").follows("张贴版").sees(COVER).misses("顾素珍")


@pytest.mark.req("L10")
def test_command_runs_through_four_levels_up_and_back(clock: Clock) -> None:
    # 社区、镇街都办不了，逐级上报，每一级都看到前一级说的
    assigned("ma_hongqi", BACKFLOW, where="15号楼", lane="tong_jun")
    at_work("yan_shuhui", BACKFLOW).sends("报镇街中心", 为什么要上报="泵站不归社区管。")
    township = at_work("chu_yao", BACKFLOW).sees("镇街中心统筹 （进行中）", "泵站不归社区管。")
    township.sends("报县区中心", 为什么要上报="要同时调两台泵车。").sees("县区中心协调 （进行中）")
    clock.passes(20)

    # 区里定了办法，逐级交回，由社区派办
    county = at_work("jin_weiguo", BACKFLOW).sees("要同时调两台泵车。")
    county.sends("交回镇街中心", 为什么交回="泵车今晚到位，由街道安排。")
    at_work("chu_yao", BACKFLOW).sends("交回村（社区）", 为什么交回="泵车已到，请社区派人值守。")
    community = at_work("yan_shuhui", BACKFLOW).sees("社区派办 （进行中）", "请社区派人值守。")
    community.sends("派办", 主办单位="海州街道综合执法局").sees("单位接办 （进行中）")
    at_work("lai_jing", BACKFLOW).sends("接单").sends("办结并反馈", 办理结果="两台泵车值守一夜，没有进水。")


@pytest.mark.req("L10")
def test_the_highest_level_has_nobody_above_and_says_so(clock: Clock) -> None:
    assigned("ma_hongqi", BACKFLOW, where="15号楼", lane="tong_jun")
    for key, act in (("yan_shuhui", "报镇街中心"), ("chu_yao", "报县区中心"), ("jin_weiguo", "报市中心")):
        at_work(key, BACKFLOW).sends(act, 为什么要上报="本级办不了。")
    city = at_work("sheng_kai", BACKFLOW).sees("市中心督导 （进行中）")
    assert city.may("交回县区中心")
    assert not any(city.may(act) for act in ("报市中心", "上报上级"))
    city.sends("派办", 主办单位="连云港市社会治理中心").sees("单位接办 （进行中）")


@pytest.mark.req("L6")
def test_every_estate_has_its_own_council_day(clock: Clock) -> None:
    calendar = someone("yan_shuhui").opens("/desk/meetings/")
    calendar.sees("东门里小区 · 小区议事日", "砚池花园 · 小区议事日").misses("砚池社区 · 小区议事日")
