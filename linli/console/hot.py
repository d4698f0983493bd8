"""The pages of recurring trouble: what surfaced, one laid open, and taking it up (高频问题)."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from linli.bodies import queries as bodies
from linli.bodies.actor import Actor
from linli.bodies.entering import actor_of
from linli.campaigns import access
from linli.campaigns import queries as campaigns
from linli.campaigns.actions import Proposal
from linli.console import lists
from linli.console.campaign_forms import TakeUpForm
from linli.console.nav import surroundings
from linli.console.reach import scope_of
from linli.core.verdict import Refused
from linli.frame.clock import now
from linli.frame.refused import STATUS
from linli.frame.signed_in import signed_in
from linli.handoffs import cases_to_campaign as corridor
from linli.insight import drawing, hot
from linli.insight.hot import Picture
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
    picture = hot.look_into(found)
    form = _form(request, picture)
    if request.method == "POST" and form.is_valid():
        try:
            campaign = _take_up(form, picture, by=actor)
        except Refused as refused:
            form.add_error(None, "".join(str(one) for one in refused.refusals))
        else:
            href = reverse("console:campaign", args=(campaign.matter.number,))
            messages.success(request, "已提出，并告诉了反映过的人。")
            return redirect(href)
    status = STATUS if form.errors else 200
    context = _laid_open(picture, by=actor) | {"form": form}
    return render(request, "console/hot_one.html", surroundings(request, here="hot") | context, status=status)


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


def _form(request: HttpRequest, picture: Picture) -> TakeUpForm:
    found = picture.problem
    edition = rulebook.current(found.place.pack)
    taken = campaigns.taken_up([matter.pk for matter in picture.matters])
    free = [matter for matter in picture.matters if matter.pk not in taken]
    serving = bodies.serving(found.place_path, pack=found.place.pack).order_by("-place_path", "pk")
    return TakeUpForm(
        request.POST if request.method == "POST" else None,
        bodies=[(body.pk, body.name) for body in serving],
        numbers=[(matter.number, f"{matter.title}（{matter.number}）") for matter in free],
        initial={
            "title": f"{found.place.name}{edition.categories[found.category].title}问题专项治理",
            "numbers": [matter.number for matter in free],
        },
    )


def _take_up(form: TakeUpForm, picture: Picture, *, by: Actor) -> "Campaign":
    said, found = form.cleaned_data, picture.problem
    told = Proposal(
        title=said["title"],
        goal=said["goal"],
        category=found.category,
        spots=places.chain(found.place_path),
        due_on=said["due_on"],
        owner=said["owner"],
        measures=said["measures"],
        since=found.since,
        weeks=rulebook.current(found.place.pack).hot.weeks,
    )
    return corridor.take_up(told, numbers=said["numbers"], by=by, at=now())


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
