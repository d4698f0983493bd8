"""Joining from the residents' pages: beside the form, from a public page; following it after (我也遇到)."""

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from linli.bodies.actor import NOBODY, Actor
from linli.cases.actions.stepping import Said
from linli.matters import followers
from linli.matters import queries as matters
from linli.matters.actions import following
from linli.matters.actions.following import Voice
from tests import make
from tests.portal.conftest import HOME, picture, text_of
from tests.world import TUESDAY, World

if TYPE_CHECKING:
    from linli.matters.models import Follower, Matter

pytestmark = pytest.mark.req("X13")
Enter = Callable[[Actor], Client]
SAME = "1栋门口下水道的盖板破了，骑车差点摔倒。"
BEFORE = TUESDAY - timedelta(days=1)


@pytest.fixture
def standing(world: World) -> "Matter":
    """The cover that a neighbour reported yesterday, public."""
    return make.report(world, by=world.neighbour, is_public=True, at=BEFORE)


def form(**said: str) -> dict[str, Any]:
    return {"kind": "help", "words": SAME, "spot": f"{HOME}_b1", "once": "key", "open": "on"} | said


def joined(matter: "Matter") -> "Follower":
    [one] = followers.standing(matter)
    return one


def test_what_stands_nearby_is_shown_while_somebody_writes(client: Client, standing: "Matter") -> None:
    page = text_of(client.post(f"/p/{HOME}/report/similar/", form()))
    assert f'value="{standing.number}"' in page
    assert "同一栋楼" in page
    assert "都说到" in page


@pytest.mark.parametrize(
    "said",
    [
        pytest.param({"words": "盖板"}, id="还没写几个字"),
        pytest.param({"kind": "report"}, id="举报"),
        pytest.param({"words": "请问老年卡在哪里年审？"}, id="另一件事"),
    ],
)
def test_nothing_is_offered_where_nothing_is_alike(
    client: Client, standing: "Matter", said: dict[str, str]
) -> None:
    assert standing.number not in text_of(client.post(f"/p/{HOME}/report/similar/", form(**said)))


def test_what_is_not_public_is_never_offered(world: World, client: Client) -> None:
    hidden = make.report(world, by=world.neighbour, at=BEFORE)
    assert hidden.number not in text_of(client.post(f"/p/{HOME}/report/similar/", form()))


def test_names_in_what_is_offered_are_masked(world: World, client: Client) -> None:
    make.report(world, by=world.neighbour, is_public=True, at=BEFORE, words="陈建国家门口下水道的盖板破了。")
    page = text_of(client.post(f"/p/{HOME}/report/similar/", form()))
    assert "陈建国" not in page
    assert "盖板破了" in page


def test_without_a_script_one_looks_before_it_is_sent(client: Client, standing: "Matter") -> None:
    before = matters.every().count()
    page = client.post(f"/p/{HOME}/report/", form())
    assert page.status_code == 200
    assert "先看看，是不是同一件事" in text_of(page)
    assert SAME in text_of(page)
    assert matters.every().count() == before


def test_who_looked_and_says_no_reports_another(client: Client, standing: "Matter") -> None:
    answer = client.post(f"/p/{HOME}/report/", form(looked="1", join=""))
    assert answer.status_code == 302
    assert answer["Location"].startswith("/s/")


def test_who_chooses_one_joins_it_with_words_and_photo(client: Client, standing: "Matter") -> None:
    before = matters.every().count()
    sent = form(looked="1", join=standing.number, phone="13800000000") | {"photos": picture()}
    answer = client.post(f"/p/{HOME}/report/", sent)
    one = joined(standing)
    assert answer["Location"] == f"/j/{one.token}/?sent=1"
    assert (one.words, one.phone, one.person_id) == (SAME, "13800000000", None)
    assert [kept.act for kept in matters.attachments(standing)] == ["join"]
    assert matters.every().count() == before


def test_a_public_page_says_how_many_and_leads_to_joining(
    world: World, client: Client, standing: "Matter"
) -> None:
    following.join(standing.number, Voice(world.stranger.person_id), by=world.stranger, at=TUESDAY)
    page = text_of(client.get(f"/m/{standing.number}/"))
    assert "1 人也遇到" in page
    assert world.stranger.name not in page
    assert f"/m/{standing.number}/join/" in page


def test_joining_from_the_public_page_puts_it_into_my_list(
    world: World, enter: Enter, standing: "Matter"
) -> None:
    client = enter(world.stranger)
    assert "我也遇到" in text_of(client.get(f"/m/{standing.number}/join/"))
    answer = client.post(f"/m/{standing.number}/join/", {"words": "我也差点摔倒", "is_open": "on"})
    assert answer["Location"] == f"/j/{joined(standing).token}/?sent=1"
    assert "我也遇到的" in text_of(client.get("/mine/"))
    assert f"/j/{joined(standing).token}/" in text_of(client.get("/mine/"))
    assert "我也差点摔倒" in text_of(client.get(f"/m/{standing.number}/"))


