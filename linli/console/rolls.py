"""The pages of the rolls: who is entitled at a place, what is missing for it, and its flats (名册)."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from linli.bodies import access, electorates, housing, roster
from linli.bodies.electorates import Standing
from linli.console.nav import surroundings
from linli.console.reach import Scope, scope_of
from linli.core.forum import Electorate
from linli.core.funnel import Measure
from linli.frame.clock import now, today
from linli.frame.excel import download
from linli.frame.paging import page
from linli.frame.signed_in import signed_in
from linli.handoffs.intake import exporting
from linli.people import households
from linli.people.households import Occupants
from linli.places import dwellings
from linli.places import queries as places
from linli.record import actions as record
from linli.rulebook import queries as rulebook

if TYPE_CHECKING:
    from linli.places.models import Dwelling

_SHOWN = (
    Electorate.OWNERS,
    Electorate.HOUSEHOLDS,
    Electorate.ADULTS,
    Electorate.DELEGATES,
    Electorate.PARTY_MEMBERS,
)
LACKS = (
    ("", "全部"),
    ("area", "没有面积"),
    ("owner", "没有业主"),
    ("household", "没有住户"),
    ("delegate", "没有户代表"),
    ("born", "缺出生年"),
)
_MENDED_BY = {Electorate.OWNERS: "", Electorate.HOUSEHOLDS: "delegate", Electorate.ADULTS: "born"}


@dataclass(frozen=True, slots=True)
class Card:
    """How one roll stands: what it counts, what it lacks, and where that is mended (名册状况)."""

    standing: Standing
    counts: tuple[tuple[str, str], ...]
    href: str
    words: str

    @property
    def is_whole(self) -> bool:
        """Tell whether nothing is missing."""
        return bool(self.standing.roll and self.standing.roll.voters) and not self.standing.gaps


@dataclass(frozen=True, slots=True)
class Row:
    """A flat in the list (房屋)."""

    flat: "Dwelling"
    area: str
    who: Occupants


@signed_in
@require_safe
@never_cache
def show(request: HttpRequest) -> HttpResponse:
    """Show every roll of a place with what is missing, and its buildings (名册)."""
    scope = scope_of(request)
    counts = dwellings.counts(scope.place.path)
    below = places.with_children(scope.place.path)[1:]
    context = {
        "scope": scope,
        "cards": tuple(_cards(scope)),
        "bodies": roster.sizes_at(scope.place.id, on=today()),
        "flats": sum(counts.values()),
        "area": housing.metres(dwellings.whole_area(scope.place.path)),
        "below": [(one, _counted(counts, one.path)) for one in below],
        "may_bring": bool(access.may_lead(scope.actor)),
        "may_enter": bool(housing.may_stand(scope.place.kind)),
    }
    return render(request, "console/rolls.html", surroundings(request, here="deciding") | context)


@signed_in
@require_safe
@never_cache
def flats(request: HttpRequest) -> HttpResponse:
    """List the flats within a place with who owns them, or those that lack something (房屋)."""
    scope, lack, typed = scope_of(request), request.GET.get("lack", ""), request.GET.get("q", "").strip()
    found = households.lacking(scope.place.path, lack)
    if typed:
        found = found.filter(
            Q(label__contains=typed) | Q(place__name=typed) | Q(pk__in=households.held_by_name(typed))
        )
    shown = page(found, by="place_path", cursor=request.GET.get("from", ""))
    who = households.occupants(one.pk for one in shown.rows)
    query = f"?within={scope.place.path}&lack={lack}&q={typed}"
    context = {
        "scope": scope,
        "lack": lack,
        "lacks": LACKS,
        "may_enter": bool(housing.may_stand(scope.place.kind)),
        "typed": typed,
        "rows": tuple(Row(one, housing.metres(one.area), who[one.pk]) for one in shown.rows),
        "older_href": f"{query}&from={shown.following}" if shown.following else "",
        "newer_href": query if request.GET.get("from") else "",
    }
    return render(request, "console/flats.html", surroundings(request, here="deciding") | context)


@signed_in
@require_safe
@never_cache
def export(request: HttpRequest) -> HttpResponse:
    """Hand over the roll of flats and owners of a place, on record (导出名册)."""
    scope = scope_of(request)
    record.write(
        chain=f"roll-{scope.place.key}",
        act="export_roll",
        title="导出名册",
        by=scope.actor.person_id,
        office=scope.actor.words_for(scope.place.path),
        at=now(),
        figures=(("地点", scope.place.name),),
    )
    return download(exporting.dwellings(scope.place), name=f"{scope.place.name}房屋和业主 {today():%Y-%m-%d}")


def _cards(scope: Scope) -> Iterator[Card]:
    law, path = rulebook.law(), scope.place.path
    for standing in electorates.standings(_SHOWN, within=path, on=today(), law=law):
        href, words = _mending(standing, scope)
        yield Card(standing, _counts(standing), href, words)


def _counts(standing: Standing) -> tuple[tuple[str, str], ...]:
    roll = standing.roll
    if roll is None:
        return ()
    said = {
        Measure.HEADCOUNT: ("人", f"{roll.entitled(Measure.HEADCOUNT):,}"),
        Measure.HOUSEHOLD: ("户", f"{roll.entitled(Measure.HOUSEHOLD):,}"),
        Measure.FLOOR_AREA: ("面积", housing.metres(roll.entitled(Measure.FLOOR_AREA))),
    }
    hidden = Measure.HEADCOUNT if roll.electorate is Electorate.HOUSEHOLDS else None
    return tuple(said[one] for one in roll.measures if one in said and one is not hidden)


def _mending(standing: Standing, scope: Scope) -> tuple[str, str]:
    """Say where that is mended which a roll lacks."""
    path = scope.place.path
    if standing.electorate in _MENDED_BY:
        lack = _MENDED_BY[standing.electorate]
        if standing.refusals:
            is_area = any(one.clause and one.clause.rule == "O-2" for one in standing.refusals)
            lack = "area" if is_area else "owner"
        return f"{reverse('console:flats')}?within={path}&lack={lack}", "去补登"
    if not access.may_lead(scope.actor):
        return "", ""
    office = electorates.OFFICES[standing.electorate]
    return f"{reverse('console:appoint')}?place={path}&office={office}", "去任命"


def _counted(counts: dict[str, int], path: str) -> int:
    return sum(count for at, count in counts.items() if at.startswith(path))
