"""Spreading ordinary cases over every community and the last weeks, the same way each time (寻常事)."""

from collections.abc import Sequence
from typing import TypeVar

from linli.demo.script import EndPart, OrdinaryPart, PersonPart, StoryPart, ToldPart
from linli.pack.edition import Edition

LAST_DAYS = range(4, 31)
# What ended late began long enough ago to have ended, whatever holidays lie between.
LONG_AGO = range(31, 41)
# Shares no factor with the days: neighbouring grids get days far apart.
STRIDE = 11

Item = TypeVar("Item")


def expand(
    parts: Sequence[OrdinaryPart],
    *,
    edition: Edition,
    people: Sequence[PersonPart],
    neighbours: Sequence[str],
) -> tuple[StoryPart, ...]:
    """Make a story of every telling: incidents where a grid worker works, concerns everywhere (铺开)."""
    workers = _grid_workers(people, edition=edition)
    found = [(part, told) for part in parts for told in part.told if part.kind == "incident"]
    brought = [(part, told) for part in parts for told in part.told if part.kind == "concern"]
    patrolled = _spread(tuple(workers), over=len(found))
    everywhere = _spread(_grids(edition), over=len(brought))
    stories = [
        _story(part, told, turn=turn, place=grid, by=workers[grid])
        for turn, ((part, told), grid) in enumerate(zip(found, patrolled, strict=True))
    ]
    stories += [
        _story(part, told, turn=turn, place=grid, by=neighbours[turn % len(neighbours)])
        for turn, ((part, told), grid) in enumerate(zip(brought, everywhere, strict=True))
    ]
    return tuple(stories)


def _story(part: OrdinaryPart, told: ToldPart, *, turn: int, place: str, by: str) -> StoryPart:
    days = LONG_AGO if part.late else LAST_DAYS
    return StoryPart(
        kind=part.kind,
        concern_kind=part.concern_kind,
        category=part.category,
        place=place,
        title=told.title,
        words=told.words,
        raised_by=by,
        days_ago=days[turn * STRIDE % len(days)],
        channel=part.channel,
        ends=EndPart(
            step="closed", lead=part.lead, answer=told.answer, rating=part.rating, late=part.late
        ),
    )  # fmt: skip


def _spread(items: Sequence[Item], *, over: int) -> list[Item]:
    """Choose as many as wanted, at even distances."""
    return [items[place * len(items) // over] for place in range(over)]


def _grids(edition: Edition) -> tuple[str, ...]:
    return tuple(place.key for place in edition.places if place.kind in edition.levels[0].place_kinds)


def _grid_workers(people: Sequence[PersonPart], *, edition: Edition) -> dict[str, str]:
    """Return who finds things in which grid: whoever holds the office that incidents wait for first."""
    procedure = edition.procedure_for("incident")
    office = procedure.roles[procedure.first.waits_for[0]].office
    return {held.place: part.key for part in people for held in part.office if held.office == office}
