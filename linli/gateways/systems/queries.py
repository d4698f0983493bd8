"""Questions about connected systems (查询)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db.models import Max, QuerySet, Sum

from linli.bodies import access
from linli.bodies.actor import Actor
from linli.gateways.models import Key, System, Use
from linli.places.path import inside


def led_by(actor: Actor) -> QuerySet[System]:
    """Return the systems somebody keeps, those in use first (所管的对接系统)."""
    every = System.objects.select_related("place").order_by("ended_at", "name", "pk")
    return every if actor.runs_site else every.filter(inside(*access.led_by(actor), column="place_path"))


def of_id(number: int) -> System | None:
    """Find a system by number."""
    return System.objects.select_related("place").filter(pk=number).first()


def key_of_prefix(prefix: str) -> Key | None:
    """Find a key, with its system, by its beginning."""
    return Key.objects.select_related("system__place").filter(prefix=prefix).first() if prefix else None


def keys_of(system: System, *, at: datetime) -> list[Key]:
    """Return the keys of a system that can still be used, the newest first."""
    good = Key.objects.filter(system=system, revoked_at=None, expires_at__gt=at)
    return list(good.order_by("-made_at", "-pk"))


def uses_of(system: System, *, since: date) -> list[Use]:
    """Return the days on which a system came, the newest first (调用次数)."""
    return list(Use.objects.filter(system=system, on__gte=since).order_by("-on", "door"))


def last_uses(systems: Sequence[System]) -> dict[int, datetime]:
    """Return when each of some systems last came, in one query (最近一次)."""
    rows = Use.objects.filter(system__in=systems).values("system").annotate(last=Max("last_at"))
    return {row["system"]: row["last"] for row in rows}


def calls_on(system: System, *, on: date) -> int:
    """Count how often a system came on a day."""
    return Use.objects.filter(system=system, on=on).aggregate(sum=Sum("calls"))["sum"] or 0
