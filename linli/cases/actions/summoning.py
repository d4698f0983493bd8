"""Calling departments to the spot, reporting in, and rating each other (吹哨、报到、互评)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction

from linli.appraisal import actions as appraisal
from linli.appraisal.aspects import Aspect
from linli.bodies import queries as bodies
from linli.cases.access import Desk
from linli.cases.actions.stepping import NOTHING, Said, as_move
from linli.cases.models import Summons
from linli.core.refusal import Refusal
from linli.core.term import due
from linli.core.verdict import Refused
from linli.frame.clock import day_of
from linli.matters import letters, waiting
from linli.matters import queries as matters
from linli.matters.actions import remarks
from linli.matters.choices import Wait
from linli.matters.letters import instant

if TYPE_CHECKING:
    from linli.matters.models import Matter


@transaction.atomic(savepoint=False)
def summon(desk: Desk, *, departments: Sequence[int], said: Said) -> "Matter":
    """Call departments to report in within the pack's term (吹哨)."""
    rule = desk.require("summon")
    known = {one.body_id for one in desk.summonses}
    fresh = [number for number in dict.fromkeys(departments) if number not in known]
    if not fresh:
        raise Refused(
            Refusal(
                "没有选新的部门；已经吹过哨的部门不重复吹哨。",
                clause=rule.clause,
                remedy="选一个还没吹哨的部门。",
                asked=rule.name,
            )
        )
    limit = matters.edition_of(desk.matter).report_in
    until = due(limit.within, at=desk.at, calendar=desk.calendar)
    names = bodies.names(fresh, pack=desk.matter.pack)
    if len(names) < len(fresh):
        raise Refused(
            Refusal("选的部门不在本地。", clause=rule.clause, remedy="从列出的部门里另选。", asked=rule.name)
        )
    figures = (("部门", "、".join(names[number] for number in fresh)), ("应报到", instant(until)))
    move = as_move(desk, rule, said, figures=figures)
    Summons.objects.bulk_create(
        Summons(
            case=desk.case,
            body_id=number,
            opened_at=desk.matter.opened_at,
            reason=said.words.strip(),
            called_at=desk.at,
            due_at=until,
        )
        for number in fresh
    )
    lines = [
        waiting.line_for(
            desk.matter, what=Wait.SUMMON, title="报到", role="summoned", at=desk.at,
            calendar=desk.calendar, term=limit.within, body_id=number,
        )
        for number in fresh
    ]  # fmt: skip
    waiting.add(*lines)
    readers = bodies.members(*fresh, on=day_of(desk.at))
    letters.asked(
        desk.matter, readers=readers, asked=f"请于 {instant(until)} 前报到。", words=move.words, at=desk.at
    )
    return remarks.remark(desk.matter, move)


@transaction.atomic(savepoint=False)
def report_in(desk: Desk, said: Said = NOTHING) -> "Matter":
    """Report in at the spot for one's department (报到)."""
    rule = desk.require("report_in")
    mine = [one for one in desk.summonses if one.body_id in desk.actor.body_ids and not one.reported_in_at]
    late = [one for one in mine if desk.at > one.due_at]
    figures = (("部门", "、".join(one.body.name for one in mine)), ("按时", "否" if late else "是"))
    move = as_move(desk, rule, said, figures=figures)
    Summons.objects.filter(pk__in=[one.pk for one in mine]).update(reported_in_at=desk.at)
    for one in mine:
        waiting.done(desk.matter, what=Wait.SUMMON, body_id=one.body_id)
    return remarks.remark(desk.matter, move)


@transaction.atomic(savepoint=False)
def rate_department(desk: Desk, *, department: int, score: int, said: Said = NOTHING) -> "Matter":
    """Rate a department that reported in, as the summoning side (评价报到部门)."""
    rule = desk.require("rate_department")
    here = {one.body_id: one.body.name for one in desk.summonses if one.reported_in_at}
    if department not in here:
        raise Refused(Refusal("这个部门还没有报到，不能评价。", clause=rule.clause, asked=rule.name))
    return _rate(
        desk, "rate_department", Aspect.DEPARTMENT, department, score, said, (("部门", here[department]),)
    )


@transaction.atomic(savepoint=False)
def rate_summoner(desk: Desk, *, score: int, said: Said = NOTHING) -> "Matter":
    """Rate the summoning side, as a department that reported in (评价吹哨方)."""
    desk.require("rate_summoner")
    return _rate(desk, "rate_summoner", Aspect.SUMMONER, None, score, said, ())


@transaction.atomic(savepoint=False)
def rate_result(desk: Desk, *, score: int, said: Said = NOTHING) -> "Matter":
    """Rate the result as the one who raised it (评价办理结果)."""
    desk.require("rate")
    return _rate(desk, "rate", Aspect.RESULT, None, score, said, ())


def _rate(
    desk: Desk,
    act: str,
    aspect: Aspect,
    body: int | None,
    score: int,
    said: Said,
    figures: tuple[tuple[str, str], ...],
) -> "Matter":
    rule = desk.require(act)
    move = as_move(desk, rule, said, figures=(*figures, ("分", str(score))))
    appraisal.rate(
        desk.matter.pk, aspect=aspect, body_id=body, score=score, by=desk.actor.person_id, at=desk.at,
        turn=desk.matter.reopened, words=said.words.strip(),
    )  # fmt: skip
    return remarks.remark(desk.matter, move)
