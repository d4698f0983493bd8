"""From what recurs to a campaign with a result, through the pages of the street (高频问题、专项治理)."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.bodies.actor import Actor
from linli.campaigns import queries as campaigns
from linli.insight import hot
from linli.matters.actions import following
from linli.matters.actions.following import Voice
from tests import make
from tests.world import TUESDAY, World

if TYPE_CHECKING:
    from linli.insight.models import HotProblem
    from linli.matters.models import Matter

pytestmark = pytest.mark.req("X13")
HOUR_AGO = TUESDAY - timedelta(hours=1)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """Stop the clock of the pages; what is appended is the next instant."""
    instants = [TUESDAY]
    monkeypatch.setattr("django.utils.timezone.now", lambda: instants[-1])
    return instants


@pytest.fixture
def cases(world: World, clock: list[datetime]) -> "list[Matter]":
    """Five broken covers at one house, public, one of them joined."""
    told = [
        make.report(
            world, at=TUESDAY - timedelta(days=turn + 1), words=f"{turn}单元门口盖板破了。", is_public=True
        )
        for turn in range(5)
    ]
    following.join(told[0].number, Voice(world.neighbour.person_id), by=world.neighbour, at=HOUR_AGO)
    hot.find(at=TUESDAY)
    return told


def browser(of: Actor) -> Client:
    client = Client()
    client.force_login(make.account(of))
    return client


def text(answer: Any) -> str:
    return str(answer.content.decode())


def problem() -> "HotProblem":
    [found] = hot.standing("")
    return found


def form(world: World, cases: "list[Matter]", **said: Any) -> dict[str, Any]:
    return {
        "title": "盖板专项治理",
        "goal": "全部换新。",
        "owner": world.enforcement,
        "due_on": "2026-12-20",
        "measures": "逐块排查。",
        "numbers": [one.number for one in cases],
    } | said


def taken_up(world: World, cases: "list[Matter]") -> str:
    answer = browser(world.secretary).post(f"/desk/hot/{problem().pk}/", form(world, cases))
    assert answer.status_code == 302, text(answer)
    return str(answer["Location"]).rstrip("/").split("/")[-1]


def test_a_hot_problem_is_listed_and_laid_open(world: World, cases: "list[Matter]") -> None:
    client = browser(world.secretary)
    listed = text(client.get("/desk/hot/"))
    assert f"/desk/hot/{problem().pk}/" in listed
    assert "XXL-41" in listed
    page = text(client.get(f"/desk/hot/{problem().pk}/"))
    assert "每周走势" in page
    assert "另有" in page
    assert all(one.number in page for one in cases)


def test_a_place_without_one_says_so(world: World, clock: list[datetime]) -> None:
    assert "现在没有高频问题" in text(browser(world.secretary).get("/desk/hot/"))


def test_it_is_not_there_for_those_out_of_reach(world: World, cases: "list[Matter]") -> None:
    assert browser(world.other_dispatcher).get(f"/desk/hot/{problem().pk}/").status_code == 404
    assert browser(world.resident).get(f"/desk/hot/{problem().pk}/").status_code == 404


@pytest.fixture
def spread(world: World, clock: list[datetime]) -> "list[Matter]":
    """Three broken covers in each of two communities of the street."""
    told = [
        make.report(world, at=TUESDAY - timedelta(days=turn + 1), words=f"{turn}号盖板破了。", spots=spots)
        for spots in (world.home, world.elsewhere)
        for turn in range(3)
    ]
    hot.find(at=TUESDAY)
    return told


def test_the_street_sees_and_takes_up_what_its_communities_have_together(
    world: World, spread: "list[Matter]"
) -> None:
    page, client = f"/desk/hot/{problem().pk}/", browser(world.street_secretary)
    assert "新下陆街道：" in text(client.get("/desk/hot/"))
    assert all(one.number in text(client.get(page)) for one in spread)
    number = str(client.post(page, form(world, spread))["Location"]).rstrip("/").split("/")[-1]
    campaign = campaigns.of_number(number)
    assert campaign is not None
    assert campaign.matter.level == "subdistrict"
    begun = client.post(f"/desk/campaigns/{number}/act/dispatch/", {"lead": world.enforcement, "words": ""})
    assert begun.status_code == 302


def test_a_community_neither_opens_nor_is_offered_the_campaign_of_the_street(
    world: World, spread: "list[Matter]"
) -> None:
    page, client = f"/desk/hot/{problem().pk}/", browser(world.dispatcher)
    assert client.get(page).status_code == 404
    taken = browser(world.street_secretary).post(page, form(world, spread[:5]))["Location"]
    assert client.get(taken).status_code == 404
    listed = text(client.get(f"/desk/m/{spread[0].number}/similar/"))
    assert "已列入专项治理" in listed
    assert taken not in listed
    late = make.report(world, at=TUESDAY, words="又一块盖板破了。")
    assert "归入" not in text(client.get(f"/desk/m/{late.number}/similar/"))


PICK = "/desk/hot/pick/?category=manhole"


def test_matters_are_picked_by_hand_though_none_stands_out(world: World, clock: list[datetime]) -> None:
    first, second, third = [
        make.report(world, at=TUESDAY - timedelta(days=9 * turn), words=f"{turn}号盖板破了。")
        for turn in range(3)
    ]
    client = browser(world.secretary)
    assert "/desk/hot/pick/" in text(client.get("/desk/hot/"))
    assert all(one.number in text(client.get(PICK)) for one in (first, second, third))
    answer = client.post(PICK, form(world, [first, third]))
    assert answer.status_code == 302, text(answer)
    campaign = campaigns.of_number(answer["Location"].rstrip("/").split("/")[-1])
    assert campaign is not None
    assert campaigns.included(campaign) == [third.pk, first.pk]
    left = text(client.get(PICK))
    assert second.number in left
    assert first.number not in left


def test_picking_points_out_what_is_missing_and_who_may_not(world: World, cases: "list[Matter]") -> None:
    wrong = browser(world.secretary).post(PICK, form(world, [], goal=""))
    assert wrong.status_code == 422
    assert "至少选一件" in text(wrong)
    assert browser(world.grid_worker).post(PICK, form(world, cases)).status_code == 422
    assert browser(world.resident).get(PICK).status_code == 404
    assert browser(world.secretary).get(f"{PICK}s").status_code == 404


def test_picking_from_nothing_says_so(world: World, clock: list[datetime]) -> None:
    client = browser(world.secretary)
    assert "选一个分类" in text(client.get("/desk/hot/pick/"))
    assert "没有可以选的事项" in text(client.get(PICK))
    refused = client.post(PICK, form(world, []))
    assert refused.status_code == 422


def test_it_is_taken_up_walked_to_its_end_and_told_to_everybody(
    world: World, cases: "list[Matter]", clock: list[datetime]
) -> None:
    number = taken_up(world, cases)
    page = f"/desk/campaigns/{number}/"
    steps: tuple[tuple[Actor, str, dict[str, Any]], ...] = (
        (world.secretary, "publish", {}),
        (world.secretary, "dispatch", {"lead": world.enforcement, "words": ""}),
        (world.enforcer, "finish", {"words": "换了 12 块盖板。"}),
        (world.dispatcher, "verify", {"words": ""}),
        (world.secretary, "report_back", {"words": "换了 12 块盖板，已经验收。"}),
    )
    for turn, (who, act, said) in enumerate(steps):
        clock.append(TUESDAY + timedelta(days=turn))
        assert "「" in text(browser(who).get(page))
        answer = browser(who).post(f"{page}act/{act}/", said)
        assert answer.status_code == 302, text(answer)
    campaign = campaigns.of_number(number)
    assert campaign is not None
    assert campaign.matter.closed_at is not None
    for who in (world.resident, world.neighbour):
        assert "换了 12 块盖板，已经验收" in text(browser(who).get("/letters/"))
    own = text(Client().get(f"/s/{cases[0].token}/"))
    assert "已列入专项治理" in own
    assert "已经验收" in own
    assert "换了 12 块盖板" in text(Client().get(f"/m/{number}/"))
    assert "已列入专项治理" in text(Client().get(f"/m/{cases[0].number}/"))
    assert "立项前 12 周反映" in text(browser(world.secretary).get(page))


def test_what_is_missing_in_the_proposal_is_pointed_out(world: World, cases: "list[Matter]") -> None:
    wrong = browser(world.secretary).post(
        f"/desk/hot/{problem().pk}/", form(world, cases, goal="", numbers=[])
    )
    assert wrong.status_code == 422
    assert "还没有写目标" in text(wrong)
    assert "至少选一件" in text(wrong)


def test_an_act_that_is_closed_says_why_with_the_clause(world: World, cases: "list[Matter]") -> None:
    number = taken_up(world, cases)
    answer = browser(world.secretary).post(f"/desk/campaigns/{number}/act/verify/", {"words": ""})
    assert answer.status_code == 422
    assert "要到「验收」才能办" in text(answer)


def test_an_act_without_the_words_it_needs_is_pointed_out(world: World, cases: "list[Matter]") -> None:
    number = taken_up(world, cases)
    answer = browser(world.secretary).post(f"/desk/campaigns/{number}/act/decline/", {"words": ""})
    assert answer.status_code == 422
    assert "还没有写说明" in text(answer)


def test_the_inbox_leads_from_the_number_to_the_campaign(world: World, cases: "list[Matter]") -> None:
    number = taken_up(world, cases)
    client = browser(world.secretary)
    assert number in text(client.get("/desk/"))
    assert client.get(f"/desk/m/{number}/")["Location"] == f"/desk/campaigns/{number}/"
    part = client.get(f"/desk/m/{number}/", headers={"HX-Request": "true"})
    assert part["HX-Redirect"] == f"/desk/campaigns/{number}/"


def test_a_later_case_is_attached_from_its_own_page(world: World, cases: "list[Matter]") -> None:
    number = taken_up(world, cases)
    later = make.report(world, by=world.neighbour, at=TUESDAY, words="后门的盖板也破了。")
    client = browser(world.dispatcher)
    assert number in text(client.get(f"/desk/m/{later.number}/similar/"))
    assert client.post(f"/desk/m/{later.number}/campaign/", {"campaign": number}).status_code == 302
    assert "已列入专项治理" in text(client.get(f"/desk/m/{later.number}/similar/"))
    again = client.post(f"/desk/m/{later.number}/campaign/", {"campaign": number})
    assert again.status_code == 422


def test_the_pages_cost_the_same_however_many_matters(world: World, cases: "list[Matter]") -> None:
    number, client = taken_up(world, cases), browser(world.secretary)
    pages = ("/desk/hot/", f"/desk/hot/{problem().pk}/", f"/desk/campaigns/{number}/", PICK)
    counted = []
    for _ in range(2):
        for page in pages:
            with CaptureQueriesContext(connection) as asked:
                assert client.get(page).status_code == 200
            counted.append(len(asked))
        for turn in range(8):
            late = make.report(world, at=TUESDAY, words=f"{turn}号盖板破了。")
            client.post(f"/desk/m/{late.number}/campaign/", {"campaign": number})
        client.get("/desk/")
    assert counted[:4] == counted[4:]
    assert max(counted) <= 30
