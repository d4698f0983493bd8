"""The tasks that stand in somebody's inbox while a resolution is carried out (待办)."""

from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from linli.core.calendar import Calendar
from linli.core.term import Term, Unit
from linli.deliberation import queries
from linli.deliberation.models import Task, Topic
from linli.frame.clock import day_of
from linli.matters import queries as matters
from linli.matters import waiting
from linli.matters.choices import Wait

if TYPE_CHECKING:
    from linli.matters.models import Waiting

_STEP = "carry_out"


def ask_for_tasks(topic: Topic, *, calendar: Calendar, at: datetime) -> None:
    """Let each body and person with tasks left have one line in their inbox, due with the first of them."""
    waiting.done(topic.matter, what=Wait.TASK)
    if matters.step_of(topic.matter).kind != _STEP:
        return
    undone = sorted((task for task in queries.tasks(topic) if task.done_at is None), key=_owner)
    lines = [_line(topic, list(tasks), calendar=calendar, at=at) for _, tasks in groupby(undone, key=_owner)]
    waiting.add(*lines)


def _owner(task: Task) -> tuple[int, int]:
    return task.body_id or 0, task.person_id or 0


def _line(topic: Topic, tasks: list[Task], *, calendar: Calendar, at: datetime) -> "Waiting":
    first = min(tasks, key=lambda task: task.due_on)
    days = (first.due_on - day_of(at)).days
    return waiting.line_for(
        topic.matter,
        what=Wait.TASK,
        title=first.title[:40] if len(tasks) == 1 else f"{len(tasks)} 项任务，最早到期：{first.title[:20]}",
        role=f"task-{first.body_id or 0}-{first.person_id or 0}",
        at=at,
        calendar=calendar,
        term=Term(max(days, 1), Unit.DAYS),
        body_id=first.body_id,
        person_id=first.person_id,
    )
