"""Where a community's body and an estate's share a person, and what closes a gap (交叉任职)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from linli.bodies import access, cross_seats
from linli.bodies.actor import Actor
from linli.bodies.cross_seats import Way
from linli.console.nav import surroundings
from linli.console.reach import Scope, scope_of
from linli.frame.clock import today
from linli.frame.signed_in import signed_in
from linli.pack.edition import CrossSeat


@dataclass(frozen=True, slots=True)
class Closing:
    """An appointment that would close a gap, and where it is made by whoever may (去任职)."""

    words: str
    href: str


@signed_in
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show estate by estate who serves on both sides, against the goal of the pack (交叉任职)."""
    scope = scope_of(request)
    path, on = scope.place.path, today()
    found = [cross_seats.read(rule, within=path, on=on) for rule in scope.edition.cross_seats]
    closings = {
        (crossed.rule.key, estate.spot.id): tuple(_closings(scope, crossed.rule, estate.ways))
        for crossed in found
        for estate in crossed.gaps
    }
    context = {"scope": scope, "found": found, "closings": closings}
    return render(request, "console/cross_seats.html", surroundings(request, here="coverage") | context)


def _closings(scope: Scope, rule: CrossSeat, ways: Iterable[Way]) -> Iterator[Closing]:
    for way in ways:
        post = f"{way.body} {scope.edition.offices[way.office].title}"
        yield Closing(_words(rule, way, post=post), _href(scope.actor, way))


def _words(rule: CrossSeat, way: Way, *, post: str) -> str:
    if way.is_first:
        return f"先任命{post}"
    sides = "、".join(side.title for side in rule.community)
    return f"请{way.person}（{way.serves_as}）任{post}" if way.person else f"请{sides}的成员任{post}"


def _href(actor: Actor, way: Way) -> str:
    if not access.may_seat(actor, office=way.office, path=way.path):
        return ""
    asked = {"place": way.path, "office": way.office, "body": way.body_id, "q": way.person}
    return f"{reverse('console:appoint')}?{urlencode({key: value for key, value in asked.items() if value})}"
