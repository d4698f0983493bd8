"""Taking matters of one kind up as a campaign, from whichever page lists them (立项)."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from linli.bodies import queries as bodies
from linli.bodies.entering import actor_of
from linli.campaigns import queries as campaigns
from linli.campaigns.actions import Proposal
from linli.console.campaign_forms import TakeUpForm
from linli.core.verdict import Refused
from linli.frame import wording
from linli.frame.clock import day_of, now
from linli.handoffs import cases_to_campaign as corridor
from linli.pack.edition import Edition
from linli.places import queries as places

if TYPE_CHECKING:
    from linli.matters.models import Matter


@dataclass(frozen=True, slots=True)
class Trouble:
    """Matters of one kind at a place since a day, which may be taken up together (同类事项)."""

    edition: Edition
    path: str
    place: str
    category: str
    since: date
    matters: "tuple[Matter, ...]"


def form_of(request: HttpRequest, trouble: Trouble, *, are_chosen: bool) -> TakeUpForm:
    """Lay out the proposal; matters that a campaign has already are not offered (立项建议)."""
    taken = campaigns.taken_up([matter.pk for matter in trouble.matters])
    free = [matter for matter in trouble.matters if matter.pk not in taken]
    serving = bodies.serving(trouble.path, pack=trouble.edition.key).order_by("-place_path", "pk")
    return TakeUpForm(
        request.POST if request.method == "POST" else None,
        bodies=[(body.pk, body.name) for body in serving],
        numbers=[(matter.number, matter.title, _line(matter)) for matter in free],
        initial={
            "title": f"{trouble.place}{trouble.edition.categories[trouble.category].title}问题专项治理",
            "numbers": [matter.number for matter in free] if are_chosen else [],
        },
    )


def take_up(request: HttpRequest, form: TakeUpForm, trouble: Trouble) -> HttpResponse | None:
    """Propose what was filled in and lead to the campaign; none when the form says what is wrong (立项)."""
    if not form.is_valid():
        return None
    said = form.cleaned_data
    told = Proposal(
        title=said["title"],
        goal=said["goal"],
        category=trouble.category,
        spots=places.chain(trouble.path),
        due_on=said["due_on"],
        owner=said["owner"],
        measures=said["measures"],
        since=trouble.since,
        weeks=trouble.edition.hot.weeks,
    )
    try:
        campaign = corridor.take_up(told, numbers=said["numbers"], by=actor_of(request), at=now())
    except Refused as refused:
        form.add_error(None, "".join(str(one) for one in refused.refusals))
        return None
    messages.success(request, "已提出，并告诉了反映过的人。")
    return redirect("console:campaign", campaign.matter.number)


def _line(matter: "Matter") -> str:
    when = wording.day(day_of(matter.opened_at), today=day_of(now()))
    return " · ".join(
        filter(None, (matter.number, matter.place.name, f"{when}反映", "已办结" if matter.closed_at else ""))
    )
