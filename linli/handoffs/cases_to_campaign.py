"""From many cases of one trouble to a campaign, and back to everybody with the result (诉求 → 专项治理)."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from linli.bodies.actor import Actor
from linli.campaigns import access as campaigns
from linli.campaigns import actions
from linli.campaigns.actions import Proposal
from linli.cases import queries as cases
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.matters import access as thread
from linli.matters import followers
from linli.matters.responsible import Parties

if TYPE_CHECKING:
    from linli.campaigns.models import Campaign
    from linli.matters.models import Matter

_ASKED = "专项治理"


@transaction.atomic
def take_up(told: Proposal, *, numbers: Sequence[str], by: Actor, at: datetime) -> "Campaign":
    """Take the trouble of some cases up as a campaign; both rooms are asked (立项)."""
    return actions.propose(told, of=_chosen(numbers, by=by), by=by, at=at)


@transaction.atomic
def attach(number: str, *, to: str, by: Actor, at: datetime) -> None:
    """Let a running campaign take up a case that came in later (归入专项治理)."""
    desk = campaigns.sit(to, by=by, at=at, to_act=True)
    if desk is None or not desk.sees_all:
        raise Refused(Refusal("没有这项专项治理，或者不在您的范围里。", asked=_ASKED))
    [matter] = _chosen([number], by=by)
    actions.include(desk.campaign, matter, by=by, at=at)


def _chosen(numbers: Sequence[str], *, by: Actor) -> "tuple[Matter, ...]":
    """Return the cases that are worked on: a duplicate stands for the one it was merged into."""
    found = cases.of_numbers(numbers)
    for number in numbers:
        if number not in found or not _may_read(found[number].matter, by):
            raise Refused(Refusal(f"没有 {number}，或者不在您的范围里。", remedy="请重新选。", asked=_ASKED))
    chosen = [followers.main_of(case.matter) for case in found.values()]
    return tuple({matter.pk: matter for matter in chosen}.values())


def _may_read(matter: "Matter", by: Actor) -> bool:
    return thread.sees_all(matter, by, parties=Parties(lead=matter.lead_id))
