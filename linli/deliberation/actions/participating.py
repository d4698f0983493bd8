"""Saying who takes part, and putting one's name to a topic (主体与附议)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.deliberation import telling
from linli.deliberation.access import Desk
from linli.deliberation.actions import demanding
from linli.deliberation.actions.stepping import step
from linli.deliberation.models import Participant
from linli.matters.actions import remarks

if TYPE_CHECKING:
    from linli.matters.models import Matter


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody who is to take part: a body, a person, or a group in words (受邀方)."""

    name: str
    body: int | None = None
    person: int | None = None


@transaction.atomic
def name_participants(
    desk: Desk, invited: Sequence[Invited], *, words: str = "", seen: int | None = None
) -> "Matter":
    """Write down who takes part in the deliberation, and tell them (确定协商主体)."""
    rule = desk.require("name_participants")
    if not invited:
        raise Refused(
            Refusal(
                "还没有写协商主体。",
                clause=rule.clause,
                remedy="至少写一个单位、一类居民或一个人。",
                asked=rule.name,
            )
        )
    Participant.objects.filter(topic=desk.topic).delete()
    rows = Participant.objects.bulk_create(
        Participant(topic=desk.topic, name=one.name, body_id=one.body, person_id=one.person)
        for one in {one.name: one for one in invited}.values()
    )
    fresh = desk.with_participants(tuple(rows))
    telling.tell_participants(
        desk.topic, fresh.participants, f"请您参加协商：{desk.matter.title}", at=desk.at
    )
    return step(fresh, "name_participants", words=words or "、".join(one.name for one in rows), seen=seen)


@transaction.atomic
def support(desk: Desk) -> "Matter":
    """Put one's name to what somebody else raised or to a joint demand; once a person (附议、联名)."""
    rule = desk.require("support")
    if desk.actor.person_id is None:
        raise Refused(
            Refusal("附议要先登录。", clause=rule.clause, remedy="登录以后再附议。", asked=rule.name)
        )
    if desk.demand is not None:
        return demanding.sign(desk, person=desk.actor.person_id)
    demanding.put_name(desk.topic, desk.actor.person_id, at=desk.at)
    return remarks.remark(desk.matter, desk.move(rule, figures=desk.happened.figures))
