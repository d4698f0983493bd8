"""连云港市：“微自治”公益创投，从发起、申报、评审到签约、报告、验收、退回结余."""

from collections.abc import Callable

import pytest

from linli.books import actions as books
from linli.books import earmarks, queries
from linli.books.actions import Hand
from linli.core.ledger import Unit
from linli.pack.edition import Edition
from linli.people import queries as people
from linli.places import queries as places
from tests.journeys.conftest import Clock
from tests.journeys.visitor import Visitor

ROUND = "“微自治”公益创投"
MEALS, YARD = "给独居老人送饭", "西门路小花园"
MARKS = (
    "居民需要（0 到 100 分，占 30%）",
    "方案可行（0 到 100 分，占 30%）",
    "预算合理（0 到 100 分，占 20%）",
    "团队能力（0 到 100 分，占 20%）",
)
REVIEWERS = {"shan_yumei": "单玉梅", "tong_jun": "佟军", "ge_laowu": "葛老五", "qiao_ruoxi": "乔若溪"}


@pytest.fixture
def purse(settle: Callable[[str], Edition], clock: Clock) -> str:
    """Settle the city, whose treasury gave 1.2 million yuan."""
    settle("lianyungang")
    city, hand = places.of_key("lianyungang.lianyungang"), Hand(None, "市财政", clock.at)
    assert city is not None
    number = books.open_purse(
        "公益创投资金", unit=Unit.FEN, place=city.pk, place_path=city.path, prefix="LYG", hand=hand
    )
    earmarks.receive(number, "fiscal", 120_000_000, key="2026", hand=hand, title="2026 年财政拨款")
    return number


def someone(key: str) -> Visitor:
    """Somebody of the city, signed in."""
    return Visitor(f"lianyungang.{key}")


def office() -> Visitor:
    """The city's dispatcher at the round."""
    return someone("sheng_kai").opens("/desk/grants/").follows(ROUND)


def applied(key: str, title: str) -> Visitor:
    """An applicant at their own application."""
    return someone(key).opens("/p/lianyungang.yanchi/grants/").follows(title)


def at_desk(title: str) -> Visitor:
    """The city's dispatcher at an application."""
    return office().follows(title)


def scores(key: str, mark: str, *, of: str) -> None:
    """A reviewer reads an application and scores it."""
    seat = someone(key).opens("/p/lianyungang.yanchi/grants/").follows(ROUND).follows(of)
    seat.sends("提交打分", **dict.fromkeys(MARKS, mark), 评语="是居民要的。").sees("已打分")


