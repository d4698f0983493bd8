"""The words of another system and what they are called here (对照)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from linli.bodies.actor import Actor
from linli.gateways.choices import Facet
from linli.gateways.models import Match, System
from linli.gateways.systems.access import may_connect
from linli.gateways.systems.actions import note
from linli.pack.edition import Edition
from linli.places import queries as places

if TYPE_CHECKING:
    from django.db.models import QuerySet

MOST_PLACES = 400
_AMBIGUOUS = 2


@dataclass(frozen=True, slots=True)
class Matched:
    """What was found for some words, and what was not (对照结果)."""

    found: Mapping[Facet, str]
    unknown: tuple[tuple[Facet, str], ...]


def match(theirs: Mapping[Facet, str], *, system: System, edition: Edition, at: datetime) -> Matched:
    """Translate words: by the list kept for the system, or because both call it the same (对照).

    A word nobody has matched yet is kept, so that somebody can.
    """
    told = {facet: word.strip() for facet, word in theirs.items() if word.strip()}
    rows = Match.objects.filter(system=system, theirs__in=told.values()).exclude(ours="")
    listed = {(row.facet, row.theirs): row.ours for row in rows}
    found = {
        facet: listed.get((facet, word)) or _by_name(facet, word, system=system, edition=edition)
        for facet, word in told.items()
    }
    unknown = tuple((facet, told[facet]) for facet, ours in found.items() if not ours)
    fresh = [Match(system=system, facet=facet, theirs=word, seen_at=at) for facet, word in unknown]
    Match.objects.bulk_create(fresh, ignore_conflicts=True)
    return Matched({facet: ours for facet, ours in found.items() if ours}, unknown)


def of_system(system: System) -> "QuerySet[Match]":
    """Return the list of a system, what nobody has matched yet first (对照表)."""
    return Match.objects.filter(system=system).order_by("facet", "ours", "theirs")


def options(facet: Facet, *, system: System, edition: Edition) -> list[tuple[str, str]]:
    """List what a word may be called here (可选)."""
    match facet:
        case Facet.CATEGORY:
            return [(one.key, one.title) for one in edition.categories.values()]
        case Facet.ORDER:
            return [(one.key, one.title) for one in edition.orders.values()]
        case _:
            spots = places.spots(places.within(system.place_path)[:MOST_PLACES])
            chains = places.chains([spot.path for spot in spots])
            return [(spot.key, places.full_name(chains[spot.path])) for spot in spots]


@transaction.atomic
def settle(system: System, chosen: Sequence[tuple[Facet, str, str]], *, by: Actor, at: datetime) -> None:
    """Say what words of a system are called here: facet, theirs, ours (改对照)."""
    may_connect(by, path=system.place_path).require()
    rows = [Match(system=system, facet=facet, theirs=theirs, ours=ours) for facet, theirs, ours in chosen]
    Match.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["system", "facet", "theirs"], update_fields=["ours"]
    )
    note(system, "match", "改对照", by=by, at=at, figures=(("条数", str(len(rows))),))


def _by_name(facet: Facet, word: str, *, system: System, edition: Edition) -> str:
    match facet:
        case Facet.CATEGORY:
            named = [one.key for one in edition.categories.values() if word in (one.key, one.title)]
        case Facet.ORDER:
            named = [one.key for one in edition.orders.values() if word in (one.key, one.title)]
        case _:
            inside = places.within(system.place_path)
            named = [place.key for place in inside.filter(name=word)[:_AMBIGUOUS]]
            named = named or [place.key for place in inside.filter(key=word)]
    return named[0] if len(named) == 1 else ""
