"""Whether enough of those entitled have signed: the law's own bounds, each at its boundary."""

from pathlib import Path

import pytest

from linli.core import petition
from linli.core.clause import Clause, Mark
from linli.core.eligibility import Roll, Voter
from linli.core.forum import Bound, Electorate, Forum
from linli.core.petition import Petition
from linli.core.threshold import Threshold
from linli.pack.law import read_law

pytestmark = pytest.mark.req("N2")
LAW = read_law(Path(__file__).parents[2] / "packs" / "law" / "2026")
CLAUSE = Clause("RC-26", "中华人民共和国城市居民委员会组织法", "第二十六条", Mark.READ)
ASKED = petition.question("召集居民会议")


def people(electorate: Electorate, count: int, *, first: int = 1) -> Roll:
    numbers = range(first, first + count)
    voters = (Voter(f"person:{one}", f"居民{one}", (one,), household=str(one)) for one in numbers)
    return Roll(electorate, tuple(voters))


def homes(count: int, *, living: int = 2) -> Roll:
    """Let so many people live in each household, numbered on from the first."""
    voters = (
        Voter(
            f"household:{one}",
            f"{one} 户",
            tuple(range(one * living + 1, one * living + living + 1)),
            str(one),
        )
        for one in range(count)
    )
    return Roll(Electorate.HOUSEHOLDS, tuple(voters))


def rolls(
    *, adults: int = 0, households: int = 0, delegates: int = 0, owners: int = 0
) -> dict[Electorate, Roll]:
    return {
        Electorate.ADULTS: people(Electorate.ADULTS, adults),
        Electorate.HOUSEHOLDS: homes(households),
        Electorate.DELEGATES: people(Electorate.DELEGATES, delegates),
        Electorate.OWNERS: people(Electorate.OWNERS, owners),
    }


def called(forum: str, *, signers: int, **counts: int) -> Petition:
    """Let the first so many people of the rolls sign under a forum of the law."""
    return petition.drawn(LAW.forums[forum], rolls=rolls(**counts), signers=range(1, signers + 1))


# forum, the rolls, just enough signers; one less is not
BOUNDS = {
    "居民会议：恰好十分之一成年居民": ("residents_assembly", {"adults": 1240}, 124),
    "居民会议：不能整除的十分之一进位": ("residents_assembly", {"adults": 1241}, 125),
    "居民会议：恰好三分之一居民代表": ("residents_assembly", {"adults": 900, "delegates": 30}, 10),
    "居民代表会议：恰好五分之一居民代表": ("delegates_assembly", {"delegates": 45}, 9),
    "罢免：恰好十分之一选民": ("recall", {"adults": 300}, 30),
    "村民会议：恰好十分之一村民": ("villagers_assembly", {"adults": 500}, 50),
    "村民代表会议：恰好五分之一村民代表": ("village_delegates", {"delegates": 40}, 8),
    "村罢免：恰好五分之一村民": ("village_recall", {"adults": 500}, 100),
    "村罢免：恰好三分之一村民代表": ("village_recall", {"adults": 900, "delegates": 33}, 11),
    "业主大会：恰好百分之二十业主": ("owners_assembly", {"owners": 360}, 72),
    "增加审计事项：恰好十分之一居民": ("audit_items", {"adults": 200}, 20),
    "增加审计事项：恰好三分之一居民代表": ("audit_items", {"adults": 900, "delegates": 24}, 8),
}


@pytest.mark.parametrize(("forum", "counts", "enough"), BOUNDS.values(), ids=BOUNDS)
def test_just_enough_signers_pass_and_one_less_does_not(
    forum: str, counts: dict[str, int], enough: int
) -> None:
    assert called(forum, signers=enough, **counts).judge(ASKED)
    assert not called(forum, signers=enough - 1, **counts).judge(ASKED)


def test_a_household_counts_once_however_many_of_it_sign() -> None:
    every = rolls(adults=900, households=100)
    two_of_a_home = range(1, 19)
    just_enough = range(1, 21)
    forum = LAW.forums["residents_assembly"]
    assert not petition.drawn(forum, rolls=every, signers=two_of_a_home).judge(ASKED)
    assert petition.drawn(forum, rolls=every, signers=just_enough).judge(ASKED)


def test_who_is_on_no_roll_is_not_counted_and_may_not_sign() -> None:
    drawn = petition.drawn(LAW.forums["residents_assembly"], rolls=rolls(adults=20), signers=(1, 900))
    verdict = drawn.judge(ASKED)
    assert not verdict
    assert "共有 20 人，联名 1 人，未达十分之一（2 人）" in verdict.sentence
    assert drawn.may_sign(1)
    assert "您不在名册上" in drawn.may_sign(900).sentence
    assert not drawn.may_sign(None)


def test_the_refusal_gives_the_figures_of_each_bound_and_what_it_stops() -> None:
    said = called("village_recall", signers=9, adults=500, delegates=33).judge(ASKED)
    assert "共有 500 人，联名 9 人，未达五分之一（100 人）" in said.sentence
    assert "共有代表 33 人，联名代表 9 人，未达三分之一（11 人）" in said.sentence


def test_the_refusal_is_the_sentence_that_is_read_out() -> None:
    tenth = Bound(Threshold.parse("agreeing of entitled by headcount >= 1/10"), CLAUSE)
    forum = Forum("f", "居民会议", Electorate.ADULTS, CLAUSE, calls=(tenth,))
    said = petition.drawn(forum, rolls=rolls(adults=1240), signers=range(1, 119)).judge(ASKED)
    assert said.sentence == "共有 1240 人，联名 118 人，未达十分之一（124 人）：不能据此召集居民会议。"
    assert said.refusals[0].remedy == "还差 6 人联名。"


def test_an_empty_roll_reaches_no_bound() -> None:
    verdict = called("delegates_assembly", signers=5).judge(ASKED)
    assert not verdict
    assert "无从计算" in verdict.sentence
