"""Taking in what an outside system hands over: once per number, and more words by the same number (交接)."""

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import uuid4

from django.db import IntegrityError, transaction

from linli.cases import access
from linli.cases.access import Desk
from linli.cases.actions import attaching, reporting, showing, stepping
from linli.cases.actions.reporting import Report
from linli.cases.actions.stepping import Said
from linli.frame.upload import Photo
from linli.gateways.choices import Way
from linli.gateways.models import Handover, System
from linli.gateways.problems import Problem, Wrong
from linli.gateways.systems.caller import Caller
from linli.places import queries as places
from linli.places.path import is_within
from linli.places.queries import Spot

if TYPE_CHECKING:
    from linli.matters.models import Matter

LONGEST_REF = 64


@dataclass(frozen=True, slots=True)
class Taken:
    """A matter that was handed over, and whether it was opened just now (交接结果)."""

    handover: Handover
    is_new: bool

    @property
    def matter(self) -> "Matter":
        """Return the matter itself."""
        return self.handover.matter


def spots_for(key: str, *, caller: Caller) -> tuple[Spot, ...]:
    """Find a place by its key within a system's own; raises ``Wrong`` when there is none (地点)."""
    found = places.chain_of(key) if key else places.chain(caller.path)
    if not found or not is_within(found[-1].path, caller.path):
        raise Wrong(Problem.NOT_FOUND, f"您的范围里没有代号为「{key}」的地点。")
    return found


def take_in(told: Report, *, ref: str, caller: Caller) -> Taken:
    """Open a matter under a number of the system, or find the one opened before (交接)."""
    ref = ref or uuid4().hex
    known = known_as(ref, system=caller.system)
    if known:
        return Taken(known, is_new=False)
    try:
        with transaction.atomic():
            return _open(told, ref=ref, caller=caller)
    except IntegrityError:
        known = known_as(ref, system=caller.system)
        if known is None:
            raise
        return Taken(known, is_new=False)


def known_as(ref: str, *, system: System) -> Handover | None:
    """Find what a system handed over under a number (交接单)."""
    found = Handover.objects.select_related("matter__place", "matter__lead", "matter__raised_by")
    return found.filter(system=system, external_ref=ref).first()


def of_matter(number: str, *, system: System) -> Handover | None:
    """Find what a system handed over by our own number."""
    return Handover.objects.filter(system=system, matter__number=number.strip().upper()).first()


def own_desk(handover: Handover, *, caller: Caller) -> Desk:
    """Lay a matter before the system that handed it over, which stands as who raised it (案头)."""
    matter = handover.matter
    desk = access.sit(matter.number, by=caller.actor, at=caller.at, token=matter.token, to_act=True)
    if desk is None:
        raise Wrong(Problem.NOT_FOUND)
    return desk


@transaction.atomic
def add_words(handover: Handover, words: str, *, caller: Caller, photos: tuple[Photo, ...] = ()) -> None:
    """Add words and photos to what a system handed over (补充说明)."""
    desk = own_desk(handover, caller=caller)
    stepping.step(desk, "add_words", Said(words))
    if photos:
        attaching.attach(desk.matter, photos=photos, act="add_words", at=caller.at)


@transaction.atomic
def keep_secret(handover: Handover, *, caller: Caller) -> None:
    """Show to nobody else what the other side now wants kept (要求保密)."""
    showing.keep_secret(own_desk(handover, caller=caller), Said("对方要求保密，不公开。"))


@transaction.atomic
def recall(handover: Handover, reason: str, *, caller: Caller) -> None:
    """Take back what a system handed over; once it is taken back, nothing more happens (撤单)."""
    desk = own_desk(handover, caller=caller)
    if desk.matter.outcome == "withdraw":
        return
    stepping.step(desk, "withdraw", Said(reason))
    Handover.objects.filter(pk=handover.pk).update(recalled_at=caller.at)


def digest_of(told: Report) -> str:
    """Digest what was told, to know it again (内容摘要)."""
    return sha256("\n".join((told.title, told.words, told.place_words)).encode()).hexdigest()


def remember(handover: Handover, *, digest: str) -> None:
    """Keep what a corrected hand-over says now (更正)."""
    Handover.objects.filter(pk=handover.pk).update(digest=digest)


def _open(told: Report, *, ref: str, caller: Caller) -> Taken:
    system, at = caller.system, caller.at
    whole = replace(told, channel=system.way, external_ref=_inner(ref, system=system))
    matter = reporting.report(whole, by=caller.actor, at=at)
    if not is_within(matter.place_path, caller.path):
        raise Wrong(Problem.TAKEN_OTHERWISE, f"「{ref}」已经由别处送来，不在您的范围里。")
    handover = Handover.objects.create(
        system=system, external_ref=ref, matter=matter, digest=digest_of(told), taken_in_at=at
    )
    return Taken(handover, is_new=matter.opened_at == at)


def _inner(ref: str, *, system: System) -> str:
    """Return the number under which the house keeps it: a hotline's own one, unique in its channel."""
    if system.way != Way.SYSTEM:
        return ref
    plain = f"{system.pk}:{ref}"
    return plain if len(plain) <= LONGEST_REF else sha256(plain.encode()).hexdigest()
