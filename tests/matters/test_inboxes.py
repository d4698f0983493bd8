"""What an inbox reads: whose lines, how many, and at what cost (收件箱)."""

from datetime import timedelta

import pytest
from django.db.models import Q
from pytest_django import DjangoAssertNumQueries

from linli.frame.clock import day_of, now
from linli.matters import inboxes
from linli.matters.inboxes import Numbers
from linli.matters.models import Waiting
from linli.matters.slices import end_of
from tests import make
from tests.world import World


def numbers(world: World, *, most: int = 100) -> Numbers:
    """Count the dispatcher's lines."""
    at = now()
    return inboxes.numbers(world.dispatcher, wanted=Q(), at=at, until=end_of(day_of(at)), most=most)


def test_the_database_names_the_inbox_of_a_line_as_its_reader_does(world: World) -> None:
    make.report(world, at=now())
    make.dispatched(world, at=now())
    make.verified(world, at=now())
    readers = (world.dispatcher, world.enforcer, world.resident)
    named = set(Waiting.objects.values_list("inbox", flat=True))
    assert named <= {key for reader in readers for key in inboxes.of(reader)}
    assert all(named & set(inboxes.of(reader)) for reader in readers)


def test_lines_are_counted_by_urgency_up_to_a_limit(world: World) -> None:
    for days in (30, 20, 0, 0):
        make.report(world, at=now() - timedelta(days=days), order="routine")
    assert numbers(world) == Numbers(late=2, today=0, ruling=0, whole=4)
    assert numbers(world, most=3) == Numbers(late=2, today=0, ruling=0, whole=3)


@pytest.mark.parametrize("cursor", ["", "nonsense"])
def test_the_lines_of_several_inboxes_stand_in_one_order(
    world: World, cursor: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for hour in range(4):
        make.dispatched(world, at=now() - timedelta(hours=hour))
    assert len(inboxes.of(world.enforcer)) > 1
    with django_assert_num_queries(1):
        lines = inboxes.page(world.enforcer, wanted=Q(), cursor=cursor, most=3)
    due = [line[1] for line in lines]
    assert due == sorted(due)
    assert len(due) == 3
