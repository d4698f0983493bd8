"""What couriers, riders and drivers reported, who of them serve, and the matters behind each number."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from linli.frame.clock import now
from linli.handoffs import trades as telling
from linli.insight import small
from linli.insight import trades as road
from linli.matters.models import Matter
from linli.people import actions as people
from linli.people import queries as register
from tests import make
from tests.world import TUESDAY, World

pytestmark = [pytest.mark.django_db, pytest.mark.req("L23")]
HERE = "/desk/trades/"
BEHIND = f"{HERE}matters/"
MOST_QUERIES = 12


@pytest.fixture(autouse=True)
def at_ten_on_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stop the clock of the pages where the stories begin."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: TUESDAY)


@pytest.fixture
def street(world: World) -> Client:
    client = Client()
    client.force_login(make.account(world.street_dispatcher))
    return client


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def told(world: World, *, trade: str = "courier", days_ago: int = 0) -> Matter:
    return make.report(world, at=TUESDAY - timedelta(days=days_ago), trade=trade)


def serve(world: World, number: int, *, trade: str = "courier") -> None:
    for at in range(number):
        person = make.person(f"骑手{at}")
        people.belong(person, trade=trade)
        make.office(person, office="part_time_grid_worker", at="tonghua_e1_b1")


def read(world: World) -> road.Road:
    return road.read(world.home[1].path, trades=world.edition.trades, at=TUESDAY)


def test_the_sheet_says_the_trade_and_never_who(world: World, street: Client) -> None:
    page = text(street, f"/desk/m/{told(world).number}/")
    assert "来自" in page
    assert "快递员" in page
    assert "来自" not in text(street, f"/desk/m/{told(world, trade='').number}/")


def test_what_is_reported_counts_in_its_month_and_its_trade(world: World) -> None:
    told(world)
    told(world, trade="ride_driver", days_ago=30)
    told(world, trade="")
    found = read(world)
    assert {one.title: one.told for one in found.trades if one.told} == {"快递员": 1, "网约车司机": 1}
    assert [(one.title, one.told) for one in found.months[:2]] == [("2026年11月", 1), ("2026年10月", 1)]
    assert found.told == 2


def test_a_month_begins_at_midnight_of_the_place(world: World) -> None:
    first = TUESDAY.replace(day=1, hour=0, minute=0)
    make.report(world, at=first - timedelta(seconds=1), trade="courier")
    make.report(world, at=first, trade="courier")
    assert [one.told for one in read(world).months[:2]] == [1, 1]


def test_the_last_month_is_counted_and_the_one_before_it_is_not(world: World) -> None:
    first = road.last_months(TUESDAY.date())[-1]
    began = TUESDAY.replace(year=first.year, month=first.month, day=1, hour=0, minute=0)
    make.report(world, at=began - timedelta(seconds=1), trade="courier")
    assert read(world).told == 0
    make.report(world, at=began, trade="courier")
    assert read(world).told == 1


def test_only_what_was_closed_with_a_result_is_solved(world: World) -> None:
    solved, taken_back, _ = told(world), told(world), told(world)
    Matter.objects.filter(pk=solved.pk).update(closed_at=TUESDAY, outcome="finish")
    Matter.objects.filter(pk=taken_back.pk).update(closed_at=TUESDAY, outcome="withdraw")
    (courier,) = (one for one in read(world).trades if one.key == "courier")
    assert (courier.told, courier.solved) == (3, 1)


@pytest.mark.parametrize("number", [0, 1, 4, 5])
def test_a_small_number_of_people_is_not_shown(world: World, number: int) -> None:
    serve(world, number)
    (courier,) = (one for one in read(world).trades if one.key == "courier")
    least = small.least()
    assert courier.serving == (str(number) if number in (0, least) else f"少于 {least}")


def test_somebody_with_two_offices_is_one_person(world: World) -> None:
    serve(world, small.least())
    person = register.everybody().get(name="骑手0")
    make.office(person, office="part_time_grid_worker", at="tonghua_g1")
    (courier,) = (one for one in read(world).trades if one.key == "courier")
    assert courier.serving == str(small.least())


def test_an_appointed_grid_worker_who_says_the_trade_is_counted(world: World, street: Client) -> None:
    number = world.part_timer.person_id or 0
    telling.tell(number, trade="courier", known=world.edition.trades, at=now())
    assert f"少于 {small.least()}" in text(street, HERE)


def test_every_number_opens_as_many_matters(world: World, street: Client) -> None:
    mine, other = told(world), told(world, trade="ride_driver", days_ago=30)
    pages = {
        "?trade=courier": [mine],
        "?month=2026-10": [other],
        "?": [mine, other],
        "?trade=courier&month=2026-10": [],
        "?solved=1": [],
    }
    for query, behind in pages.items():
        page = text(street, f"{BEHIND}{query}")
        assert f"{len(behind)} 件" in page
        assert {one.number for one in (mine, other) if one.number in page} == {one.number for one in behind}


def test_an_address_that_means_nothing_is_not_there(world: World, street: Client) -> None:
    for query in ("?trade=pilot", "?month=soon", "?month=2026-13", "?within=9999"):
        assert street.get(f"{BEHIND}{query}").status_code == 404


def test_another_community_sees_nothing_of_it(world: World) -> None:
    matter, client = told(world), Client()
    client.force_login(make.account(world.other_dispatcher))
    assert matter.number not in text(client, BEHIND)
    assert client.get(f"{HERE}?within={world.home[2].path}").status_code == 404
    assert Client().get(HERE).status_code == 302


def test_an_empty_page_says_what_to_do(world: World, street: Client) -> None:
    page = text(street, HERE)
    assert "近 6 个月还没有人用骑手随手报" in page
    assert "/riders/poster/" in page


def test_the_page_costs_the_same_however_much_was_reported(
    world: World, street: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for days in range(4):
        told(world, days_ago=days * 20)
    serve(world, 6)
    street.get(HERE)
    for address in (HERE, BEHIND):
        with django_assert_max_num_queries(MOST_QUERIES):
            street.get(address)


def test_what_a_rider_who_serves_finds_on_the_rounds_counts_too(world: World) -> None:
    telling.tell(world.part_timer.person_id or 0, trade="courier", known=world.edition.trades, at=now())
    client = Client()
    client.force_login(make.account(world.part_timer))
    found = {
        "words": "楼道堆了纸箱，挡住了消防栓。",
        "then": "call_up",
        "category": "",
        "once": "one",
        "looked": "1",
    }
    answer = client.post("/desk/found/", found | {"place": world.home[-1].key, "place_words": "", "done": ""})
    assert answer.status_code == 302, answer.content.decode()
    assert read(world).told == 1
