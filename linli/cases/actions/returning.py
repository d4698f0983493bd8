"""Sending an order back once, and the ruling after which nobody returns it again (退单、裁定)."""

from typing import TYPE_CHECKING

from django.db import transaction

from linli.cases.access import Desk
from linli.cases.actions.stepping import Said, as_move, settle_orders
from linli.cases.models import Return
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.matters.actions import moving

if TYPE_CHECKING:
    from linli.matters.models import Matter


@transaction.atomic(savepoint=False)
def return_order(desk: Desk, *, evidence: str, said: Said) -> "Matter":
    """Object to an order with reason and evidence (退单)."""
    rule = desk.require("return_order")
    lead = desk.matter.lead
    if lead is None or not evidence.strip():
        raise Refused(
            Refusal(
                "退单要写依据和证据。",
                clause=rule.clause,
                remedy="写明职责依据的文件或条款。",
                asked=rule.name,
            )
        )
    if any(one.body_id == lead.pk for one in desk.returns):
        raise Refused(
            Refusal(
                "这张单已经退过一次，不能再退。",
                clause=rule.clause,
                remedy="确有困难的，请求上级协调或吹哨联办。",
                asked=rule.name,
            )
        )
    move = as_move(desk, rule, said, figures=(("依据和证据", "已附"),))
    Return.objects.create(
        case=desk.case,
        body=lead,
        reason=said.words.strip(),
        evidence=evidence.strip(),
        returned_at=desk.at,
    )
    return moving.move(desk.matter, move)


@transaction.atomic(savepoint=False)
def rule_on(desk: Desk, *, is_upheld: bool, said: Said) -> "Matter":
    """Rule on a returned order: upheld, it is dispatched anew; rejected, it must be handled (退单裁定)."""
    rule = desk.require("uphold_return" if is_upheld else "reject_return")
    move = as_move(desk, rule, said, figures=(("裁定", "退单成立" if is_upheld else "退单不成立"),))
    Return.objects.filter(case=desk.case, body=desk.matter.lead, ruled_at=None).update(
        ruled_at=desk.at, is_upheld=is_upheld, ruling=said.words.strip()
    )
    settle_orders(desk, rule)
    return moving.move(desk.matter, move)
