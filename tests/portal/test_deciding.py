"""Taking part as a resident: propose, support, read what is deliberated, object to a notice (我要参与)."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from linli.bodies.actor import Actor
from linli.deliberation import queries
from linli.disclosure.actions import noticing
from linli.people import households
from linli.places import dwellings
from linli.places import queries as places
from linli.places.dwellings import Described
from tests.deliberation import topics
from tests.disclosure.test_notices import posting
from tests.portal.conftest import HOME
from tests.world import TUESDAY, World, spots

pytestmark = [pytest.mark.django_db, pytest.mark.req("C14", "X4")]
Enter = Callable[[Actor], Client]
QUERIES_OF_A_READER = 10
QUERIES = 22


def text_of(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined]  # a response of the test client


def test_a_resident_proposes_and_a_neighbour_supports(world: World, enter: Enter) -> None:
    client = enter(world.resident)
    assert "我要提议" in text_of(client.get(f"/p/{HOME}/part/"))
    client.post(f"/p/{HOME}/topics/new/", {"title": "清出空地", "words": topics.WORDS})
    (topic,) = queries.shown_within(world.home[2].path)
    neighbour = enter(world.neighbour)
    page = text_of(neighbour.get(f"/topics/{topic.matter.number}/"))
    assert "附议" in page
    neighbour.post(f"/topics/{topic.matter.number}/support/")
    assert queries.has_supported(topic, world.neighbour.person_id)
    again = neighbour.post(f"/topics/{topic.matter.number}/support/")
    assert again.status_code == 422
    assert "您已经附议" in text_of(again)


def test_what_was_typed_stays_when_the_title_is_missing(world: World, enter: Enter) -> None:
    answer = enter(world.resident).post(f"/p/{HOME}/topics/new/", {"title": "", "words": topics.WORDS})
    assert answer.status_code == 422
    assert topics.WORDS in text_of(answer)


def test_a_stranger_reads_a_public_topic_and_none_that_is_not(world: World, client: Client) -> None:
    shown = topics.propose(world.resident)
    hidden = topics.propose(
        topics.gather(world).director, procedure="delegates_decision", spots=spots("tonghua")
    )
    assert client.get(f"/topics/{shown.matter.number}/").status_code == 200
    assert client.get(f"/topics/{hidden.matter.number}/").status_code == 404
    assert client.get(f"/m/{shown.matter.number}/").headers["Location"] == f"/topics/{shown.matter.number}/"


def test_the_board_shows_what_hangs_and_takes_objections(world: World, client: Client, enter: Enter) -> None:
    notice = noticing.post(posting(world), by=world.secretary, edition=world.edition, at=TUESDAY)
    assert notice.title in text_of(client.get(f"/p/{HOME}_b1/board/"))
    page = text_of(client.get(f"/notices/{notice.number}/"))
    assert "公示 15 日" in page
    assert "13907140000" not in page
    stranger = client.post(f"/notices/{notice.number}/object/", {"words": "太贵"})
    assert "/accounts/login/" in stranger.headers["Location"]
    answer = enter(world.neighbour).post(f"/notices/{notice.number}/object/", {"words": ""})
    assert answer.status_code == 422


def test_a_household_is_known_by_the_flat_one_lives_in(world: World) -> None:
    building = places.of_key(f"{HOME}_b1")
    assert building is not None
    (flat,) = dwellings.enter(building, [Described("101", 900_000, "register")])
    household = households.house(flat.pk, [world.resident.person_id or 0])
    assert households.of_person(world.resident.person_id) == household
    assert households.of_person(world.neighbour.person_id) is None


def test_a_public_topic_costs_a_fixed_number_of_queries(world: World, enter: Enter) -> None:
    topic = topics.propose(world.resident)
    topics.supported(topic, times=4)
    client = enter(world.neighbour)
    client.get(f"/topics/{topic.matter.number}/")
    with CaptureQueriesContext(connection) as asked:
        client.get(f"/topics/{topic.matter.number}/")
    assert len(asked) <= QUERIES


def test_a_public_topic_costs_a_reader_ten_queries_however_many_took_part(
    world: World, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    topic = topics.propose(world.resident)
    topics.supported(topic, times=30)
    client.get(f"/topics/{topic.matter.number}/")
    with django_assert_max_num_queries(QUERIES_OF_A_READER):
        client.get(f"/topics/{topic.matter.number}/")
