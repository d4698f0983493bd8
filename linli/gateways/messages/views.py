"""The pages of carriers, and of how one wants to be reached (消息)."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from linli.bodies.entering import actor_of
from linli.console.keeping import keeper, tabs
from linli.console.nav import surroundings
from linli.core.verdict import Refused
from linli.frame.clock import now
from linli.frame.refused import STATUS
from linli.frame.signed_in import signed_in
from linli.gateways.choices import Carried
from linli.gateways.messages import actions, queries
from linli.gateways.messages.forms import CarrierForm, ReachingForm
from linli.gateways.placed import spots_of


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def carriers(request: HttpRequest) -> HttpResponse:
    """Show by which ways letters go out, or set one up (消息通道)."""
    actor = keeper(request)
    form = CarrierForm(request.POST if request.method == "POST" else None, spots=spots_of(actor))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.set_up(Carried(said["kind"]), said["url"], within=form.spot, by=actor, at=now())
        except Refused as refused:
            form.add_error("url", "".join(str(one) for one in refused.refusals))
        else:
            messages.success(request, "已设置。选了这种方式的人，新的信件会发过去。")
            return redirect("gateways:carriers")
    rows, lost = queries.led_by(actor), queries.given_up()
    context = {"tabs": tabs("carriers"), "rows": rows, "form": form, "lost": lost}
    page = surroundings(request, here="people") | context
    return render(request, "gateways/carriers.html", page, status=STATUS if form.errors else 200)


@signed_in
@require_POST
def stop(request: HttpRequest, number: int) -> HttpResponse:
    """Send nothing more through a carrier (停用通道)."""
    actor = keeper(request)
    carrier = queries.led_by(actor).filter(pk=number).first()
    if carrier is None:
        raise Http404
    actions.stop(carrier, by=actor, at=now())
    messages.success(request, "已停用。")
    return redirect("gateways:carriers")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def reaching(request: HttpRequest) -> HttpResponse:
    """Show how I am reached besides the product, or change it (收信方式)."""
    actor = actor_of(request)
    if not actor.is_staff:
        raise Http404
    me = actor.person_id or 0
    path = actions.path_of(me, at=now())
    kinds = tuple(queries.serving(path))
    form = ReachingForm(
        request.POST if request.method == "POST" else None, kinds=kinds, chosen=queries.chosen_by(me)
    )
    if request.method == "POST" and form.is_valid():
        actions.choose(form.cleaned_data["kind"], by=actor, path=path)
        messages.success(request, "已记下。")
        return redirect("gateways:reaching")
    page = surroundings(request, here="letters") | {"form": form, "kinds": kinds}
    return render(request, "gateways/reaching.html", page, status=STATUS if form.errors else 200)
