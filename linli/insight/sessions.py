"""Which meetings the law wants of a place and by when, and what they should deal with (会期、议程建议)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from linli.bodies import queries as bodies
from linli.core import rhythm
from linli.core.forum import Forum, Rhythm
from linli.core.rhythm import Due
from linli.deliberation import soundings
from linli.frame.clock import day_of
from linli.insight.models import HotProblem
from linli.matters import queries as matters
from linli.meetings import queries as meetings
from linli.pack.edition import Edition
from linli.places import queries as places
from linli.places.path import inside
from linli.rulebook import queries as rulebook

if TYPE_CHECKING:
    from linli.places.models import Place

_FEW = 8


@dataclass(frozen=True, slots=True)
class Session:
    """A forum that must meet at a place, by when, and when it last did (应开的会)."""

    forum: Forum
    place: "Place"
    due: Due
    last: date | None


def due(path: str, *, edition: Edition, on: date) -> tuple[Session, ...]:
    """List every forum that must meet at a place or just below it, the most overdue first (会期).

    A community looks through its grids to the places that each hold a forum of their own.
    A forum that has never met counts from the day the place began to work with the system: what was held
    before is not known.
    """
    regular = [(one, one.rhythm) for one in edition.forums.values() if one.rhythm]
    kinds = {one.body_kind for one, _ in regular if one.body_kind}
    seats: dict[str, set[str]] = {}
    for body in bodies.of_kinds(sorted(kinds), within=path):
        seats.setdefault(body.kind, set()).add(body.place_path)
    spots, last = _spots(path, [one for one, _ in regular]), meetings.last_held(path)
    since = _since(edition, on=on)
    found = [
        _session(forum, every, spot, last, since=since, on=on)
        for forum, every in regular
        for spot in spots
        if _meets_at(forum, spot, seats)
    ]
    return tuple(sorted(found, key=lambda one: (one.due.on, one.place.path)))


def agenda(path: str, *, at: datetime) -> tuple[str, ...]:
    """Suggest items for a meeting: what is overdue, what residents think, what recurs (议程建议)."""
    late = matters.within(path).filter(closed_at=None, answered_at=None, due_at__lt=at)
    overdue = [f"{one.title[:60]} {one.number}" for one in late.order_by("due_at")[:_FEW]]
    hot = HotProblem.objects.filter(inside(path, column="place_path"), cooled_at=None)
    rows = hot.select_related("place").order_by("-voices")[:_FEW]
    sounded = (
        f"观点图：{one.topic.matter.title[:60]} {one.topic.matter.number}"
        for one in soundings.to_deliberate(path, most=_FEW)
    )
    return (*overdue, *sounded, *(f"高频问题：{one.place.name}，{one.voices} 人次反映" for one in rows))


def _spots(path: str, regular: Sequence[Forum]) -> list["Place"]:
    spots = list(places.with_children(path))
    own = {kind for forum in regular for kind in forum.held_at}
    if not own or all(spot.kind not in places.COMMUNITIES for spot in spots if spot.path == path):
        return spots
    known = {spot.path for spot in spots}
    return spots + [one for one in places.within(path, kinds=sorted(own)) if one.path not in known]


def _session(
    forum: Forum,
    every: Rhythm,
    spot: "Place",
    last: Mapping[tuple[str, str], date],
    *,
    since: date,
    on: date,
) -> Session:
    met = last.get((forum.key, spot.path))
    return Session(forum, spot, rhythm.due(every, last=met, since=since, on=on), met)


def _since(edition: Edition, *, on: date) -> date:
    began = rulebook.began(edition.key)
    return day_of(began) if began else on


def _meets_at(forum: Forum, spot: "Place", seats: Mapping[str, set[str]]) -> bool:
    """Tell whether a forum is one of this place: where its body sits, or where those live it is made for."""
    if forum.body_kind:
        return spot.path in seats.get(forum.body_kind, ())
    if forum.held_at:
        return spot.kind in forum.held_at
    rules = rulebook.law().rules
    rule = rules.get(forum.clause.rule)
    made_for = rule.applies_to if rule and rule.applies_to else {places.RESIDENTS}
    return spot.kind in places.COMMUNITIES and places.inhabitants([spot.kind]) in made_for
