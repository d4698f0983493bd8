"""A resident votes on a phone, keeps a receipt, and reads what was decided."""

import json
import re
from typing import Any
from unittest import mock

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.ballots import queries
from linli.ballots.actions import casting, closing, proxies
from linli.bodies.actor import Actor
from linli.core.eligibility import Roll, Voter
from linli.core.forum import Electorate
from tests import make
from tests.ballots.polls import CLOSES, LATER, cast, election, neighbours, opened, seat
from tests.world import World

pytestmark = pytest.mark.req("X8")


@pytest.fixture(autouse=True)
def it_is_later() -> Any:
    with mock.patch("linli.frame.clock.timezone.now", return_value=LATER):
        yield


def roll_of(*people: Actor) -> Roll:
    """Put people who have accounts on a roll."""
    voters = (Voter(f"person:{one.person_id}", one.name, (one.person_id or 0,)) for one in people)
    return Roll(Electorate.ADULTS, tuple(voters))


@pytest.fixture
def mine(world: World, client: Client) -> Client:
    client.force_login(make.account(world.resident))
    return client


def post(client: Client, number: str, world: World, *chosen: str, sure: bool = True) -> Any:
    (elector, *_) = queries.seats(number, person=world.resident.person_id or 0)
    data: dict[str, Any] = {"elector": elector.pk, "chosen": list(chosen)} | ({"sure": "1"} if sure else {})
    return client.post(f"/ballots/{number}/vote/", data)


def test_one_looks_again_before_the_vote_stands(world: World, mine: Client) -> None:
    ballot = opened(world, roll_of(world.resident, world.neighbour))
    said = post(mine, ballot.number, world, "yes", sure=False).content.decode()
    assert "您选的是：<b>同意</b>" in said
    assert queries.progress(ballot).turnout[0].cast == 0


def test_a_vote_leads_to_its_receipt_which_anybody_can_check(world: World, mine: Client) -> None:
    ballot = election(world, roll_of(world.resident, world.neighbour))
    answer = post(mine, ballot.number, world, "c2")
    assert answer.status_code == 302
    said = mine.get(answer.url).content.decode()
    code = re.findall(r"[A-Z2-7]{4}(?:-[A-Z2-7]{4}){3}", said)[0]
    assert "投好了" in said
    checked = Client().get(f"/ballots/{ballot.number}/receipt/", {"code": code.lower()}).content.decode()
    assert "这张票已经收到" in checked
    assert "林小芳" not in checked


@pytest.mark.parametrize(
    ("chosen", "why"),
    [((), "还没有选。"), (("c1", "c2"), "选了 2 个，最多选 1 个。"), (("x",), "所选的不在表决票上。")],
)
def test_what_is_no_vote_is_said_beside_the_slip(
    world: World, mine: Client, chosen: tuple[str, ...], why: str
) -> None:
    ballot = election(world, roll_of(world.resident, world.neighbour))
    answer = post(mine, ballot.number, world, *chosen)
    assert answer.status_code == 422
    assert why in answer.content.decode()


def test_a_second_vote_is_refused_with_the_clause(world: World, mine: Client) -> None:
    ballot = opened(world, roll_of(world.resident, world.neighbour))
    post(mine, ballot.number, world, "yes")
    answer = post(mine, ballot.number, world, "no")
    assert answer.status_code == 422
    assert "不能再投，也不能改投" in answer.content.decode()
    assert "第二十七条" in answer.content.decode()


def test_the_list_asks_for_what_waits(world: World, mine: Client) -> None:
    ballot = opened(world, roll_of(world.resident, world.neighbour))
    assert "请您投票" in mine.get("/ballots/").content.decode()
    cast(ballot, world.resident, "yes")
    assert "请您投票" not in mine.get("/ballots/").content.decode()


def test_a_stranger_is_shown_the_question_and_no_slip(world: World) -> None:
    ballot = opened(world, roll_of(world.resident, world.neighbour))
    said = Client().get(f"/ballots/{ballot.number}/").content.decode()
    assert "登录后投票" in said
    assert 'name="chosen"' not in said