@pytest.mark.req("G9", "L22", "L25")
def test_grants_are_called_for_reviewed_paid_on_receipts_and_what_is_left_comes_back(
    purse: str, clock: Clock
) -> None:
    # 发起：钱先在账本里留出来
    desk = someone("sheng_kai").opens("/desk/coverage/").follows("公益创投").follows("发起一轮")
    told = {
        "名称": ROUND, "说明": "为老、为小、帮困。", "出资方": "市民政局", "资金账本": purse,
        "申报截止日": "2026-11-30", "每件几个人评审": "3", "每个项目最多（元）": "10000",
        "哪些单位可以申报": ["备案的社区社会组织", "居民自己的团队"],
    }  # fmt: skip
    desk.tries("发起", status=422, **told, **{"预算（元）": "1200001"}).sees("不能透支")
    desk.sends("发起", **{"预算（元）": "1200000"}).sees("1,200,000 元", "征集申报")
    assert queries.balance(purse, code="pool") == 0

    # 申报：一件齐，一件不齐，缺什么一次告知
    for key, name, title, plan, money in (
        ("gu_suzhen", "砚池助老队", MEALS, "每天中午送饭。", "10000"),
        ("ma_hongqi", "西门路邻里团", YARD, "", "8000"),
    ):
        form = someone(key).opens("/p/lianyungang.yanchi/part/").follows("公益创投").follows(ROUND)
        form.follows("我要申报").sends(
            "提交申报", 申报单位=name, 单位类别="居民自己的团队", 登记证号或者备案号="备案 1",
            项目名称=title, 实施方案=plan, 预算明细=f"材料 {money}", 进度安排="2027-06-30 做完",
            **{"申请金额（元）": money},
        ).sees("已提交")  # fmt: skip
    at_desk("砚池助老队").sends("受理")
    at_desk("西门路邻里团").sees("没有写实施方案").sends("一次告知补正", 另外还缺什么="没有场地证明")
    applied("ma_hongqi", YARD).sees("没有写实施方案", "没有场地证明").sends(
        "提交", 实施方案="在空地种花，轮流浇水。"
    )
    at_desk("西门路邻里团").sends("受理")

    # 请专家和居民，名单公示满期才开始评审
    for key, name in REVIEWERS.items():
        person = people.of_key(f"lianyungang.{key}")
        assert person is not None
        office().sends("请评审人", 姓名=name, 电话=person.phone or "13900000000", 身份="居民")
    clock.goes("2026-12-01 09:00")
    office().sends("公示申报名单")
    office().sees("不能结束公示")
    Visitor().opens("/p/lianyungang.yanchi/grants/").follows(ROUND).sees("砚池助老队", "申报名单公示")
    clock.goes("2026-12-17 09:00")
    office().sends("开始评审")

    # 回避：有关系的不能看，也不能打分
    tied = someone("qiao_ruoxi").opens("/p/lianyungang.yanchi/grants/").follows(ROUND)
    tied.sends("申报利害关系", **{"和「砚池助老队」有关系": "on"}).sees("回避")
    number = _number(tied, YARD)
    tied.tries_to_open(f"{tied.address}{number}-001/", status=422).sees("您要回避")
    for key in list(REVIEWERS)[:3]:
        someone(key).opens("/p/lianyungang.yanchi/grants/").follows(ROUND).sends("申报利害关系")
        scores(key, "90", of=MEALS)
        scores(key, "80", of=YARD)
    office().sees("1 人没有打分")
    scores("qiao_ruoxi", "80", of=YARD)

    # 审定：和排名不一致要写理由，理由一起公示
    decide = office().follows("看排名、审定").sees("第 1 名", "90.00")
    field = "资助（元）"
    decide.tries("审定，公示结果", status=422, **{field: "9000"}).sees("没有写理由")
    decide.sends("审定，公示结果", **{field: "9000"}, 理由="人工费核减一千元").sees("决定资助")
    public = Visitor().opens("/p/lianyungang.yanchi/grants/").follows(ROUND)
    public.sees("9,000 元", "8,000 元", "和排名不一致", "人工费核减一千元", "17,000 元").misses("顾素珍")

    # 签约、首付、中期、末期、结项
    at_desk("砚池助老队").sees("不能结束公示")
    clock.goes("2027-01-04 09:00")
    for name in ("砚池助老队", "西门路邻里团"):
        at_desk(name).sends("签协议").sends("付首期", 凭证号="回单 1").sees("4,")
    report = applied("gu_suzhen", MEALS)
    report.tries("提交", status=422, 做了什么="送了一百份。").sees("没有票据")
    applied("gu_suzhen", MEALS).sends("提交", 做了什么="送了一百份。", 票据="A1 饭盒 4000")
    applied("ma_hongqi", YARD).sends("提交", 做了什么="种了花。", 票据="M1 花苗 5000")
    for name in ("砚池助老队", "西门路邻里团"):
        at_desk(name).sends("中期报告通过").sees("还没有公示")
    office().sends("公示中期报告")
    clock.goes("2027-01-21 09:00")
    for name in ("砚池助老队", "西门路邻里团"):
        at_desk(name).sends("付中期款", 凭证号="回单 2")
    applied("gu_suzhen", MEALS).sends("提交", 做了什么="送完了。", 票据="A2 饭盒 2000\nA3 车费 500")
    applied("ma_hongqi", YARD).sends("提交", 做了什么="做完了。", 票据="M2 水管 3000")
    for name in ("砚池助老队", "西门路邻里团"):
        at_desk(name).sends("末期报告通过")
    office().sends("公示末期报告")
    clock.goes("2027-02-08 09:00")
    at_desk("砚池助老队").sends("验收、结项", 凭证号="退款回单").sees("退回 700 元", "已结项")
    at_desk("西门路邻里团").sends("验收、结项", 凭证号="回单 3").sees("补付 1,600 元")
    office().sends("结束这一轮")
    public.opens(public.address).sees("已付 6,500 元", "已付 8,000 元", "结束")
    assert queries.balance(purse, code="pool") == 120_000_000 - 650_000 - 800_000


def _number(page: Visitor, title: str) -> str:
    """Read the number of a round off the address of one of its applications."""
    links = [one.attrs["href"] for one in page.page.each("a") if title in one.text]
    return links[0].rstrip("/").rpartition("/")[2].rpartition("-")[0]
