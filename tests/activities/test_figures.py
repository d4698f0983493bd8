"""The figures of a whole district in a year: 100 teams, 36 activities, 22 600 visits (人次)."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from linli.activities import queries
from linli.activities.models import Activity, Team
from tests.console.desks import browser, text
from tests.world import TUESDAY, World

pytestmark = [pytest.mark.django_db, pytest.mark.req("Y9")]


def furnish(world: World) -> str:
    """Put down a year: 36 activities of three kinds with 22 600 visits, and some that do not count."""
    place = world.home[2]
    Team.objects.bulk_create(
        Team(
            pack=place.pack, place_id=place.id, place_path=place.path, name=f"铜花{number}队", kind="arts",
            words="跳舞", founded_at=TUESDAY,
        )
        for number in range(120)
    )  # fmt: skip

    def held(number: int, kind: str, days: int, visits: int) -> Activity:
        begins = TUESDAY - timedelta(days=days)
        return Activity(
            number=f"T-{number}", pack=place.pack, place_id=place.id, place_path=place.path, title="比赛",
            kind=kind, venue="广场", starts_at=begins, ends_at=begins + timedelta(hours=2), came=visits % 7,
            others=visits - visits % 7, posted_at=begins - timedelta(days=9), token="t",
        )  # fmt: skip

    year = [
        held(n, ("arts", "sport", "festival")[n % 3], n + 1, 627 + (28 if not n else 0)) for n in range(36)
    ]
    last, ahead, off = held(90, "arts", 400, 50), held(91, "arts", -3, 0), held(92, "arts", 9, 0)
    off.cancelled_at = TUESDAY - timedelta(days=10)
    Activity.objects.bulk_create([*year, last, ahead, off])
    return place.path


def test_a_year_of_36_activities_and_22_600_visits_is_one_query(
    world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    path = furnish(world)
    with django_assert_num_queries(1):
        sorts = queries.of_year(path, year=2026, at=TUESDAY)
    assert [(one.title, one.held) for one in sorts] == [("文艺演出", 12), ("体育健身", 12), ("节庆民俗", 12)]
    assert sum(one.visits for one in sorts) == 22_600
    assert [one.visits for one in queries.of_year(path, year=2025, at=TUESDAY)] == [50]


def test_the_pages_of_120_teams_show_the_year_in_few_queries(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    path = furnish(world)
    client = browser(world.secretary)
    client.get("/desk/activities/")
    with django_assert_max_num_queries(14):
        page = text(client.get("/desk/activities/", {"within": path, "year": "2026"}))
    assert "22,600" in page
    assert "铜花119队" in page
    with django_assert_max_num_queries(9):
        public = text(Client().get(f"/p/{world.home[-1].key}/activities/"))
    assert "22,600" in public
