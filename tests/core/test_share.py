"""A share is exact, and says whether the number itself is enough."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.core.share import Share

wholes = st.integers(min_value=1, max_value=10**9)


@st.composite
def shares(draw: st.DrawFn) -> Share:
    below = draw(st.integers(min_value=1, max_value=100))
    above = draw(st.integers(min_value=1, max_value=below))
    is_strict = draw(st.booleans()) and above < below
    return Share(Fraction(above, below), is_strict)


@pytest.mark.parametrize(
    ("share", "whole", "needed"),
    [
        pytest.param(">= 2/3", 120, 80, id="三分之二以上：120 户须 80 户"),
        pytest.param("> 2/3", 120, 81, id="超过三分之二：120 户须 81 户"),
        pytest.param("> 1/2", 120, 61, id="过半数：120 户须 61 户"),
        pytest.param("> 1/2", 121, 61, id="过半数：121 户也须 61 户"),
        pytest.param(">= 1/2", 120, 60, id="二分之一以上：60 户即可"),
        pytest.param(">= 3/4", 101, 76, id="四分之三以上：101 人须 76 人"),
        pytest.param(">= 1", 37, 37, id="全体：一户不少"),
        pytest.param(">= 1/10", 5, 1, id="十分之一以上：不足一人按一人"),
        pytest.param("> 1/2", 0, 1, id="没有应到的人，永远不够"),
        pytest.param(">= 2/3", 0, 1, id="没有应到的户，以上也不够"),
    ],
)
def test_the_smallest_count_that_is_enough(share: str, whole: int, needed: int) -> None:
    assert Share.parse(share).needs(whole) == needed


@pytest.mark.parametrize(
    ("share", "part", "whole", "met"),
    [
        pytest.param(">= 2/3", 80, 120, True, id="恰好三分之二，以上通过"),
        pytest.param("> 2/3", 80, 120, False, id="恰好三分之二，超过不通过"),
        pytest.param(">= 2/3", 79, 120, False, id="差一户不到三分之二"),
        pytest.param("> 2/3", 81, 120, True, id="多一户即超过三分之二"),
        pytest.param("> 1/2", 60, 120, False, id="恰好一半不是过半数"),
        pytest.param("> 1/2", 61, 120, True, id="多一户即过半数"),
        pytest.param(">= 2/3", 2 * 10**17 // 3, 10**17, False, id="大数不用浮点：少一点也不够"),
        pytest.param(">= 2/3", 0, 0, False, id="空的全体不成其为多数"),
        pytest.param(">= 2/3", Fraction(200, 3), 100, True, id="面积是分数也精确"),
        pytest.param("> 2/3", Fraction(200, 3), 100, False, id="面积恰好三分之二不是超过"),
    ],
)
def test_exactly_on_the_number(share: str, part: int, whole: int, met: bool) -> None:
    assert Share.parse(share).is_met_by(part, of=whole) is met


@pytest.mark.parametrize(
    ("share", "words", "missed"),
    [
        ("> 1/2", "过半数", "未过半数"),
        (">= 2/3", "三分之二以上", "未达三分之二"),
        ("> 2/3", "超过三分之二", "未超过三分之二"),
        (">= 1/10", "十分之一以上", "未达十分之一"),
        (">= 3/20", "二十分之三以上", "未达二十分之三"),
        (">= 1/50", "五十分之一以上", "未达五十分之一"),
        (">= 7/12", "十二分之七以上", "未达十二分之七"),
        (">= 97/100", "百分之九十七以上", "未达百分之九十七"),
        (">= 1", "全体", "未达全体"),
    ],
)
def test_a_share_speaks_as_the_law_does(share: str, words: str, missed: str) -> None:
    assert (Share.parse(share).words, Share.parse(share).missed_words) == (words, missed)


@pytest.mark.parametrize(
    "text",
    [
        "> 0.2",
        "20%",
        "1/2",
        "< 1/2",
        "> 1/0",
        ">= 0",
        "> 1",
        ">= 3/2",
        ">= 1/101",
        "> 1/2 人",
        "",
        "＞ 1/2",
        "> -1/2",
        "> ½",
        ">= ２/３",
    ],
)
def test_what_cannot_be_a_share_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="份额"):
        Share.parse(text)


@given(shares())
def test_reading_what_was_written_gives_the_same_share(share: Share) -> None:
    assert Share.parse(str(share)) == share


@given(shares(), wholes)
def test_needs_is_enough_and_one_less_is_not(share: Share, whole: int) -> None:
    needed = share.needs(whole)
    assert 1 <= needed <= whole
    assert share.is_met_by(needed, of=whole)
    assert not share.is_met_by(needed - 1, of=whole)


@given(shares(), wholes, st.data())
def test_one_more_never_turns_enough_into_too_little(share: Share, whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(min_value=0, max_value=whole - 1))
    assert share.is_met_by(part, of=whole) <= share.is_met_by(part + 1, of=whole)
