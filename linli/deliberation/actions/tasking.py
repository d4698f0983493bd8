"""From a resolution to who does what by when (落实)."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction

from linli.core.procedure import ActRule
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.deliberation import waits
from linli.deliberation.access import Desk
from linli.deliberation.models import Task
from linli.frame.clock import day_of
from linli.matters.actions import remarks

if TYPE_CHECKING:
    from linli.matters.models import Matter


@dataclass(frozen=True, slots=True)
class Asked:
    """What a resolution asks of one body or one person, by a day (任务要素)."""

    title: str
    due_on: date
    body: int | None = None
    person: int | None = None


@transaction.atomic
def add_task(desk: Desk, asked: Asked, *, seen: int | None = None) -> Task:
    """Write down one thing that is to be done, who does it and by when (安排任务)."""
    rule = desk.require("add_task")
    _is_whole(asked, rule, today=day_of(desk.at))
    task = Task.objects.create(
        topic=desk.topic,
        title=asked.title.strip(),
        body_id=asked.body,
        person_id=asked.person if asked.body is None else None,
        due_on=asked.due_on,
        added_at=desk.at,
    )
    figures = (("完成日期", f"{asked.due_on:%Y-%m-%d}"),)
    remarks.remark(desk.matter, desk.move(rule, task.title, seen=seen, figures=figures))
    waits.ask_for_tasks(desk.topic, calendar=desk.calendar, at=desk.at)
    return task


@transaction.atomic
def report_task(desk: Desk, task: Task, *, words: str, is_done: bool, seen: int | None = None) -> "Matter":
    """Say how far a task is; only those it was given to may (报告任务进展)."""
    rule = desk.require("report_task")
    if not _is_mine(desk, task):
        raise Refused(
            Refusal(
                "这项任务不是交给您的。",
                clause=rule.clause,
                remedy="请责任单位或责任人报告。",
                asked=rule.name,
            )
        )
    move = desk.move(
        rule, words, seen=seen, figures=(("任务", task.title), ("完成", "是" if is_done else "否"))
    )
    task.report, task.reported_at, task.done_at = words.strip(), desk.at, desk.at if is_done else None
    task.save(update_fields=["report", "reported_at", "done_at"])
    remarks.remark(desk.matter, move)
    waits.ask_for_tasks(desk.topic, calendar=desk.calendar, at=desk.at)
    return desk.matter


def mine(desk: Desk) -> list[Task]:
    """Return the tasks left that are for whoever sits at the desk (我的任务)."""
    return [task for task in desk.tasks_left if _is_mine(desk, task)]


def _is_mine(desk: Desk, task: Task) -> bool:
    if task.body_id is not None:
        return task.body_id in desk.actor.body_ids
    return task.person_id == desk.actor.person_id


def _is_whole(asked: Asked, rule: ActRule, *, today: date) -> None:
    if not asked.title.strip() or (asked.body is None and asked.person is None):
        raise Refused(
            Refusal("任务要写明做什么、谁来做。", clause=rule.clause, remedy="补上再提交。", asked=rule.name)
        )
    if asked.due_on <= today:
        raise Refused(Refusal("完成日期要在今天以后。", clause=rule.clause, asked=rule.name))
