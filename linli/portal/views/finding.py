"""Finding among what is public around a place: masked matters and the rules in force (检索)."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from linli.disclosure import queries as disclosure
from linli.frame import finding, paging
from linli.frame.clock import now
from linli.frame.paging import Page
from linli.matters import numbered
from linli.matters import queries as matters
from linli.methods.tokens import one_line
from linli.portal import clauses, telling
from linli.portal import here as memory
from linli.portal.here import Here
from linli.portal.surroundings import show
from linli.rulebook.asking import asked

LONGEST = 40
_FEW = 5


@require_safe
def find(request: HttpRequest, key: str) -> HttpResponse:
    """Show what is public around a place and holds some words; a whole number leads to its matter (检索)."""
    here, at = memory.at_key(key), now()
    typed = one_line(request.GET.get("q", ""), most=LONGEST)
    exact = matters.of_number(typed) if typed else None
    if exact and disclosure.titles([exact.pk]) and matters.public().filter(pk=exact.pk).exists():
        return redirect("portal:public", exact.number)
    listed = _page(here, typed, cursor=request.GET.get("from", ""))
    readings = clauses.readings(here.edition, words=typed) if typed else ()
    context = {
        "here": here,
        "typed": typed,
        "rows": telling.public_rows(listed.rows, here=here, at=at),
        "older_href": f"?{urlencode({'q': typed, 'from': listed.following})}" if listed.following else "",
        "readings": readings[:_FEW],
        "has_more_rules": len(readings) > _FEW,
    }
    return show(request, "find.html", context, here=here, at="matters")


def _page(here: Here, typed: str, *, cursor: str) -> Page[Any]:
    public = matters.public_within(here.spot.path)
    numbers = numbered.meant(typed)
    if numbers:
        return paging.page(public.filter(number__in=numbers), by=matters.NEWEST, cursor=cursor)
    terms = asked(typed)
    if not terms:
        return Page(())
    # The index knows the whole words: only what also stands in the masked ones may be found by them.
    return finding.newest(
        public.filter(disclosure.says(terms, of="publication__")),
        terms,
        by=matters.NEWEST,
        at=now(),
        column="case__tokens",
        within=(here.spot.path,),
        cursor=cursor,
    )
