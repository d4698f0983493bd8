"""A ballot ends with a sentence, a root, an entry and letters; anybody counts it again from one file."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from linli.ballots import boxes, export, queries
from linli.ballots import recount as command
from linli.ballots.actions import closing
from linli.ballots.models import Ballot, Vote
from linli.core.ballot import Kind, Slip
from linli.core.funnel import Count, Measure
from linli.core.recount import NotABallot, recount
from linli.outbox import queries as outbox
from linli.record import queries as record
from tests import make
from tests.ballots.polls import (
    CLOSES,
    LATER,
    OWNERS,
    candidates,
    cast,
    cast_all,
    election,
    neighbours,
    opened,
    refused,
    voter,
)
from tests.world import World, spots

pytestmark = pytest.mark.req("X8")


def closed(world: World, ballot: Ballot, *, at: Any = CLOSES) -> Ballot:
    closing.close(ballot, by=world.secretary, at=at)
    found = queries.of_number(ballot.number)
    assert found is not None
    return found


def owners_vote(world: World) -> Ballot:
    """Nine of twelve owners: enough heads and area come, the heads agree, the area does not."""
    roll = neighbours(12, areas=(400_0000, *(50_0000,) * 11))
    ballot = opened(world, roll, OWNERS)
    cast_all(ballot, roll, "反" + "同" * 4 + "反同同同")
    return closed(world, ballot)


def secret_vote(world: World) -> Ballot:
    roll = neighbours(8)
    ballot = election(world, roll, seats=2)
    for place, chosen in enumerate((("c1", "c2"), ("c1",), ("c1", "c3"), ("abstain",), ("c1", "c2"))):
        cast(ballot, voter(roll, place), *chosen)
    return closed(world, ballot)


def test_owners_agree_by_heads_and_fail_by_area(world: World) -> None:
    ballot = owners_vote(world)
    assert ballot.passed is False
    assert ballot.said == (
        "应参加面积 950 平方米，参加表决面积 800 平方米，已达三分之二（633.3334 平方米）；"
        "应参加 12 人，参加表决 9 人，已达三分之二（8 人）：投票有效。"
        "参加表决面积 800 平方米，同意面积 350 平方米，未过半数（多于 400 平方米）；"
        "参加表决 9 人，同意 7 人，已过半数（5 人）：未通过。"
    )


def test_the_result_is_one_entry_with_its_clause_figures_and_root(world: World) -> None:
    ballot = owners_vote(world)
    lines = record.timeline(chain=ballot.number)
    assert [line.act for line in lines] == ["open_ballot", "close_ballot"]
    figures = dict(lines[-1].figures)
    assert (lines[-1].clause, figures["结论"]) == ("O-1", ballot.said)
    assert figures["回执清单根值"] == ballot.root != ""


def test_everybody_on_the_roll_is_told_the_result(world: World) -> None:
    roll = neighbours(3)
    ballot = opened(world, roll)
    cast_all(ballot, roll, "同同")
    closed(world, ballot)
    letters = outbox.inside(to=voter(roll, 2).person_id or 0)
    assert [letter.subject for letter in letters.order_by("id")] == [
        "请您表决：是否在三号小区加装充电棚",
        "表决结果：是否在三号小区加装充电棚",
    ]


@pytest.mark.parametrize(
    ("votes", "at", "why"),
    [
        pytest.param(
            "同同", CLOSES - timedelta(seconds=1), "还有 1 人没有投：不能提前结束", id="还有一人，没有到时间"
        ),
        pytest.param("同同", CLOSES, "", id="到时间"),
        pytest.param("同同反", LATER, "", id="都投完了"),
    ],
)
def test_a_ballot_ends_in_its_time(world: World, votes: str, at: Any, why: str) -> None:
    roll = neighbours(3)
    ballot = opened(world, roll)
    cast_all(ballot, roll, votes)
    if not why:
        assert closed(world, ballot, at=at).passed
        return
    with refused(why):
        closing.close(ballot, by=world.secretary, at=at)
    assert boxes.cast(boxes.standing(ballot)) == (2, 0)
    assert cast(ballot, voter(roll, 2), "no")


def test_a_ballot_ends_once_and_takes_no_more_votes(world: World) -> None:
    roll = neighbours(3)
    ballot = closed(world, opened(world, roll))
    with refused("已经结束"):
        closing.close(ballot, by=world.secretary, at=CLOSES)
    with refused("刚刚结束"):
        cast(ballot, voter(roll, 0), "yes")


@pytest.mark.parametrize(
    "who",
    [
        pytest.param("resident", id="居民"),
        pytest.param("grid_worker", id="网格员"),
        pytest.param("enforcer", id="办理单位"),
        pytest.param("other_dispatcher", id="别处的调度员"),
    ],
)
def test_nobody_but_those_who_may_open_it_ends_a_ballot(world: World, who: str) -> None:
    ballot = opened(world, neighbours(2), place_path=spots("tonghua_g1")[-1].path)
    by = world.cast[who]
    with refused("表决由本级的书记、调度员或者"):
        closing.close(ballot, by=by, at=CLOSES)
    with refused("表决由本级的书记、调度员或者"):
        closing.cancel(ballot, reason="通知有误。", by=by, at=LATER)
    assert boxes.standing(ballot) != {}


@pytest.mark.parametrize("who", ["dispatcher", "street_dispatcher"])
def test_whoever_may_open_a_ballot_there_ends_it(world: World, who: str) -> None:
    ballot = opened(world, neighbours(2))
    assert not closing.close(ballot, by=world.cast[who], at=CLOSES).passed


def test_running_the_site_is_no_office_over_a_ballot(world: World) -> None:
    ballot = opened(world, neighbours(2))
    by = replace(world.other_dispatcher, runs_site=True)
    with refused("表决由本级的书记、调度员或者"):
        closing.cancel(ballot, reason="通知有误。", by=by, at=LATER)


def test_votes_that_do_not_tally_with_the_boxes_are_not_published(world: World) -> None:
    roll = neighbours(3)
    ballot = opened(world, roll)
    cast_all(ballot, roll, "同同反")
    Vote.objects.filter(elector__key=roll.voters[0].key).delete()
    with refused("票箱里有 3 张票，逐一清点是 2 张：不相符"):
        closing.close(ballot, by=world.secretary, at=CLOSES)


def test_a_ballot_in_a_meeting_is_ended_by_its_chair_and_judged_by_the_whole(world: World) -> None:
    roll = neighbours(3)
    attended = (Count(Measure.HEADCOUNT, 5, attending=3),)
    ballot = opened(world, roll, attended=attended)
    cast_all(ballot, roll, "同同")
    outcome = closing.close(ballot, by=world.secretary, at=LATER)
    assert outcome.said == (
        "应到 5 人，到会 3 人，已过半数（3 人）：可以表决。到会 3 人，同意 2 人，已过半数（2 人）：通过。"
    )


def test_a_ballot_on_a_matter_stands_on_the_matters_own_chain(world: World) -> None:
    matter = make.report(world)
    before = len(record.timeline(chain=matter.number))
    ballot = opened(world, neighbours(2), matter=matter)
    closed(world, ballot)
    acts = [line.act for line in record.timeline(chain=matter.number)]
    assert acts[before:] == ["open_ballot", "close_ballot"]
    assert queries.of_matter(matter.pk) == (ballot,)


def test_a_cancelled_ballot_keeps_its_reason_and_decides_nothing(world: World) -> None:
    roll = neighbours(3)
    ballot = opened(world, roll)
    cast_all(ballot, roll, "同")
    with refused("取消表决要写理由"):
        closing.cancel(ballot, reason=" ", by=world.secretary, at=LATER)
    closing.cancel(ballot, reason="通知有误。", by=world.secretary, at=LATER)
    found = queries.of_number(ballot.number)
    assert found is not None
    assert (found.stage(at=LATER), found.reason, queries.outcome(found)) == ("cancelled", "通知有误。", None)
    with refused("已经取消"):
        cast(found, voter(roll, 1), "yes")
    assert outbox.unread(to=voter(roll, 2).person_id or 0) == 2


@pytest.mark.parametrize("vote", [owners_vote, secret_vote], ids=["记名按面积", "无记名选举"])
def test_a_stranger_counts_again_from_one_file(
    world: World, vote: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ballot = vote(world)
    file = tmp_path / "ballot.json"
    file.write_text(json.dumps(export.document(ballot), ensure_ascii=False), encoding="utf-8")
    assert command.main([str(file), "--root", ballot.root]) == 0
    said = capsys.readouterr().out
    assert f"结论：{ballot.said}" in said
    assert "完全一致" in said


def test_the_file_names_nobody_in_full(world: World) -> None:
    for vote in (owners_vote, secret_vote):
        written = json.dumps(export.document(vote(world)), ensure_ascii=False)
        assert "居民0" not in written
        assert "居**0" in written


def _swap_a_vote(document: dict[str, Any]) -> None:
    document["roll"][0]["chosen"] = ["yes"]


def _lose_a_vote(document: dict[str, Any]) -> None:
    document["roll"][0]["chosen"] = []


def _shrink_a_flat(document: dict[str, Any]) -> None:
    document["roll"][0]["area"] -= 1


def _drop_a_receipt(document: dict[str, Any]) -> None:
    document["receipts"].pop()


def _turn_the_verdict(document: dict[str, Any]) -> None:
    document["outcome"]["passed"] = not document["outcome"]["passed"]


def _soften_the_rule(document: dict[str, Any]) -> None:
    document["rules"]["quorum"]["threshold"] = "voting of entitled by headcount > 0/1"


def _add_to_the_roll(document: dict[str, Any]) -> None:
    document["roll"].append(dict(document["roll"][-1], line=99, chosen=[]))


@pytest.mark.parametrize(
    ("change", "what"),
    [
        pytest.param(_swap_a_vote, "合计", id="改一票"),
        pytest.param(_lose_a_vote, "合计", id="少一票"),
        pytest.param(_shrink_a_flat, "合计", id="面积少一平方厘米"),
        pytest.param(_drop_a_receipt, "计入的回执数", id="少一个回执"),
        pytest.param(_turn_the_verdict, "是否通过", id="改结论"),
        pytest.param(_add_to_the_roll, "应参加人数", id="名册多一人"),
    ],
)
def test_a_changed_file_says_what_differs(world: World, change: Any, what: str) -> None:
    document = json.loads(json.dumps(export.document(owners_vote(world))))
    change(document)
    found = recount(document)
    assert what in [one.what for one in found.differences]


@pytest.mark.parametrize(
    "change",
    [_soften_the_rule, lambda document: document.pop("roll"), lambda document: document.update(format="x")],
    ids=["门槛看不懂", "没有名册", "不是表决"],
)
def test_a_broken_file_is_no_ballot(world: World, change: Any) -> None:
    document = json.loads(json.dumps(export.document(owners_vote(world))))
    change(document)
    with pytest.raises(NotABallot):
        recount(document)


def test_more_marks_than_votes_in_the_box_are_found(world: World) -> None:
    document = json.loads(json.dumps(export.document(secret_vote(world))))
    document["box"]["chosen"]["c3"] = 5
    assert "票箱里所选的总数" in [one.what for one in recount(document).differences]


@pytest.mark.parametrize("content", [b"\xff\xfe", b"[1]", b"{", b'{"format": "linli.ballot/1"}'])
def test_what_is_no_file_of_ours_is_told_plainly(
    tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "x.json"
    file.write_bytes(content)
    assert command.main([str(file)]) == 1
    assert "请向公布的单位重新下载" in capsys.readouterr().out


def test_one_of_several_plans(world: World) -> None:
    roll = neighbours(5)
    ballot = opened(world, roll, slip=Slip(Kind.CHOICE, candidates("东门", "西门")))
    for place, chosen in enumerate(("c1", "c1", "c1", "c2")):
        cast(ballot, voter(roll, place), chosen)
    assert closed(world, ballot).said.endswith(
        "「东门」得票最多，到会 4 人，同意 3 人，已过半数（3 人）：通过。"
    )
