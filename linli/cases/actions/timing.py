"""The clock of a case: pausing for an allowed reason, one extension, another order kind (计时)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from linli.cases.access import Desk
from linli.cases.actions.stepping import NOTHING, Said, as_move
from linli.cases.kinds import Part
from linli.cases.models import Summons, WorkOrder
from linli.core.delay import may_extend, may_pause, may_resume
from linli.core.refusal import Refusal
from linli.core.term import Term
from linli.core.verdict import Refused, Verdict
from linli.matters import queries as matters
from linli.matters.actions import timing
from linli.matters.choices import Wait
from linli.pack.edition import Extension

if TYPE_CHECKING:
    from linli.matters.models import Matter


@transaction.atomic(savepoint=False)
def pause(desk: Desk, *, reason: str, said: Said) -> "Matter":
    """Stop the clock for a reason that the pack allows (暂停计时)."""
    rule = desk.require("pause")
    reasons = matters.edition_of(desk.matter).pauses
    titles = {key: one.title for key, one in reasons.items()}
    may_pause(reason, allowed_reasons=titles, is_paused=desk.matter.is_paused, clause=rule.clause).require()
    matter = timing.pause(desk.matter, as_move(desk, rule, said), reason=reasons[reason])
    _follow_lines(matter)
    return matter


@transaction.atomic(savepoint=False)
def resume(desk: Desk, said: Said = NOTHING) -> "Matter":
    """Let the clock run on with exactly what was left (恢复计时)."""
    rule = desk.require("resume")
    may_resume(is_paused=desk.matter.is_paused, clause=rule.clause).require()
    matter = timing.resume(desk.matter, as_move(desk, rule, said))
    _follow_lines(matter)
    return matter


@transaction.atomic(savepoint=False)
def ask_extension(desk: Desk, *, term: Term, said: Said) -> "Matter":
    """Ask for more time, at most what the pack allows (申请延期)."""
    rule = desk.require("ask_extension")
    allowed = matters.edition_of(desk.matter).extension
    _may_extend(desk, allowed).require()
    if term.unit is not allowed.at_most.unit or term.amount > allowed.at_most.amount:
        raise Refused(
            Refusal(
                f"最多延长 {allowed.at_most.words}，申请的是 {term.words}。",
                clause=allowed.clause,
                remedy=f"改为 {allowed.at_most.words} 以内。",
                asked=rule.name,
            )
        )
    approvers = matters.procedure_of(desk.matter).rule(matters.step_of(desk.matter), "grant_extension")
    approver = approvers.by[0] if approvers else rule.by[0]
    timing.ask_extension(desk.matter, as_move(desk, rule, said), term=term, approver=approver)
    return desk.matter


@transaction.atomic(savepoint=False)
def rule_on_extension(desk: Desk, *, is_granted: bool, said: Said = NOTHING) -> "Matter":
    """Grant or refuse the extension that was asked for; the resident is told (批准、不批准延期)."""
    rule = desk.require("grant_extension" if is_granted else "refuse_extension")
    extension = matters.extension_asked(desk.matter)
    if extension is None:
        raise Refused(Refusal("没有待批准的延期申请。", clause=rule.clause, asked=rule.name))
    move = as_move(desk, rule, said)
    if not is_granted:
        return timing.refuse_extension(desk.matter, move, extension=extension)
    matter = timing.grant_extension(desk.matter, move, extension=extension)
    _follow_lines(matter)
    return matter


@transaction.atomic(savepoint=False)
def regrade(desk: Desk, *, order: str, said: Said) -> "Matter":
    """Change the order kind; the time used stays used (调整缓急)."""
    rule = desk.require("regrade")
    orders = matters.edition_of(desk.matter).orders
    if order not in orders or order == desk.matter.order:
        raise Refused(Refusal("请选一个不同的单别。", clause=rule.clause, asked=rule.name))
    matter = timing.regrade(desk.matter, as_move(desk, rule, said), order=order)
    _follow_lines(matter)
    return matter


@transaction.atomic
def follow_calendar(number: str, *, at: datetime, source: str) -> bool:
    """Reckon a case's deadlines anew after an official calendar came in; tell if any moved (重算期限)."""
    moved = timing.follow_calendar(number, at=at, source=source)
    matter = matters.of_number(number)
    if moved and matter:
        _follow_lines(matter)
    return moved


def _may_extend(desk: Desk, allowed: Extension) -> Verdict:
    return may_extend(
        sum(one.is_granted for one in matters.extensions(desk.matter)),
        max_times=allowed.times,
        at=desk.at,
        due_at=desk.matter.due_at,
        clause=allowed.clause,
    )


def _follow_lines(matter: "Matter") -> None:
    """Let open orders and summonses fall due with the inbox lines that stand for them."""
    WorkOrder.objects.filter(case_id=matter.pk, part=Part.LEAD, ended_at=None).update(due_at=matter.due_at)
    for line in matters.waitings(matter):
        if line.what == Wait.JOINT:
            joint = WorkOrder.objects.filter(case_id=matter.pk, body=line.body, part=Part.JOINT)
            joint.filter(ended_at=None).update(due_at=line.due_at)
        elif line.what == Wait.SUMMON and line.due_at:
            Summons.objects.filter(case_id=matter.pk, body=line.body).update(due_at=line.due_at)
