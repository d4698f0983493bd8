from datetime import UTC, datetime

import pytest
from django.utils.module_loading import import_string
from django_q.models import Schedule

from linli.config.timers import TIMERS, Timer, arrange

pytestmark = pytest.mark.django_db


def test_the_timetable_equals_the_list() -> None:
    arrange((Timer("a", "f", 5), Timer("b", "g", 60)))
    arrange((Timer("b", "h", 30), Timer("c", "k", 1)))
    found = Schedule.objects.order_by("name").values_list("name", "func", "minutes")
    assert list(found) == [("b", "h", 30), ("c", "k", 1)]


def test_starting_again_does_not_put_a_timer_off() -> None:
    arrange((Timer("a", "f", 5),))
    due = datetime(2026, 11, 22, tzinfo=UTC)
    Schedule.objects.update(next_run=due)
    arrange((Timer("a", "f", 5),))
    assert Schedule.objects.get().next_run == due


def test_every_timer_of_the_house_names_an_act_that_exists() -> None:
    assert len({timer.name for timer in TIMERS}) == len(TIMERS)
    assert all(callable(import_string(timer.act)) for timer in TIMERS)
