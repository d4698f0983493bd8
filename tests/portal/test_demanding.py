"""Starting and signing a joint demand on the pages of residents (联名)."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.bodies.actor import Actor
from linli.deliberation import queries
from linli.people.models import Person
from tests import flats
from tests.portal.conftest import HOME, text_of
from tests.world import World, spots

pytestmark = [pytest.mark.django_db, pytest.mark.req("N2")]
Enter = Callable[[Actor], Client]
SAID = {"procedure": "audit_call", "title": "审计增加停车费", "words": "三年没有公布停车费收支。"}
QUERIES = 26


@pytest.fixture
def neighbours(world: World) -> World:
    """House the resident, the neighbour and eighteen more: two names are a tenth."""
    living = [world.resident.person_id or 0, world.neighbour.person_id or 0]
    living += [flats.dweller(f"居民{one}") for one in range(18)]
    flats.lived_in("101", *living)
    Person.objects.filter(pk__in=living).update(born_in=1980)
    return world


def test_a_demand_is_started_signed_by_a_neighbour_and_goes_on(neighbours: World, enter: Enter) -> None:
    client = enter(neighbours.resident)
    assert "发起联名" in text_of(client.get(f"/p/{HOME}/part/"))
    page = text_of(client.get(f"/p/{HOME}/demand/"))
    assert "联名要求增加审计事项" in page
    assert "联名提议召开业主大会临时会议" in page
    answer = client.post(f"/p/{HOME}/demand/", SAID)
    (topic,) = queries.shown_within(spots("tonghua")[-1].path)
    here = f"/topics/{topic.matter.number}/"
    assert answer.headers["Location"] == here
    assert "共有 20 人，联名 1 人，未达十分之一（2 人）" in text_of(client.get(here))
    neighbour = enter(neighbours.neighbour)
    assert "正在联名" in text_of(neighbour.get(f"/p/{HOME}/part/"))
    neighbour.post(f"{here}support/")
    page = text_of(neighbour.get(here))
    assert "联名已达到" in page
    assert "应当增加审计事项" in page
    assert "正在联名" not in text_of(neighbour.get(f"/p/{HOME}/part/"))


def test_whoever_is_on_no_roll_reads_why_the_button_is_closed(neighbours: World, enter: Enter) -> None:
    enter(neighbours.resident).post(f"/p/{HOME}/demand/", SAID)
    (topic,) = queries.shown_within(spots("tonghua")[-1].path)
    here = f"/topics/{topic.matter.number}/"
    stranger = enter(neighbours.stranger)
    assert "您不在名册上" in text_of(stranger.get(here))
    assert stranger.post(f"{here}support/").status_code == 422
    assert stranger.post(f"/p/{HOME}/demand/", SAID).status_code == 422


def test_what_was_typed_stays_when_the_kind_is_missing(neighbours: World, enter: Enter) -> None:
    answer = enter(neighbours.resident).post(f"/p/{HOME}/demand/", SAID | {"procedure": ""})
    assert answer.status_code == 422
    assert "三年没有公布停车费收支。" in text_of(answer)


def test_a_page_costs_the_same_however_many_sign(neighbours: World, enter: Enter) -> None:
    client = enter(neighbours.resident)
    client.post(f"/p/{HOME}/demand/", SAID)
    (topic,) = queries.shown_within(spots("tonghua")[-1].path)
    client.get(f"/topics/{topic.matter.number}/")
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/topics/{topic.matter.number}/")
    assert len(asked) <= QUERIES