def test_words_kept_for_the_office_stand_on_no_public_page(
    world: World, client: Client, standing: "Matter"
) -> None:
    voice = Voice(world.stranger.person_id, words="我住302")
    following.join(standing.number, voice, by=world.stranger, at=TUESDAY)
    assert "302" not in text_of(client.get(f"/m/{standing.number}/"))


def test_the_raiser_is_not_asked_to_join_and_is_refused_with_the_clause(
    world: World, enter: Enter, standing: "Matter"
) -> None:
    client = enter(world.neighbour)
    assert f"/m/{standing.number}/join/" not in text_of(client.get(f"/m/{standing.number}/"))
    answer = client.post(f"/m/{standing.number}/join/", {})
    assert answer.status_code == 422
    assert "这件事就是您反映的" in text_of(answer)
    assert "XXL-40" in text_of(answer)


def test_a_matter_that_is_not_public_has_no_page_to_join(world: World, client: Client) -> None:
    hidden = make.report(world)
    assert client.get(f"/m/{hidden.number}/join/").status_code == 404
    assert client.post(f"/m/{hidden.number}/join/", {}).status_code == 404


def test_whoever_joined_follows_it_by_a_link_of_their_own(client: Client, standing: "Matter") -> None:
    follower = following.join(standing.number, Voice(words="我也是"), by=NOBODY, at=TUESDAY)
    page = text_of(client.get(f"/j/{follower.token}/"))
    assert "我也是" in page
    assert follower.token in page
    assert standing.token not in page
    found = client.post("/mine/", {"code": follower.token})
    assert found["Location"] == f"/j/{follower.token}/"


def test_whoever_joined_rates_the_result_once(world: World, client: Client, standing: "Matter") -> None:
    follower = following.join(standing.number, Voice(), by=NOBODY, at=TUESDAY)
    early = client.post(f"/j/{follower.token}/rate/", {"score": "5"})
    assert early.status_code == 422
    make.act(standing, "solve", by=world.dispatcher, at=TUESDAY, said=Said("盖板换好了。"))
    page = text_of(client.get(f"/j/{follower.token}/"))
    assert "盖板换好了" in page
    assert client.post(f"/j/{follower.token}/rate/", {"score": "4", "words": "快"}).status_code == 302
    assert "您的评价" in text_of(client.get(f"/j/{follower.token}/"))
    assert client.post(f"/j/{follower.token}/rate/", {"score": "1"}).status_code == 422
    # The raiser's own rating is still to come.
    assert make.desk(standing, world.neighbour, at=TUESDAY).ask("rate")


def test_the_raiser_reads_that_somebody_joined_and_never_who(
    world: World, enter: Enter, standing: "Matter"
) -> None:
    following.join(standing.number, Voice(world.stranger.person_id), by=world.stranger, at=TUESDAY)
    following.join(standing.number, Voice(name="老王"), by=NOBODY, at=TUESDAY)
    page = text_of(enter(world.neighbour).get(f"/s/{standing.token}/"))
    assert page.count("我也遇到") >= 2
    assert world.stranger.name not in page
    assert "老王" not in page


def test_who_leaves_finds_the_link_gone(client: Client, standing: "Matter") -> None:
    follower = following.join(standing.number, Voice(words="我也是"), by=NOBODY, at=TUESDAY)
    assert client.post(f"/j/{follower.token}/leave/").status_code == 302
    assert client.get(f"/j/{follower.token}/").status_code == 404
    assert make.fresh(standing).joined == 0


def test_the_page_of_a_merged_report_leads_to_the_one_that_goes_on(
    world: World, client: Client, standing: "Matter"
) -> None:
    second = make.report(world, is_public=True)
    make.act(second, "merge", by=world.dispatcher, at=TUESDAY, into=standing.number)
    for address in (f"/s/{second.token}/", f"/m/{second.number}/"):
        page = text_of(client.get(address))
        assert "已经并在一起办" in page
        assert f"/m/{standing.number}/" in page


def test_what_neighbours_photographed_is_not_shown_to_the_raiser(
    world: World, enter: Enter, standing: "Matter"
) -> None:
    client = Client()
    client.post(f"/m/{standing.number}/join/", {"photos": picture()})
    assert "/photo/" not in text_of(enter(world.neighbour).get(f"/s/{standing.token}/"))


def test_looking_for_what_is_alike_costs_the_same_however_much_is_open(
    world: World, client: Client, standing: "Matter", django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        make.report(world, by=world.neighbour, is_public=True, at=BEFORE, words=f"{number}号门口的盖板破了。")
    # Twelve of them are the brake on too many requests.
    with django_assert_max_num_queries(19):
        client.post(f"/p/{HOME}/report/similar/", form())
