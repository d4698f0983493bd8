"""Whoever cannot come to a meeting lets somebody else of its roll stand for them, on paper (委托)."""

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from linli.ballots import queries as ballots
from linli.core.clause import Clause
from linli.core.forum import Forum, Proxies
from linli.core.verdict import Refused
from linli.handoffs import meeting_proxies
from linli.handoffs import meeting_to_ballot as corridor
from linli.meetings import minutes, queries
from linli.meetings.actions import attending, holding, proxies
from linli.meetings.actions.convening import Item
from linli.meetings.actions.holding import Hands
from linli.meetings.models import SeatProxy
from linli.record import queries as record
from tests import make
from tests.ballots import polls
from tests.console import desks
from tests.console.desks import text
from tests.meetings import halls
from tests.meetings.halls import MEETS, do
from tests.world import World

if TYPE_CHECKING:
    from linli.meetings.models import Meeting

pytestmark = pytest.mark.req("Y12")
RC_19 = Clause("RC-19", "城市社区居民委员会选举", "第十九条")
PAPER = "2026年12月1日委托书，存居委会"


@pytest.fixture
def three_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the meetings of this test take three proxies for one holder."""
    plain = queries.forum_of

    def generous(meeting: "Meeting") -> Forum:
        return replace(plain(meeting), proxies=Proxies(3, RC_19))

    monkeypatch.setattr(queries, "forum_of", generous)


def give(world: World, meeting: "Meeting", giver: int, holder: int, paper: str = PAPER) -> SeatProxy:
    keys = halls.keys(meeting)
    given = do(meeting, world.dispatcher, proxies.register, keys[giver], holder=keys[holder], paper=paper)
    assert isinstance(given, SeatProxy)
    return given


def there(meeting: "Meeting") -> int | None:
    return queries.attendance(meeting, queries.forum_of(meeting)).counts[0].attending


@pytest.mark.usefixtures("three_each")
def test_a_proxy_makes_the_quorum_once_its_holder_is_there(world: World) -> None:
    meeting = halls.convened(world)
    give(world, meeting, 3, 0)
    assert there(meeting) == 0
    halls.signed_in(world, meeting, 3)
    assert there(meeting) == 4
    assert do(meeting, world.secretary, holding.open_meeting)
    do(meeting, world.dispatcher, attending.leave, halls.keys(meeting)[0])
    assert there(meeting) == 2


@pytest.mark.usefixtures("three_each")
def test_who_signs_in_is_counted_once_and_his_proxy_ends(world: World) -> None:
    meeting = halls.convened(world)
    give(world, meeting, 3, 0)
    halls.signed_in(world, meeting, 4)
    assert there(meeting) == 4
    [given] = queries.proxies(meeting)
    assert (given.get_ended_display(), given.ended_at) == ("本人到会，委托终止", MEETS)
    assert [one.act for one in record.timeline(chain=meeting.number)][-1] == "end_proxy"
    do(meeting, world.dispatcher, attending.leave, halls.keys(meeting)[0])
    assert there(meeting) == 3


@pytest.mark.usefixtures("three_each")
def test_the_fourth_proxy_for_one_holder_is_refused_and_nothing_changes(world: World) -> None:
    meeting = halls.convened(world)
    for giver in (1, 2, 3):
        give(world, meeting, giver, 0)
    before = record.timeline(chain=meeting.number)
    with pytest.raises(Refused, match="已经接受 3 人委托，最多 3 人") as caught:
        give(world, meeting, 4, 0)
    assert caught.value.refusals[0].clause == RC_19
    assert len(queries.proxies(meeting)) == 3
    assert len(record.timeline(chain=meeting.number)) == len(before)
    do(meeting, world.dispatcher, proxies.withdraw, halls.keys(meeting)[1])
    assert give(world, meeting, 4, 0)


def test_where_the_rules_know_no_proxy_there_is_none(world: World) -> None:
    meeting = halls.convened(world)
    with pytest.raises(Refused, match="不得委托") as caught:
        give(world, meeting, 1, 0)
    clause = caught.value.refusals[0].clause
    assert clause is not None
    assert clause.rule == "RC-19"
    assert not queries.proxies(meeting)


@pytest.mark.usefixtures("three_each")
@pytest.mark.parametrize(
    ("giver", "holder", "paper", "said"),
    [
        pytest.param(3, 0, " ", "要有书面凭据", id="没有凭据"),
        pytest.param(1, 0, PAPER, "已经到会", id="本人已到会"),
        pytest.param(4, 0, PAPER, "已经委托过", id="委托过了"),
        pytest.param(3, 4, PAPER, "自己也委托了别人", id="受托人也不来"),
        pytest.param(5, 0, PAPER, "不能再转委托", id="转委托"),
        pytest.param(3, 3, PAPER, "本来就可以替他", id="委托自己"),
    ],
)
def test_what_makes_no_sense_is_refused(world: World, giver: int, holder: int, paper: str, said: str) -> None:
    meeting = halls.convened(world)
    give(world, meeting, 4, 5)
    halls.signed_in(world, meeting, 2)
    with pytest.raises(Refused, match=said):
        give(world, meeting, giver, holder, paper)
    assert len(queries.proxies(meeting)) == 1


@pytest.mark.usefixtures("three_each")
def test_only_who_runs_the_meeting_registers_and_only_for_those_with_a_vote(world: World) -> None:
    meeting = halls.convened(world)
    keys = halls.keys(meeting)
    with pytest.raises(Refused, match="由主持人、记录人"):
        do(meeting, world.resident, proxies.register, keys[0], holder=keys[1], paper=PAPER)
    guest = halls.key_of(meeting, world.dispatcher)
    with pytest.raises(Refused, match="没有表决权"):
        do(meeting, world.dispatcher, proxies.register, keys[0], holder=guest, paper=PAPER)
    with pytest.raises(Refused, match="没有登记过委托"):
        do(meeting, world.dispatcher, proxies.withdraw, keys[0])


@pytest.mark.usefixtures("three_each")
def test_a_candidate_of_an_election_on_the_agenda_holds_none(world: World) -> None:
    matter = make.report(world)
    slip = polls.Slip(
        polls.Kind.ELECTION, polls.candidates("甲", "乙", people=[world.resident.person_id, None]), 1
    )
    polls.opened(world, polls.neighbours(3), polls.ELECTION, slip=slip, matter=matter)
    meeting = halls.convened(world, items=(Item("选举", matter=matter.number),))
    keys = halls.keys(meeting)
    with pytest.raises(Refused, match="候选人不得接受委托"):
        do(meeting, world.dispatcher, meeting_proxies.register, keys[3], holder=keys[0], paper=PAPER)
    assert do(meeting, world.dispatcher, meeting_proxies.register, keys[3], holder=keys[1], paper=PAPER)


@pytest.mark.usefixtures("three_each")
def test_a_show_of_hands_counts_whom_somebody_stands_for(world: World) -> None:
    meeting = halls.convened(world)
    give(world, meeting, 3, 0)
    do_open(world, meeting, came=3)
    with pytest.raises(Refused, match="到会可表决 4 人，却数出 5 票"):
        do(meeting, world.secretary, holding.count, Hands(5, 0))
    assert do(meeting, world.secretary, holding.count, Hands(4, 0))


def do_open(world: World, meeting: "Meeting", *, came: int) -> None:
    """Open a meeting that was called, and bring a motion to the vote."""
    halls.signed_in(world, meeting, came)
    do(meeting, world.secretary, holding.open_meeting)
    do(meeting, world.secretary, holding.take_up, queries.items(meeting)[0].pk)
    do(meeting, world.resident, holding.move, halls.Kind.MAIN, halls.MOTION)
    do(meeting, world.neighbour, holding.second)
    do(meeting, world.secretary, holding.call)
    do(meeting, world.secretary, holding.finish)
    do(meeting, world.secretary, holding.put)


@pytest.mark.usefixtures("three_each")
def test_a_ballot_of_the_meeting_takes_its_proxies_over(world: World) -> None:
    meeting = halls.convened(world)
    give(world, meeting, 2, 0)
    give(world, meeting, 5, 4)
    halls.signed_in(world, meeting, 2)
    do(meeting, world.dispatcher, attending.sign_in, halls.keys(meeting)[3])
    do_open(world, meeting, came=0)
    ballot = do(meeting, world.secretary, corridor.open_vote, minutes=5)
    assert len(ballots.roll(ballot).voters) == 4
    assert [(one.elector.name, one.holder_id) for one in ballots.proxies(ballot)] == [
        (world.stranger.name, world.resident.person_id)
    ]
    with pytest.raises(Refused, match="没有等您投的票"):
        do(meeting, world.stranger, corridor.cast, "no")
    assert len(do(meeting, world.resident, corridor.cast, "yes")) == 2
    later = MEETS + timedelta(minutes=6)
    outcome = do(meeting, world.secretary, corridor.close_vote, at=later)
    assert "到会代表 4 人" in outcome.said


@pytest.mark.usefixtures("three_each")
def test_nothing_of_proxies_changes_while_a_motion_is_voted_on(world: World) -> None:
    meeting = halls.put(world, came=5)
    with pytest.raises(Refused, match="已经付表决"):
        give(world, meeting, 5, 0)


@pytest.mark.usefixtures("three_each")
def test_who_is_recused_stands_for_nobody_on_that_item(world: World) -> None:
    meeting = halls.convened(world)
    give(world, meeting, 3, 0)
    halls.signed_in(world, meeting, 3)
    do(meeting, world.secretary, holding.open_meeting)
    do(meeting, world.secretary, holding.take_up, queries.items(meeting)[0].pk)
    item = queries.item_on(meeting)
    assert queries.voters_present(meeting, item) == 4
    do(meeting, world.dispatcher, attending.recuse, halls.keys(meeting)[0], reason="施工方是其弟")
    assert queries.voters_present(meeting, item) == 2


@pytest.mark.usefixtures("three_each")
def test_the_minutes_name_who_stood_for_whom(world: World) -> None:
    meeting = halls.convened(world)
    give(world, meeting, 3, 0)
    do_open(world, meeting, came=3)
    facts = dict(minutes.write(halls.fresh(meeting)).facts)
    assert facts["到会"] == "4 人"
    assert facts["委托到会"] == f"代表3（委托{world.resident.name}）"
    assert facts["委托登记"] == f"代表3委托{world.resident.name}，凭据：{PAPER}"
    assert "代表3" not in facts["到会人员"]


@pytest.mark.usefixtures("three_each")
def test_staff_register_a_paper_at_the_desk_and_take_it_back(world: World) -> None:
    meeting, client = halls.convened(world), desks.browser(world.secretary)
    keys, live = halls.keys(meeting), f"/desk/meetings/{meeting.number}/live/"
    assert "一人最多接受 3 人委托" in text(client.get(live))
    client.post(live, {"act": "register_proxy", "key": keys[3], "holder": keys[0], "words": PAPER})
    page = f"/desk/meetings/{meeting.number}/"
    assert f"已委托{world.resident.name}" in text(client.get(page))
    halls.signed_in(world, meeting, 1)
    assert f"委托{world.resident.name}到会" in text(client.get(page))
    client.post(f"{page}act/withdraw_proxy/", {"key": keys[3]})
    after = text(client.get(page))
    assert f"委托{world.resident.name}" not in after
    assert "没有签到" in after


def test_the_desk_offers_no_proxies_where_there_are_none(world: World) -> None:
    meeting, client = halls.convened(world), desks.browser(world.secretary)
    live = f"/desk/meetings/{meeting.number}/live/"
    assert "登记委托" not in text(client.get(live))
    keys = halls.keys(meeting)
    sent = {"act": "register_proxy", "key": keys[3], "holder": keys[0], "words": PAPER}
    assert client.post(live, sent).status_code == 422


@pytest.mark.usefixtures("three_each")
def test_the_giver_reads_on_the_phone_who_stands_for_him(world: World) -> None:
    meeting = halls.convened(world)
    give(world, meeting, 0, 1)
    page = text(desks.browser(world.resident).get(f"/meetings/{meeting.number}/"))
    assert f"您已书面委托{world.neighbour.name}" in page
