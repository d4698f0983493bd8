"""Acts that need no more than words: the step changes, or the words are kept (一般动作)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from linli.cases import finding, queries
from linli.cases.access import Desk
from linli.cases.kinds import Part
from linli.cases.models import Case, WorkOrder
from linli.core.acts import ACTS, Words
from linli.core.procedure import ActRule
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.disclosure.actions import showing as disclosure
from linli.frame.compiled import Change
from linli.matters import queries as matters
from linli.matters.actions import moving, remarks
from linli.matters.actions.moving import Figures, Move
from linli.matters.letters import Handing

if TYPE_CHECKING:
    from linli.matters.models import Matter

ANSWERS = ("finish", "solve", "decline")
ENDS_ORDERS = ("solve", "decline", "withdraw", "merge")

_CASE = Change(lambda pk: Case.objects.filter(pk=pk))
OPEN_ORDERS = Change(lambda case: WorkOrder.objects.filter(case=case, ended_at=None))
LEAD_ORDER = Change(lambda case: WorkOrder.objects.filter(case=case, part=Part.LEAD, ended_at=None))


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody adds to an act: their words, and the turn that stood on their page (说明).

    ``noted`` is what else stands on the record with it, such as when a phone without a network kept it.
    """

    words: str = ""
    seen: int | None = None
    noted: Figures = ()


NOTHING = Said()


def as_move(
    desk: Desk,
    rule: ActRule,
    said: Said,
    *,
    figures: Figures = (),
    lead: int | None = None,
    into: "Matter | None" = None,
    handing: Handing | None = None,
) -> Move:
    """Put an act of this desk into the words of the thread; words that are required must be there."""
    if ACTS[rule.act].words is Words.REQUIRED and not said.words.strip():
        raise Refused(
            Refusal(
                f"「{rule.name}」要写说明。",
                clause=rule.clause,
                remedy="写一两句理由或结果再提交。",
                asked=rule.name,
            )
        )
    return Move(
        rule=rule,
        by=desk.actor,
        at=desk.at,
        calendar=desk.calendar,
        words=said.words.strip(),
        figures=(*figures, *said.noted),
        lead=lead,
        into=into,
        office=desk.office_for(rule),
        seen=said.seen,
        spots=desk.seat.chain,
        handing=handing,
    )


@transaction.atomic(savepoint=False)
def step(desk: Desk, act: str, said: Said = NOTHING) -> "Matter":
    """Do an act that needs nothing but words (一般动作)."""
    rule = desk.require(act)
    move = as_move(desk, rule, said)
    if act in ANSWERS:
        _answer(desk, said.words.strip())
    if not rule.kind.moves:
        _find_by(desk, act, said.words)
        return remarks.remark(desk.matter, move)
    settle_orders(desk, rule)
    return moving.move(desk.matter, move)


def settle_orders(desk: Desk, rule: ActRule) -> None:
    """End the orders that an act leaves behind; finishing only answers the lead's (工单)."""
    if not desk.orders:
        return
    if rule.act == "finish":
        answer = {"answered_at": desk.at, "answer": desk.case.answer}
        LEAD_ORDER.make(answer, case=desk.case.pk)
    elif rule.act in ENDS_ORDERS or matters.procedure_of(desk.matter).step(rule.to).chooses_lead:
        OPEN_ORDERS.make({"ended_at": desk.at}, case=desk.case.pk)


def _find_by(desk: Desk, act: str, words: str) -> None:
    if act == finding.ADDS:
        _CASE.make({"tokens": finding.with_words(desk.case, words)}, pk=desk.case.pk)


def _answer(desk: Desk, words: str) -> None:
    _CASE.make({"answer": words, "tokens": finding.with_words(desk.case, words)}, pk=desk.case.pk)
    desk.case.answer = words
    if "public" in desk.facts:
        disclosure.show_answer(desk.matter.pk, answer=words, names=queries.names_in(desk.case, desk.matter))
