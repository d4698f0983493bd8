"""From a topic to the ballot of its present step, by the rules of that step's own meeting (议题 → 表决)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from linli.ballots.actions import opening
from linli.ballots.actions.opening import Asked
from linli.bodies.actor import Actor
from linli.core.eligibility import Roll
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.deliberation import access as topics
from linli.matters import queries as matters

if TYPE_CHECKING:
    from linli.ballots.models import Ballot

_ACT = "open_ballot"


@transaction.atomic
def open_ballot(asked: Asked, roll: Roll, *, by: Actor, at: datetime) -> "Ballot":
    """Open a ballot; a topic is asked whether this person may now, and whose decision it is (发起表决)."""
    desk = topics.sit(asked.matter.number, by=by, at=at, to_act=True) if asked.matter else None
    if desk is None:
        return opening.open_ballot(asked, roll, by=by, at=at)
    rule = desk.require(_ACT)
    if desk.step.forum != asked.forum.key:
        forums = matters.edition_of(desk.matter).forums
        own = forums[desk.step.forum].title if desk.step.forum else "别的会议"
        raise Refused(
            Refusal(
                f"「{desk.step.title}」由{own}决定，不能由{asked.forum.title}代替。",
                clause=rule.clause or topics.clause_of(desk),
                remedy=f"请由{own}表决。",
                asked=rule.name,
            )
        )
    return opening.open_ballot(asked, roll, by=by, at=at)
