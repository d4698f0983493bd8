"""Questions about what residents need (查询)."""

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet, Sum

from linli.places.path import inside
from linli.projects.models import Backer, Field, Stage, Wish


@dataclass(frozen=True, slots=True)
class OfField:
    """How many needs there are of one kind, how often supported, how many selected (分类统计)."""

    name: str
    needs: int
    supports: int
    selected: int


def fields() -> list[tuple[str, str]]:
    """List what a need may be about (项目类别)."""
    return [(field.value, str(field.label)) for field in Field]


def needs(path: str) -> QuerySet[Wish]:
    """Return the needs of a place that were not merged, the most supported first, then the oldest (需求)."""
    found = Wish.objects.filter(inside(path, column="place_path")).exclude(stage=Stage.MERGED)
    return found.select_related("place").order_by("-supports", "raised_at", "pk")


def open_needs(path: str) -> QuerySet[Wish]:
    """Return the needs that neighbours may still support (正在征集)."""
    return needs(path).filter(stage=Stage.OPEN)


def decided(path: str) -> QuerySet[Wish]:
    """Return the needs of which the initial selection spoke, the last first (已初选)."""
    found = needs(path).filter(stage__in=(Stage.SELECTED, Stage.DECLINED))
    return found.order_by("-decided_at", "-pk")


def need(number: str, *, to_act: bool = False) -> Wish | None:
    """Find a need by its number."""
    found = Wish.objects.select_for_update(of=("self",)) if to_act else Wish.objects
    return found.select_related("place", "merged_into").filter(number=number).first()


def merged(need: Wish) -> QuerySet[Wish]:
    """Return the needs that were merged into one (并进来的)."""
    return need.merged.order_by("raised_at", "pk")


def rank(need: Wish) -> int:
    """Return the place of a need among the open ones around it; alike numbers share it (名次)."""
    return open_needs(need.place_path).filter(place_id=need.place_id, supports__gt=need.supports).count() + 1


def supports(need: Wish, person: int | None) -> bool:
    """Tell whether somebody supports a need (已支持)."""
    return person is not None and Backer.objects.filter(need=need, person_id=person).exists()


def by_field(path: str) -> tuple[OfField, ...]:
    """Count needs, supports and those selected by what they are about (分类统计)."""
    rows = needs(path).order_by().values("field").annotate(
        number=Count("pk"), voices=Sum("supports"), chosen=Count("pk", filter=Q(stage=Stage.SELECTED))
    )  # fmt: skip
    found = {row["field"]: row for row in rows}
    return tuple(
        OfField(name, found[key]["number"], found[key]["voices"], found[key]["chosen"])
        if key in found
        else OfField(name, 0, 0, 0)
        for key, name in fields()
    )


def raised_ever(person: int) -> QuerySet[Wish]:
    """Return the needs that somebody raised (提过的需求)."""
    return Wish.objects.filter(raised_by_id=person).order_by("-raised_at")


def supported_ever(person: int) -> QuerySet[Backer]:
    """Return the supports that somebody gave (支持过的需求)."""
    return Backer.objects.filter(person_id=person).select_related("need").order_by("-at")
