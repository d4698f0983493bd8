"""A ballot opens only as the rules let it, and freezes them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from linli.ballots import queries
from linli.ballots.actions import opening
from linli.ballots.models import Ballot
from linli.core.ballot import Kind, Slip
from linli.core.eligibility import Roll, Voter
from linli.core.forum import Electorate, Window
from linli.core.funnel import Count, Measure
from linli.outbox import queries as outbox
from linli.record import queries as record
from linli.rulebook import queries as law
from tests.ballots.polls import (
    ASSEMBLY,
    CLOSES,
    ELECTION,
    LATER,
    OWNERS,
    asked,
    candidates,
    election,
    neighbours,
    opened,
    refused,
)
from tests.world import TUESDAY, World, instant, spots

pytestmark = pytest.mark.req("X8")


def test_a_ballot_freezes_its_roll_and_its_thresholds(world: World) -> None:
    roll = neighbours(4, homes=2)
    ballot = opened(world, roll)
    assert queries.roll(ballot).voters == tuple(
        type(one)(one.key, one.name, (), one.household, one.area) for one in roll.voters
    )
    assert ballot.frozen.thresholds == (ASSEMBLY.quorum.threshold, ASSEMBLY.passes.threshold)  # type: ignore[union-attr]
    assert [(one.measure, one.entitled) for one in ballot.counts] == [
        (Measure.HEADCOUNT, 4),
        (Measure.HOUSEHOLD, 2),
    ]


def test_everybody_on_the_roll_is_told_and_one_entry_is_left(world: World) -> None:
    roll = neighbours(3)
    ballot = opened(world, roll)
    (line,) = record.timeline(chain=ballot.number)
    assert (line.act, line.by) == ("open_ballot", world.secretary.person_id)
    for one in roll.voters:
        assert outbox.unread(to=one.person_ids[0]) == 1


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        pytest.param({"question": " "}, "还没有写表决什么", id="没有写表决什么"),
        pytest.param({"closes_at": TUESDAY}, "截止时间要在开始时间和现在以后", id="已经截止"),
        pytest.param({"opens_at": CLOSES}, "截止时间要在开始时间和现在以后", id="截止在开始之前"),
        pytest.param({"place_path": "9999"}, "会议主持人、业委会主任发起", id="别处"),
    ],
)
def test_what_makes_no_sense_is_refused(world: World, changes: dict[str, object], why: str) -> None:
    with refused(why):
        opened(world, neighbours(2), **changes)
    assert not Ballot.objects.exists()


def test_nobody_on_the_roll_is_refused(world: World) -> None:
    with refused("一个人也没有"):
        opened(world, Roll(Electorate.ADULTS, ()))


@pytest.mark.parametrize(("item", "opens"), [("更换物业", False), ("使用维修资金", True)])
def test_owners_vote_on_nothing_that_was_not_in_the_notice(world: World, item: str, opens: bool) -> None:
    roll = neighbours(2, areas=(90_0000, 90_0000))
    changes = {"question": item, "noticed": ("使用维修资金",)}
    if opens:
        assert opened(world, roll, OWNERS, **changes).question == item
        return
    with refused("不在会议通知里") as caught:
        opened(world, roll, OWNERS, **changes)
    (refusal,) = caught.value.refusals
    assert refusal.sentence == "「更换物业」不在会议通知里：不得表决。"
    assert refusal.clause == OWNERS.clause


@pytest.mark.parametrize(
    ("closes", "why"),
    [
        pytest.param("2026-11-29 23:59", "表决期限不足 5 日", id="差一分钟满五日"),
        pytest.param("2026-11-30 00:00", "", id="满五日"),
        pytest.param("2027-01-26 00:00", "", id="满六十日，末日周六顺延"),
        pytest.param("2027-01-26 00:01", "表决期限超过 60 日", id="过六十日一分钟"),
    ],
)
def test_owners_vote_neither_too_short_nor_too_long_under_a_window(
    world: World, closes: str, why: str
) -> None:
    rule = law.law().rule("O-9")
    window = Window(rule.term("window_shortest"), rule.term("window_longest"), rule.clause)
    forum, roll = replace(OWNERS, window=window), neighbours(2, areas=(90_0000, 60_0000))
    if not why:
        assert opened(world, roll, forum, closes_at=instant(closes)).closes_at == instant(closes)
        return
    with refused(why) as caught:
        opened(world, roll, forum, closes_at=instant(closes))
    assert caught.value.refusals[0].clause == rule.clause


def test_a_window_does_not_bind_what_is_voted_on_in_a_meeting(world: World) -> None:
    rule = law.law().rule("O-9")
    window = Window(rule.term("window_shortest"), rule.term("window_longest"), rule.clause)
    attended = (Count(Measure.HEADCOUNT, 3, attending=2),)
    forum = replace(ASSEMBLY, window=window)
    assert opened(world, neighbours(2), forum, closes_at=LATER, attended=attended)


def test_votes_weighed_by_area_are_not_secret(world: World) -> None:
    with refused("按面积计票的表决不能无记名"):
        opened(world, neighbours(2, areas=(90_0000, 60_0000)), OWNERS, is_secret=True)


def test_an_election_is_secret_whatever_was_asked(world: World) -> None:
    assert election(world, neighbours(3)).is_secret


def test_an_election_without_a_choice_is_refused(world: World) -> None:
    slip = Slip(Kind.ELECTION, candidates("陈大海", "林小芳"), 2)
    with refused("候选人数应当多于应选人数") as caught:
        opened(world, neighbours(3), ELECTION, slip=slip)
    assert caught.value.refusals[0].clause is not None
    assert caught.value.refusals[0].clause.rule == "RC-18"


def test_a_forum_that_only_talks_decides_nothing(world: World) -> None:
    with refused("没有表决通过的门槛"):
        opened(world, neighbours(2), replace(ASSEMBLY, passes=None))


def test_whoever_holds_no_office_there_opens_nothing(world: World) -> None:
    for actor in (world.resident, world.other_dispatcher, world.grid_worker):
        with refused("会议主持人、业委会主任发起"):
            opening.open_ballot(
                asked(), Roll(Electorate.ADULTS, (Voter("person:1", "甲", ()),)), by=actor, at=TUESDAY
            )


def test_a_ballot_may_open_later(world: World) -> None:
    ballot = opened(world, neighbours(2), opens_at=TUESDAY + timedelta(days=1))
    assert ballot.stage(at=TUESDAY) == "waiting"
    assert ballot.place_path == spots("tonghua")[-1].path
