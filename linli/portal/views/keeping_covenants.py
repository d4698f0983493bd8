"""A covenant as a paper: its words, who signed, until when it holds, where a breach is told (公约)."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from linli.bodies.entering import actor_of
from linli.deliberation import access, covenants
from linli.frame import qr
from linli.frame.clock import day_of, now


@require_safe
@never_cache
def covenant(request: HttpRequest, number: str) -> HttpResponse:
    """Print a covenant in force, with how many households signed it (公约)."""
    desk = access.sit(number, by=actor_of(request), at=now())
    found = desk.covenant if desk else None
    if desk is None or found is None or found.in_force_at is None:
        raise Http404
    place, own = desk.seat.chain[-1], reverse("portal:topic", args=(number,))
    rounds = [one for one in covenants.rounds(found) if one.in_force_at is not None]
    context = {
        "issuer": desk.seat.edition.title,
        "place_name": place.name,
        "number": number,
        "back_href": own,
        "title": desk.matter.title,
        "covenant": found,
        "since": day_of(found.in_force_at),
        "is_late": found.affirm_by is not None and found.affirm_by < day_of(desk.at),
        "signing_now": covenants.signing_again(found),
        "newest": rounds[0],
        "rounds": [(one, day_of(one.in_force_at)) for one in rounds if one.in_force_at],
        "kept": covenants.kept(rounds),
        "breach_href": f"{reverse('portal:report', args=(place.key,))}?covenant={number}",
        "code": qr.svg(settings.ORIGIN + own, title=f"打开公约 {number}"),
        "address": settings.ORIGIN + own,
    }
    return render(request, "portal/covenant.html", context)
