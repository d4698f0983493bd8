"""Pressing for a case: those it waits for are written to, and the line above is struck off (督办)."""

from typing import TYPE_CHECKING

from django.db import transaction

from linli.cases.access import Desk
from linli.cases.actions.stepping import Said, as_move
from linli.frame.clock import day_of
from linli.matters import letters, waiting
from linli.matters import queries as matters
from linli.matters.actions import remarks
from linli.matters.choices import Wait

if TYPE_CHECKING:
    from linli.matters.models import Matter


@transaction.atomic(savepoint=False)
def expedite(desk: Desk, said: Said) -> "Matter":
    """Press everybody whom a case waits for, by letter and on record (督办)."""
    rule = desk.require("expedite")
    move = as_move(desk, rule, said)
    waiting.done(desk.matter, what=Wait.ESCALATION)
    matter = remarks.remark(desk.matter, move)
    on = day_of(desk.at)
    readers = {person for line in matters.waitings(matter) for person in matters.people_of(line, on=on)}
    letters.asked(matter, readers=readers, asked=f"{move.office}督办：", words=move.words, at=desk.at)
    return matter
