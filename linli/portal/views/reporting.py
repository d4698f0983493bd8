"""Reporting a concern in under a minute (我要反映)."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.bodies.entering import actor_of, trade_of
from linli.cases.actions import reporting
from linli.cases.actions.reporting import Report
from linli.cases.kinds import ConcernKind
from linli.cases.likeness import Alike
from linli.deliberation import covenants
from linli.frame import phone, qr, throttle
from linli.frame.clock import now
from linli.frame.once import once
from linli.frame.refused import wrong
from linli.places import queries as places
from linli.portal import drawing, sending
from linli.portal import here as memory
from linli.portal import joining as alike
from linli.portal.drawing import Ground
from linli.portal.forms import KINDS, MOST_PHOTOS, ReportForm, RiderForm, new_key
from linli.portal.here import Here
from linli.portal.surroundings import show
from linli.portal.views import joining

if TYPE_CHECKING:
    from linli.matters.models import Matter

_PLATFORM = "关于这个平台："


@once
@phone.kept_on_phone
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def report(request: HttpRequest, key: str) -> HttpResponse:
    """Show the form, or take a concern in and lead to its own page (我要反映)."""
    return _answer(request, memory.at_key(key), make=ReportForm, shown="report.html")


@once
@phone.kept_on_phone
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def riders(request: HttpRequest, key: str) -> HttpResponse:
    """Take a concern in from somebody on the road, in as few words as they have time for (骑手随手报)."""
    here = memory.at_key(key)
    make = partial(RiderForm, trades=here.edition.trades.items())
    return _answer(request, here, make=make, shown="riders.html")


@require_safe
def poster(request: HttpRequest, key: str) -> HttpResponse:
    """Print what hangs where riders wait: the code that opens their page (骑手随手报海报)."""
    here = memory.at_key(key)
    address = settings.ORIGIN + reverse("portal:riders", args=(here.spot.key,))
    context = {
        "issuer": here.edition.title,
        "place_name": here.spot.name,
        "back_href": reverse("portal:riders", args=(here.spot.key,)),
        "trades": tuple(here.edition.trades.values()),
        "telephone": here.edition.telephone,
        "code": qr.svg(address, title=f"打开{here.spot.name}的骑手随手报"),
        "address": address,
    }
    return render(request, "portal/riders_poster.html", context)


def _answer(request: HttpRequest, here: Here, *, make: Callable[..., ReportForm], shown: str) -> HttpResponse:
    ground = drawing.survey(here)
    spots = [(area.key, area.name) for area in ground.choices]
    if request.method != "POST":
        return _page(request, here, ground, make(initial=_initial(request), spots=spots), shown=shown)
    form = make(request.POST, request.FILES, spots=spots)
    if form.is_valid() and throttle.is_too_often(request, act="report"):
        form.add_error(None, f"同一网络短时间内提交太多了，请过几分钟再试，或者打 {here.edition.telephone}。")
    if form.errors and phone.is_sent_later(request):
        return wrong(form)
    if form.errors:
        return _page(request, here, ground, form, shown=shown, status=422)
    if form.cleaned_data["join"]:
        return joining.enter(
            request,
            form.cleaned_data["join"],
            form.voice,
            form.photos,
            covenant=form.cleaned_data["covenant"],
        )
    if not (form.cleaned_data["looked"] or phone.key_of(request)):
        found = _likely(here, ground, form)
        if found:
            return _page(request, here, ground, form, shown=shown, found=found)
    matter = _send(request, here, ground, form)
    return redirect(f"{reverse('portal:follow', args=(matter.token,))}?sent=1")


@require_POST
@never_cache
def similar(request: HttpRequest, key: str) -> HttpResponse:
    """Show, while somebody still writes, the public matters it may be about (相似)."""
    here = memory.at_key(key)
    ground = drawing.survey(here)
    form = ReportForm(request.POST, spots=[(area.key, area.name) for area in ground.choices])
    form.is_valid()
    found = () if throttle.is_too_often(request, act="similar") else _likely(here, ground, form)
    return render(request, "portal/parts/similar.html", {"similar": alike.cards(found)})


@require_safe
def complain(request: HttpRequest) -> HttpResponse:
    """Lead to the form for a complaint about the platform itself (平台问题投诉)."""
    mine = memory.remembered(request) or memory.at_work(actor_of(request))
    if mine is None:
        return redirect(f"{reverse('portal:choose')}?then=complain")
    return redirect(f"{reverse('portal:report', args=(mine.spot.key,))}?about=platform")


def _initial(request: HttpRequest) -> dict[str, object]:
    if request.GET.get("about") == "platform":
        return {"kind": ConcernKind.SUGGESTION, "words": _PLATFORM, "once": new_key()}
    covenant = covenants.in_force(request.GET.get("covenant", ""))
    if covenant is not None:
        matter = covenant.topic.matter
        words = f"有人没有遵守《{matter.title}》（{matter.number}）："
        about: dict[str, object] = {"kind": ConcernKind.COMPLAINT, "words": words, "covenant": matter.number}
        return about | {"once": new_key(), "name": actor_of(request).name}
    return {
        "kind": request.GET.get("kind", ""),
        "once": new_key(),
        "name": actor_of(request).name,
        "trade": request.GET.get("trade") or trade_of(request),
    }


def _page(
    request: HttpRequest,
    here: Here,
    ground: Ground,
    form: ReportForm,
    *,
    shown: str,
    found: tuple[Alike, ...] = (),
    status: int = 200,
) -> HttpResponse:
    drawn = drawing.to_choose_from(ground)
    context = {
        "here": here,
        "form": form,
        "kinds": KINDS,
        "drawn": drawn,
        "most_photos": MOST_PHOTOS,
        "photos_again": bool(request.FILES),
        "similar": alike.cards(found),
    }
    return show(request, shown, context, here=here, at="report", status=status)


def _likely(here: Here, ground: Ground, form: ReportForm) -> tuple[Alike, ...]:
    given = form.cleaned_data
    spot = _spot(ground, given.get("spot_x"), given.get("spot_y"))
    spots = _spots(here, ground, given.get("spot", ""), spot)
    return alike.likely(given, here=here, spots=spots, spot=spot, at=now())


def _send(request: HttpRequest, here: Here, ground: Ground, form: ReportForm) -> "Matter":
    given, actor = form.cleaned_data, actor_of(request)
    spot = _spot(ground, given["spot_x"], given["spot_y"])
    told = Report(
        subject="concern",
        spots=_spots(here, ground, given["spot"], spot),
        words=given["words"],
        channel="web",
        concern_kind=given["kind"],
        external_ref=reporting.sending(given["once"], words=given["words"]),
        contact_name=given["name"],
        contact_phone=given["phone"],
        spot=spot,
        place_words=given["place_words"],
        raised_by=actor.person_id,
        is_public=given["open"],
        trade=given.get("trade") or trade_of(request),
    )
    return sending.send(told, photos=form.photos, by=actor, at=now(), covenant=given["covenant"])


def _spot(ground: Ground, x: int | None, y: int | None) -> tuple[int, int] | None:
    """Take the pin from the sheet back to metres."""
    if not ground.areas or x is None or y is None:
        return None
    return drawing.fit(ground).metres((x, y))


def _spots(here: Here, ground: Ground, chosen: str, spot: tuple[int, int] | None) -> tuple[places.Spot, ...]:
    """Return the chain of the place that was chosen, or of the smallest one around the pin, or of here."""
    area = next((one for one in ground.areas if one.key == chosen), None)
    if area is None and spot is not None:
        area = ground.locate(spot)
    return places.chain(area.path) if area else here.spots
