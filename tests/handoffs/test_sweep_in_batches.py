"""A sweep does together what it would do one by one, and its cost follows what is due (巡检)."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from linli.cases.actions.dispatching import JointTask
from linli.core.term import Term
from linli.handoffs import sweep as sweeping
from linli.handoffs.sweep import Swept, sweep
from linli.matters import queries as matters
from linli.matters import tally
from linli.matters.actions import escalating
from linli.matters.models import Waiting
from linli.outbox import queries as outbox
from linli.record import queries as record
from tests import make
from tests.world import TUESDAY, World, build

if TYPE_CHECKING:
    from linli.matters.models import Matter

LATE = TUESDAY + timedelta(days=30)
# To find what is due, twice, and to bring a batch of any size up to date, its transaction included.
A_BATCH = 15
LINE = ("what", "role", "title", "office", "place_id", "body_id", "since", "due_at", "escalated_at")
LETTER = ("to", "channel", "subject", "body", "written_at", "sent_at")


def _jointly(world: World, *, at: datetime) -> "Matter":
    terms = {world.fire: "1 working_days", world.housing: "2 hours"}
    joint = [JointTask(body, term=Term.parse(term)) for body, term in terms.items()]
    return make.dispatched(world, at=at, joint=joint)


KINDS: tuple[Callable[..., "Matter"], ...] = (
    make.report, make.incident, make.dispatched, make.returned, make.handled, make.verified, make.closed,
    _jointly,
)  # fmt: skip


def _everything(of: "Sequence[Matter]") -> tuple[object, ...]:
    """Read all that a sweep may have written: steps, lines, entries, letters and counts."""
    said = []
    for matter in of:
        now = make.fresh(matter)
        columns = (
            "what",
            "role",
            "title",
            "office",
            "place_id",
            "body_id",
            "since",
            "due_at",
            "escalated_at",
        )
        lines = sorted(map(str, Waiting.objects.filter(matter=now).values_list(*columns)))
        entries = [line._replace(digest="") for line in record.timeline(now.number)]
        letters = outbox.about(now.pk).values_list(
            "to", "channel", "subject", "body", "written_at", "sent_at"
        )
        said.append((now.step, now.outcome, now.closed_at, lines, entries, list(letters)))
    return said, tally.standing()


class InBatches(TestCase):
    """Sweep the same neighbourhood in one batch and line by line."""

    @settings(max_examples=12)
    @given(
        kinds=st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 200)), min_size=1, max_size=5),
        days=st.integers(1, 40),
        batch=st.sampled_from((2, 3, 500)),
    )
    def test_a_batch_does_what_one_by_one_would_have_done(
        self, kinds: list[tuple[Callable[..., "Matter"], int]], days: int, batch: int
    ) -> None:
        world = build()
        cases = [make_one(world, at=TUESDAY + timedelta(hours=hours)) for make_one, hours in kinds]
        until = TUESDAY + timedelta(days=days)
        together, apart = (_swept(cases, at=until, batch=size) for size in (batch, 1))
        assert together == apart


def _swept(cases: "Sequence[Matter]", *, at: datetime, batch: int) -> tuple[object, ...]:
    """Sweep in batches of a size, look, and undo it."""
    whole = sweeping.BATCH
    with transaction.atomic():
        sweeping.BATCH = batch
        try:
            done = sweep(at=at)
        finally:
            sweeping.BATCH = whole
        seen = done, _everything(cases)
        transaction.set_rollback(True)
    return seen


def test_the_cost_of_a_batch_does_not_follow_its_size(world: World) -> None:
    few = [make.report(world) for _ in range(2)]
    two = _statements(at=LATE)
    many = [make.report(world) for _ in range(20)]
    assert _statements(at=LATE) == two <= A_BATCH
    assert all(record.timeline(one.number)[-1].act == "overdue" for one in (*few, *many))


def test_nothing_due_costs_one_statement(world: World) -> None:
    make.report(world)
    assert _statements(at=TUESDAY) == 1


def test_a_matter_that_cannot_be_shown_does_not_end_the_sweep(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, *others = (make.report(world) for _ in range(4))
    note = escalating._note

    def fail(of: Any) -> Any:
        if of.line.matter.number == broken.number:
            raise ZeroDivisionError
        return note(of)

    with monkeypatch.context() as trouble:
        trouble.setattr(escalating, "_note", fail)
        assert sweep(at=LATE) == Swept(escalated=len(others))
    assert not any(line.escalated_at for line in matters.waitings(broken))
    assert sweep(at=LATE) == Swept(escalated=1)
    assert tally.standing() == tally.recount()


def _statements(*, at: datetime) -> int:
    with CaptureQueriesContext(connection) as sent:
        sweep(at=at)
    return len(sent)
