"""From cases to a topic that is deliberated, with everybody who complained (诉求 → 议题)."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from linli.bodies.actor import Actor
from linli.cases import access as cases
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.deliberation.actions import raising
from linli.deliberation.actions.raising import Proposal
from linli.matters import followers

if TYPE_CHECKING:
    from linli.deliberation.models import Topic
    from linli.matters.models import Matter

_ASKED = "提出议题"


@transaction.atomic
def take_up(told: Proposal, *, numbers: Sequence[str], by: Actor, at: datetime) -> "Topic":
    """Raise a topic out of some cases, or out of none; both rooms are asked (转为议题)."""
    chosen = {matter.pk: matter for matter in (_readable(number, by=by, at=at) for number in numbers)}
    return raising.propose(told, out_of=tuple(chosen.values()), by=by, at=at)


def first_words(numbers: Sequence[str], *, by: Actor, at: datetime) -> dict[str, str]:
    """Offer the title of the first case as the topic's own; nothing when there is none (议题草稿)."""
    return {"title": _readable(numbers[0], by=by, at=at).title} if numbers else {}


def _readable(number: str, *, by: Actor, at: datetime) -> "Matter":
    """Return the case that is worked on: a duplicate stands for the one it was merged into."""
    desk = cases.sit(number, by=by, at=at)
    if desk is None or not desk.sees_all:
        raise Refused(Refusal(f"没有 {number}，或者不在您的范围里。", remedy="请重新选。", asked=_ASKED))
    return followers.main_of(desk.matter)
