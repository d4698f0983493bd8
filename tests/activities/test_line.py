"""Who signed up comes first, who withdraws lets the next move up, who came counts once (报名、签到)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction

from linli.activities import queries
from linli.activities.actions import attending, holding
from linli.activities.models import Activity, SignUp
from linli.bodies.actor import Actor
from linli.core.verdict import Refused
from linli.outbox import queries as outbox
from linli.record import queries as record
from tests.activities import dances
from tests.activities.dances import BEGINS
from tests.world import TUESDAY, World

pytestmark = [pytest.mark.django_db, pytest.mark.req("Y9")]
SECOND = timedelta(seconds=1)


def standings(activity: Activity) -> dict[int, str]:
    return dict(SignUp.objects.filter(activity=activity).values_list("person_id", "standing"))


def letters(actor: Actor) -> list[str]:
    return [one.subject for one in outbox.inside(to=actor.person_id or 0)]


def acts(activity: Activity) -> list[str]:
    return [one.act for one in record.timeline(activity.number)]


def refused(act: Callable[[], object], activity: Activity) -> str:
    """Return why an act was refused; nothing may have changed, and nothing stand on record."""

    def state() -> object:
        kept = {key: value for key, value in vars(dances.fresh(activity)).items() if key != "_state"}
        return kept, standings(activity), acts(activity)

    before = state()
    with pytest.raises(Refused) as why, transaction.atomic():
        act()
    assert state() == before
    return str(why.value)


def sign_up(activity: Activity, *people: Actor) -> None:
    for person in people:
        attending.sign_up(activity.number, by=person, at=TUESDAY)


def test_the_third_of_two_places_waits_and_moves_up_when_the_first_withdraws(world: World) -> None:
    activity = dances.announce(world.secretary)
    sign_up(activity, world.resident, world.neighbour, world.stranger)
    waits = standings(activity)[world.stranger.person_id or 0]
    assert waits == "waiting"
    attending.withdraw(activity.number, by=world.resident, at=TUESDAY)
    assert standings(activity)[world.stranger.person_id or 0] == "in"
    assert letters(world.stranger) == ["候补成功：广场舞之夜"]
    assert letters(world.neighbour) == []
    assert acts(activity) == ["announce_activity", "sign_up", "sign_up", "sign_up", "withdraw"]


def test_whoever_withdrew_and_comes_back_stands_behind_those_who_waited(world: World) -> None:
    activity = dances.announce(world.secretary, capacity=1)
    sign_up(activity, world.resident, world.neighbour, world.stranger)
    attending.withdraw(activity.number, by=world.resident, at=TUESDAY)
    sign_up(activity, world.resident)
    assert [one.person_id for one in queries.waiting(activity)] == [
        world.stranger.person_id,
        world.resident.person_id,
    ]


def test_a_larger_capacity_lets_as_many_move_up_and_a_smaller_takes_nobody_s_place(world: World) -> None:
    activity = dances.announce(world.secretary, capacity=1)
    sign_up(activity, world.resident, world.neighbour, world.stranger)
    holding.change(activity.number, dances.told(capacity=2), by=world.secretary, at=TUESDAY)
    assert sorted(standings(activity).values()) == ["in", "in", "waiting"]
    assert dances.fresh(activity).turn == 1
    said = refused(
        lambda: holding.change(activity.number, dances.told(capacity=1), by=world.secretary, at=TUESDAY),
        activity,
    )
    assert "已经报上 2 人" in said


def test_signing_up_is_open_to_the_last_second_before_it_begins(world: World) -> None:
    activity = dances.announce(world.secretary)
    attending.sign_up(activity.number, by=world.resident, at=BEGINS - SECOND)
    said = refused(lambda: attending.sign_up(activity.number, by=world.neighbour, at=BEGINS), activity)
    assert "已经开始" in said
    assert "您已经报名" in refused(
        lambda: attending.sign_up(activity.number, by=world.resident, at=TUESDAY), activity
    )


def test_calling_off_tells_all_who_signed_up_and_those_who_waited(world: World) -> None:
    activity = dances.announce(world.secretary, capacity=1)
    sign_up(activity, world.resident, world.neighbour, world.stranger)
    attending.withdraw(activity.number, by=world.stranger, at=TUESDAY)
    assert "原因" in refused(
        lambda: holding.cancel(activity.number, words=" ", by=world.secretary, at=TUESDAY), activity
    )
    assert "书记、调度员" in refused(
        lambda: holding.cancel(activity.number, words="下雨", by=world.resident, at=TUESDAY), activity
    )
    holding.cancel(activity.number, words="下雨", by=world.secretary, at=TUESDAY)
    told = "活动取消：广场舞之夜"
    assert (letters(world.resident), letters(world.neighbour), letters(world.stranger)) == (
        [told],
        [told],
        [],
    )
    assert "已经取消" in refused(lambda: sign_up(activity, world.stranger), activity)


def test_the_code_counts_on_the_day_alone_and_each_once(world: World) -> None:
    activity = dances.announce(world.secretary)
    sign_up(activity, world.resident)
    early, late = BEGINS - timedelta(days=1), BEGINS + timedelta(days=1)
    for code, at, words in (
        ("wrong", BEGINS, "扫现场的二维码"),
        (activity.token, early, "当天才能签到"),
        (activity.token, late, "已经结束"),
    ):
        assert words in refused(
            lambda code=code, at=at: attending.sign_in(activity.number, code=code, by=world.resident, at=at),
            activity,
        )
    for person in (world.resident, world.resident, world.neighbour):
        attending.sign_in(activity.number, code=activity.token, by=person, at=BEGINS)
    assert dances.fresh(activity).visits == 2
    assert standings(activity)[world.neighbour.person_id or 0] == "walked_in"


def test_the_list_of_staff_counts_those_without_an_account_and_can_be_put_right(world: World) -> None:
    activity = dances.announce(world.secretary)
    sign_up(activity, world.resident, world.neighbour)
    both = {world.resident.person_id or 0, world.neighbour.person_id or 0}
    attending.keep_list(activity.number, came=both, others=30, by=world.secretary, at=BEGINS)
    assert dances.fresh(activity).visits == 32
    one = {world.resident.person_id or 0}
    attending.keep_list(activity.number, came=one, others=31, by=world.secretary, at=BEGINS)
    kept = dances.fresh(activity)
    assert (kept.came, kept.others) == (SignUp.objects.exclude(came_at=None).count(), 31)
    assert "不在名单上" in refused(
        lambda: attending.keep_list(
            activity.number, came={world.stranger.person_id or 0}, others=0, by=world.secretary, at=BEGINS
        ),
        activity,
    )


def test_whoever_asks_to_be_forgotten_leaves_the_visit_and_gives_the_place_back(world: World) -> None:
    over, ahead = dances.announce(world.secretary), dances.announce(world.secretary, capacity=1)
    later = dances.told(starts_at=BEGINS + timedelta(days=9), ends_at=BEGINS + timedelta(days=10), capacity=1)
    holding.change(ahead.number, later, by=world.secretary, at=TUESDAY)
    attending.sign_in(over.number, code=over.token, by=world.resident, at=BEGINS)
    sign_up(ahead, world.resident, world.neighbour)
    attending.forget(world.resident.person_id or 0, at=BEGINS)
    kept = dances.fresh(over)
    assert (kept.came, kept.others, kept.visits) == (0, 1, 1)
    assert standings(ahead) == {world.neighbour.person_id: "in"}
