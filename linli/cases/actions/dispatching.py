"""Giving a case to one lead and several joint bodies, and taking it on (派单、接单、协办)."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from linli.bodies import queries as bodies
from linli.cases.access import Desk
from linli.cases.actions.stepping import LEAD_ORDER, NOTHING, OPEN_ORDERS, Said, as_move
from linli.cases.kinds import Part
from linli.cases.models import WorkOrder
from linli.core.procedure import ActRule
from linli.core.refusal import Refusal
from linli.core.term import Term, due
from linli.core.verdict import Refused
from linli.frame import compiled
from linli.frame.clock import day_of
from linli.frame.wording import deadline
from linli.matters import waiting
from linli.matters.actions import moving, remarks
from linli.matters.actions.moving import Figures
from linli.matters.choices import Wait
from linli.matters.letters import Handing

if TYPE_CHECKING:
    from linli.matters.models import Matter, Waiting

_ASKED = "派给你单位办理，应于 {due} 前办结。"


@dataclass(frozen=True, slots=True)
class JointTask:
    """What a joint body is to do, within its own term (协办任务)."""

    body: int
    task: str = ""
    term: Term | None = None


@transaction.atomic(savepoint=False)
def dispatch(desk: Desk, *, lead: int, joint: Sequence[JointTask] = (), said: Said = NOTHING) -> "Matter":
    """Give a case to one lead body and several joint ones with sub-deadlines (派单、协同处置)."""
    rule = desk.require("dispatch")
    chosen = [lead, *(one.body for one in joint)]
    names = bodies.names(chosen, pack=desk.matter.pack)
    _check_bodies(chosen, names, rule=rule)
    if any(order.ended_at is None for order in desk.orders):
        OPEN_ORDERS.make({"ended_at": desk.at}, case=desk.case.pk)
    figures: Figures = (("主办", names[lead]), ("协办", "、".join(names[one.body] for one in joint)))
    figures = tuple(pair for pair in figures if pair[1])
    handing = Handing(bodies.addressed(*chosen, on=day_of(desk.at)), _ASKED)
    move = as_move(desk, rule, said, figures=figures, lead=lead, handing=handing)
    matter = moving.move(desk.matter, move)
    orders = [_order(desk, Part.LEAD, lead, due_at=matter.due_at)]
    orders += [_joint(desk, one) for one in joint]
    compiled.insert(orders)
    waiting.add(*(_joint_line(desk, one) for one in joint))
    return matter


@transaction.atomic(savepoint=False)
def take_on(desk: Desk, said: Said = NOTHING) -> "Matter":
    """Take an order on as the lead body (接单)."""
    rule = desk.require("take_on")
    move = as_move(desk, rule, said)
    LEAD_ORDER.make({"taken_on_at": desk.at}, case=desk.case.pk)
    return moving.move(desk.matter, move)


@transaction.atomic(savepoint=False)
def answer(desk: Desk, said: Said) -> "Matter":
    """Report back as a joint body (协办反馈)."""
    rule = desk.require("answer")
    mine = [
        order
        for order in desk.orders
        if order.part == Part.JOINT
        and order.body_id in desk.actor.body_ids
        and not (order.ended_at or order.answered_at)
    ]
    move = as_move(desk, rule, said, figures=(("协办单位", "、".join(order.body.name for order in mine)),))
    for order in mine:
        WorkOrder.objects.filter(pk=order.pk).update(answered_at=desk.at, answer=said.words.strip())
        waiting.done(desk.matter, what=Wait.JOINT, body_id=order.body_id)
    return remarks.remark(desk.matter, move)


def _check_bodies(chosen: Sequence[int], names: Mapping[int, str], *, rule: ActRule) -> None:
    if chosen[0] not in names:
        raise Refused(
            Refusal(
                "还没有选主办单位。", clause=rule.clause, remedy="先选一个主办单位再派单。", asked=rule.name
            )
        )
    if any(number not in names for number in chosen):
        raise Refused(
            Refusal(
                "选的协办单位不在本地。", clause=rule.clause, remedy="从列出的单位里另选。", asked=rule.name
            )
        )
    twice = next((number for number, times in Counter(chosen).items() if times > 1), None)
    if twice is not None:
        raise Refused(
            Refusal(
                f"{names[twice]}选了两次，一个单位只能主办或协办一次。",
                clause=rule.clause,
                remedy="去掉重复的一个。",
                asked=rule.name,
            )
        )


def _joint(desk: Desk, one: JointTask) -> WorkOrder:
    return _order(desk, Part.JOINT, one.body, task=one.task, due_at=_joint_due(desk, one))


def _joint_due(desk: Desk, one: JointTask) -> datetime | None:
    if one.term is None:
        return desk.matter.due_at
    wanted = due(one.term, at=desk.at, calendar=desk.calendar)
    whole = desk.matter.due_at
    if whole is not None and wanted > whole:
        today = day_of(desk.at)
        late, end = deadline(wanted, today=today), deadline(whole, today=today)
        raise Refused(
            Refusal(
                f"协办期限 {late} 晚于整件事的期限 {end}。",
                remedy="把协办期限改短。",
                asked="派单",
            )
        )
    return wanted


def _order(desk: Desk, part: Part, body: int, *, due_at: datetime | None, task: str = "") -> WorkOrder:
    return WorkOrder(
        case=desk.case,
        body_id=body,
        opened_at=desk.matter.opened_at,
        part=part,
        task=task,
        dispatched_at=desk.at,
        due_at=due_at,
    )


def _joint_line(desk: Desk, one: JointTask) -> "Waiting":
    return waiting.line_for(
        desk.matter,
        what=Wait.JOINT,
        title="协办反馈",
        role="joint",
        at=desk.at,
        calendar=desk.calendar,
        term=one.term,
        body_id=one.body,
    )
