"""Which outside system stands at the door: its key, its pace, and what it may do (来者)."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, F, QuerySet, Value, When
from django.http import HttpRequest

from linli.bodies.actor import Actor, OfficeHeld
from linli.frame.clock import day_of, now
from linli.gateways.choices import Door
from linli.gateways.models import Key, System, Use
from linli.gateways.problems import Problem, Wrong
from linli.gateways.systems import keys, queries

OFFICE = "connected_system"
_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Caller:
    """A system that has shown a good key (来者)."""

    system: System
    actor: Actor
    at: datetime

    @property
    def path(self) -> str:
        """Return the place within which it may see and act."""
        return self.system.place_path

    @property
    def reads_people(self) -> bool:
        """Tell whether it stated for what it needs personal data."""
        return bool(self.system.purpose)

    def require(self, *, may: bool, what: str) -> None:
        """Turn away a system that was not given this door."""
        if not may:
            raise Wrong(Problem.NOT_GIVEN, f"没有给「{self.system.name}」开放「{what}」。")


def shown_key(request: HttpRequest, *, given: str = "") -> str:
    """Read the key from the header, or take the one a form gave."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    bearer = token.strip() if scheme.lower() == "bearer" else ""
    return bearer or request.headers.get("X-Api-Key", "").strip() or given.strip()


def key_of(shown: str) -> Key | None:
    """Find the key that was shown; none when nobody was ever given it (密钥)."""
    key = queries.key_of_prefix(keys.prefix_of(shown))
    return key if key and keys.fits(shown, digest=key.digest) else None


def let_in(request: HttpRequest, *, door: Door, given: str = "") -> Caller:
    """Let a system in by its key, and count its coming; raises ``Wrong`` with the reason (核验)."""
    shown, at = shown_key(request, given=given), now()
    if not shown:
        raise Wrong(Problem.NO_KEY)
    key = key_of(shown)
    if key is None:
        raise Wrong(Problem.BAD_KEY)
    if key.revoked_at or key.system.ended_at or key.expires_at <= at:
        raise Wrong(Problem.OLD_KEY)
    if _count(key.system, door=door, at=at) > key.system.most_a_minute:
        raise Wrong(Problem.TOO_OFTEN, f"每分钟最多 {key.system.most_a_minute} 次。", wait=60 - at.second)
    return Caller(key.system, actor_of(key.system), at)


def actor_of(system: System) -> Actor:
    """Return a system as it stands on the record: 12345 平台 对接系统."""
    place = system.place
    held = OfficeHeld(
        office=OFFICE, title="对接系统", place_id=place.pk, place_path=place.path, place_kind=place.kind,
        place_name=place.name, pack=place.pack, body_name=system.name,
    )  # fmt: skip
    return Actor(name=system.name, offices=(held,))


def _count(system: System, *, door: Door, at: datetime) -> int:
    """Count one more call, in all processes alike, and return how many there were in this minute."""
    minute = int(at.timestamp()) // 60 % _MINUTES
    today = Use.objects.filter(system=system, door=door, on=day_of(at))
    if not _one_more(today, minute=minute, at=at):
        fresh = Use(system=system, door=door, on=day_of(at), minute=minute, last_at=at)
        Use.objects.bulk_create([fresh], ignore_conflicts=True)
        _one_more(today, minute=minute, at=at)
    return today.values_list("in_minute", flat=True)[0]


def _one_more(today: QuerySet[Use], *, minute: int, at: datetime) -> int:
    again = Case(When(minute=minute, then=F("in_minute") + 1), default=Value(1))
    return today.update(calls=F("calls") + 1, in_minute=again, minute=minute, last_at=at)
