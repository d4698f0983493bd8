"""What hangs on the wall: where it is now, what presses, today's ten lines (大屏)."""

from dataclasses import dataclass
from datetime import datetime

from linli.disclosure import queries as disclosure
from linli.frame.clock import day_of
from linli.insight import drawing, figure
from linli.insight.drawing import Drawing
from linli.insight.figure import Figure
from linli.insight.naming import title_of
from linli.insight.small import least, too_small
from linli.matters import counts
from linli.matters.slices import Measure, Slice, rows
from linli.pack.edition import Edition
from linli.places import queries as places
from linli.places.queries import Spot

LINES = 10
_OVERDUE_LINES = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One of today's lines; it hangs where anybody may read it, so only public words stand on it (今日)."""

    title: str
    place: str
    holder: str
    due_at: datetime
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Wall:
    """Everything on the wall screen at one instant (大屏)."""

    place: Spot
    at: datetime
    figures: tuple[Figure, ...]
    plan: Drawing | None
    lines: tuple[Line, ...]
    least: int = 0


def build(place: Spot, *, edition: Edition, at: datetime) -> Wall:
    """Read the wall screen of a place; the number of queries does not follow the number of matters."""
    ground, *below = places.with_children(place.path)
    stocks = counts.stocks([place.path, *(one.path for one in below)])
    links = {one.path: f"?within={one.path}" for one in below}
    unsaid = too_small({one.path: stocks[one.path] for one in below}, whole=stocks[place.path])
    return Wall(
        place=place,
        at=at,
        figures=_figures(place, open_now=stocks[place.path], at=at),
        plan=drawing.draw(below, ground=ground, counts=stocks, links=links, unsaid=unsaid),
        least=least() if unsaid else 0,
        lines=_lines(place, edition=edition, at=at),
    )


def _figures(place: Spot, *, open_now: int, at: datetime) -> tuple[Figure, ...]:
    today = day_of(at)
    flow = counts.flow(place.path, since=today, until=today)
    pressing = counts.pressing(place.path, at=at)

    def now(measure: Measure, tone: str) -> Figure:
        number = sum(n for (what, _), n in pressing.items() if what == measure)
        return figure.count(measure.label, Slice(place.path, measure), number, tone=tone)

    def happened(measure: Measure) -> Figure:
        behind = Slice(place.path, measure, since=today, until=today)
        return figure.count(f"今天{measure.label}", behind, flow[measure, today], tone="jade")

    return (
        now(Measure.OVERDUE, "cinnabar"),
        now(Measure.DUE_TODAY, "amber"),
        figure.count("在办", Slice(place.path, Measure.OPEN), open_now),
        happened(Measure.OPENED),
        happened(Measure.CLOSED),
    )


def _lines(place: Spot, *, edition: Edition, at: datetime) -> tuple[Line, ...]:
    unanswered = rows(Slice(place.path, Measure.OPEN), at=at).filter(answered_at=None)
    unanswered = unanswered.select_related("lead").order_by("due_at", "pk")
    overdue = list(unanswered.filter(due_at__lt=at)[:_OVERDUE_LINES])
    found = [*overdue, *unanswered.filter(due_at__gte=at)[: LINES - len(overdue)]]
    shown = disclosure.titles([matter.pk for matter in found])
    chains = places.chains([matter.place_path for matter in found])
    return tuple(
        Line(
            title=shown.get(matter.pk) or title_of(edition, "category", matter.category),
            place=places.full_name(chains[matter.place_path], below=len(place.path) // 4),
            holder=matter.lead.name if matter.lead else title_of(edition, "level", matter.level),
            due_at=matter.due_at,
            is_overdue=matter.due_at < at,
        )
        for matter in found
        if matter.due_at
    )
