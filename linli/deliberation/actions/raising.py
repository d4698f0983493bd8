"""Raising a topic under a method that somebody chose (提出议题)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from linli.bodies.actor import Actor
from linli.core.masking import mask_text
from linli.core.procedure import Procedure
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.deliberation import access, demands, telling
from linli.deliberation.actions import demanding
from linli.deliberation.models import Origin, Topic
from linli.deliberation.queries import TOPIC
from linli.disclosure.actions import showing as disclosure
from linli.frame.clock import day_of
from linli.matters.actions import opening
from linli.pack.edition import Edition
from linli.places.queries import Spot
from linli.rulebook import queries as rulebook

if TYPE_CHECKING:
    from linli.matters.models import Matter


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is to be deliberated, where, and by which method (议题要素)."""

    title: str
    words: str
    procedure: str
    spots: tuple[Spot, ...]
    category: str = ""
    channel: str = "window"
    external_ref: str = ""


@transaction.atomic
def propose(told: Proposal, *, by: Actor, at: datetime, out_of: "Sequence[Matter]" = ()) -> Topic:
    """Raise a topic, and tell everybody whose matter it grew out of (提出议题).

    Raises ``Refused`` when the method does not fit the place or somebody else has to raise it.
    """
    edition = rulebook.current(told.spots[-1].pack)
    procedure = edition.procedures[told.procedure]
    access.may_raise(procedure, at=told.spots, by=by, edition=edition).require()
    _may_demand(procedure, told, by=by, edition=edition, at=at)
    if not told.title.strip() or not told.words.strip():
        raise Refused(
            Refusal(
                "议题要写明标题和内容。",
                clause=procedure.clause,
                remedy="写清议什么、为什么。",
                asked="提出议题",
            )
        )
    is_open = procedure.first.supporters > 0 or bool(procedure.first.calls)
    topic = open_topic(told, procedure=procedure, by=by, at=at, is_open=is_open)
    Origin.objects.bulk_create(Origin(topic=topic, matter=one) for one in out_of)
    telling.tell_origins(
        topic, f"已列入议题「{mask_text(topic.matter.title)}」，按「{procedure.title}」办理。", at=at
    )
    if procedure.first.calls and by.person_id is not None:
        demanding.put_name(topic, by.person_id, at=at)
        demanding.settle(access.lay(topic, actor=by, at=at))
    return topic


def open_topic(
    told: Proposal, *, procedure: Procedure, by: Actor, at: datetime, is_open: bool, office: str = ""
) -> Topic:
    """Open a topic with its matter, and show it where everybody may see it from the start (立议题)."""
    edition = rulebook.current(told.spots[-1].pack)
    category = edition.categories.get(told.category, edition.fallback)
    matter = opening.open_matter(
        opening.Opening(
            subject=TOPIC,
            title=told.title.strip(),
            spots=told.spots,
            category=category.key,
            order=tuple(edition.orders)[-1],
            level=procedure.starts_at,
            channel=told.channel,
            external_ref=told.external_ref,
            raised_by=by.person_id,
            is_public=is_open,
            words=told.words.strip(),
            term=procedure.lasts,
            procedure=procedure.key,
            office=office,
        ),
        by=by,
        at=at,
    )
    topic = Topic.objects.create(
        matter=matter, place_path=matter.place_path, words=told.words.strip(), since=at
    )
    if is_open:
        disclosure.publish(matter.pk, title=matter.title, words=topic.words, answer="", at=at)
    return topic


def _may_demand(procedure: Procedure, told: Proposal, *, by: Actor, edition: Edition, at: datetime) -> None:
    """Refuse a joint demand by somebody whose own name does not count (联名资格)."""
    if procedure.first.calls:
        place = told.spots[-1].path
        demand = demands.weigh(procedure, edition, within=place, on=day_of(at), signers=())
        demand.may_sign(by.person_id).require()
