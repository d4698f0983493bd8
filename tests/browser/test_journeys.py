"""Whole ways of deciding together, from the first word to the feedback, at a desk and on a phone (全程)."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from linli.deliberation import queries
from tests import flats
from tests.browser.walking import Walk, settle
from tests.deliberation import topics
from tests.world import TUESDAY, dweller

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.req("X8")]
Judge = Callable[[Page], None]
Start = Callable[[str], Walk]


@pytest.fixture
def start(browser: Browser, live_server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Settle the people of a place before a desk and a phone; the clock is theirs."""
    begun: list[Walk] = []

    def started(pack: str) -> Walk:
        begun.append(Walk(browser, live_server.url, settle(pack)))
        return begun[-1]

    monkeypatch.setattr("django.utils.timezone.now", lambda: begun[-1].at if begun else TUESDAY)
    yield started
    for walk in begun:
        walk.close()


def test_six_steps_from_a_neighbour_s_word_to_the_feedback(start: Start, judge: Judge) -> None:
    walk = start("xinxialu")
    page = walk.phone("song_guilan", "/p/xinxialu.tonghua/part/")
    page.get_by_role("link", name="我要提议").click()
    page.get_by_label("您的提议").fill("清出 3 栋前的空地")
    page.get_by_label("为什么，怎么做").fill(topics.WORDS)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_role("heading", name="清出 3 栋前的空地")).to_be_visible()
    walk.number = page.url.rstrip("/").rsplit("/", 1)[-1]
    (topic,) = queries.shown_within(walk.cast.spots("tonghua")[-1].path)
    topics.supported(topic, times=4)
    page = walk.phone("du_juan")
    page.get_by_role("button", name="附议").click()
    expect(page.get_by_text("附议成功。").first).to_be_visible()
    walk.act("lu_huiqin", "adopt")
    walk.act("zhou_lihua", "name_participants", {"请哪些人": "3 栋住户", "铜花社区居民委员会": True})
    walk.act("zhou_lihua", "announce", {"说明": "周三晚上在议事室商量。"})
    walk.meet("tang_shouyi", "peng_guozhu")
    walk.act("tang_shouyi", "conclude", {"说明": "大家同意清出来，放两张长椅。"})
    walk.refuses("zhou_lihua", "complete", "任务")
    walk.carry_out(
        "zhou_lihua", "zhou_lihua", "铜花社区居民委员会", task="清走杂物", result="清走三车，放了长椅。"
    )
    walk.act("zhou_lihua", "complete", {"说明": "空地清出来了。"})
    walk.act("zhou_lihua", "report_back", {"说明": "空地清出来了，放了两张长椅。"})
    walk.show("zhou_lihua", "协商结果", "空地已清出。")
    judge(walk.desk("zhou_lihua"))
    page = walk.phone("song_guilan")
    expect(page.get_by_text("放了两张长椅").first).to_be_visible()
    judge(page)
    expect(walk.phone("du_juan", "/letters/").get_by_text("放了两张长椅").first).to_be_visible()


@pytest.mark.req("L1")
def test_one_leads_and_three_deliberate_carry_out_and_oversee(start: Start, judge: Judge) -> None:
    walk = start("lianyungang")
    walk.raise_topic("meng_fang", "qindongmen", "一委三会", "巷口装两盏路灯", "巷口夜里看不见台阶。")
    walk.act("meng_fang", "take_in")
    walk.leaves_to_others("sui_lan", "conclude")
    walk.meet("chang_geng", "ruan_yu")
    walk.act("chang_geng", "conclude", {"说明": "装两盏太阳能路灯。"})
    walk.show("sui_lan", "协商结果", "装两盏太阳能路灯。")
    walk.carry_out(
        "sui_lan", "sui_lan", "砚池社区居民委员会", task="装路灯", result="装好两盏。", is_planned=True
    )
    walk.act("sui_lan", "complete", {"说明": "两盏路灯都亮了。"})
    walk.leaves_to_others("sui_lan", "oversee")
    walk.act("yin_zheng", "oversee", {"说明": "夜里去看过，都亮。"})
    walk.act("sui_lan", "report_back", {"说明": "两盏路灯都亮了，监委会去看过。"})
    judge(walk.desk("sui_lan"))
    page = walk.phone("gu_suzhen")
    expect(page.get_by_text("两盏路灯都亮了，监委会去看过").first).to_be_visible()
    judge(page)


