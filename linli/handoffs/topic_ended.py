"""What stands open on a topic when it ends is called off with it: nothing is left to decide (议题结束)."""

from typing import TYPE_CHECKING

from django.db import transaction

from linli.ballots import queries as ballots
from linli.ballots.actions import closing
from linli.deliberation.access import Desk
from linli.deliberation.actions import stepping
from linli.meetings.actions import dropping

if TYPE_CHECKING:
    from linli.matters.models import Matter


@transaction.atomic
def step(desk: Desk, act: str, *, words: str = "", seen: int | None = None) -> "Matter":
    """Do an act on a topic that needs words alone; one that ends it calls off what is open (一般动作)."""
    rule = desk.require(act)
    matter = stepping.step(desk, act, words=words, seen=seen)
    if matter.closed_at is not None:
        ended = f"议题已经结束（{rule.name}）"
        _call_off_ballots(desk, reason=f"{ended}，不再表决。")
        dropping.drop(desk.matter.pk, reason=f"{ended}。", by=desk.actor, at=desk.at)
    return matter


def _call_off_ballots(desk: Desk, *, reason: str) -> None:
    """Say why by the name of the act alone: its words are for those who work on the topic (取消表决)."""
    for ballot in ballots.left_of_matter(desk.matter.pk):
        closing.cancel_without_matter(ballot, reason=reason, by=desk.actor, at=desk.at)
