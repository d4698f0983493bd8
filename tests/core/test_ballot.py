"""What a vote may say, and when it may be cast."""

from datetime import UTC, datetime, timedelta

import pytest

from linli.core.ballot import (
    ABSTAIN,
    NO,
    SPOILT,
    YES,
    Kind,
    Option,
    Slip,
    has_spare,
    is_in_notice,
    may_be_secret,
    may_cast,
    may_close,
    receipt_digest,
)
from linli.core.clause import Clause, Mark
from linli.core.forum import Electorate, Forum
from linli.core.funnel import Measure
from linli.core.threshold import Threshold
from linli.core.verdict import Refused

CLAUSE = Clause("O-8", "北京市物业管理条例", "第三十五条至第五十八条", Mark.READ)
OPENS = datetime(2026, 11, 20, 9, tzinfo=UTC)
CLOSES = OPENS + timedelta(days=5)
ELECTION = Slip(Kind.ELECTION, tuple(Option(key, key.upper()) for key in "abc"), most=2)
CHOICE = Slip(Kind.CHOICE, tuple(Option(key, key.upper()) for key in "ab"))


@pytest.mark.parametrize(
    ("slip", "marked", "read"),
    [
        pytest.param(Slip.motion(), (YES,), (YES,), id="同意"),
        pytest.param(Slip.motion(), (ABSTAIN,), (ABSTAIN,), id="弃权"),
        pytest.param(ELECTION, ("c", "a"), ("a", "c"), id="选两人"),
        pytest.param(ELECTION, ("b",), ("b",), id="少选"),
        pytest.param(ELECTION, ("a", "a"), ("a",), id="重复只算一个"),
    ],
)
def test_a_vote_is_read_in_the_order_of_the_slip(
    slip: Slip, marked: tuple[str, ...], read: tuple[str, ...]
) -> None:
    assert slip.read(marked) == read


@pytest.mark.parametrize(
    ("slip", "marked", "why"),
    [
        pytest.param(Slip.motion(), (), "还没有选", id="空白"),
        pytest.param(Slip.motion(), (YES, NO), "最多选 1 个", id="又同意又反对"),
        pytest.param(ELECTION, ("a", "b", "c"), "选了 3 个，最多选 2 个", id="多选一人"),
        pytest.param(ELECTION, ("a", ABSTAIN), "不在表决票上", id="选了人又弃权"),
        pytest.param(CHOICE, ("z",), "不在表决票上", id="票上没有的"),
        pytest.param(CHOICE, (SPOILT,), "不在表决票上", id="手机投不出废票"),
    ],
)
def test_what_is_no_vote_is_refused(slip: Slip, marked: tuple[str, ...], why: str) -> None:
    with pytest.raises(Refused, match=why):
        slip.read(marked)


def test_only_paper_can_be_spoilt() -> None:
    assert ELECTION.read((SPOILT,), on_paper=True) == (SPOILT,)


@pytest.mark.parametrize(
    "make",
    [
        lambda: Slip(Kind.CHOICE, (Option("a", "甲"),)),
        lambda: Slip(Kind.CHOICE, (Option("a", "甲"), Option("a", "乙"))),
        lambda: Slip(Kind.CHOICE, (Option("a", "甲"), Option(ABSTAIN, "乙"))),
        lambda: Slip(Kind.CHOICE, (Option("a", "甲"), Option("b", "乙")), most=2),
        lambda: Slip(Kind.ELECTION, (Option("a", "甲"),), most=2),
        lambda: Slip(Kind.ELECTION, ()),
    ],
    ids=["只有一项", "代号重复", "弃权作选项", "单选选两项", "席位多于候选人", "没有候选人"],
)
def test_what_cannot_be_decided_is_no_slip(make: object) -> None:
    assert callable(make)
    with pytest.raises(ValueError, match="选"):
        make()


@pytest.mark.parametrize(
    ("at", "may"),
    [
        pytest.param(OPENS - timedelta(microseconds=1), False, id="开始前一刻"),
        pytest.param(OPENS, True, id="开始"),
        pytest.param(CLOSES - timedelta(microseconds=1), True, id="截止前一刻"),
        pytest.param(CLOSES, False, id="截止"),
    ],
)
def test_votes_are_taken_from_the_opening_until_the_end(at: datetime, may: bool) -> None:
    assert bool(may_cast(opens_at=OPENS, closes_at=CLOSES, at=at, clause=CLAUSE)) is may


@pytest.mark.parametrize(
    ("at", "waiting", "in_meeting", "may"),
    [
        pytest.param(CLOSES - timedelta(seconds=1), 1, False, False, id="还有一人没投"),
        pytest.param(CLOSES - timedelta(seconds=1), 0, False, True, id="都投完了"),
        pytest.param(CLOSES - timedelta(seconds=1), 1, True, True, id="会上主持人宣布"),
        pytest.param(CLOSES, 1, False, True, id="到时间了"),
    ],
)
def test_a_ballot_ends_at_its_time_or_when_nobody_is_waited_for(
    at: datetime, waiting: int, in_meeting: bool, may: bool
) -> None:
    verdict = may_close(closes_at=CLOSES, at=at, waiting=waiting, in_meeting=in_meeting, clause=CLAUSE)
    assert bool(verdict) is may


@pytest.mark.req("X8")
@pytest.mark.parametrize(
    ("locks", "item", "may"),
    [
        pytest.param(True, "使用维修资金", True, id="通知里有"),
        pytest.param(True, "更换物业", False, id="通知里没有"),
        pytest.param(False, "更换物业", True, id="通知不限定议题"),
    ],
)
def test_what_was_not_in_the_notice_is_not_voted_on(locks: bool, item: str, may: bool) -> None:
    forum = Forum("owners", "业主大会", Electorate.OWNERS, CLAUSE, locks_agenda=locks)
    verdict = is_in_notice(forum, item, noticed=("使用维修资金",), clause=CLAUSE)
    assert bool(verdict) is may
    assert verdict.clause == CLAUSE


def test_an_area_gives_its_voter_away() -> None:
    area = Threshold.parse("agreeing of voting by floor_area > 1/2 and agreeing of voting by headcount > 1/2")
    heads = Threshold.parse("agreeing of voting by headcount > 1/2")
    assert may_be_secret((heads,), plain={Measure.HEADCOUNT}, clause=CLAUSE)
    (refusal,) = may_be_secret((heads, area), plain={Measure.HEADCOUNT}, clause=CLAUSE).refusals
    assert refusal.sentence == "按面积计票的表决不能无记名：各人的分量不同，一看就知道是谁投的。"


@pytest.mark.parametrize(("seats", "may"), [(2, True), (3, False)], ids=["三选二", "三选三"])
def test_an_election_has_more_candidates_than_seats(seats: int, may: bool) -> None:
    assert bool(has_spare(Slip(Kind.ELECTION, ELECTION.options, seats), spare=1, clause=CLAUSE)) is may


def test_a_receipt_belongs_to_one_ballot() -> None:
    assert receipt_digest("XXL-2026-000001", "ABCD") != receipt_digest("XXL-2026-000002", "ABCD")
