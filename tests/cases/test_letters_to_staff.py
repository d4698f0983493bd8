"""Whoever is given work is written to, with the date by which it is due (交办通知)."""

import pytest

from linli.outbox import queries as outbox
from tests import make
from tests.world import TUESDAY, World

pytestmark = pytest.mark.django_db


def test_a_dispatched_body_reads_by_when_it_must_be_done(world: World) -> None:
    matter = make.dispatched(world)
    letter = outbox.inside(to=world.enforcer.person_id or 0).first()
    assert letter is not None
    assert letter.matter == matter.pk
    assert "前办结" in letter.body


def test_a_summoned_department_reads_by_when_to_report_in_and_why(world: World) -> None:
    matter = make.taken_on(world)
    make.act(matter, "summon", by=world.dispatcher, at=TUESDAY, departments=[world.fire])
    letter = outbox.inside(to=world.fireman.person_id or 0).first()
    assert letter is not None
    assert "前报到" in letter.body
