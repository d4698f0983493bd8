"""What is masked is seen by those who work on it, once they say why."""

import pytest
from pytest_django import DjangoAssertNumQueries

from linli.bodies import roster
from linli.frame.clock import now, today
from linli.matters.models import Matter
from linli.people import actions as people
from linli.people import queries as people_known
from linli.privacy.models import Look
from linli.record import queries as record
from tests import make
from tests.console import desks
from tests.world import World, spots

pytestmark = [pytest.mark.django_db, pytest.mark.req("N5")]
MOST_QUERIES = 14
PHONE, NAME = "13800001234", "周美兰"


@pytest.fixture
def matter(world: World) -> Matter:
    return make.report(world, at=now(), contact_name=NAME, contact_phone=PHONE)


def page(matter: Matter) -> str:
    return f"/desk/m/{matter.number}/contact/"


def test_the_matter_shows_the_contact_masked_with_a_way_to_see_it(world: World, matter: Matter) -> None:
    said = desks.text(desks.see(f"m/{matter.number}/", by=world.dispatcher))
    assert "周*兰 138****1234" in said
    assert page(matter) in said
    assert PHONE not in said
    assert NAME not in said


def test_whoever_has_no_part_in_it_sees_it_masked_and_no_way(world: World, matter: Matter) -> None:
    said = desks.text(desks.see(f"m/{matter.number}/", by=world.street_secretary))
    assert "138****1234" in said
    assert "/contact/" not in said
    assert desks.browser(world.street_secretary).get(page(matter)).status_code == 404
    assert desks.browser(world.street_secretary).post(page(matter), {"reason": "visit"}).status_code == 404


def test_asking_shows_nothing_and_records_nothing(world: World, matter: Matter) -> None:
    answer = desks.browser(world.dispatcher).get(page(matter))
    assert "约上门时间" in desks.text(answer)
    assert PHONE not in desks.text(answer)
    assert not Look.objects.exists()


def test_a_reason_shows_it_this_once_with_a_telephone_link(world: World, matter: Matter) -> None:
    answer = desks.browser(world.dispatcher).post(page(matter), {"reason": "visit", "words": "周三上门"})
    said = desks.text(answer)
    assert NAME in said
    assert f'href="tel:{PHONE}"' in said
    assert "no-store" in answer.headers["Cache-Control"]
    look = Look.objects.get()
    assert (look.matter, look.reason, look.by) == (matter.pk, "visit", world.dispatcher.person_id)
    assert record.timeline(f"looks-{matter.number}")[0].words == "周三上门"


def test_of_whoever_has_an_account_the_registered_telephone_is_shown(world: World) -> None:
    people.correct(people_known.of_id(world.resident.person_id or 0), phone="13855556666")
    matter = make.report(world, at=now())
    said = desks.text(desks.see(f"m/{matter.number}/", by=world.dispatcher))
    assert world.resident.name not in said
    assert page(matter) in said
    answer = desks.browser(world.dispatcher).post(page(matter), {"reason": "tell"})
    assert "13855556666" in desks.text(answer)


def test_of_what_a_grid_worker_found_nobody_is_shown(world: World) -> None:
    matter = make.incident(world, at=now())
    assert "联系人" not in desks.text(desks.see(f"m/{matter.number}/", by=world.dispatcher))


def test_without_a_reason_nothing_is_shown(world: World, matter: Matter) -> None:
    answer = desks.browser(world.dispatcher).post(page(matter), {"words": "看看"})
    assert answer.status_code == 422
    assert PHONE not in desks.text(answer)
    assert "选一个事由再查看" in desks.text(answer)
    assert not Look.objects.exists()


def test_too_many_in_a_minute_are_refused_with_a_way_out(world: World, matter: Matter) -> None:
    client = desks.browser(world.dispatcher)
    for _ in range(10):
        assert client.post(page(matter), {"reason": "visit"}).status_code == 200
    answer = client.post(page(matter), {"reason": "visit"})
    assert answer.status_code == 422
    assert "一分钟内已经查看了 10 次" in desks.text(answer)
    assert "请过一分钟再看" in desks.text(answer)
    assert PHONE not in desks.text(answer)


def test_looking_costs_little(
    world: World, matter: Matter, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = desks.browser(world.dispatcher)
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(page(matter))


def test_the_raiser_sees_their_own_number_masked_too(world: World, matter: Matter) -> None:
    said = desks.browser().get(f"/s/{matter.token}/").content.decode()
    assert "138****1234" in said
    assert PHONE not in said


# ── Those in office ───────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def held(world: World) -> int:
    make.office(make.person("高远", phone="13911112222"), office="dispatcher", at="tonghua")
    offices = roster.held_within(spots("tonghua")[-1].path, on=today())
    return next(one.pk for one in offices if one.person.name == "高远")


def test_the_roll_shows_telephones_masked(world: World, held: int) -> None:
    said = desks.text(desks.see("people/", by=world.cast["secretary"]))
    assert "139****2222" in said
    assert "13911112222" not in said


def test_a_keeper_of_the_roll_sees_a_telephone_once_they_say_why(world: World, held: int) -> None:
    client = desks.browser(world.cast["secretary"])
    said = client.get(f"/desk/people/{held}/").content.decode()
    assert "139****2222" in said
    assert "13911112222" not in said
    answer = client.post(f"/desk/people/{held}/phone/", {"reason": "check"})
    assert "13911112222" in answer.content.decode()
    assert Look.objects.get().matter is None


@pytest.mark.parametrize("part", ["grid_worker", "enforcer", "resident"])
def test_nobody_else_sees_a_telephone(world: World, held: int, part: str) -> None:
    answer = desks.browser(world.cast[part]).post(f"/desk/people/{held}/phone/", {"reason": "check"})
    assert answer.status_code == 404
    assert not Look.objects.exists()
