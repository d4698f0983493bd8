"""What happens by itself as time passes, exact after downtime: 巡检."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import transaction

from linli.cases.actions.dispatching import JointTask
from linli.core.term import Term
from linli.handoffs.sweep import Swept, sweep
from linli.matters import queries as matters
from linli.matters import tally
from linli.outbox import queries as outbox
from linli.record import queries as record
from tests import make
from tests.letters import letters_to
from tests.world import TUESDAY, World, instant

if TYPE_CHECKING:
    from linli.matters.models import Matter

IN_THREE_WEEKS = TUESDAY + timedelta(days=21)


def _neighbourhood(world: World) -> "list[Matter]":
    """One case at each kind of standstill."""
    joint = [JointTask(world.fire, term=Term.parse("1 working_days"))]
    paused = make.taken_on(world)
    make.act(paused, "pause", by=world.enforcer, at=TUESDAY + timedelta(hours=1), reason="weather")
    return [
        make.report(world),
        make.incident(world, order="urgent"),
        make.dispatched(world, joint=joint),
        make.returned(world),
        make.handled(world),
        make.verified(world),
        make.closed(world),
        make.fresh(paused),
    ]


def _told(about: "Matter") -> tuple[object, ...]:
    """Everything that is known of a matter afterwards."""
    now = make.fresh(about)
    lines = [(one.what, one.role, one.due_at, one.escalated_at) for one in matters.waitings(now)]
    entries = [(one.act, one.at, one.figures) for one in record.timeline(now.number)]
    letters = [(one.to_id, one.subject, one.body, one.written_at) for one in outbox.about(now.pk)]
    return now.step, now.closed_at, now.outcome, now.due_at, sorted(map(str, lines)), entries, letters


def _hours(start: datetime, *, end: datetime) -> Iterator[datetime]:
    while start < end:
        start += timedelta(hours=1)
        yield start


def test_after_three_weeks_of_downtime_it_is_as_if_it_had_never_stood_still(world: World) -> None:
    cases = _neighbourhood(world)
    with transaction.atomic():
        for at in _hours(TUESDAY, end=IN_THREE_WEEKS):
            sweep(at=at)
        often = [_told(one) for one in cases], tally.standing()
        transaction.set_rollback(True)
    sweep(at=IN_THREE_WEEKS)
    assert ([_told(one) for one in cases], tally.standing()) == often
    assert sweep(at=IN_THREE_WEEKS) == Swept()


def test_an_unanswered_question_closes_the_case_at_the_instant_it_was_due(world: World) -> None:
    matter = make.verified(world)
    assert sweep(at=instant("2026-12-01 17:30")) == Swept()
    assert make.fresh(matter).step == "appraised"
    assert sweep(at=instant("2026-12-15 09:00")) == Swept(lapsed=1)
    closed = make.fresh(matter)
    assert (closed.outcome, closed.closed_at) == ("lapse", instant("2026-12-01 17:30"))
    entry = record.timeline(matter.number)[-1]
    assert (entry.act, entry.by, entry.office) == ("lapse", None, "系统")


@pytest.mark.req("L10")
def test_what_is_overdue_is_shown_one_level_up_once(world: World) -> None:
    matter = make.report(world)
    late = instant("2026-11-26 09:00")
    assert sweep(at=late) == Swept(escalated=1)
    (line,) = matters.inbox(world.street_dispatcher)
    assert (line.what, line.title, line.matter_id) == ("escalation", "督办：诉求受理", matter.pk)
    assert not matters.inbox(world.district_dispatcher)
    assert sweep(at=late + timedelta(days=30)) == Swept()
    assert len(matters.inbox(world.street_dispatcher)) == 1


def test_whoever_is_late_and_whoever_oversees_them_get_a_letter(world: World) -> None:
    matter = make.report(world)
    sweep(at=instant("2026-11-26 09:00"))
    for reader in (world.dispatcher, world.street_dispatcher):
        (letter,) = letters_to(reader, about=matter)
        assert letter.subject == f"逾期：{matter.title}"
        assert "应由铜花社区调度员于 11月25日 周三 17:30 前办理，现已逾期" in letter.body


def test_a_missed_deadline_stands_on_record(world: World) -> None:
    matter = make.dispatched(world)
    sweep(at=instant("2026-12-15 09:00"))
    entry = record.timeline(matter.number)[-1]
    assert (entry.act, entry.at) == ("overdue", instant("2026-11-25 17:30"))
    assert dict(entry.figures) == {
        "应办": "分级响应", "责任人": "街道综合执法中心", "应于": "11月25日 周三 17:30",
    }  # fmt: skip


def test_each_late_joint_body_is_missed_by_itself_but_the_overseer_sees_one_line(world: World) -> None:
    term = Term.parse("1 working_days")
    make.taken_on(world, joint=[JointTask(world.fire, term=term), JointTask(world.housing, term=term)])
    assert sweep(at=instant("2026-11-26 09:00")) == Swept(escalated=2)
    assert len(matters.inbox(world.street_dispatcher)) == 1


def test_the_last_instant_is_still_in_time(world: World) -> None:
    make.report(world)
    due = instant("2026-11-25 17:30")
    assert sweep(at=due) == Swept()
    assert sweep(at=due + timedelta(seconds=1)) == Swept(escalated=1)


def test_moving_on_takes_the_matter_off_the_overseers_inbox(world: World) -> None:
    matter = make.report(world)
    sweep(at=instant("2026-11-26 09:00"))
    make.act(matter, "take_in", by=world.dispatcher, at=instant("2026-11-26 09:30"))
    assert not matters.inbox(world.street_dispatcher)


def test_an_extended_deadline_that_is_missed_again_is_shown_again(world: World) -> None:
    matter = make.taken_on(world)
    asked, late = instant("2026-12-01 16:00"), instant("2026-12-02 09:00")
    make.act(matter, "ask_extension", by=world.enforcer, at=asked, term=Term.parse("1 working_days"))
    assert sweep(at=late) == Swept(escalated=2)
    make.act(matter, "grant_extension", by=world.secretary, at=late)
    assert sweep(at=late) == Swept()
    assert sweep(at=instant("2026-12-03 09:00")) == Swept(escalated=1)
