"""Pressing for a case writes to whoever it waits for, and strikes the line above off (督办)."""

from datetime import timedelta

import pytest

from linli.cases.actions.expediting import expedite
from linli.cases.actions.stepping import Said
from linli.handoffs.sweep import sweep
from linli.matters import queries as matters
from linli.matters.choices import Wait
from linli.outbox import queries as outbox
from tests import make
from tests.world import TUESDAY, World

pytestmark = pytest.mark.django_db
PRESSING = Said("今天下班前到现场。")


@pytest.mark.req("X14")
def test_whoever_holds_the_order_is_written_to(world: World) -> None:
    matter = make.taken_on(world)
    expedite(make.desk(matter, world.secretary, at=TUESDAY + timedelta(hours=2)), PRESSING)
    letter = outbox.inside(to=world.enforcer.person_id or 0).first()
    assert letter is not None
    assert "今天下班前到现场。" in letter.body


def test_the_line_that_showed_it_one_level_up_is_struck_off(world: World) -> None:
    matter = make.taken_on(world)
    late = TUESDAY + timedelta(days=30)
    sweep(at=late)
    assert any(line.what == Wait.ESCALATION for line in matters.inbox(world.street_dispatcher))
    expedite(make.desk(make.fresh(matter), world.street_dispatcher, at=late), PRESSING)
    assert not any(line.what == Wait.ESCALATION for line in matters.inbox(world.street_dispatcher))
