"""Covenants: laid before the households, signed by them, in force, ended (公约)."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from linli.core.refusal import Refusal
from linli.core.term import due
from linli.core.verdict import Refused
from linli.deliberation import covenants, telling
from linli.deliberation.access import Desk
from linli.deliberation.models import Covenant, Signature
from linli.frame import wording
from linli.frame.clock import day_of
from linli.matters.actions import remarks
from linli.places import queries as places
from linli.places.path import is_within

if TYPE_CHECKING:
    from linli.core.procedure import ActRule
    from linli.matters.models import Matter
    from linli.people.models import Household


@transaction.atomic
def open_for_signing(desk: Desk) -> Covenant:
    """Lay what was resolved before the households of the place, to sign it (开始签约)."""
    covenant = lay_before(desk, text=desk.topic.resolution or desk.topic.opinion)
    telling.tell_everybody(desk.topic, "公约已经公示完毕，请每户签约。", at=desk.at)
    return covenant


def lay_before(desk: Desk, *, text: str, renews: Covenant | None = None) -> Covenant:
    """Let a covenant wait for as many households of the place as its procedure asks (逐户签约)."""
    place, signs = places.of_key(desk.seat.chain[-1].key), desk.step.signs
    covenant, _ = Covenant.objects.get_or_create(
        topic=desk.topic,
        defaults={
            "place_id": desk.matter.place_id,
            "text": text,
            "needed": signs.needs(place.households) if signs and place else 1,
            "renews": renews,
        },
    )
    return covenant


@transaction.atomic
def bring_into_force(desk: Desk) -> None:
    """Let a covenant hold from now on, until it is to be affirmed anew (公约生效)."""
    covenant = Covenant.objects.get(pk=desk.topic.pk)
    covenant.in_force_at = desk.at
    renews = next((step.renews for step in desk.procedure.steps if step.renews), None)
    covenant.affirm_by = day_of(due(renews, at=desk.at, calendar=desk.calendar)) if renews else None
    covenant.save(update_fields=["in_force_at", "affirm_by"])
    until = f"，{wording.written(covenant.affirm_by)}前重申" if covenant.affirm_by else ""
    sentence = f"签约户数够了，公约从今天起有效{until}。"
    telling.tell(desk.topic, covenants.signers(covenant), sentence, at=desk.at)


@transaction.atomic
def end(desk: Desk, words: str) -> None:
    """Let a covenant that was to be affirmed hold no longer, and tell those who signed it (公约终止)."""
    covenant = Covenant.objects.select_related("renews").get(pk=desk.topic.pk)
    if covenant.renews is None:
        return
    Covenant.objects.filter(pk=covenant.renews.pk).update(ended_at=desk.at)
    signers = covenants.signers(covenant, covenant.renews)
    telling.tell(desk.topic, signers, f"公约不再重申，从今天起终止。{words}", at=desk.at)


@transaction.atomic
def sign(desk: Desk, *, household: "Household | None") -> "Matter":
    """Put the name of a household of the place to a covenant, once (签约)."""
    rule = desk.require("sign")
    if desk.actor.person_id is None or household is None:
        raise _refused(rule, "还不知道您是哪一户。", "请社区在户籍册里登记您的住处，再签约。")
    if not is_within(household.place_path, desk.topic.place_path):
        where = desk.seat.chain[-1].name
        raise _refused(
            rule, f"公约由{where}的住户签，您家登记的住处不在这里。", "搬到这里的，请社区更新登记。"
        )
    covenant = Covenant.objects.get(pk=desk.topic.pk)
    signature, is_new = Signature.objects.get_or_create(
        covenant=covenant,
        household=str(household.pk),
        defaults={"person_id": desk.actor.person_id, "signed_at": desk.at},
    )
    if not is_new:
        raise _refused(rule, f"您家已经在{wording.written(day_of(signature.signed_at))}签约。", "")
    Covenant.objects.filter(pk=covenant.pk).update(signed=F("signed") + 1)
    return remarks.remark(desk.matter, desk.move(rule))


def _refused(rule: "ActRule", sentence: str, remedy: str) -> Refused:
    return Refused(Refusal(sentence, clause=rule.clause, remedy=remedy, asked=rule.name))
