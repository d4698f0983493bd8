"""Entering facilities, bringing them up to date, taking them out of use (服务设施)."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from linli.bodies.access import speaks_as
from linli.bodies.actor import Actor
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.facilities import access, queries
from linli.facilities.models import Facility
from linli.places.queries import Spot
from linli.record import actions as record
from linli.rulebook import queries as rulebook


@dataclass(frozen=True, slots=True)
class Described:
    """What is known of a facility; its area is in whole square metres (情况)."""

    name: str
    kind: str
    address: str
    hours: str
    area: int = 0
    is_accessible: bool = False
    phone: str = ""


@transaction.atomic
def enter(told: Described, *, place: Spot, by: Actor, at: datetime) -> Facility:
    """Enter a facility into the register of its place (登记设施)."""
    access.may_keep(by, path=place.path).require()
    _check(told, place_id=place.id, pack=place.pack)
    found = Facility.objects.create(
        pack=place.pack, place_id=place.id, place_path=place.path, entered_at=at, **asdict(told)
    )
    _note(found, "enter_facility", "登记设施", by=by, at=at)
    return found


@transaction.atomic
def describe(number: int, told: Described, *, by: Actor, at: datetime) -> Facility:
    """Bring what is known of a facility up to date (更新情况)."""
    found = _open(number, by=by)
    _check(told, place_id=found.place_id, pack=found.pack, but=found.pk)
    for name, value in asdict(told).items():
        setattr(found, name, value)
    found.save()
    _note(found, "describe_facility", "更新情况", by=by, at=at)
    return found


@transaction.atomic
def close(number: int, *, words: str, by: Actor, at: datetime) -> Facility:
    """Take a facility out of use, with the reason; its record stays (停用)."""
    found = _open(number, by=by)
    if not words.strip():
        raise Refused(Refusal("还没有写原因。", remedy="写明为什么停用，留在经过里。", asked="停用"))
    found.closed_at = at
    found.save(update_fields=["closed_at"])
    _note(found, "close_facility", "停用", by=by, at=at, words=words.strip())
    return found


def chain_of(number: int) -> str:
    """Name the chain of the record that a facility has (记录链)."""
    return f"facility-{number}"


def _open(number: int, *, by: Actor) -> Facility:
    found = queries.of_id(number, to_act=True)
    if found is None or found.closed_at is not None:
        raise Refused(Refusal("没有这个设施，或者已经停用。", remedy="回到服务设施再选。"))
    access.may_keep(by, path=found.place_path).require()
    return found


def _check(told: Described, *, place_id: int, pack: str, but: int = 0) -> None:
    standard = rulebook.current(pack).facilities
    if standard is None or told.kind not in {one.key for one in standard.kinds}:
        clause = standard.clause if standard else None
        raise Refused(Refusal("这里没有这一类设施。", clause, "从列出的里面选一类。", "登记设施"))
    namesakes = Facility.objects.filter(place_id=place_id, name=told.name, closed_at=None)
    if namesakes.exclude(pk=but).exists():
        raise Refused(
            Refusal(f"这里已经有「{told.name}」。", standard.clause, "核对是不是同一个。", "登记设施")
        )


def _note(found: Facility, act: str, title: str, *, by: Actor, at: datetime, words: str = "") -> None:
    record.write(
        chain=chain_of(found.pk), act=act, title=title, by=by.person_id,
        office=speaks_as(by, path=found.place_path), at=at, words=words,
    )  # fmt: skip
