"""How it works, whom to call, what happens to what is told, and how to complain about it (帮助)."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from linli.portal import here as memory
from linli.portal import office
from linli.portal.surroundings import show


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Explain the residents' door on one page (帮助)."""
    mine = memory.remembered(request)
    context = {"here": mine, "telephones": office.telephones(mine) if mine else ()}
    return show(request, "help.html", context, here=mine)
