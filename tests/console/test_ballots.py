"""Staff put something to the vote, bring in paper and telephone answers, and publish the result."""

import re
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.ballots import boxes, queries
from linli.ballots.actions import papers
from linli.bodies.actor import Actor
from linli.core.eligibility import Roll
from tests import make
from tests.ballots.polls import CLOSES, LATER, cast, cast_all, election, neighbours, opened, seat, voter
from tests.world import World, spots

pytestmark = pytest.mark.req("X8")


@pytest.fixture(autouse=True)
def it_is_later() -> Any:
    with mock.patch("linli.frame.clock.timezone.now", return_value=LATER):
        yield


@pytest.fixture
def desk(world: World, client: Client) -> Client:
    return as_of(world.secretary, client)


def as_of(actor: Actor, client: Client) -> Client:
    client.force_login(make.account(actor))
    return client


def asked(**changes: Any) -> dict[str, Any]:
    told = {
        "forum": "residents_assembly",
        "question": "是否加装充电棚",
        "kind": "motion",
        "most": "1",
        "opens_at": LATER.strftime("%Y-%m-%dT%H:%M"),
        "closes_at": CLOSES.strftime("%Y-%m-%dT%H:%M"),
    }
    return told | changes


def put(desk: Client, roll: Roll, **changes: Any) -> Any:
    href = f"/desk/ballots/new/?within={spots('tonghua')[-1].path}"
    with mock.patch("linli.console.ballots.electorates.roll", return_value=roll):
        return desk.post(href, asked(**changes))


def test_a_ballot_is_opened_by_the_rules_of_its_meeting(world: World, desk: Client) -> None:
    answer = put(desk, neighbours(3))
    assert answer.status_code == 302
    said = desk.get(answer.url).content.decode()
    assert "是否加装充电棚" in said
    assert "应参加 3 人" in said


def test_an_election_knows_its_candidates_among_the_voters(world: World, desk: Client) -> None:
    changes = {
        "forum": "residents_election",
        "kind": "election",
        "options": "居民00\n居民01\n",
        "question": "选举主任",
        "noticed": "选举主任",
    }
    roll = neighbours(3)
    number = put(desk, roll, **changes).url.rstrip("/").rpartition("/")[2]
    ballot = queries.of_number(number)
    assert ballot is not None
    assert ballot.is_secret
    assert ballot.slip.candidates == {roll.voters[0].person_ids[0], roll.voters[1].person_ids[0]}


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        pytest.param({"question": ""}, "还没有写表决什么", id="没有写表决什么"),
        pytest.param({"forum": "nothing"}, "请从列出的里面选", id="没有这种会议"),
        pytest.param({"kind": "choice", "options": "东门"}, "可以选的太少", id="只有一个选项"),
        pytest.param(
            {"forum": "residents_election", "kind": "election", "options": "甲\n乙", "noticed": "别的事"},
            "不在会议通知里：不得表决",
            id="通知里没有",
        ),
        pytest.param({"closes_at": LATER.strftime("%Y-%m-%dT%H:%M")}, "截止时间要在开始时间", id="马上截止"),
    ],
)
def test_what_the_rules_do_not_allow_is_refused(
    world: World, desk: Client, changes: dict[str, str], why: str
) -> None:
    answer = put(desk, neighbours(3), **changes)
    assert answer.status_code == 422
    assert why in answer.content.decode()


def test_a_secret_ballot_shows_turnout_and_no_standing(world: World, desk: Client) -> None:
    roll = neighbours(3)
    ballot = election(world, roll)
    cast(ballot, voter(roll, 0), "c1")
    said = desk.get(f"/desk/ballots/{ballot.number}/").content.decode()
    assert "截止以前谁也看不到票数" in said
    assert "1 人" in said


def test_the_result_is_published_with_its_sentence(world: World, desk: Client) -> None:
    roll = neighbours(3)
    ballot = opened(world, roll)
    cast_all(ballot, roll, "同同反")
    desk.post(f"/desk/ballots/{ballot.number}/close/")
    said = desk.get(f"/desk/ballots/{ballot.number}/").content.decode()
    assert "到会 3 人，同意 2 人，已过半数（2 人）：通过。" in said


