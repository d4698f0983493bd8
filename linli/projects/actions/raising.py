"""Raising a need, and supporting it (需求征集)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from linli.bodies.access import speaks_as
from linli.bodies.actor import Actor
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.frame.clock import day_of
from linli.matters.numbering import next_number
from linli.people import households
from linli.places.queries import Spot
from linli.projects import access, queries
from linli.projects.models import Backer, Field, Stage, Wish
from linli.record import actions as record
from linli.rulebook import queries as rulebook

_SERIES = "XQ"


@dataclass(frozen=True, slots=True)
class Told:
    """What is needed, of which kind (需求)."""

    field: str
    title: str
    words: str = ""


@transaction.atomic
def raise_need(told: Told, *, place: Spot, by: Actor, at: datetime) -> Wish:
    """Say what a place needs; who lives or owns there supports it at once (提需求)."""
    access.may_raise(by, path=place.path).require()
    if told.field not in Field.values:
        raise Refused(Refusal("没有这个类别。", remedy="从列出的里面选。", asked="提需求"))
    if queries.open_needs(place.path).filter(place_id=place.id, title=told.title).exists():
        raise Refused(
            Refusal(f"「{told.title}」已经有人提了。", remedy="打开那条需求，点「我支持」。", asked="提需求")
        )
    prefix = rulebook.current(place.pack).number_prefix
    need = Wish.objects.create(
        number=next_number(f"{prefix}-{_SERIES}", year=day_of(at).year), pack=place.pack, place_id=place.id,
        place_path=place.path, raised_by_id=by.person_id, raised_at=at, field=told.field, title=told.title,
        words=told.words,
    )  # fmt: skip
    note(need, "raise_need", "提需求", by=by, at=at)
    if by.person_id is not None and households.is_of(by.person_id, path=place.path):
        _back(need, by.person_id, at=at)
    return need


@transaction.atomic
def support(number: str, *, by: Actor, at: datetime) -> Wish:
    """Support what a neighbour needs, once a person (支持)."""
    need = found(number)
    access.may_support(by, need).require()
    if by.person_id is not None:
        _back(need, by.person_id, at=at)
    return need


@transaction.atomic
def forget(person: int) -> None:
    """Take somebody off the needs they raised and supported, because they wished it (删除).

    What the initial selection counted stays as it was counted.
    """
    Wish.objects.filter(raised_by_id=person).update(raised_by=None)
    Wish.objects.filter(backers__person_id=person, stage=Stage.OPEN).update(supports=F("supports") - 1)
    Backer.objects.filter(person_id=person).delete()


def found(number: str) -> Wish:
    """Hold the row of a need until the transaction ends (取需求)."""
    need = queries.need(number, to_act=True)
    if need is None:
        raise Refused(Refusal("没有这条需求。", remedy="请重新选。"))
    return need


def note(need: Wish, act: str, title: str, *, by: Actor, at: datetime, words: str = "") -> None:
    """Put one act on the record of a need, with how many support it (留痕)."""
    record.write(
        chain=need.number, act=act, title=title, by=by.person_id,
        office=speaks_as(by, path=need.place_path), at=at, words=words,
        figures=(("支持人数", str(need.supports)),),
    )  # fmt: skip


def _back(need: Wish, person: int, *, at: datetime) -> None:
    Backer.objects.create(need=need, person_id=person, at=at)
    need.supports += 1
    need.save(update_fields=["supports"])