@pytest.mark.req("L5", "N2")
def test_four_deliberations_and_two_publicities_of_a_village(start: Start, judge: Judge) -> None:
    walk = start("lianyungang")
    walk.raise_topic("miao_qing", "sanpu", "四议两公开", "村西头打一口机井", "西头的蒜地浇不上水。")
    walk.act("miao_qing", "adopt")
    walk.meet("tian_gen", "miao_qing")
    walk.act("tian_gen", "conclude", {"说明": "同意打井。"})
    walk.meet("miao_qing", "tian_gen")
    walk.refuses("miao_qing", "conclude", "表决")
    ballot = walk.open_ballot("miao_qing")
    for member in ("tian_gen", "miao_qing", "xin_lao", "mai_xiang"):
        walk.vote(member, ballot, "同意")
    walk.count("miao_qing", ballot, "通过")
    walk.act("miao_qing", "conclude", {"说明": "党员大会同意。"})
    walk.meet("miao_qing", "tian_gen")
    walk.refuses("he_shun", "resolve", "表决")
    ballot = walk.open_ballot("he_shun")
    for delegate in ("mai_xiang", "gu_yu", "shi_dun"):
        walk.vote(delegate, ballot, "同意")
    walk.count("he_shun", ballot, "通过")
    walk.act("he_shun", "resolve", {"说明": "同意打井。"})
    walk.show("tian_gen", "决议公开", "同意在村西头打井。")
    walk.carry_out("tian_gen", "tian_gen", "三铺村民委员会", task="打井", result="出水了。", is_planned=True)
    walk.act("tian_gen", "complete", {"说明": "机井出水了。"})
    walk.act("dan_gang", "oversee", {"说明": "看过，能浇地。"})
    walk.show("tian_gen", "实施结果公开", "机井已经出水。")
    walk.act("tian_gen", "report_back", {"说明": "机井出水，西头的地能浇了。"})
    judge(walk.desk("tian_gen"))
    page = walk.phone("ge_laowu")
    expect(page.get_by_text("西头的地能浇了").first).to_be_visible()
    judge(page)


@pytest.mark.req("Y14")
def test_a_building_elects_its_board(start: Start, judge: Judge) -> None:
    walk = start("yunlong")
    for label, delegate in (("2单元101", "hou_zhen"), ("2单元102", "kan_ming"), ("2单元201", "le_yi")):
        flats.lived_in(label, walk.cast.numbers[delegate], at="diemeng_e2_b1", pack="yunlong")
    walk.raise_topic("pang_yun", "diemeng_e2_b1", "楼栋自治理事会选举", "选举 1 栋理事会", "三年一选。")
    walk.act("pang_yun", "adopt")
    walk.act("gong_xue", "announce", {"说明": "候选人：董师傅、侯珍。"})
    ballot = walk.open_ballot(
        "ji_ming",
        {
            "选人": True,
            "选项或者候选人": "董师傅\n侯珍",
            "应选几人": "1",
            "会议通知里的议题": "选举 1 栋理事会",
        },
    )
    for delegate in ("hou_zhen", "kan_ming"):
        walk.vote(delegate, ballot, "董师傅")
    walk.vote("le_yi", ballot, "侯珍")
    walk.count("ji_ming", ballot, "当选")
    walk.act("ji_ming", "resolve", {"说明": "董师傅当选。"})
    walk.show("gong_xue", "选举结果", "董师傅当选。")
    walk.act("gong_xue", "report_back", {"说明": "理事会：董师傅。"})
    judge(walk.desk("gong_xue"))
    page = walk.phone("le_yi")
    expect(page.get_by_text("董师傅当选").first).to_be_visible()
    judge(page)


@pytest.mark.req("N1")
def test_owners_fail_by_area_though_they_pass_by_heads_and_a_stranger_recounts(
    start: Start, judge: Judge, tmp_path: Path
) -> None:
    walk = start("xinxialu")
    areas = {"甲": 60, "乙": 60, "丙": 60, "丁": 200, "戊": 200}
    owners = {key: dweller(f"owner-{key}", f"业主{key}", lives="tonghua_e4_b1") for key in areas}
    for label, (key, area) in enumerate(areas.items(), start=101):
        flats.owned(str(label), owners[key].person_id or 0, at="tonghua_e4_b1", area=area)
    question = "用维修资金换 1 栋电梯主机"
    walk.raise_topic("cheng_wei", "tonghua_e4", "业主共同决定", question, "电梯半年停了六次。")
    walk.act("cheng_wei", "adopt")
    walk.act("cheng_wei", "announce", {"说明": "书面征求意见，已告知居民委员会。"})
    ballot = walk.open_ballot("cheng_wei", {"会议通知里的议题": question})
    for key, owner in owners.items():
        walk.vote(owner, ballot, "同意" if areas[key] < 100 else "反对")
    walk.count("cheng_wei", ballot, "未通过")
    walk.refuses("liang_jing", "resolve", "未通过")
    page = walk.phone(None, f"/ballots/{ballot}/")
    judge(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="下载全部数据").click()
    file = tmp_path / "ballot.json"
    download.value.save_as(file)
    told = subprocess.run(
        [sys.executable, "-m", "linli.config.cli", "recount", file],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "重新计票与文件所公布的完全一致。" in told.stdout
    assert "同意面积 180 平方米，未过半数" in told.stdout
    walk.act("liang_jing", "reject", {"说明": "面积没有过半。"})
    page = walk.desk("cheng_wei")
    expect(page.locator("main")).to_contain_text("未通过。面积没有过半。")
    judge(page)
    expect(walk.phone(owners["甲"]).get_by_text("同意面积 180 平方米，未过半数").first).to_be_visible()
