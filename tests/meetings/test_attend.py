"""People say whether they come, and sign in by code or by name (回执、签到)."""

import pytest

from linli.core.verdict import Refused
from linli.meetings import queries
from linli.meetings.actions import attending
from linli.meetings.models import Way
from tests.meetings import halls
from tests.meetings.halls import do
from tests.world import TUESDAY, World

pytestmark = pytest.mark.req("Y12")


def test_an_answer_that_staff_enter_waits_for_the_person(world: World) -> None:
    meeting = halls.convened(world)
    key = halls.key_of(meeting, world.resident)
    entered = do(meeting, world.dispatcher, attending.answer, key, comes=True, at=TUESDAY)
    assert (entered.answer, entered.answered_way, entered.confirmed_at) == ("yes", Way.STAFF, None)
    own = do(meeting, world.resident, attending.answer, "", comes=False, at=TUESDAY)
    assert (own.answer, own.answered_way, own.confirmed_at) == ("no", Way.PHONE, TUESDAY)


def test_one_signs_in_with_the_code_of_the_hall(world: World) -> None:
    meeting = halls.convened(world)
    with pytest.raises(Refused, match="扫会场的二维码"):
        do(meeting, world.resident, attending.sign_in, "", code="wrong")
    seat = do(meeting, world.resident, attending.sign_in, "", code=meeting.token)
    assert seat.signed_in_way == Way.QR
    again = do(meeting, world.resident, attending.sign_in, "", code=meeting.token)
    assert again.signed_in_at == seat.signed_in_at
    assert halls.fresh(meeting).stirs == 1


def test_staff_sign_somebody_in_by_name_and_nobody_else_does(world: World) -> None:
    meeting = halls.convened(world)
    seat = do(meeting, world.dispatcher, attending.sign_in, halls.keys(meeting)[5])
    assert seat.signed_in_way == Way.STAFF
    with pytest.raises(Refused, match="不在这次会议的名册里"):
        do(meeting, world.resident, attending.sign_in, halls.keys(meeting)[4], code=meeting.token)


def test_signing_in_does_not_make_every_phone_fetch_the_page(world: World) -> None:
    meeting = halls.convened(world)
    before = halls.fresh(meeting).turn
    halls.signed_in(world, meeting, 4)
    assert halls.fresh(meeting).turn == before
    now = queries.turn_of(meeting.number)
    assert now is not None
    assert now[:2] == (before, 4)


def test_who_comes_back_after_leaving_is_counted_again(world: World) -> None:
    meeting = halls.convened(world)
    halls.signed_in(world, meeting, 4)
    key = halls.keys(meeting)[0]
    do(meeting, world.dispatcher, attending.leave, key)
    assert not halls.hall(meeting, world.secretary).quorum()
    with pytest.raises(Refused, match="不在会场"):
        do(meeting, world.dispatcher, attending.leave, key)
    do(meeting, world.dispatcher, attending.sign_in, key)
    assert halls.hall(meeting, world.secretary).quorum()
