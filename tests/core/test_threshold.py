"""A threshold is judged in one sentence with its figures."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from linli.core.clause import Clause, Mark
from linli.core.funnel import Count, Funnel, Measure, Tier
from linli.core.share import Share
from linli.core.threshold import CALL, PASSAGE, QUORUM, SEAT, VALIDITY, Bar, Question, Threshold, Way, judge

ASSEMBLY = Threshold.parse(
    "attending of entitled by headcount > 1/2 or attending of entitled by household > 1/2"
)
OWNERS = Threshold.parse("voting of entitled by floor_area >= 2/3 and voting of entitled by headcount >= 2/3")
ARTICLE_29 = Clause("RC-29", "中华人民共和国城市居民委员会组织法", "第二十九条", Mark.READ)


def households(entitled: int, attending: int) -> Count:
    return Count(Measure.HOUSEHOLD, entitled, attending=attending)


@st.composite
def bars(draw: st.DrawFn) -> Bar:
    whole, part = sorted(draw(st.sets(st.sampled_from(range(4)), min_size=2, max_size=2)))
    below = draw(st.integers(2, 12))
    share = Share(Fraction(draw(st.integers(1, below - 1)), below), draw(st.booleans()))
    return Bar(tuple(Tier)[part], tuple(Tier)[whole], draw(st.sampled_from(Measure)), share)


ways = st.lists(bars(), min_size=1, max_size=3).map(lambda found: Way(tuple(found)))
thresholds = st.lists(ways, min_size=1, max_size=3).map(lambda found: Threshold(tuple(found)))


@st.composite
def counts(draw: st.DrawFn, measure: Measure) -> Count:
    tiers = sorted(draw(st.lists(st.integers(0, 200), min_size=4, max_size=4)), reverse=True)
    return Count(measure, *tiers)


funnels = st.tuples(*(counts(measure) for measure in Measure)).map(Funnel)


@pytest.mark.parametrize(
    ("attending", "sentence"),
    [
        pytest.param(79, "应到 120 户，到会 79 户，未达三分之二（80 户）：不能表决。", id="差一户"),
        pytest.param(80, "应到 120 户，到会 80 户，已达三分之二（80 户）：可以表决。", id="恰好三分之二"),
    ],
)
def test_a_quorum_can_be_read_out_at_the_meeting(attending: int, sentence: str) -> None:
    threshold = Threshold.parse("attending of entitled by household >= 2/3")
    verdict = judge(threshold, Funnel.of(households(120, attending)), clause=ARTICLE_29, asked=QUORUM)
    assert verdict.sentence == sentence
    assert verdict.clause == ARTICLE_29
    assert verdict.is_yes is (attending == 80)


def test_a_refusal_carries_the_figures_and_what_is_missing() -> None:
    threshold = Threshold.parse("attending of entitled by household >= 2/3")
    (refusal,) = judge(threshold, Funnel.of(households(120, 78)), clause=ARTICLE_29, asked=QUORUM).refusals
    assert refusal.remedy == "还差 2 户到会。"
    assert refusal.asked == "到会的户数须占应参加的三分之二以上"
    assert refusal.figures == (("应到户数", "120 户"), ("到会户数", "78 户"), ("须有到会户数", "80 户"))
    assert refusal.clause == ARTICLE_29


def test_any_one_way_is_enough_and_the_sentence_names_that_way() -> None:
    people = Count(Measure.HEADCOUNT, 3000, attending=1500)
    verdict = judge(ASSEMBLY, Funnel.of(people, households(1100, 551)), asked=QUORUM)
    assert verdict.sentence == "应到 1100 户，到会 551 户，已过半数（551 户）：可以表决。"


def test_when_no_way_is_met_the_sentence_names_them_all() -> None:
    people = Count(Measure.HEADCOUNT, 3000, attending=1500)
    verdict = judge(ASSEMBLY, Funnel.of(people, households(1100, 550)), asked=QUORUM)
    assert verdict.sentence == (
        "应到 3000 人，到会 1500 人，未过半数（1501 人）；"
        "应到 1100 户，到会 550 户，未过半数（551 户）：不能表决。"
    )
    assert verdict.refusals[0].remedy == "还差 1 人到会，或者还差 1 户到会。"


def test_what_was_not_counted_is_not_met() -> None:
    verdict = judge(ASSEMBLY, Funnel.of(Count(Measure.HEADCOUNT, 10, attending=5)), asked=QUORUM)
    assert verdict.sentence == "应到 10 人，到会 5 人，未过半数（6 人）；户数没有清点：不能表决。"
    assert verdict.refusals[0].remedy == "还差 1 人到会，或者请先清点户数。"


def test_nobody_entitled_is_no_quorum() -> None:
    threshold = Threshold.parse("attending of entitled by household >= 2/3")
    verdict = judge(threshold, Funnel.of(households(0, 0)), asked=QUORUM)
    assert verdict.sentence == "应到 0 户，无从计算：不能表决。"
    assert verdict.refusals[0].remedy == "请先核对应到户数。"


def test_owners_need_both_area_and_heads() -> None:
    area = Count(Measure.FLOOR_AREA, 120_0000, voting=80_0000)
    assert judge(OWNERS, Funnel.of(area, Count(Measure.HEADCOUNT, 12, voting=8)), asked=VALIDITY)
    verdict = judge(OWNERS, Funnel.of(area, Count(Measure.HEADCOUNT, 12, voting=7)), asked=VALIDITY)
    assert verdict.sentence == (
        "应参加面积 120 平方米，参加表决面积 80 平方米，已达三分之二（80 平方米）；"
        "应参加 12 人，参加表决 7 人，未达三分之二（8 人）：投票无效。"
    )
    assert verdict.refusals[0].remedy == "还差 1 人参加表决。"


def test_an_area_one_square_centimetre_short_is_short() -> None:
    area = Count(Measure.FLOOR_AREA, 120_0000, voting=79_9999)
    verdict = judge(OWNERS, Funnel.of(area, Count(Measure.HEADCOUNT, 12, voting=12)), asked=VALIDITY)
    assert verdict.sentence == (
        "应参加面积 120 平方米，参加表决面积 79.9999 平方米，未达三分之二（80 平方米）；"
        "应参加 12 人，参加表决 12 人，已达三分之二（8 人）：投票无效。"
    )


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        pytest.param(PASSAGE, "应参加 9 人，同意 4 人，未过半数（5 人）：未通过。", id="表决"),
        pytest.param(SEAT, "应参加 9 人，得票 4 人，未过半数（5 人）：未当选。", id="选举"),
        pytest.param(CALL, "共有 9 人，联名 4 人，未过半数（5 人）：不能据此召开。", id="联名"),
    ],
)
def test_each_occasion_has_its_own_words(asked: Question, sentence: str) -> None:
    threshold = Threshold.parse("agreeing of entitled by headcount > 1/2")
    assert (
        judge(threshold, Funnel.of(Count(Measure.HEADCOUNT, 9, agreeing=4)), asked=asked).sentence == sentence
    )


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("attending of entitled > 1/2", "看不懂"),
        ("attending of entitled by household > 0.5", "看不懂"),
        ("attending of entitled by household", "看不懂"),
        ("coming of entitled by household > 1/2", "没有「coming」这一层"),
        ("attending of entitled by family > 1/2", "不能按「family」计算"),
        ("entitled of attending by household > 1/2", "次序不对"),
        ("voting of voting by household > 1/2", "次序不对"),
        ("attending of entitled by household > 3/2", "永远达不到"),
        ("attending of entitled by household > 1/2 or", "看不懂"),
        ("", "看不懂"),
    ],
)
def test_a_sentence_that_is_no_threshold_is_refused_with_the_reason(sentence: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Threshold.parse(sentence)


@pytest.mark.parametrize("empty", [Way, Threshold])
def test_no_bar_at_all_is_not_a_bar_that_everything_passes(empty: type[Way] | type[Threshold]) -> None:
    with pytest.raises(ValueError, match="至少要有"):
        empty(())


def test_a_threshold_may_be_written_over_several_lines() -> None:
    written = """
        voting of entitled by floor_area >= 2/3
        and voting of entitled by headcount >= 2/3
    """
    assert Threshold.parse(written) == OWNERS


@pytest.mark.parametrize(
    ("tiers", "reason"),
    [
        pytest.param({"attending": 121}, "到会 121 户，多于应参加 120 户", id="到会多于应到"),
        pytest.param({"agreeing": 121}, "同意 121 户，多于应参加 120 户", id="同意多于应到，中间没有清点"),
        pytest.param({"attending": 80, "voting": 81}, "参加表决 81 户，多于到会 80 户", id="表决多于到会"),
        pytest.param({"attending": -1}, "不能是负数", id="负数"),
    ],
)
def test_a_funnel_never_widens(tiers: dict[str, int], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Count(Measure.HOUSEHOLD, 120, **tiers)


def test_one_measure_is_counted_once() -> None:
    with pytest.raises(ValueError, match="两次"):
        Funnel.of(households(120, 80), households(120, 81))


@given(thresholds)
def test_reading_what_was_written_gives_the_same_threshold(threshold: Threshold) -> None:
    assert Threshold.parse(str(threshold)) == threshold


@given(thresholds, funnels)
def test_the_verdict_says_what_the_threshold_says(threshold: Threshold, funnel: Funnel) -> None:
    verdict = judge(threshold, funnel)
    assert verdict.is_yes is threshold.is_met_by(funnel)
    assert verdict.sentence.endswith("。")
    assert verdict.sentence.count("。") == 1


@given(thresholds, funnels, st.sampled_from(Measure))
def test_adding_a_yes_never_unmakes_a_pass(threshold: Threshold, funnel: Funnel, measure: Measure) -> None:
    before = next(count for count in funnel.counts if count.measure is measure)
    assume(before.agreeing < before.voting)
    after = Count(measure, before.entitled, before.attending, before.voting, before.agreeing + 1)
    grown = Funnel(tuple(after if count is before else count for count in funnel.counts))
    assert threshold.is_met_by(funnel) <= threshold.is_met_by(grown)


@pytest.mark.parametrize(
    ("stricter", "floor", "follows"),
    [
        ("attending of entitled by household >= 2/3", "attending of entitled by household > 1/2", True),
        ("attending of entitled by household > 1/2", "attending of entitled by household >= 1/2", True),
        ("attending of entitled by household >= 1/2", "attending of entitled by household > 1/2", False),
        ("agreeing of entitled by headcount > 1/2", "agreeing of attending by headcount > 1/2", True),
        ("agreeing of attending by headcount > 1/2", "agreeing of entitled by headcount > 1/2", False),
        ("agreeing of entitled by headcount > 1/2", "attending of entitled by headcount > 1/2", True),
        ("attending of entitled by headcount > 1/2", "agreeing of entitled by headcount > 1/2", False),
        ("attending of entitled by headcount >= 2/3", "attending of entitled by household >= 1/3", False),
        (
            "attending of entitled by household >= 2/3",
            "attending of entitled by headcount > 1/2 or attending of entitled by household > 1/2",
            True,
        ),
        (
            "attending of entitled by headcount > 1/2 or attending of entitled by household > 1/2",
            "attending of entitled by household > 1/2",
            False,
        ),
    ],
    ids=[
        "三分之二以上高于过半数", "过半数高于二分之一以上", "二分之一以上低于过半数",
        "占应到的过半数高于占到会的", "占到会的低于占应到的", "同意的也到了会", "到会的未必同意",
        "人和户不能相比", "只留一种情形更严", "多一种情形更松",
    ],
)  # fmt: skip
def test_one_threshold_follows_from_another(stricter: str, floor: str, follows: bool) -> None:
    assert Threshold.parse(stricter).implies(Threshold.parse(floor)) is follows


@given(thresholds, thresholds, funnels)
def test_whatever_reaches_the_stricter_threshold_reaches_the_other(
    mine: Threshold, other: Threshold, funnel: Funnel
) -> None:
    assert mine.implies(mine)
    if mine.implies(other) and mine.is_met_by(funnel):
        assert other.is_met_by(funnel)
