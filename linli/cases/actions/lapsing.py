"""A term for the resident's answer that ran out: the case closes by itself (到期结案)."""

from datetime import datetime

from django.db import transaction

from linli.bodies.actor import Actor
from linli.core import procedure as rules
from linli.core.facts import Facts
from linli.matters import queries as matters
from linli.matters.actions.moving import Move, move
from linli.rulebook import queries as rulebook


@transaction.atomic
def lapse(number: str, *, at: datetime) -> bool:
    """Close a case whose raiser did not answer by an instant (到期结案); tell whether it was closed now."""
    matter = matters.to_act_on(number)
    if matter is None or not matters.is_awaited(matter, until=at):
        return False
    procedure = matters.procedure_of(matter)
    by = frozenset(key for key, role in procedure.roles.items() if role.stands is rules.Stand.SYSTEM)
    if not rules.ask(procedure, matter.step, "lapse", standing=by, facts=Facts()):
        return False
    rule = procedure.rule(procedure.step(matter.step), "lapse")
    if rule is None:
        return False
    move(matter, Move(rule=rule, by=Actor(), at=at, calendar=rulebook.calendar(), office="系统"))
    return True
