"""An evening of dances, through the pages: team, sign-up, waiting list, sign-in, visits (文体活动)."""

from collections.abc import Iterator
from datetime import timedelta
from unittest import mock

import pytest
from django.test import Client

from linli.activities import queries
from linli.frame.clock import local
from tests.activities import dances
from tests.activities.dances import BEGINS
from tests.console.desks import browser, text
from tests.world import TUESDAY, World

pytestmark = [pytest.mark.django_db, pytest.mark.req("Y9")]
DESK = "/desk/activities/"


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    """Let the clock stand two days before the activity."""
    with mock.patch("django.utils.timezone.now", return_value=TUESDAY):
        yield


def typed(**changes: str) -> dict[str, str]:
    """Fill in the form of an activity for one person."""
    begins = local(BEGINS)
    return {
        "title": "腰鼓比赛", "kind": "arts", "venue": "铜花广场", "capacity": "1", "words": "", "team": "",
        "starts_at": f"{begins:%Y-%m-%dT%H:%M}", "ends_at": f"{begins + timedelta(hours=2):%Y-%m-%dT%H:%M}",
    } | changes  # fmt: skip


def test_from_the_team_to_the_visits(world: World) -> None:
    staff, path, key = browser(world.secretary), world.home[2].path, world.home[-1].key
    refused = staff.post(
        f"{DESK}teams/new/?within={path}",
        {"name": "铜花腰鼓队", "kind": "arts", "words": "打腰鼓", "leader": "柳春花", "others": "12"},
    )
    assert refused.status_code == 422
    assert "队长本人的同意" in text(refused)
    dances.enter(world.secretary)
    team = queries.teams(path).get()
    assert staff.post(f"{DESK}new/?within={path}", typed(team=str(team.pk))).status_code == 302
    activity = queries.around(path).get()
    page = f"/activities/{activity.number}/"
    one, other = browser(world.resident), browser(world.neighbour)
    assert one.post(f"/activities/teams/{team.pk}/join/").status_code == 302
    assert one.post(f"{page}act/", {"act": "sign_up"}).status_code == 302
    assert "名额满了" in text(other.get(page))
    other.post(f"{page}act/", {"act": "sign_up"})
    assert "前面还有 0 人" in text(other.get(page))
    one.post(f"{page}act/", {"act": "withdraw"})
    assert "您已报上" in text(other.get(page))
    with mock.patch("django.utils.timezone.now", return_value=BEGINS):
        assert other.post(f"{page}act/", {"act": "sign_in", "code": "wrong"}).status_code == 422
        assert other.post(f"{page}act/", {"act": "sign_in", "code": activity.token}).status_code == 302
        came = {"came": [str(world.neighbour.person_id)], "others": "40"}
        assert staff.post(f"{DESK}{activity.number}/act/came/", came).status_code == 302
        public = text(Client().get(f"/p/{key}/activities/"))
    assert "13" in public  # twelve and the one who joined
    assert '<span class="number">41</span> 人次' in public
    assert "陈建国" not in public
    assert "柳春花" not in public
    assert "陈建国" in text(staff.get(f"{DESK}{activity.number}/"))


def test_calling_off_reaches_the_calendar_and_whoever_signed_up(world: World) -> None:
    staff, one = browser(world.secretary), browser(world.resident)
    activity = dances.announce(world.secretary)
    one.post(f"/activities/{activity.number}/act/", {"act": "sign_up"})
    assert staff.post(f"{DESK}{activity.number}/act/cancel/", {"words": ""}).status_code == 422
    staff.post(f"{DESK}{activity.number}/act/cancel/", {"words": "下雨"})
    assert "下雨" in text(one.get("/letters/"))
    feed = text(Client().get(f"/p/{world.home[-1].key}/activities.ics"))
    assert "STATUS:CANCELLED" in feed
    assert "SEQUENCE:1" in feed
    assert one.post(f"/activities/{activity.number}/act/", {"act": "sign_up"}).status_code == 422


def test_another_community_s_secretary_finds_nothing_and_an_unknown_act_is_missing(world: World) -> None:
    activity, team = dances.announce(world.secretary), dances.enter(world.secretary)
    beside = browser(world.other_dispatcher)
    assert beside.get(f"{DESK}{activity.number}/").status_code == 404
    assert beside.get(f"{DESK}{activity.number}/poster/").status_code == 404
    assert beside.post(f"{DESK}teams/{team.pk}/", {"words": "散了"}).status_code == 404
    assert browser(world.secretary).post(f"{DESK}{activity.number}/act/praise/").status_code == 404
    assert (
        browser(world.resident).post(f"/activities/{activity.number}/act/", {"act": "x"}).status_code == 404
    )