def test_a_ballot_is_not_ended_while_somebody_is_waited_for(world: World, desk: Client) -> None:
    ballot = opened(world, neighbours(3))
    answer = desk.post(f"/desk/ballots/{ballot.number}/close/")
    assert answer.status_code == 422
    assert "还有 3 人没有投：不能提前结束" in answer.content.decode()


def test_a_ballot_is_cancelled_with_a_reason_only(world: World, desk: Client) -> None:
    ballot = opened(world, neighbours(3))
    href = f"/desk/ballots/{ballot.number}/"
    assert desk.post(f"{href}cancel/", {"reason": ""}).status_code == 422
    desk.post(f"{href}cancel/", {"reason": "通知写错了日期。"})
    assert "理由：通知写错了日期。" in desk.get(href).content.decode()


def test_whoever_may_not_open_a_ballot_is_not_offered_its_end(world: World, client: Client) -> None:
    ballot = opened(world, neighbours(3), place_path=spots("tonghua_g1")[-1].path)
    href = f"/desk/ballots/{ballot.number}/"
    own, other = (
        as_of(by, client).get(href).content.decode() for by in (world.dispatcher, world.grid_worker)
    )
    assert ("act-close" in own, "act-cancel" in own) == (True, True)
    assert ("act-close" in other, "act-cancel" in other) == (False, False)
    assert "表决由本级的书记、调度员或者" in other
    for way in ("close", "cancel"):
        answer = client.post(f"{href}{way}/", {"reason": "通知有误。"})
        assert (answer.status_code, "表决由本级的书记、调度员或者" in answer.content.decode()) == (422, True)


def test_staff_find_somebody_and_enter_what_they_told(world: World, desk: Client) -> None:
    roll = neighbours(3)
    ballot = opened(world, roll)
    number = seat(ballot, voter(roll, 1)).pk
    href = f"/desk/ballots/{ballot.number}/enter/"
    assert f"?elector={number}" in desk.get(href, {"q": "居民01"}).content.decode()
    wrong = desk.post(f"{href}?elector={number}", {"chosen": ["yes"], "basis": ""})
    assert (wrong.status_code, "还没有写凭据" in wrong.content.decode()) == (422, True)
    desk.post(f"{href}?elector={number}", {"chosen": ["yes"], "basis": "11月24日电话"})
    assert queries.unconfirmed(ballot) == 1


def test_slips_are_printed_handed_out_and_typed_by_two(world: World, desk: Client, client: Client) -> None:
    roll = neighbours(3)
    ballot = election(world, roll)
    href = f"/desk/ballots/{ballot.number}/"
    sheet = desk.post(f"{href}slips/", {"count": "2"}).content.decode()
    code = re.findall(r"[A-Z2-7]{4}(?:-[A-Z2-7]{4}){3}", sheet)[0]
    assert "居民0" not in sheet
    desk.post(f"{href}enter/?elector={seat(ballot, voter(roll, 0)).pk}")
    assert queries.handed_out(ballot) == 1
    assert code in desk.get(f"{href}typing/?code={code}").content.decode()
    for actor in (world.secretary, world.dispatcher):
        as_of(actor, client).post(f"{href}typing/", {"code": code, "chosen": ["c1"]})
    assert boxes.cast(boxes.standing(ballot)) == (1, 0)
    again = client.post(f"{href}typing/", {"code": code, "chosen": ["c1"]})
    assert (again.status_code, "一个编码只能用一次" in again.content.decode()) == (422, True)


def test_slips_of_an_open_ballot_carry_the_name(world: World, desk: Client) -> None:
    ballot = opened(world, neighbours(3))
    sheet = desk.post(f"/desk/ballots/{ballot.number}/slips/", {"count": "2"}).content.decode()
    assert "居民00" in sheet
    assert "居民02" not in sheet


@pytest.mark.parametrize("count", ["0", "501", "x", ""])
def test_a_count_that_is_none_is_refused(world: World, desk: Client, count: str) -> None:
    ballot = election(world, neighbours(3))
    assert desk.post(f"/desk/ballots/{ballot.number}/slips/", {"count": count}).status_code == 422


