"""Facilities are entered, put right, closed; what a place lacks of each kind is named (服务设施)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from linli.core.clause import Clause
from linli.core.verdict import Refused
from linli.facilities import actions, queries
from linli.facilities.models import Facility
from linli.pack.calendars import read_calendar
from linli.pack.edition import Facilities, FacilityKind
from linli.pack.law import read_law
from linli.pack.reader import read_edition
from linli.record import queries as record
from tests.console.desks import browser, see, text
from tests.facilities import stations
from tests.world import TUESDAY, World

pytestmark = [pytest.mark.django_db, pytest.mark.req("X9", "G8")]
PACKS = Path(__file__).parents[2] / "packs"
HERE = "/desk/facilities/"
FILLED = {"name": "老年食堂", "kind": "elderly", "address": "5栋一楼", "hours": "11 点到 13 点", "area": "80"}


def refused(act: Callable[[], object]) -> str:
    """Return why an act was refused; no facility may have changed."""
    before = list(Facility.objects.order_by("pk").values())
    with pytest.raises(Refused) as why, transaction.atomic():
        act()
    assert list(Facility.objects.order_by("pk").values()) == before
    return str(why.value)


def test_a_facility_is_entered_put_right_and_closed_with_one_entry_each(world: World) -> None:
    found, by = stations.enter(world.secretary), world.secretary
    for words, act in (
        ("没有这一类", lambda: stations.enter(by, name="别的", kind="palace")),
        ("已经有「党群服务中心」", lambda: stations.enter(by)),
        ("书记、调度员", lambda: stations.enter(world.resident, name="别的")),
        ("还没有写原因", lambda: actions.close(found.pk, words=" ", by=by, at=TUESDAY)),
    ):
        assert words in refused(act)
    actions.describe(found.pk, stations.told(hours="每天"), by=by, at=TUESDAY)
    actions.close(found.pk, words="拆迁", by=by, at=TUESDAY)
    told = [one.act for one in record.timeline(actions.chain_of(found.pk))]
    assert told == ["enter_facility", "describe_facility", "close_facility"]
    assert not queries.within(found.place_path).exists()


def test_a_goal_counts_for_the_whole_and_one_each_names_the_places_without(world: World) -> None:
    standard = Facilities(
        (FacilityKind("party_centre", "党群服务中心", 3, "community"),), Clause("T-1", "试验")
    )
    street, tonghua = world.home[1], world.home[2]
    (none,) = queries.covers(standard, spot=street, is_whole=True)
    assert (none.have, none.short, len(none.lacking)) == (0, 3, 2)
    stations.enter(world.secretary, at="tonghua_e1")
    (one,) = queries.covers(standard, spot=street, is_whole=True)
    assert (one.have, one.short, [spot.name for spot in one.lacking]) == (1, 2, ["铜都社区"])
    (part,) = queries.covers(standard, spot=tonghua, is_whole=False)
    assert (part.goal, part.short, part.lacking) == (None, 0, ())


def test_gusu_aims_at_what_its_document_counts() -> None:
    law, calendar = read_law(PACKS / "law" / "2026"), read_calendar(PACKS / "calendars")
    gusu = read_edition(PACKS / "gusu" / "2026", law=law, calendar=calendar).facilities
    assert gusu is not None
    assert [one.goal for one in gusu.kinds] == [33, 210, 21]


def test_through_the_pages_from_the_gap_to_what_residents_see(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    staff, path, key = browser(world.secretary), world.home[2].path, world.home[-1].key
    assert "铜花社区没有" in text(see("facilities/", by=world.secretary))
    stations.enter(world.secretary)
    assert staff.post(f"{HERE}new/?within={path}", FILLED | {"hours": ""}).status_code == 422
    assert staff.post(f"{HERE}new/?within={path}", FILLED | {"name": "党群服务中心"}).status_code == 422
    assert staff.post(f"{HERE}new/?within={path}", FILLED).status_code == 302
    canteen = queries.within(path).get(kind="elderly")
    changed = FILLED | {"is_accessible": "on", "hours": "11 点到 14 点"}
    assert staff.post(f"{HERE}{canteen.pk}/act/describe/", changed).status_code == 302
    public = text(Client().get(f"/p/{key}/facilities/"))
    assert "11 点到 14 点" in public
    assert "轮椅能进" in public
    assert staff.post(f"{HERE}{canteen.pk}/act/close/", {"words": ""}).status_code == 422
    assert staff.post(f"{HERE}{canteen.pk}/act/close/", {"words": "搬走了"}).status_code == 302
    assert staff.post(f"{HERE}{canteen.pk}/act/praise/").status_code == 404
    assert "老年食堂" not in text(Client().get(f"/p/{key}/facilities/"))
    for number in range(6):
        stations.enter(world.secretary, name=f"{number}号站", kind="elderly")
    with django_assert_max_num_queries(12):
        staff.get(HERE)
    with django_assert_max_num_queries(8):
        Client().get(f"/p/{key}/facilities/")
