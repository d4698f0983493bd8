"""The pages of recurring trouble: what surfaced, one laid open, and taking it up (高频问题)."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from linli.bodies.actor import Actor
from linli.bodies.entering import actor_of
from linli.campaigns import access
from linli.campaigns import queries as campaigns
from linli.console import lists
from linli.console.nav import surroundings
from linli.console.reach import Scope, scope_of
from linli.console.taking_up import Trouble, form_of, take_up
from linli.frame.clock import day_of, now
from linli.frame.refused import STATUS
from linli.frame.signed_in import signed_in
from linli.insight import drawing, hot
from linli.insight.hot import Picture
from linli.matters import recurring
from linli.matters.slices import end_of, start_of
from linli.pack.edition import Edition
from linli.places import queries as places
from linli.places.path import is_within
from linli.rulebook import queries as rulebook

if TYPE_CHECKING:
    from linli.campaigns.models import Campaign
    from linli.insight.models import HotProblem

MOST = 100


@signed_in
@require_safe
@never_cache
def show(request: HttpRequest) -> HttpResponse:
    """List what recurs at a place, and the campaigns there (高频问题)."""
    scope = scope_of(request)
    problems = list(hot.standing(scope.place.path)[:MOST])
    running = list(campaigns.running(scope.place.path))
    context = {
        "scope": scope,
        "problems": [
            (one, scope.edition.categories[one.category].title, _campaign_of(one, running))
            for one in problems
        ],
        "campaigns": campaigns.within(scope.place.path)[:MOST],
        "rule": scope.edition.hot,
    }
    return render(request, "console/hot.html", surroundings(request, here="hot") | context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def problem(request: HttpRequest, number: int) -> HttpResponse:
    """Lay one problem open, or take it up as a campaign (高频问题、立项)."""
    found, actor = hot.of_id(number), actor_of(request)
    if found is None or not actor.reaches(found.place_path):
        raise Http404
    picture, edition = hot.look_into(found), rulebook.current(found.place.pack)
    trouble = Trouble(
        edition, found.place_path, found.place.name, found.category, found.since, picture.matters
    )
    form = form_of(request, trouble, are_chosen=True)
    taken = take_up(request, form, trouble) if request.method == "POST" else None
    if taken:
        return taken
    status = STATUS if form.errors else 200
    context = _laid_open(picture, by=actor) | {"form": form}
    return render(request, "console/hot_one.html", surroundings(request, here="hot") | context, status=status)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def pick(request: HttpRequest) -> HttpResponse:
    """Choose matters of one kind by hand and take them up, whether they stand out or not (选事项立项)."""
    scope, category = scope_of(request), request.GET.get("category", "")
    if category and category not in scope.edition.categories:
        raise Http404
    trouble = _recent(scope, category) if category else None
    form = form_of(request, trouble, are_chosen=False) if trouble else None
    taken = take_up(request, form, trouble) if form and trouble and request.method == "POST" else None
    if taken:
        return taken
    context = {
        "scope": scope,
        "category": category,
        "categories": (("", "选一个分类"), *_categories(scope.edition)),
        "form": form,
        "rule": scope.edition.hot,
        "weeks": _weeks(scope.edition),
    }
    status = STATUS if form and form.errors else 200
    return render(request, "console/pick.html", surroundings(request, here="hot") | context, status=status)


def _recent(scope: Scope, category: str) -> Trouble:
    """Read the newest matters of a kind from as many weeks as a hot problem is compared over."""
    today = day_of(now())
    since = today - timedelta(weeks=_weeks(scope.edition))
    found = recurring.of_kind(scope.place.path, category, since=start_of(since), until=end_of(today))
    return Trouble(
        scope.edition, scope.place.path, scope.place.name, category, since, tuple(found[: hot.MOST])
    )


def _weeks(edition: Edition) -> int:
    return edition.hot.usual_weeks + edition.hot.weeks


def _categories(edition: Edition) -> Iterator[tuple[str, str]]:
    for key in edition.categories:
        whole = (*edition.category_chain(key)[::-1], key)
        yield key, " › ".join(edition.categories[one].title for one in whole)


def _laid_open(picture: Picture, *, by: Actor) -> dict[str, Any]:
    found, edition = picture.problem, rulebook.current(picture.problem.place.pack)
    ground, *below = places.with_children(found.place_path)
    plan = drawing.draw(below or [ground], ground=ground, counts=picture.by_place, links={})
    campaign = _campaign_of(found, campaigns.running(found.place_path))
    return {
        "problem": found,
        "picture": picture,
        "category": edition.categories[found.category].title,
        "rule": edition.hot,
        "plan": plan,
        "by_place": [
            (place.name, picture.by_place[place.path]) for place in below if picture.by_place[place.path]
        ],
        "columns": [f"{first.month}月{first.day}日起" for first, _ in picture.weeks],
        "series": ({"label": "每周反映", "values": [number for _, number in picture.weeks]},),
        "rows": lists.ledger_rows(picture.matters, at=now()),
        "campaign": campaign,
        "reads": campaign is not None and access.may_read(campaign, by),
    }


def _campaign_of(found: "HotProblem", running: "Iterable[Campaign]") -> "Campaign | None":
    """Return the running campaign for the same kind at the place or around it."""
    return next(
        (
            one
            for one in running
            if one.matter.category == found.category and is_within(found.place_path, one.matter.place_path)
        ),
        None,
    )