def test_a_proxy_is_registered_by_name_and_taken_back(world: World, desk: Client) -> None:
    ballot = opened(world, neighbours(3))
    href = f"/desk/ballots/{ballot.number}/proxies/"
    desk.post(href, {"giver": "居民00", "holder": "居民01", "paper": "11月20日委托书"})
    (given,) = queries.proxies(ballot)
    assert given.holder.name == "居民01"
    desk.post(href, {"withdraw": given.pk})
    assert queries.proxies(ballot) == ()


def test_a_name_that_is_not_on_the_roll_is_refused(world: World, desk: Client) -> None:
    ballot = opened(world, neighbours(2))
    answer = desk.post(
        f"/desk/ballots/{ballot.number}/proxies/", {"giver": "何人", "holder": "居民01", "paper": "委托书"}
    )
    assert "名册上没有「何人」" in answer.content.decode()


PAGES = ("", "enter/", "slips/", "typing/", "proxies/")


@pytest.mark.parametrize("page", PAGES)
def test_others_do_not_see_the_inner_side(world: World, client: Client, page: str) -> None:
    ballot = opened(world, neighbours(2))
    for actor in (world.resident, world.other_dispatcher, world.enforcer):
        assert as_of(actor, client).get(f"/desk/ballots/{ballot.number}/{page}").status_code == 404


@pytest.mark.parametrize("size", [2, 60])
@pytest.mark.parametrize(("page", "most"), [("", 24), ("enter/", 12), ("typing/", 12), ("proxies/", 12)])
def test_a_page_costs_the_same_whatever_the_roll(
    world: World, desk: Client, page: str, most: int, size: int
) -> None:
    href = f"/desk/ballots/{opened(world, neighbours(size)).number}/{page}"
    desk.get(href)
    with CaptureQueriesContext(connection) as counted:
        assert desk.get(href).status_code == 200
    assert len(counted) <= most, [one["sql"][:100] for one in counted.captured_queries]


def test_the_list_is_paged_and_stays_within_reach(world: World, desk: Client) -> None:
    first = opened(world, neighbours(2))
    said = desk.get("/desk/ballots/").content.decode()
    assert first.question in said
    with CaptureQueriesContext(connection) as counted:
        desk.get("/desk/ballots/")
    assert len(counted) <= 12


def over(world: World, ballot: Any, client: Client, href: str) -> str:
    """Read a page of a ballot after its time."""
    client.force_login(make.account(world.secretary))
    with mock.patch("linli.frame.clock.timezone.now", return_value=CLOSES):
        return str(client.get(href.format(ballot.number)).content.decode())


def test_after_its_time_a_page_says_what_is_to_be_done(world: World, client: Client) -> None:
    ballot = opened(world, neighbours(2), closes_at=LATER + timedelta(seconds=1))
    said = over(world, ballot, client, "/desk/ballots/{}/")
    assert "投票已经截止，还没有计票" in said
    assert "没有等着录的纸质票：请结束并公布结果" in said
    assert f"{ballot.number}/slips/" not in said
    assert "已截止，待计票" in said
    assert "不再收票" in over(world, ballot, client, "/ballots/{}/")


def test_after_its_time_a_page_says_how_many_slips_are_left(world: World, client: Client) -> None:
    roll = neighbours(2)
    ballot = opened(world, roll)
    owners = [seat(ballot, voter(roll, place)) for place in (0, 1)]
    first, second = papers.print_slips(ballot, electors=owners, by=world.secretary, at=LATER)
    for by in (world.secretary, world.dispatcher):
        papers.type_in(ballot, code=first.code, chosen=["yes"], by=by, at=LATER)
    assert "印了 2 张纸质票，录好 1 张" in over(world, ballot, client, "/desk/ballots/{}/")
    papers.type_in(ballot, code=second.code, chosen=["no"], by=world.secretary, at=LATER)
    assert "还有 1 张纸质票只录了一遍" in over(world, ballot, client, "/desk/ballots/{}/")
