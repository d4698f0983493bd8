"""The page of one matter: the raiser's own, by its secret link, and the public one (跟进、公开页)."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from linli.appraisal import queries as appraisal
from linli.bodies.entering import actor_of
from linli.cases import access
from linli.cases.access import Desk
from linli.cases.kinds import ConcernKind
from linli.cases.panel import panel
from linli.deliberation import queries as topics
from linli.disclosure import queries as disclosure
from linli.frame import paging, qr
from linli.frame.anatomy import clock_of
from linli.frame.clock import now
from linli.matters import followers
from linli.matters import queries as matters
from linli.matters import story as stories
from linli.matters.actions import following as acts
from linli.places import queries as places
from linli.places.queries import Spot
from linli.portal import joining, way
from linli.portal.here import Here
from linli.portal.surroundings import show
from linli.rulebook import queries as rulebook

if TYPE_CHECKING:
    from linli.matters.models import Attachment, Matter

# With which acts the photos came that show the trouble; the others show what was done about it.
_RAISED = frozenset({"report", "open", "add_words"})
# What somebody else brought when they joined is for those at work.
_OF_OTHERS = frozenset({"join"})


@require_safe
@never_cache
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """Show a matter to whoever holds its follow-up link (跟进)."""
    at = now()
    desk = access.follow(token, by=actor_of(request), at=at)
    if desk is None:
        raise Http404
    matter, address = desk.matter, reverse("portal:follow", args=(token,))
    kept = tuple(matters.attachments(matter))
    story = stories.tell(matter, before=paging.before(request))
    context = _anatomy(desk.seat.chain, matter) | {
        "case": desk.case,
        "concern": ConcernKind(desk.case.concern_kind).label if desk.case.concern_kind else "",
        "stops": story.stations,
        "ahead": way.ahead(matter, story, at=at, is_raiser=True),
        "clock": clock_of(matter, at=at),
        "entries": way.entries(story.lines, of=matter, told=desk.case.words),
        "latest_href": address if paging.before(request) else "",
        "earlier_href": f"{address}?before={story.earlier}" if story.earlier else "",
        "panel": panel(desk, back=address, token=token),
        "photos": _photos(matter, token, (one for one in kept if one.act in _RAISED)),
        "results": _photos(matter, token, (one for one in kept if one.act not in _RAISED | _OF_OTHERS)),
        "rating": appraisal.result(matter.pk, turn=matter.reopened),
        "address": request.build_absolute_uri(address),
        "code": _code(request, address, matter),
        "main": joining.face(matter, at=at) if matter.merged_into_id else None,
        "campaign": joining.campaign_of(matter),
        "is_new": "sent" in request.GET,
        "draft_done": "report" if "sent" in request.GET else "",
    }
    return show(request, "follow.html", context, here=_here(desk.seat.chain), at="mine")


@require_safe
def public(request: HttpRequest, number: str) -> HttpResponse:
    """Show the masked face of a public matter to everybody (公开页)."""
    matter, at = matters.of_number(number), now()
    shown = disclosure.of_matter(matter.pk) if matter else None
    if matter is None or shown is None:
        raise Http404
    if matter.subject == topics.TOPIC:
        return redirect("portal:topic", matter.number)
    spots, address = places.chain(matter.place_path), reverse("portal:public", args=(matter.number,))
    story = stories.outline(matter)
    context = _anatomy(spots, matter) | {
        "shown": shown,
        "stops": story.stations,
        "ahead": way.ahead(matter, story, at=at, is_raiser=False),
        "clock": clock_of(matter, at=at),
        "own_href": _own_page(request, matter),
        "joined_words": joining.open_words(matter) if matter.joined else (),
        "join_href": _join_href(request, matter),
        "campaign": joining.campaign_of(matter),
        **_merged(matter),
        "address": request.build_absolute_uri(address),
        "code": _code(request, address, matter),
    }
    return show(request, "public.html", context, here=_here(spots), at="matters")


def _join_href(request: HttpRequest, matter: "Matter") -> str:
    """Return where somebody joins; empty where they may not, and on one's own matter."""
    person = actor_of(request).person_id
    is_raiser = person is not None and person == matter.raised_by_id
    may = acts.may_join(matter, person=person, is_raiser=is_raiser)
    return reverse("portal:join", args=(matter.number,)) if may else ""


def _merged(matter: "Matter") -> dict[str, str]:
    if matter.merged_into is None:
        return {"merged_href": "", "merged_number": ""}
    main = followers.main_of(matter)
    href = reverse("portal:public", args=(main.number,)) if disclosure.of_matter(main.pk) else ""
    return {"merged_href": href, "merged_number": main.number}


def _anatomy(spots: tuple[Spot, ...], matter: "Matter") -> dict[str, object]:
    edition = matters.edition_of(matter)
    return {
        "matter": matter,
        "crumbs": tuple((spot.name, "") for spot in places.plainly(spots)[1:] or spots),
        "category": edition.categories[matter.category].title,
        "order": edition.orders[matter.order].title,
    }


def _here(spots: tuple[Spot, ...]) -> Here:
    """Return the place whose doors stand around a matter's page: a building stands in its estate."""
    inside = spots[:-1] if spots[-1].kind in ("building", "entrance") else spots
    return Here(inside, rulebook.current(spots[-1].pack))


def _photos(matter: "Matter", token: str, kept: "Iterable[Attachment]") -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (
            f"{reverse('cases:photo_small', args=(matter.number, one.pk))}?token={token}",
            one.words,
            f"{reverse('cases:photo', args=(matter.number, one.pk))}?token={token}",
        )
        for one in kept
    )


def _own_page(request: HttpRequest, matter: "Matter") -> str:
    """Return where a party or an office finds the whole matter; empty for everybody else."""
    actor = actor_of(request)
    if not actor.is_known:
        return ""
    if actor.person_id == matter.raised_by_id:
        return reverse("portal:follow", args=(matter.token,))
    desk: Desk | None = access.sit(matter.number, by=actor, at=now())
    return reverse("console:matter", args=(matter.number,)) if desk and desk.sees_all else ""


def _code(request: HttpRequest, address: str, matter: "Matter") -> str:
    return qr.svg(request.build_absolute_uri(address), title=f"事项 {matter.number} 的二维码")
