"""Couriers, riders and drivers report in a few words, and say their trade only if they want to."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from linli.bodies.actor import Actor
from linli.cases import queries as cases
from linli.cases.kinds import ConcernKind
from linli.cases.models import Case
from linli.core.verdict import Refused
from linli.frame.clock import now
from linli.handoffs import person_data, trades
from linli.matters import queries as matters
from linli.people import actions as people
from linli.people import queries as register
from linli.privacy import queries as privacy
from linli.record import queries as record
from tests.portal.conftest import HOME, picture, text_of
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.req("L23")]
ADDRESS = f"/p/{HOME}/riders/"
TOLD = {"words": "东门口井盖翘起来了，骑车容易摔。", "trade": "delivery_rider", "once": "drawn-for-this-form"}
OWN = "/mine/data/trade/"
MOST_QUERIES = 12


def case_of(answer: object) -> Case:
    token = str(answer.headers["Location"]).split("/")[2]  # type: ignore[attr-defined]
    matter = matters.of_token(token)
    assert matter is not None
    case = cases.of_matter(matter.pk)
    assert case is not None
    return case


def trade_of(actor: Actor) -> str:
    person = register.of_id(actor.person_id or 0)
    assert person is not None
    return person.trade


def test_words_a_photo_and_a_trade_are_enough(world: World, client: Client) -> None:
    case = case_of(client.post(ADDRESS, TOLD | {"photos": picture()}))
    assert case.trade == "delivery_rider"
    assert case.concern_kind == ConcernKind.HELP
    assert case.matter.raised_by_id is None
    assert (case.contact_name, case.contact_phone) == ("", "")
    assert len(matters.attachments(case.matter)) == 1


def test_the_page_of_a_place_asks_for_every_trade_of_its_pack(
    world: World, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(ADDRESS)
    with django_assert_max_num_queries(MOST_QUERIES):
        page = text_of(client.get(ADDRESS))
    assert all(title in page for title in world.edition.trades.values())
    assert 'name="kind"' not in page


def test_a_link_or_a_poster_may_name_the_trade_beforehand(world: World, client: Client) -> None:
    page = text_of(client.get(f"{ADDRESS}?trade=courier"))
    assert 'value="courier" checked' in page
    assert " checked" not in text_of(client.get(ADDRESS))


@pytest.mark.parametrize(
    ("told", "said"),
    [
        pytest.param({"trade": ""}, "请选一个行业。", id="没有选行业"),
        pytest.param({"trade": "pilot"}, "请选一个行业。", id="名单里没有的行业"),
        pytest.param({"words": ""}, "还没有写内容。", id="没有写内容"),
    ],
)
def test_what_is_missing_is_said_and_the_words_stay(
    world: World, client: Client, told: dict[str, str], said: str
) -> None:
    answer = client.post(ADDRESS, TOLD | told)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert (TOLD | told)["words"] in text_of(answer)
    assert "骑手随手报" in text_of(answer)


def test_the_poster_carries_the_code_and_the_address_of_the_place(world: World, client: Client) -> None:
    page = text_of(client.get(f"{ADDRESS}poster/"))
    assert 'class="qr"' in page
    assert ADDRESS in page
    assert "快递员" in page


def test_the_page_of_a_place_that_is_not_there_is_missing(world: World, client: Client) -> None:
    assert client.get("/p/nowhere/riders/").status_code == 404
    assert client.get("/p/nowhere/riders/poster/").status_code == 404


def test_an_ordinary_report_says_no_trade(world: World, client: Client) -> None:
    case = case_of(client.post(f"/p/{HOME}/report/", TOLD | {"kind": "help"}))
    assert case.trade == ""


def test_to_choose_a_trade_is_to_agree_and_to_leave_it_is_to_take_it_back(
    world: World, enter: Callable[[Actor], Client]
) -> None:
    client, person = enter(world.resident), world.resident.person_id or 0
    assert "您是骑手、快递员或者司机吗" in text_of(client.get("/mine/data/"))
    client.post(OWN, {"trade": "courier"})
    assert trade_of(world.resident) == "courier"
    assert "trade" in privacy.agreed(person)
    client.post(OWN, {"trade": ""})
    assert trade_of(world.resident) == ""
    assert privacy.agreed(person) == {}
    assert len(record.timeline(f"consent-{person}")) == 2


def test_a_trade_that_was_said_goes_with_what_one_reports(
    world: World, enter: Callable[[Actor], Client]
) -> None:
    client = enter(world.resident)
    client.post(OWN, {"trade": "courier"})
    assert 'value="courier" checked' in text_of(client.get(ADDRESS))
    assert case_of(client.post(f"/p/{HOME}/report/", TOLD | {"kind": "help", "trade": ""})).trade == "courier"


def test_a_trade_nobody_listed_is_refused_with_the_clause(
    world: World, enter: Callable[[Actor], Client]
) -> None:
    answer = enter(world.resident).post(OWN, {"trade": "pilot"})
    assert answer.status_code == 422
    assert "没有这个行业。" in text_of(answer)
    assert "个人信息保护法" in text_of(answer)
    assert trade_of(world.resident) == ""


def test_nobody_says_a_trade_for_somebody_else(world: World, client: Client) -> None:
    assert client.post(OWN, {"trade": "courier"}).status_code == 302
    assert client.get(OWN).status_code == 405


def test_a_refused_trade_leaves_the_one_before(world: World) -> None:
    person = world.resident.person_id or 0
    trades.tell(person, trade="courier", known=world.edition.trades, at=now())
    with pytest.raises(Refused):
        trades.tell(person, trade="pilot", known=world.edition.trades, at=now())
    assert trade_of(world.resident) == "courier"


def test_the_trade_is_handed_over_with_ones_data_and_erased_with_them(world: World) -> None:
    number = world.resident.person_id or 0
    trades.tell(number, trade="courier", known=world.edition.trades, at=now())
    person = register.of_id(number)
    assert person is not None
    assert ("行业", "快递员") in person_data.of_person(person)[0].entries[0]
    people.forget(person, keep_name=False)
    assert trade_of(world.resident) == ""
