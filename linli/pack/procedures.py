"""Turn a written procedure into the core's values (程序)."""

from collections.abc import Mapping

from linli.core.clause import Clause
from linli.core.law import Law
from linli.core.procedure import ActRule, Procedure, Role, Stand, Step
from linli.core.share import Share
from linli.core.term import Term
from linli.pack.schema import ActPart, ProcedurePart, RolePart, StepPart


def role(part: RolePart) -> Role:
    """Turn a written role into the core's value (角色)."""
    return Role(part.key, part.title, Stand(part.stands), part.office)


def procedure(part: ProcedurePart, *, roles: Mapping[str, Role], law: Law) -> Procedure:
    """Turn a written procedure into the core's value; its references must have been checked."""
    return Procedure(
        key=part.key,
        title=part.title,
        steps=tuple(_step(step, law) for step in part.step),
        roles=_named(part, roles),
        starts_at=part.starts_at,
        anytime=tuple(_act(act, law) for act in part.anytime),
        clause=law.rule(part.rule).clause,
        about=part.about,
        runs_at=part.runs_at,
        lasts=term_of(part.lasts, law=law) if part.lasts else None,
        merges={one.office: law.rule(one.rule).clause for one in part.merges},
    )


def _named(part: ProcedurePart, roles: Mapping[str, Role]) -> dict[str, Role]:
    """Keep the roles that a procedure names, and those who oversee: nobody else has a part in it (角色)."""
    acts = (*part.anytime, *(act for step in part.step for act in step.acts))
    named = {key for act in acts for key in act.by} | {key for step in part.step for key in step.waits_for}
    return {key: one for key, one in roles.items() if key in named or one.stands is Stand.ABOVE}


def term_of(reference: str, *, law: Law) -> Term:
    """Return the term that a checked reference names (期限)."""
    rule_id, _, name = reference.partition(".")
    return law.rule(rule_id).term(name)


def _step(part: StepPart, law: Law) -> Step:
    return Step(
        key=part.key,
        kind=part.kind,
        title=part.title,
        acts=tuple(_act(act, law) for act in part.acts),
        waits_for=part.waits_for,
        within={order: Term.parse(term) for order, term in part.within.items()},
        stops_clock=part.stops_clock,
        on_due=part.on_due,
        clause=_clause(part.rule, law),
        forum=part.forum,
        shown_for=term_of(part.shown_for, law=law) if part.shown_for else None,
        supporters=_count(part.supporters, law) if part.supporters else 0,
        calls=part.calls,
        signs=_share(part.signs, law) if part.signs else None,
        renews=term_of(part.renews, law=law) if part.renews else None,
    )


def _act(part: ActPart, law: Law) -> ActRule:
    return ActRule(
        act=part.act,
        by=part.by,
        to=part.to,
        title=part.title,
        needs=part.needs,
        bars=part.bars,
        climbs=part.climbs,
        during=part.during,
        clause=_clause(part.rule, law),
    )


def _clause(rule_id: str, law: Law) -> Clause | None:
    return law.rule(rule_id).clause if rule_id else None


def _count(reference: str, law: Law) -> int:
    rule_id, _, name = reference.partition(".")
    return law.rule(rule_id).count(name)


def _share(reference: str, law: Law) -> Share:
    rule_id, _, name = reference.partition(".")
    return law.rule(rule_id).share(name)
