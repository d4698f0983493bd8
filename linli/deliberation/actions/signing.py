"""Covenants: drafted with a topic, signed by households, affirmed anew (公约)."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from linli.core.refusal import Refusal
from linli.core.term import due
from linli.core.verdict import Refused
from linli.deliberation import telling
from linli.deliberation.access import Desk
from linli.deliberation.models import Covenant, Signature
from linli.frame.clock import day_of
from linli.matters.actions import remarks
from linli.places import queries as places

if TYPE_CHECKING:
    from linli.matters.models import Matter


@transaction.atomic
def open_for_signing(desk: Desk) -> Covenant:
    """Lay what was resolved before the households of the place, to sign it (开始签约)."""
    place, signs = places.of_key(desk.seat.chain[-1].key), desk.step.signs
    covenant, _ = Covenant.objects.get_or_create(
        topic=desk.topic,
        defaults={
            "place_id": desk.matter.place_id,
            "text": desk.topic.resolution or desk.topic.opinion,
            "needed": signs.needs(place.households) if signs and place else 1,
        },
    )
    telling.tell_everybody(desk.topic, "公约已经公示完毕，请每户签约。", at=desk.at)
    return covenant


@transaction.atomic
def bring_into_force(desk: Desk) -> None:
    """Let a covenant hold from now on, until it is to be affirmed anew (公约生效)."""
    covenant = Covenant.objects.get(pk=desk.topic.pk)
    covenant.in_force_at = desk.at
    renews = next((step.renews for step in desk.procedure.steps if step.renews), None)
    covenant.affirm_by = day_of(due(renews, at=desk.at, calendar=desk.calendar)) if renews else None
    covenant.save(update_fields=["in_force_at", "affirm_by"])


@transaction.atomic
def sign(desk: Desk, *, household: str) -> "Matter":
    """Put the name of a household to a covenant, once (签约)."""
    rule = desk.require("sign")
    if desk.actor.person_id is None or not household:
        raise Refused(
            Refusal(
                "还不知道您是哪一户。",
                clause=rule.clause,
                remedy="请社区在户籍册里登记您的住处，再签约。",
                asked=rule.name,
            )
        )
    covenant = Covenant.objects.get(pk=desk.topic.pk)
    signature, is_new = Signature.objects.get_or_create(
        covenant=covenant,
        household=household,
        defaults={"person_id": desk.actor.person_id, "signed_at": desk.at},
    )
    if not is_new:
        raise Refused(
            Refusal(
                f"您家已经在 {day_of(signature.signed_at):%m月%d日} 签约。",
                clause=rule.clause,
                asked=rule.name,
            )
        )
    Covenant.objects.filter(pk=covenant.pk).update(signed=F("signed") + 1)
    return remarks.remark(desk.matter, desk.move(rule))
