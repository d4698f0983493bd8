"""Questions about looks, consents and claims (查询)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncHour

from linli.core.law import LawRule
from linli.core.purpose import Purpose
from linli.core.term import ago
from linli.frame.clock import day_of, start_of
from linli.places.path import inside
from linli.privacy.models import Claim, Consent, Look
from linli.rulebook import queries as rulebook

# Where the law's files keep the numbers of this room.
LOOKING, KEEPING, ANSWERING, CELLS = "LINLI-3", "LINLI-2", "I-8", "LINLI-1"


class Flurry(NamedTuple):
    """How often one person looked within one hour (集中查看)."""

    by: int
    office: str
    hour: datetime
    times: int


def rule(key: str) -> LawRule:
    """Return one of the rules this room works under."""
    return rulebook.law().rule(key)


def kept_since(name: str, *, at: datetime) -> datetime:
    """Return from when on something is still kept, by its number in the rule on keeping (保存期限)."""
    return start_of(ago(rule(KEEPING).term(name), on=day_of(at)))


def reasons() -> dict[str, str]:
    """Return what may be said for looking, by key (查看事由)."""
    return {one.key: one.title for one in rulebook.law().reasons}


def purposes() -> tuple[Purpose, ...]:
    """Return why anything about people is kept here (处理目的)."""
    return rulebook.law().purposes


def purpose(key: str) -> Purpose:
    """Return one of the purposes."""
    return rulebook.law().purpose(key)


def looks_about(person: int, *, matters: Sequence[int]) -> QuerySet[Look]:
    """Return the looks at a person, and at the matters they raised (谁看过我)."""
    return Look.objects.filter(Q(about=person) | Q(matter__in=matters))


def looks_at(matter: int) -> QuerySet[Look]:
    """Return the looks at what was left with a matter."""
    return Look.objects.filter(matter=matter)


def looks_before(at: datetime) -> int:
    """Count the looks from before an instant."""
    return Look.objects.filter(at__lt=at).count()


def looks_within(paths: Sequence[str]) -> QuerySet[Look]:
    """Return the looks within some places; none named means everywhere."""
    return Look.objects.filter(inside(*paths, column="place_path")) if paths else Look.objects.all()


def looks_since(by: int, *, since: datetime) -> int:
    """Count how often somebody has looked since an instant."""
    return Look.objects.filter(by=by, at__gt=since).count()


def flurries(paths: Sequence[str], *, at: datetime) -> tuple[Flurry, ...]:
    """Find within thirty days who looked unusually often within one hour, newest first (集中查看)."""
    most = rule(LOOKING).count("looks_an_hour")
    rows = looks_within(paths).filter(at__gt=at - timedelta(days=30)).annotate(hour=TruncHour("at"))
    found = rows.values_list("by", "office", "hour").annotate(times=Count("pk"))
    return tuple(Flurry(*row) for row in found.filter(times__gt=most).order_by("-hour", "by"))


def agreed(person: int) -> dict[str, Consent]:
    """Return what a person agrees to now, by purpose (同意)."""
    return {one.purpose: one for one in Consent.objects.filter(person_id=person, withdrawn_at=None)}


def consents(person: int) -> QuerySet[Consent]:
    """Return everything a person ever agreed to, oldest first."""
    return Consent.objects.filter(person_id=person).order_by("given_at")


def wording(purpose: Purpose) -> str:
    """Name the wording of a purpose that somebody agrees to now."""
    return f"{rulebook.law().edition}-{purpose.wording}"


def claims_of(person: int) -> QuerySet[Claim]:
    """Return what a person asked for, newest first."""
    return Claim.objects.filter(person_id=person).order_by("-asked_at", "-pk")


def claims_on(matter: int) -> QuerySet[Claim]:
    """Return what was asked for with a matter's follow-up link, newest first."""
    return Claim.objects.filter(matter=matter).order_by("-asked_at", "-pk")


def claims_within(paths: Sequence[str]) -> QuerySet[Claim]:
    """Return the claims within some places; none named means everywhere."""
    rows = Claim.objects.filter(inside(*paths, column="place_path")) if paths else Claim.objects.all()
    return rows.select_related("person")


def claim(number: int, *, to_act: bool = False) -> Claim | None:
    """Return a claim by its number; ``to_act`` holds its row until the transaction ends."""
    rows = Claim.objects.select_for_update() if to_act else Claim.objects.select_related("person")
    return rows.filter(pk=number).first()
