"""Writing down what was found in the grid, and what somebody said at the window (发现、代为登记)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from linli.bodies.actor import Actor, OfficeHeld
from linli.bodies.entering import actor_of, trade_of
from linli.cases.actions import finding, reporting
from linli.cases.actions.reporting import Report
from linli.cases.actions.stepping import Said
from linli.console import joining, plan, posts
from linli.console.forms import FoundForm, IntakeForm, PlaceField, ReceptionForm, TellingForm
from linli.console.nav import surroundings
from linli.console.plan import Drawing
from linli.console.reach import seat_of
from linli.core.verdict import Refused
from linli.frame import phone
from linli.frame import refused as refusing
from linli.frame.clock import now
from linli.frame.once import once
from linli.frame.refused import STATUS, wrong
from linli.frame.signed_in import signed_in
from linli.handoffs import meeting_to_case
from linli.matters.actions.following import Voice
from linli.matters.choices import Channel
from linli.places import queries as places
from linli.places.path import is_within, paths_above
from linli.places.queries import Spot
from linli.rulebook import queries as rulebook

if TYPE_CHECKING:
    from linli.matters.models import Matter
    from linli.meetings.models import Meeting

MOST_PLACES = 400
# The names under which the device keeps what is half written.
FOUND, TAKEN_IN = "found", "taken-in"


@once
@phone.kept_on_phone
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def found(request: HttpRequest) -> HttpResponse:
    """Show the form for something found in my grid, or take it in with its first act (发现问题)."""
    actor = actor_of(request)
    held = next(iter(posts.walking(actor)), None)
    if held is None:
        raise Http404
    ground = _ground(held)
    drawing = plan.draw(ground[-1], to_choose=True)
    form = _found_form(request, held, drawing)
    context: dict[str, Any] = {"form": form, "drawing": drawing, "grid_name": held.place_name}
    if request.method == "POST" and form.is_valid():
        found = _to_look_at(request, actor)
        if found:
            return _page(request, "console/found.html", context | {"alike": found}, form, here="today")
        try:
            matter = _find(request, form, actor, drawing, ground=ground)
        except Refused as refused:
            form.add_error(None, "".join(str(one) for one in refused.refusals))
        else:
            messages.success(request, _noted("已记下", matter))
            answer = redirect(f"{reverse('console:today')}?sent={FOUND}")
            answer.headers["Content-Location"] = reverse("console:matter", args=(matter.number,))
            return answer
    return _page(request, "console/found.html", context, form, here="today")


@once
@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def taken_in(request: HttpRequest) -> HttpResponse:
    """Show the form for a concern of somebody else, or take it in (代为登记)."""
    actor = actor_of(request)
    try:
        reception = _reception(request, actor)
    except Refused as refused:
        pack, back = seat_of(request).edition.key, reverse("console:meetings")
        return refusing.refusal(request, refused.refusals, pack=pack, back_href=back)
    held = _taking_in(actor, reception)
    if held is None:
        raise Http404
    make = ReceptionForm if reception else IntakeForm
    form = make(rulebook.current(held.pack), place=_place_within(held), **_sent(request))
    if request.method == "POST" and form.is_valid():
        found = () if reception else _to_look_at(request, actor)
        if found:
            return _page(request, "console/taken_in.html", {"form": form, "alike": found}, form, here="inbox")
        if request.POST.get("join"):
            said = form.cleaned_data
            voice = Voice(None, said["name"], said["phone"], said["words"][: joining.MOST_WORDS])
            matter = joining.add(request.POST["join"], voice, by=actor, photos=said["photos"])
            messages.success(request, f"已加到 {matter.number}，现在有 {matter.joined} 人也遇到。")
            return redirect(f"{reverse('console:matter', args=(matter.number,))}?sent={TAKEN_IN}")
        if reception:
            matter = _receive(reception, form, actor)
            messages.success(request, f"已登记，编号 {matter.number}，记在这次接待名下。")
            return redirect("console:meeting", reception.number)
        matter = _take_in(form, actor, at=now())
        messages.success(request, f"已登记，编号 {matter.number}。请把编号告诉来反映的人。")
        return redirect(f"{reverse('console:matter', args=(matter.number,))}?sent={TAKEN_IN}")
    context = {"form": form, "reception": reception}
    return _page(request, "console/taken_in.html", context, form, here="inbox")


@signed_in
@require_safe
def guess(request: HttpRequest) -> HttpResponse:
    """Suggest a category for words that are still being written (分类建议)."""
    actor = actor_of(request)
    held = next(iter((*posts.walking(actor), *posts.taking_in(actor))), None)
    if held is None:
        raise Http404
    words = request.GET.get("words", "")
    form = TellingForm(rulebook.current(held.pack), place=_place_within(held))
    if words:
        form.guess(words)
    return render(request, "console/parts/guess.html", {"form": form})


def _page(
    request: HttpRequest, template: str, context: dict[str, Any], form: TellingForm, *, here: str
) -> HttpResponse:
    if form.is_bound and phone.is_sent_later(request):
        return wrong(form)
    status = STATUS if form.errors else 200
    return render(request, template, surroundings(request, here=here) | context, status=status)


def _to_look_at(request: HttpRequest, actor: Actor) -> tuple[tuple[str, str, str], ...]:
    """Offer what is alike, once; a phone that sends what it kept has nobody looking."""
    if request.POST.get("looked") or request.POST.get("join") or phone.key_of(request):
        return ()
    return joining.cards(joining.likely(actor, request.POST.dict()))


def _found_form(request: HttpRequest, held: OfficeHeld, drawing: Drawing | None) -> FoundForm:
    edition = rulebook.current(held.pack)
    shapes = {shape.key: shape.label for shape in drawing.shapes} if drawing else {}
    return FoundForm(
        edition,
        acts=posts.acts_on_the_spot(edition, held.office),
        place=PlaceField(
            places=lambda: [*shapes.items()],
            chain=lambda key: places.chain_of(key) if key in shapes else (),
        ),
        **_sent(request),
    )


def _noted(words: str, matter: "Matter") -> str:
    """Say that it was written down, with the way to it."""
    href = reverse("console:matter", args=(matter.number,))
    return format_html('{}，编号 <a href="{}">{}</a>。', words, href, matter.number)


def _find(
    request: HttpRequest, form: FoundForm, actor: Actor, drawing: Drawing | None, *, ground: tuple[Spot, ...]
) -> "Matter":
    said, at = form.cleaned_data, now()
    if request.POST.get("join"):
        voice = Voice(actor.person_id, words=said["words"][: joining.MOST_WORDS])
        return joining.add(request.POST["join"], voice, by=actor, photos=said["photos"])
    point = drawing.sheet.metres(form.point) if drawing and form.point else None
    told = Report(
        subject="incident",
        spots=form.spots or ground,
        words=said["words"],
        channel=Channel.GRID,
        category=form.chosen_category,
        external_ref=reporting.sending(said["once"], words=said["words"]),
        place_words=said["place_words"],
        spot=point,
        raised_by=actor.person_id,
        trade=trade_of(request),
    )
    done = Said(words=said["done"], noted=phone.kept(request, at=at).figures)
    return finding.find(told, by=actor, at=at, then=said["then"], said=done, photos=said["photos"])


def _take_in(form: IntakeForm, actor: Actor, *, at: datetime) -> "Matter":
    said = form.cleaned_data
    told = Report(
        subject="concern",
        spots=form.spots,
        words=said["words"],
        channel=said["channel"],
        concern_kind=said["kind"],
        category=form.chosen_category,
        external_ref=said["external_ref"] or reporting.sending(said["once"], words=said["words"]),
        contact_name=said["name"],
        contact_phone=said["phone"],
        place_words=said["place_words"],
    )
    return finding.find(told, by=actor, at=at, photos=said["photos"])


def _reception(request: HttpRequest, actor: Actor) -> "Meeting | None":
    """Return the reception at which somebody brings what is written down, if one was named (接待)."""
    number = request.GET.get("meeting", "")
    if not number:
        return None
    return meeting_to_case.require_receiving(number, by=actor, at=now()).meeting


def _taking_in(actor: Actor, reception: "Meeting | None") -> OfficeHeld | None:
    """Return the office as which somebody writes down: at a reception any that they hold there."""
    if reception is None:
        return next(iter(posts.taking_in(actor)), None)
    return next((held for held in actor.offices if is_within(reception.place_path, held.place_path)), None)


def _receive(reception: "Meeting", form: IntakeForm, actor: Actor) -> "Matter":
    at = now()
    return meeting_to_case.receive(reception.number, lambda: _take_in(form, actor, at=at), by=actor, at=at)


def _ground(held: OfficeHeld) -> tuple[Spot, ...]:
    """Return the place of an office with its ancestors, from the root down."""
    return places.chain(held.place_path)


def _place_within(held: OfficeHeld) -> PlaceField:
    """Offer the places within an office's place."""
    return PlaceField(places=lambda: _choices(held), chain=lambda key: _chain_within(held, key))


def _chain_within(held: OfficeHeld, key: str) -> tuple[Spot, ...]:
    chain = places.chain_of(key)
    return chain if chain and is_within(chain[-1].path, held.place_path) else ()


def _choices(held: OfficeHeld) -> list[tuple[str, str]]:
    """List the places within an office's place by their full names, the larger ones when there are many."""
    inside = places.spots(places.within(held.place_path)[:MOST_PLACES])
    names = {spot.path: spot.name for spot in inside}
    width = len(held.place_path)
    return [(spot.key, _full_name(spot.path, names, width)) for spot in inside]


def _full_name(path: str, names: dict[str, str], width: int) -> str:
    above = [names[one] for one in paths_above(path) if one in names and len(one) > width]
    return " ".join(above) or names[path]


def _sent(request: HttpRequest) -> dict[str, object]:
    return {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
