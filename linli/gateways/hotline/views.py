"""The page on which the words of a hotline are matched with ours (对照)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from linli.console.keeping import keeper
from linli.console.nav import surroundings
from linli.frame.clock import now
from linli.frame.refused import STATUS
from linli.frame.signed_in import signed_in
from linli.gateways.choices import Facet
from linli.gateways.hotline import matching
from linli.gateways.hotline.forms import MatchesForm, NewMatchForm
from linli.gateways.systems import access, queries
from linli.rulebook import queries as rulebook


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def matches(request: HttpRequest, number: int) -> HttpResponse:
    """Show what a system's words are called here, or change it (对照)."""
    actor, system = keeper(request), queries.of_id(number)
    if system is None or not access.may_connect(actor, path=system.place_path):
        raise Http404
    is_new = "theirs" in request.POST
    rows = list(matching.of_system(system))
    edition = rulebook.current(system.pack)
    options = {facet: matching.options(facet, system=system, edition=edition) for facet in Facet}
    sent = request.POST if request.method == "POST" else None
    form = MatchesForm(None if is_new else sent, rows=rows, options=options)
    new_form = NewMatchForm(sent if is_new else None)
    chosen = _chosen(new_form if is_new else form)
    if chosen is not None:
        matching.settle(system, chosen, by=actor, at=now())
        messages.success(request, "对照已改，以后转来的按新的对。")
        return redirect("gateways:matches", number)
    unmatched = sum(not row.ours for row in rows)
    context = {"system": system, "form": form, "new_form": new_form, "unmatched": unmatched}
    page = surroundings(request, here="people") | context
    status = STATUS if form.errors or new_form.errors else 200
    return render(request, "gateways/matches.html", page, status=status)


def _chosen(form: MatchesForm | NewMatchForm) -> list[tuple[Facet, str, str]] | None:
    if not form.is_bound or not form.is_valid():
        return None
    if isinstance(form, MatchesForm):
        return form.changed
    said = form.cleaned_data
    return [(Facet(said["facet"]), said["theirs"].strip(), "")]
