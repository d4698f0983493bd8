"""The round on one page, whoever may see what, and what a wrong form says."""

import json

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from linli.core.grant import Criterion, Entry, rank
from linli.grants import queries
from linli.grants.actions import reviewing
from linli.grants.models import Application, Reviewer, Round
from tests.console.desks import browser, see, text
from tests.grants import calls
from tests.world import TUESDAY, World

pytestmark = [pytest.mark.django_db, pytest.mark.req("G9", "L22")]
MOST_QUERIES = 10
MOST_AT_THE_DESK = 30
GROUPS = 120


def test_a_hundred_and_twenty_groups_are_one_page_of_few_questions(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    found = calls.opened(world.secretary)
    Application.objects.bulk_create(
        Application(
            round=found, number=f"{found.number}-{serial:03}", name=f"第{serial}队", kind="welfare",
            contact_id=world.resident.person_id, title="送饭", asked=1000, granted=1000, rank=serial,
            score="80.00", state="granted", lodged_at=TUESDAY,
        )
        for serial in range(1, GROUPS + 1)
    )  # fmt: skip
    Round.objects.update(stage="determined")
    client = Client()
    with django_assert_max_num_queries(MOST_QUERIES):
        page = text(client.get(f"/grants/{found.number}/"))
    assert "第120队" in page
    assert "<b>1,200</b>" in page
    assert "周美兰" not in page


def test_names_are_shown_only_once_the_list_is_made_known(world: World) -> None:
    found = calls.opened(world.secretary)
    (one,) = calls.listed(found, (calls.asked(), world.resident), by=world.secretary)
    assert one.name in text(Client().get(f"/grants/{found.number}/"))
    Round.objects.update(stage="applying")
    assert one.name not in text(Client().get(f"/grants/{found.number}/"))


def test_a_wrong_line_of_the_budget_is_said_and_nothing_typed_is_lost(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: TUESDAY)
    found = calls.opened(world.secretary)
    told = {"name": "帮帮团", "kind": "welfare", "title": "送饭", "plan": "每天送。", "yuan": "10"}
    for lines, said in (
        ("饭盒", "少了一样"),
        ("饭盒 十元", "金额看不懂"),
        ("饭盒 0.001", "金额看不懂"),
        ("饭盒 -3", "金额看不懂"),
        ("饭盒 NaN", "金额看不懂"),
    ):
        answer = browser(world.resident).post(f"/grants/{found.number}/apply/", told | {"lines": lines})
        assert answer.status_code == 422
        assert said in text(answer)
        assert "每天送。" in text(answer)
    assert not queries.applications(found).exists()


def test_a_reviewer_with_a_tie_is_refused_the_page_and_others_find_none(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = calls.opened(world.secretary)
    (one,) = calls.listed(found, (calls.asked(), world.resident), by=world.secretary)
    seat = calls.reviewers(found, by=world.secretary)[0]
    Round.objects.update(stage="reviewing")
    address = f"/grants/{found.number}/review/{one.number}/"
    assert "还没有申报利害关系" in text(browser(seat).get(address))
    reviewing.declare(found.number, ties={one.number: "我女儿在那里"}, by=seat, at=TUESDAY)
    answer = browser(seat).get(address)
    assert answer.status_code == 422
    assert "您要回避" in text(answer)
    assert one.plan not in text(answer)
    assert browser(world.neighbour).get(address).status_code == 404
    assert Reviewer.objects.count() == 3


def test_a_community_without_rounds_says_what_to_do(world: World) -> None:
    assert "先在账本里有一笔未安排的钱" in text(see("grants/", by=world.secretary))
    assert "先告诉社区" in text(Client().get(f"/p/{world.home[-1].key}/grants/"))


def test_anybody_can_rank_again_from_the_published_file(world: World) -> None:
    found = calls.opened(world.secretary)
    rows = calls.listed(
        found, (calls.asked(), world.resident), (calls.asked(name="别的队"), world.neighbour),
        by=world.secretary,
    )  # fmt: skip
    address = f"/grants/{found.number}/file/"
    assert Client().get(address).status_code == 404
    calls.determined(found, rows, by=world.secretary)
    told = json.loads(Client().get(address).content)
    criteria = [Criterion(**one) for one in told["criteria"]]
    entries = [Entry(one["number"], one["asked"], tuple(one["sheets"])) for one in told["ranking"]]
    again = rank(entries, criteria=criteria, budget=told["budget"])
    assert [(one.place, one.entry.number, str(one.mark), one.reached) for one in again] == [
        (one["place"], one["number"], one["mark"], one["reached"]) for one in told["ranking"]
    ]
    assert "评委" not in json.dumps(told, ensure_ascii=False)


def test_the_desk_asks_as_much_for_a_hundred_and_twenty_as_for_one(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    found = calls.opened(world.secretary)
    Application.objects.bulk_create(
        Application(
            round=found, number=f"{found.number}-{serial:03}", name=f"第{serial}队", kind="welfare",
            title="送饭", asked=1000, state="accepted", lodged_at=TUESDAY,
        )
        for serial in range(1, GROUPS + 1)
    )  # fmt: skip
    calls.reviewers(found, by=world.secretary)
    Round.objects.update(stage="reviewing")
    client = browser(world.secretary)
    with django_assert_max_num_queries(MOST_AT_THE_DESK):
        assert "第120队" in text(client.get(f"/desk/grants/{found.number}/"))
