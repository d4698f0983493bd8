"""Every number of a rule read in the law's text: just enough passes, one short does not."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from linli.core.calendar import CHINA_TIME, Calendar
from linli.core.clause import Mark
from linli.core.funnel import Count, Funnel, Measure
from linli.core.law import Law
from linli.core.publicity import Publicity
from linli.core.term import due
from linli.core.threshold import judge
from linli.pack.calendars import read_calendar
from linli.pack.law import read_law

PACKS = Path(__file__).parents[2] / "packs"
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=CHINA_TIME)
NEW_DAY = time(0, tzinfo=CHINA_TIME)


@pytest.fixture(scope="module")
def law() -> Law:
    return read_law(PACKS / "law" / "2026", root=PACKS.parent)


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return read_calendar(PACKS / "calendars")


def people(entitled: int, **tiers: int) -> Count:
    return Count(Measure.HEADCOUNT, entitled, **tiers)


def households(entitled: int, **tiers: int) -> Count:
    return Count(Measure.HOUSEHOLD, entitled, **tiers)


def delegates(entitled: int, **tiers: int) -> Count:
    return Count(Measure.DELEGATE, entitled, **tiers)


def area(entitled: int, **tiers: int) -> Count:
    """Count square metres."""
    return Count(
        Measure.FLOOR_AREA, entitled * 10_000, **{tier: metres * 10_000 for tier, metres in tiers.items()}
    )


# rule, number, just enough, one short; a pair of counts where the threshold has two bars
THRESHOLDS = {
    "居民：选民投票过半": ("RC-19.valid_by_voters", people(1000, voting=501), people(1000, voting=500)),
    "居民：户代表投票过半": (
        "RC-19.valid_by_households",
        households(300, voting=151),
        households(300, voting=150),
    ),
    "居民：居民代表投票超过三分之二，恰好三分之二不算": (
        "RC-19.valid_by_delegates",
        delegates(60, voting=41),
        delegates(60, voting=40),
    ),
    "居民：选民选举得票过半当选": (
        "RC-19.elected_by_voters",
        people(1000, voting=600, agreeing=301),
        people(1000, voting=600, agreeing=300),
    ),
    "居民：户代表选举得票过半当选": (
        "RC-19.elected_by_households",
        households(300, voting=200, agreeing=101),
        households(300, voting=200, agreeing=100),
    ),
    "居民：代表选举得票过半当选": (
        "RC-19.elected_by_delegates",
        delegates(60, voting=50, agreeing=26),
        delegates(60, voting=50, agreeing=25),
    ),
    "居民：另行选举得票三分之一以上": (
        "RC-19.run_off_by_voters",
        people(1000, voting=600, agreeing=200),
        people(1000, voting=600, agreeing=199),
    ),
    "居民：户代表另行选举得票三分之一以上": (
        "RC-19.run_off_by_households",
        households(300, voting=150, agreeing=50),
        households(300, voting=150, agreeing=49),
    ),
    "居民：代表另行选举得票三分之一以上": (
        "RC-19.run_off_by_delegates",
        delegates(60, voting=48, agreeing=16),
        delegates(60, voting=48, agreeing=15),
    ),
    "居民：十分之一以上选民要求罢免": ("RC-20.call", people(1000, agreeing=100), people(1000, agreeing=99)),
    "居民：十分之一以上户代表要求罢免": (
        "RC-20.call",
        households(300, agreeing=30),
        households(300, agreeing=29),
    ),
    "居民：三分之一以上居民代表要求罢免": (
        "RC-20.call",
        delegates(60, agreeing=20),
        delegates(60, agreeing=19),
    ),
    "居民：罢免，选民投票过半": (
        "RC-20.recalled_by_voters",
        people(1000, voting=501, agreeing=251),
        people(1000, voting=500, agreeing=500),
    ),
    "居民：罢免，投票者同意过半": (
        "RC-20.recalled_by_voters",
        people(1000, voting=600, agreeing=301),
        people(1000, voting=600, agreeing=300),
    ),
    "居民：罢免，户代表投票过半": (
        "RC-20.recalled_by_households",
        households(300, voting=151, agreeing=76),
        households(300, voting=150, agreeing=150),
    ),
    "居民：罢免，居民代表投票超过三分之二": (
        "RC-20.recalled_by_delegates",
        delegates(60, voting=41, agreeing=21),
        delegates(60, voting=40, agreeing=40),
    ),
    "居民：十分之一以上居民提议开会": ("RC-26.call", people(3000, agreeing=300), people(3000, agreeing=299)),
    "居民：十分之一以上户代表提议开会": (
        "RC-26.call",
        households(1005, agreeing=101),
        households(1005, agreeing=100),
    ),
    "居民：三分之一以上代表提议开会": ("RC-26.call", delegates(61, agreeing=21), delegates(61, agreeing=20)),
    "居民会议：成年居民过半": ("RC-27.quorum", people(3000, attending=1501), people(3000, attending=1500)),
    "居民会议：户代表过半": (
        "RC-27.quorum",
        households(1100, attending=551),
        households(1100, attending=550),
    ),
    "居民会议：到会者过半通过": (
        "RC-27.passes",
        households(1100, attending=600, agreeing=301),
        households(1100, attending=600, agreeing=300),
    ),
    "居民会议：成年居民到会者过半通过": (
        "RC-27.passes",
        people(3000, attending=1501, agreeing=751),
        people(3000, attending=1501, agreeing=750),
    ),
    "居民会议：不足法定人数，全体同意也不通过": (
        "RC-27.passes",
        people(3000, attending=1501, agreeing=1501),
        people(3000, attending=1500, agreeing=1500),
    ),
    "居民代表会议：五分之一以上代表提议": (
        "RC-28.call",
        delegates(60, agreeing=12),
        delegates(60, agreeing=11),
    ),
    "居民代表会议：恰好三分之二可以召开": (
        "RC-29.quorum",
        delegates(60, attending=40),
        delegates(60, attending=39),
    ),
    "居民代表会议：到会者过半通过": (
        "RC-29.passes",
        delegates(60, attending=40, agreeing=21),
        delegates(60, attending=40, agreeing=20),
    ),
    "居民：三分之一以上代表要求增加审计": (
        "RC-38.audit_call",
        delegates(60, agreeing=20),
        delegates(60, agreeing=19),
    ),
    "居民：十分之一以上居民要求增加审计": (
        "RC-38.audit_call",
        people(3000, agreeing=300),
        people(3000, agreeing=299),
    ),
    "村民：登记的村民投票过半": ("VC-18.valid", people(800, voting=401), people(800, voting=400)),
    "村民：得票过半当选": (
        "VC-18.elected",
        people(800, voting=500, agreeing=251),
        people(800, voting=500, agreeing=250),
    ),
    "村民：另行选举得票三分之一以上": (
        "VC-18.run_off",
        people(800, voting=600, agreeing=200),
        people(800, voting=600, agreeing=199),
    ),
    "村民：五分之一以上村民要求罢免": ("VC-19.call", people(800, agreeing=160), people(800, agreeing=159)),
    "村民：三分之一以上代表要求罢免": ("VC-19.call", delegates(30, agreeing=10), delegates(30, agreeing=9)),
    "村民：十分之一以上村民提议开会": ("VC-25.call", people(800, agreeing=80), people(800, agreeing=79)),
    "村民：三分之一以上代表提议开会": ("VC-25.call", delegates(30, agreeing=10), delegates(30, agreeing=9)),
    "村民会议：成年村民过半": ("VC-26.quorum", people(800, attending=401), people(800, attending=400)),
    "村民会议：户代表恰好三分之二": (
        "VC-26.quorum",
        households(300, attending=200),
        households(300, attending=199),
    ),
    "村民会议：户代表到会者过半通过": (
        "VC-26.passes",
        households(300, attending=200, agreeing=101),
        households(300, attending=200, agreeing=100),
    ),
    "村民会议：村民到会者过半通过": (
        "VC-26.passes",
        people(800, attending=402, agreeing=202),
        people(800, attending=402, agreeing=201),
    ),
    "村民代表会议：五分之一以上代表提议": (
        "VC-30.call",
        delegates(30, agreeing=6),
        delegates(30, agreeing=5),
    ),
    "村民代表会议：恰好三分之二可以召开": (
        "VC-30.quorum",
        delegates(30, attending=20),
        delegates(30, attending=19),
    ),
    "村民代表会议：到会者过半通过": (
        "VC-30.passes",
        delegates(30, attending=20, agreeing=11),
        delegates(30, attending=20, agreeing=10),
    ),
    "村民小组：恰好三分之二的村民": ("VC-32.quorum", people(90, attending=60), people(90, attending=59)),
    "村民小组：恰好三分之二的户": (
        "VC-32.quorum",
        households(30, attending=20),
        households(30, attending=19),
    ),
    "村民小组：村民到会者过半通过": (
        "VC-32.passes",
        people(90, attending=60, agreeing=31),
        people(90, attending=60, agreeing=30),
    ),
    "村民小组：户代表到会者过半通过": (
        "VC-32.passes",
        households(30, attending=20, agreeing=11),
        households(30, attending=20, agreeing=10),
    ),
    "议事规则：平局不通过": ("D-7.passes", people(9, voting=8, agreeing=5), people(9, voting=8, agreeing=4)),
    "议事规则：结束辩论须三分之二": (
        "D-7.closes",
        people(9, voting=9, agreeing=6),
        people(9, voting=9, agreeing=5),
    ),
    "业主：面积恰好三分之二参与": (
        "O-1.takes_part",
        (area(12000, voting=8000), people(120, voting=80)),
        (area(12000, voting=7999), people(120, voting=80)),
    ),
    "业主：人数恰好三分之二参与": (
        "O-1.takes_part",
        (area(12000, voting=8000), people(120, voting=80)),
        (area(12000, voting=8000), people(120, voting=79)),
    ),
    "业主：一般事项，人数恰好一半不通过": (
        "O-1.passes",
        (area(12000, voting=9000, agreeing=4501), people(120, voting=90, agreeing=46)),
        (area(12000, voting=9000, agreeing=4501), people(120, voting=90, agreeing=45)),
    ),
    "业主：一般事项，面积恰好一半不通过": (
        "O-1.passes",
        (area(12000, voting=9000, agreeing=4501), people(120, voting=90, agreeing=46)),
        (area(12000, voting=9000, agreeing=4500), people(120, voting=90, agreeing=46)),
    ),
    "业主：重大事项，面积恰好四分之三": (
        "O-1.passes_special",
        (area(12000, voting=9000, agreeing=6750), people(120, voting=92, agreeing=69)),
        (area(12000, voting=9000, agreeing=6749), people(120, voting=92, agreeing=69)),
    ),
    "业主：重大事项，人数恰好四分之三": (
        "O-1.passes_special",
        (area(12000, voting=9000, agreeing=6750), people(120, voting=92, agreeing=69)),
        (area(12000, voting=9000, agreeing=6750), people(120, voting=92, agreeing=68)),
    ),
    "住改商：一户不同意也不行": ("O-5.consent", people(7, agreeing=7), people(7, agreeing=6)),
    "业主：百分之二十以上提议": ("O-7.call", people(120, agreeing=24), people(120, agreeing=23)),
    "北京：业主委员会委员过半数出席": (
        "O-8.committee_quorum",
        people(8, attending=5),
        people(8, attending=4),
    ),
}


@pytest.mark.parametrize(("reference", "enough", "short"), THRESHOLDS.values(), ids=THRESHOLDS)
def test_thresholds(law: Law, reference: str, enough: Count, short: Count) -> None:
    rule_id, _, name = reference.partition(".")
    rule = law.rule(rule_id)
    threshold = rule.threshold(name)
    assert judge(threshold, funnel(enough), clause=rule.clause)
    refused = judge(threshold, funnel(short), clause=rule.clause)
    assert not refused
    assert refused.clause == rule.clause


def funnel(counts: Count | tuple[Count, ...]) -> Funnel:
    return Funnel.of(*counts) if isinstance(counts, tuple) else Funnel.of(counts)


SHARES = {
    "居民代表会议：代表恰好五分之四": ("RC-28.representatives_share", 65, 52),
    "村民代表会议：代表恰好五分之四": ("VC-29.representatives_share", 40, 32),
    "村民代表会议：妇女恰好三分之一": ("VC-29.women_share", 40, 14),
    "北京：物业管理委员会业主恰好一半": ("O-8.interim_owners_share", 8, 4),
}


@pytest.mark.parametrize(("reference", "whole", "enough"), SHARES.values(), ids=SHARES)
def test_shares(law: Law, reference: str, whole: int, enough: int) -> None:
    rule_id, _, name = reference.partition(".")
    share = law.rule(rule_id).share(name)
    assert share.is_met_by(enough, of=whole)
    assert not share.is_met_by(enough - 1, of=whole)


# rule, number, at least, at most
LIMITS = {
    "社区户数一千至三千": ("RC-3.households", 1000, 3000),
    "居民委员会五至九人": ("RC-8.members", 5, 9),
    "居民委员会至少一名妇女": ("RC-8.women", 1, None),
    "每二十至五十户一名居民代表": ("RC-13.households_per_representative", 20, 50),
    "年满十八周岁": ("RC-16.voter_age", 18, None),
    "十名以上选民联名提名": ("RC-18.joint_nominators", 10, None),
    "差额至少一名": ("RC-18.spare_candidates", 1, None),
    "居民：委托不超过三人": ("RC-19.proxies", None, 3),
    "居民代表投票不得委托": ("RC-19.proxies_by_delegates", None, 0),
    "村民委员会三至七人": ("VC-8.members", 3, 7),
    "村民委员会至少一名妇女": ("VC-8.women", 1, None),
    "村民：委托不超过三人": ("VC-18.proxies", None, 3),
    "每五至十五户一名村民代表": ("VC-29.households_per_representative", 5, 15),
    "北京：业主委员会不得委托": ("O-8.committee_proxies", None, 0),
    "北京：物业管理委员会不少于七人": ("O-8.interim_members", 7, None),
    "潍坊：委托不超过三名业主": ("O-10.proxies", None, 3),
    "调解委员会三至九人": ("M-2.members", 3, 9),
    "调解委员会至少一名妇女": ("M-2.women", 1, None),
    "拘留五日以下": ("M-11.detention_days", None, 5),
    "罚款一千元以下": ("M-11.fine_fen", None, 100_000),
    "情节严重拘留五至十日": ("M-11.serious_detention_days", 5, 10),
    "走访代表不超过五人": ("P-5.representatives", None, 5),
    "信访延长一次": ("P-3.extensions", None, 1),
    "信息公开延长一次": ("L-4.extensions", None, 1),
    "裁定后不得再退": ("H-3.returns_after_arbitration", None, 0),
    "每人发言两次": ("D-7.speeches", None, 2),
    "不得另设第二套网格": ("G-1.grid_systems", None, 1),
    "社会团体五十名个人会员": ("C-4.persons", 50, None),
    "社会团体三十名单位会员": ("C-4.institutions", 30, None),
    "社会团体混合会员五十名": ("C-4.mixed_members", 50, None),
    "社会团体三万元": ("C-4.money_fen", 3_000_000, None),
}


@pytest.mark.parametrize(("reference", "least", "most"), LIMITS.values(), ids=LIMITS)
def test_limits(law: Law, reference: str, least: int | None, most: int | None) -> None:
    rule_id, _, name = reference.partition(".")
    rule = law.rule(rule_id)
    if least is not None:
        assert rule.judge_count(name, count=least, called="现有")
        assert not rule.judge_count(name, count=least - 1, called="现有")
    if most is not None:
        assert rule.judge_count(name, count=most, called="现有")
        assert not rule.judge_count(name, count=most + 1, called="现有")


# rule, number, the last day on which the thing begun on Monday 2 March 2026 is still in time
LAST_DAYS = {
    "居民：名单异议五日，末日周六顺延": ("RC-17.objection", date(2026, 3, 9)),
    "居民：名单处理三日": ("RC-17.decision", date(2026, 3, 5)),
    "居民：移交十日": ("RC-25.hand_over", date(2026, 3, 12)),
    "居民：任期五年，末日周日顺延": ("RC-14.tenure", date(2031, 3, 3)),
    "居民：社区工作者满六个月": ("RC-16.community_worker_service", date(2026, 9, 2)),
    "居民代表会议每半年": ("RC-28.meets_every", date(2026, 9, 2)),
    "居民：每年评议": ("RC-37.evaluation_every", date(2027, 3, 2)),
    "村民：名单异议五日": ("VC-17.objection", date(2026, 3, 9)),
    "村民：名单处理三日": ("VC-17.decision", date(2026, 3, 5)),
    "村民会议每年": ("VC-25.meets_every", date(2027, 3, 2)),
    "村民代表会议每季度": ("VC-30.meets_every", date(2026, 6, 2)),
    "村务每季度公布": ("VC-35.general_every", date(2026, 6, 2)),
    "财务每月公布": ("VC-35.busy_finance_every", date(2026, 4, 2)),
    "业主撤销之诉一年": ("O-4.annul", date(2027, 3, 2)),
    "业主委员会三十日备案": ("O-7.filed", date(2026, 4, 1)),
    "北京：结果三日公布": ("O-8.result_public", date(2026, 3, 5)),
    "北京：记录三日公开": ("O-8.minutes_public", date(2026, 3, 5)),
    "北京：物业管理委员会三年": ("O-8.interim_tenure", date(2029, 3, 2)),
    "北京：届满六个月前": ("O-8.reports_before_expiry", date(2026, 9, 2)),
    "杭州：表决最长六十日，末日劳动节顺延": ("O-9.window_longest", date(2026, 5, 6)),
    "济南、潍坊：五个工作日答复": ("H-3.reply", date(2026, 3, 9)),
    "信访：十五日转送": ("P-1.route", date(2026, 3, 17)),
    "信访：十五日告知": ("P-2.tell", date(2026, 3, 17)),
    "信访：五个工作日异议": ("P-2.objection", date(2026, 3, 9)),
    "信访：六十日办结，末日劳动节顺延": ("P-3.handle", date(2026, 5, 6)),
    "信访：延长三十日": ("P-3.extension", date(2026, 4, 1)),
    "信访：三十日请求复查": ("P-4.review_apply", date(2026, 4, 1)),
    "信访：三十日复查": ("P-4.review_decide", date(2026, 4, 1)),
    "信访：三十日请求复核": ("P-4.re_review_apply", date(2026, 4, 1)),
    "信访：三十日复核": ("P-4.re_review_decide", date(2026, 4, 1)),
    "信息公开：二十个工作日公开": ("L-4.publish", date(2026, 3, 30)),
    "信息公开：二十个工作日答复": ("L-4.answer", date(2026, 3, 30)),
    "信息公开：延长二十个工作日": ("L-4.extension", date(2026, 3, 30)),
    "信息公开：七个工作日告知补正": ("L-4.correction_told", date(2026, 3, 11)),
    "调解委员会任期三年": ("M-2.tenure", date(2029, 3, 2)),
    "三十日内司法确认": ("M-8.confirm", date(2026, 4, 1)),
    "深圳：三十日调解": ("M-10.period", date(2026, 4, 1)),
    "募捐超过六个月": ("C-2.long_campaign", date(2026, 9, 2)),
    "募捐每三个月公开": ("C-2.progress_every", date(2026, 6, 2)),
    "募捐结束三个月全面公开": ("C-2.full_account", date(2026, 6, 2)),
}


@pytest.mark.parametrize(("reference", "last_day"), LAST_DAYS.values(), ids=LAST_DAYS)
def test_deadlines(law: Law, calendar: Calendar, reference: str, last_day: date) -> None:
    rule_id, _, name = reference.partition(".")
    deadline = due(law.rule(rule_id).term(name), at=MONDAY, calendar=calendar)
    assert datetime.combine(last_day, NEW_DAY) < deadline
    assert datetime.combine(last_day + timedelta(days=1), NEW_DAY) >= deadline


def test_a_speech_lasts_two_minutes(law: Law, calendar: Calendar) -> None:
    assert due(law.rule("D-7").term("speech"), at=MONDAY, calendar=calendar) == MONDAY + timedelta(minutes=2)


# rule, number, natural days that must lie between the first day and the act
FULL_DAYS = {
    "居民：居务公开十五日": ("RC-34.shown_for", 15),
    "居民：选民名单二十日": ("RC-17.list_shown_for", 20),
    "居民会议十日通知": ("RC-26.notice", 10),
    "村民：村务公开十五日": ("VC-35.shown_for", 15),
    "村民：选民名单二十日": ("VC-17.list_shown_for", 20),
    "村民会议十日通知": ("VC-25.notice", 10),
    "业主大会十五日通知": ("O-7.notice", 15),
    "北京：五日前告知居民委员会": ("O-8.tell_before", 5),
    "杭州：定期会议十五日通知": ("O-9.regular_notice", 15),
    "杭州：临时会议七日通知": ("O-9.temporary_notice", 7),
    "杭州：表决至少五日": ("O-9.window_shortest", 5),
    "解聘物业六十日通知": ("O-11.dismissal_notice", 60),
    "物业不续聘九十日通知": ("O-11.non_renewal_notice", 90),
    "不定期合同六十日通知": ("O-11.open_ended_notice", 60),
}


@pytest.mark.parametrize(("reference", "days"), FULL_DAYS.values(), ids=FULL_DAYS)
def test_notices(law: Law, reference: str, days: int) -> None:
    rule_id, _, name = reference.partition(".")
    rule = law.rule(rule_id)
    notice = Publicity.under(rule.term(name), shown_at=MONDAY, clause=rule.clause)
    enough = datetime.combine(MONDAY.date() + timedelta(days=days + 1), NEW_DAY)
    assert notice.may_close(at=enough)
    assert not notice.may_close(at=enough - timedelta(minutes=1))
    assert not notice.may_close(at=MONDAY + timedelta(days=days - 1, hours=23))


FIGURES = {
    "五个下属委员会": ("RC-9.sub_committees", 5),
    "连续两次不称职": ("RC-37.failures_in_a_row", 2),
    "十三天法定节假日": ("S-4.holidays", 13),
    "六步协商": ("D-5.steps", 6),
    "一委三会四个组织": ("D-6.bodies", 4),
    "十二条议事规则": ("D-7.rules", 12),
    "三会": ("D-8.meetings", 3),
    "三率": ("H-1.rates", 3),
    "委员会留存一份": ("M-6.committee_copies", 1),
    "一套房一人": ("O-3.heads_per_unit", 1),
    "开发商未售的房合计一人": ("O-3.heads_of_developer", 1),
    "一人多套房按一人": ("O-3.heads_per_owner", 1),
    "不满十四周岁": ("I-1.child_age_under", 14),
}


@pytest.mark.parametrize(("reference", "figure"), FIGURES.values(), ids=FIGURES)
def test_figures(law: Law, reference: str, figure: int) -> None:
    assert law.number(reference) == figure


def test_no_number_read_in_the_law_is_left_without_its_boundary(law: Law) -> None:
    tables = (THRESHOLDS, SHARES, LAST_DAYS, FULL_DAYS, FIGURES)
    shown = {row[0] for table in tables for row in table.values()} | {"D-7.speech"}
    for name, least, most in LIMITS.values():
        shown |= {f"{name}_least"} if least is not None else set()
        shown |= {f"{name}_most"} if most is not None else set()
    held = {
        f"{rule.id}.{name}" for rule in law.rules.values() if rule.mark is Mark.READ for name in rule.numbers
    }
    assert shown == held


@pytest.mark.parametrize(
    ("reference_there", "reference_here", "count"),
    [
        pytest.param(
            "VC-26.quorum", "RC-27.quorum", households(300, attending=160), id="户代表：村三分之二，居过半"
        ),
        pytest.param(
            "VC-19.call", "RC-20.call", people(1000, agreeing=100), id="罢免：村五分之一，居十分之一"
        ),
    ],
)
def test_what_is_enough_for_residents_is_too_little_for_villagers(
    law: Law, reference_there: str, reference_here: str, count: Count
) -> None:
    villagers, _, name = reference_there.partition(".")
    residents = reference_here.partition(".")[0]
    assert law.rule(residents).threshold(name).is_met_by(funnel(count))
    assert not law.rule(villagers).threshold(name).is_met_by(funnel(count))


def test_a_village_committee_of_three_is_whole_and_a_residents_committee_is_not(law: Law) -> None:
    assert law.rule("VC-8").judge_count("members", count=3, called="委员")
    verdict = law.rule("RC-8").judge_count("members", count=3, called="委员")
    assert verdict.sentence == "委员 3 人，少于 5 人：不合规定。"
    assert verdict.refusals[0].asked == "至少 5 人，至多 9 人"


def test_delegates_meet_quarterly_in_villages_and_half_yearly_in_communities(law: Law) -> None:
    assert (str(law.number("VC-30.meets_every")), str(law.number("RC-28.meets_every"))) == (
        "3 months",
        "6 months",
    )


def test_only_villages_ask_for_a_third_of_women_among_the_delegates(law: Law) -> None:
    assert "women_share" in law.rule("VC-29").numbers
    assert not any("women_share" in rule.numbers for rule in law.rules_for("residents"))
