"""Which pages of the residents' door a phone keeps, and what waits on it to be sent (离线页面)."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from linli.frame.phone import kept_on_phone
from linli.portal import here as memory
from linli.portal.surroundings import show


@require_safe
@never_cache
def pages(request: HttpRequest) -> HttpResponse:
    """List the pages that a resident's phone should have with it: the home and the form of its place."""
    mine = memory.remembered(request)
    own = [mine.home, reverse("portal:report", args=(mine.spot.key,))] if mine else []
    return JsonResponse({"pages": [(page, "") for page in (reverse("portal:unsent"), *own)]})


@kept_on_phone
@require_safe
@never_cache
def unsent(request: HttpRequest) -> HttpResponse:
    """Show what was written without a network and waits on this phone (待发送)."""
    return show(request, "unsent.html", {}, here=memory.remembered(request), at="mine")
