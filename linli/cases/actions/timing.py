"""The clock of a case: pausing for an allowed reason, one extension, another order kind (计时)."""

from typing import TYPE_CHECKING

from django.db import transaction

from linli.cases.access import Desk
from linli.cases.actions.stepping import NOTHING, Said, as_move
from linli.core.refusal import Refusal
from linli.core.term import Term
from linli.core.verdict import Refused
from linli.matters import queries as matters
from linli.matters.actions import timing

if TYPE_CHECKING:
    from linli.matters.models import Matter


@transaction.atomic
def pause(desk: Desk, *, reason: str, said: Said) -> "Matter":
    """Stop the clock for a reason that the pack allows (暂停计时)."""
    rule = desk.require("pause")
    reasons = matters.edition_of(desk.matter).pauses
    if reason not in reasons:
        allowed = "；".join(one.title for one in reasons.values())
        raise Refused(
            Refusal(
                f"只有这些事由可以暂停计时：{allowed}。",
                clause=rule.clause,
                remedy="没有这些情形的，请继续办理或申请延期。",
                asked=rule.name,
            )
        )
    return timing.pause(desk.matter, as_move(desk, rule, said), reason=reasons[reason])


@transaction.atomic
def resume(desk: Desk, said: Said = NOTHING) -> "Matter":
    """Let the clock run on with exactly what was left (恢复计时)."""
    rule = desk.require("resume")
    return timing.resume(desk.matter, as_move(desk, rule, said))


@transaction.atomic
def ask_extension(desk: Desk, *, term: Term, said: Said) -> "Matter":
    """Ask for more time, at most what the pack allows (申请延期)."""
    rule = desk.require("ask_extension")
    allowed = matters.edition_of(desk.matter).extension
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


@transaction.atomic
def rule_on_extension(desk: Desk, *, is_granted: bool, said: Said = NOTHING) -> "Matter":
    """Grant or refuse the extension that was asked for; the resident is told (批准、不批准延期)."""
    rule = desk.require("grant_extension" if is_granted else "refuse_extension")
    extension = matters.extension_asked(desk.matter)
    if extension is None:
        raise Refused(Refusal("没有待批准的延期申请。", clause=rule.clause, asked=rule.name))
    move = as_move(desk, rule, said)
    if is_granted:
        return timing.grant_extension(desk.matter, move, extension=extension)
    return timing.refuse_extension(desk.matter, move, extension=extension)


@transaction.atomic
def regrade(desk: Desk, *, order: str, said: Said) -> "Matter":
    """Change the order kind; the time used stays used (调整缓急)."""
    rule = desk.require("regrade")
    orders = matters.edition_of(desk.matter).orders
    if order not in orders or order == desk.matter.order:
        raise Refused(Refusal("请选一个不同的单别。", clause=rule.clause, asked=rule.name))
    return timing.regrade(desk.matter, as_move(desk, rule, said), order=order)
