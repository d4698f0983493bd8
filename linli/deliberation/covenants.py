"""Questions about covenants: which hold, their rounds of signing, how they are kept (公约)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from linli.deliberation.models import Breach, Covenant, Signature


@dataclass(frozen=True, slots=True)
class Kept:
    """How often it was reported that a covenant is not kept, and how often that is settled (执行情况)."""

    reported: int
    settled: int


def in_force(number: str) -> Covenant | None:
    """Find a covenant that holds by the number of its matter (现行公约)."""
    return _holding().select_related("place").filter(topic__matter__number=number.strip().upper()).first()


def not_affirmed() -> list[Covenant]:
    """Return the covenants that are to be affirmed some day, and whose next round has not begun (待重申)."""
    return list(_holding().filter(affirm_by__isnull=False, renewed_by=None).order_by("affirm_by", "pk"))


def rounds(covenant: Covenant) -> list[Covenant]:
    """Return every round of signing of a covenant, the newest first (历次签约)."""
    found = [covenant]
    while found[-1].renews_id is not None:
        found.append(_rows().get(pk=found[-1].renews_id))
    while (later := _rows().filter(renews=found[0]).first()) is not None:
        found.insert(0, later)
    return found


def signing_again(covenant: Covenant) -> str:
    """Return the number of the round in which a covenant is being signed anew, if one is open (正在重申)."""
    rows = _rows().filter(renews=covenant, in_force_at=None, topic__matter__closed_at=None)
    return next((one.topic.matter.number for one in rows), "")


def signers(*of: Covenant) -> set[int]:
    """Return who signed some rounds of a covenant for their households, by their keys (签约人)."""
    return set(Signature.objects.filter(covenant__in=of).values_list("person_id", flat=True))


def kept(of: Sequence[Covenant]) -> Kept:
    """Count what was reported under some rounds of a covenant (违约反映)."""
    settled = Count("pk", filter=Q(matter__closed_at__isnull=False))
    told = Breach.objects.filter(covenant__in=of).aggregate(reported=Count("pk"), settled=settled)
    return Kept(**told)


def _holding() -> QuerySet[Covenant]:
    return _rows().filter(in_force_at__isnull=False, ended_at=None)


def _rows() -> QuerySet[Covenant]:
    return Covenant.objects.select_related("topic__matter")
