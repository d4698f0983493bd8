"""Whoever presses at once: one vote for a head, and none lost when the boxes are sealed meanwhile."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from linli.ballots import boxes, queries
from linli.ballots.actions import closing
from linli.ballots.models import Ballot
from linli.core.verdict import Refused
from tests.ballots.polls import CLOSES, LATER, cast, election, neighbours, opened, voter
from tests.world import build

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.req("X8")]
THREADS = 8


def together(*acts: Callable[[], object]) -> list[bool]:
    """Do acts at once on connections of their own; tell for each whether it was done."""

    def attempt(act: Callable[[], object]) -> bool:
        try:
            act()
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(attempt, acts))


@pytest.mark.parametrize("is_secret", [False, True], ids=["记名", "无记名"])
def test_a_head_that_is_pressed_many_times_votes_once(is_secret: bool) -> None:
    world, roll = build(), neighbours(2)
    ballot = (election if is_secret else opened)(world, roll)
    mark = "c1" if is_secret else "yes"
    done = together(*[lambda: cast(ballot, voter(roll, 0), mark)] * THREADS)
    assert done.count(True) == 1
    assert boxes.cast(boxes.standing(ballot))[0] == 1


@pytest.mark.parametrize("is_secret", [False, True], ids=["记名", "无记名"])
def test_votes_that_meet_the_end_are_counted_or_refused(is_secret: bool) -> None:
    world, roll = build(), neighbours(24)
    ballot: Ballot = (election if is_secret else opened)(world, roll)
    mark = "c1" if is_secret else "yes"
    before = [lambda place=place: cast(ballot, voter(roll, place), mark, at=LATER) for place in range(12)]
    after = [lambda place=place: cast(ballot, voter(roll, place), mark, at=LATER) for place in range(12, 24)]
    done = together(*before, lambda: closing.close(ballot, by=world.secretary, at=CLOSES), *after)
    ended = queries.of_number(ballot.number)
    assert ended is not None
    assert ended.closed_at == CLOSES
    assert ended.sums[0]["cast"] == done.count(True) - 1 == len(queries.receipts(ended))