def test_whoever_is_not_on_the_roll_cannot_post_a_vote(world: World, client: Client) -> None:
    ballot = opened(world, roll_of(world.resident))
    (elector,) = queries.seats(ballot.number, person=world.resident.person_id or 0)
    client.force_login(make.account(world.neighbour))
    for sent in (str(elector.pk), "", "x", "9" * 30):
        answer = client.post(
            f"/ballots/{ballot.number}/vote/", {"elector": sent, "chosen": "yes", "sure": "1"}
        )
        assert answer.status_code == 404
    assert queries.progress(ballot).turnout[0].cast == 0


def test_a_proxy_is_told_for_whom_they_vote(world: World, mine: Client) -> None:
    ballot = opened(world, roll_of(world.neighbour, world.stranger))
    proxies.register(
        seat(ballot, world.neighbour),
        holder=world.resident.person_id or 0,
        paper="委托书",
        by=world.secretary,
        at=LATER,
    )
    assert "您受 陈建国 委托，替他投这一票" in mine.get(f"/ballots/{ballot.number}/").content.decode()


def test_one_confirms_or_disputes_what_staff_entered(world: World, mine: Client) -> None:
    ballot = opened(world, roll_of(world.resident, world.neighbour))
    elector = seat(ballot, world.resident)
    casting.enter(elector, ("yes",), basis="电话", by=world.secretary, at=LATER)
    href = f"/ballots/{ballot.number}/"
    assert "是您的意思吗" in mine.get(href).content.decode()
    mine.post(f"{href}answer/", {"elector": elector.pk, "answer": "dispute"})
    assert 'name="chosen"' in mine.get(href).content.decode()


def test_everybody_reads_the_result_and_takes_the_file(world: World) -> None:
    ballot = election(world, roll_of(world.resident, world.neighbour))
    code = cast(ballot, world.resident, "c1")
    cast(ballot, world.neighbour, "c1")
    closing.close(ballot, by=world.secretary, at=CLOSES)
    said = Client().get(f"/ballots/{ballot.number}/").content.decode()
    assert "陈大海（2 票）当选" in said
    file = Client().get(f"/ballots/{ballot.number}/export/")
    assert json.loads(file.content)["outcome"]["passed"] is True
    listed = Client().get(f"/ballots/{ballot.number}/list/").content.decode()
    assert listed.count("<li>") >= 2
    checked = Client().get(f"/ballots/{ballot.number}/receipt/", {"code": code}).content.decode()
    assert "这张票已经计入结果" in checked


@pytest.mark.parametrize("page", ["list", "export"])
def test_nothing_is_published_before_the_end(world: World, page: str) -> None:
    ballot = election(world, roll_of(world.resident, world.neighbour))
    assert Client().get(f"/ballots/{ballot.number}/{page}/").status_code == 404


@pytest.mark.parametrize("page", ["", "receipt/", "list/", "export/"])
def test_a_number_nobody_had_is_a_missing_page(db: None, page: str) -> None:
    assert Client().get(f"/ballots/XXL-B-2026-999999/{page}").status_code == 404


@pytest.mark.parametrize(
    ("size", "page", "most"),
    [(2, "{}/", 11), (40, "{}/", 11), (2, "{}/receipt/?code=ABCD", 8), (2, "", 10), (40, "", 10)],
)
def test_a_page_costs_the_same_whatever_the_roll(
    world: World, mine: Client, size: int, page: str, most: int
) -> None:
    roll = neighbours(size)
    voters = (*roll.voters, *roll_of(world.resident).voters)
    href = f"/ballots/{page.format(opened(world, Roll(Electorate.ADULTS, voters)).number)}"
    mine.get(href)
    with CaptureQueriesContext(connection) as asked:
        assert mine.get(href).status_code == 200
    assert len(asked) <= most, [one["sql"][:120] for one in asked.captured_queries]
