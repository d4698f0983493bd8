"""Signing a joint demand, taking a name back, and what follows once enough have signed (联名)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from linli.bodies.actor import Actor
from linli.core.procedure import ActRule, Stand
from linli.deliberation import telling
from linli.deliberation.access import Desk, demand_of
from linli.deliberation.demands import Demand
from linli.deliberation.models import Supporter, Topic
from linli.matters.actions import moving, remarks
from linli.matters.actions.moving import Figures, Move

if TYPE_CHECKING:
    from linli.matters.models import Matter


@transaction.atomic
def sign(desk: Desk, *, person: int) -> "Matter":
    """Put a name to a joint demand; the one that makes it enough lets it go on by itself (联名)."""
    rule = desk.require("support")
    put_name(desk.topic, person, at=desk.at)
    return count(desk, rule)


@transaction.atomic
def take_back(desk: Desk) -> "Matter":
    """Take one's own name back, as long as not enough signed; from paper it is not entered again (撤回)."""
    rule = desk.require("take_back")
    own = Supporter.objects.filter(topic=desk.topic, person_id=desk.actor.person_id or 0, disowned_at=None)
    on_paper = own.filter(sheet__isnull=False).update(disowned_at=desk.at)
    by_phone, _ = own.filter(sheet=None).delete()
    add(desk.topic, -(on_paper + by_phone))
    return count(desk, rule)


def put_name(topic: Topic, person: int, *, at: datetime) -> None:
    """Write somebody down among those who support a topic or sign it (附议、联名)."""
    own = {"supported_at": at, "sheet": None, "signed_on": None, "disowned_at": None}
    disowned = Supporter.objects.filter(topic=topic, person_id=person, disowned_at__isnull=False)
    if not disowned.update(**own):
        Supporter.objects.create(topic=topic, person_id=person, supported_at=at)
    add(topic, 1)


def add(topic: Topic, number: int) -> None:
    """Add to the number of those who support a topic (附议人数)."""
    Topic.objects.filter(pk=topic.pk).update(supporters=F("supporters") + number)
    topic.supporters += number


def settle(desk: Desk) -> None:
    """Let a demand go on if enough have signed by now (到数即受理)."""
    demand = demand_of(desk.topic, seat=desk.seat, at=desk.at)
    if demand is not None and demand.verdict:
        _lead_on(desk, demand)


def count(
    desk: Desk, rule: ActRule, *, words: str = "", figures: Figures = (), seen: int | None = None
) -> "Matter":
    """Put on record what was done with names, and let the demand go on if they are enough now (计数)."""
    demand = demand_of(desk.topic, seat=desk.seat, at=desk.at)
    figures += demand.verdict.figures if demand else ()
    matter = remarks.remark(desk.matter, desk.move(rule, words, seen=seen, figures=figures))
    return _lead_on(desk, demand) if demand and demand.verdict else matter


def _lead_on(desk: Desk, demand: Demand) -> "Matter":
    """Take a demand in without anybody's leave: the term of those who must act begins now (应当办理)."""
    rule = next(one for one in desk.step.acts if _is_by_itself(desk, one))
    topic, said = desk.topic, demand.verdict.sentence
    kept = {"since": desk.at, "met_at": desk.at, "met_said": said}
    Topic.objects.filter(pk=topic.pk).update(**kept)
    act = Move(
        rule=rule,
        by=Actor(),
        at=desk.at,
        calendar=desk.calendar,
        figures=demand.verdict.figures,
        office="系统",
        spots=desk.seat.chain,
    )
    matter = moving.move(desk.matter, act)
    topic.refresh_from_db(fields=tuple(kept))
    telling.tell_everybody(topic, f"联名已经达到。{said}", at=desk.at)
    return matter


def _is_by_itself(desk: Desk, rule: ActRule) -> bool:
    """Tell whether an act of the step is done by itself as soon as enough have signed (到数即受理)."""
    by_itself = any(desk.procedure.roles[key].stands is Stand.SYSTEM for key in rule.by)
    return by_itself and "support_reached" in rule.needs
