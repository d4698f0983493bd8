"""Who holds which office, filled and ended by those who may; accounts for them (人员)."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.bodies import access, appointing, roster
from linli.bodies.actor import Actor
from linli.bodies.appointing import Post
from linli.console import roll
from linli.console.appointment import NEW, AccountForm, AppointForm, RelieveForm
from linli.console.keeping import keeper, tabs
from linli.console.nav import surroundings
from linli.core.masking import mask_phone
from linli.frame.clock import now, today
from linli.frame.signed_in import signed_in
from linli.people import actions as register
from linli.people import queries as people
from linli.places import queries as places
from linli.places.queries import Spot
from linli.record import queries as record
from linli.rulebook import queries as rulebook

if TYPE_CHECKING:
    from linli.bodies.models import Office
    from linli.people.models import Person

FOUND = 12


@signed_in
@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the roll of a place (名册)."""
    actor = keeper(request)
    chain = _chain(actor, request.GET.get("within", ""))
    below = places.with_children(chain[-1].path)[1:] if chain else _starts(actor)
    context: dict[str, Any] = {"tabs": tabs("people"), "below": below, "chain": (), "roll": None}
    if chain:
        edition = rulebook.current(chain[-1].pack)
        context["roll"] = roll.read(chain[-1].path, edition=edition, on=today())
        context["chain"] = [spot for spot in chain if access.leads(actor, spot.path)]
    return render(request, "console/people.html", surroundings(request, here="people") | context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def appoint(request: HttpRequest) -> HttpResponse:
    """Fill an office at a place: which one, by whom, from when (任职)."""
    actor = keeper(request)
    chain = _chain(actor, request.GET.get("place", ""))
    if not chain:
        raise Http404
    place, search = chain[-1], request.GET.get("q", "").strip()
    form = _appoint_form(request, actor, place, search=search)
    if request.method == "POST" and form.is_valid():
        office = _appoint(form, actor, place)
        messages.success(request, f"{office.title}已任职。要登录办事，请接着开账号。")
        return redirect("console:office", office.pk)
    context = {
        "form": form,
        "place": place,
        "place_words": places.full_name(chain),
        "q": search,
        "is_found": len(form.cards) > 1,
    }
    page = surroundings(request, here="people") | context
    return render(request, "console/appoint.html", page, status=422 if form.errors else 200)


@signed_in
@require_safe
@never_cache
def office(request: HttpRequest, number: int) -> HttpResponse:
    """Show one office, and what may be done about it (任职)."""
    return _office_page(request, *_load(request, number))


@signed_in
@require_POST
def relieve(request: HttpRequest, number: int) -> HttpResponse:
    """End an office (离任)."""
    actor, held = _load(request, number)
    form = RelieveForm(request.POST, today=today())
    if not form.is_valid():
        return _office_page(request, actor, held, relieve_form=form)
    until: date = form.cleaned_data["until"]
    appointing.relieve(held.pk, until=until, by=actor, at=now())
    messages.success(request, f"{held.title}任职到 {until}。")
    return redirect("console:office", held.pk)


@signed_in
@require_POST
@never_cache
def let_in(request: HttpRequest, number: int) -> HttpResponse:
    """Open an account, and show its starting password this once (开账号)."""
    actor, held = _load(request, number)
    form = AccountForm(request.POST)
    if not form.is_valid():
        return _office_page(request, actor, held, account_form=form)
    password = appointing.let_in(held.pk, username=form.cleaned_data["username"], by=actor, at=now())
    return _office_page(request, actor, held, password=password)


@signed_in
@require_POST
@never_cache
def let_in_again(request: HttpRequest, number: int) -> HttpResponse:
    """Show a new starting password in place of one that was lost (重发起始密码)."""
    actor, held = _load(request, number)
    password = appointing.let_in_again(held.pk, by=actor, at=now())
    return _office_page(request, actor, held, password=password)


@transaction.atomic
def _appoint(form: AppointForm, actor: Actor, place: Spot) -> "Office":
    told, edition = form.cleaned_data, rulebook.current(place.pack)
    group = next((body for body in roster.bodies_at(place.id) if body.pk == form.body_id), None)
    post = Post(
        office=told["office"], title=edition.offices[told["office"]].title,
        place_id=place.id, path=place.path,
        where=group.name if group else place.name, body_id=group.pk if group else None,
    )  # fmt: skip
    number = told["person"]
    if number == NEW:
        number = register.enrol(name=told["name"], phone=told["phone"].replace(" ", "")).pk
    return appointing.appoint(
        int(number), post=post, since=told["since"], by=actor, at=now(), incompatible=edition.incompatible
    )


def _appoint_form(request: HttpRequest, actor: Actor, place: Spot, *, search: str) -> AppointForm:
    edition = rulebook.current(place.pack)
    groups = [(str(body.pk), body.name) for body in roster.bodies_at(place.id)]
    offices = [
        (one.key, one.title)
        for one in edition.offices.values()
        if access.may_seat(actor, office=one.key, path=place.path)
        and (groups or one.key not in edition.body_offices)
    ]
    found = _known_to(actor).filter(name__contains=search)[:FOUND] if search else []
    if request.method == "POST" and request.POST.get("person", NEW).isdecimal():
        found = _known_to(actor).filter(pk=request.POST["person"])
    return AppointForm(
        request.POST if request.method == "POST" else None,
        offices=offices,
        bodies=groups,
        of_bodies=edition.body_offices,
        people=_cards(list(found)),
        today=today(),
        office=request.GET.get("office", ""),
        body=request.GET.get("body", ""),
    )


def _cards(found: "list[Person]") -> list[tuple[str, str, str]]:
    """Tell namesakes apart by what they do, where they live, and their number, half hidden."""
    cards = []
    for person in found:
        titles = [one.title for one in roster.held_by(person.pk, on=today())]
        home = person.lives_at.name if person.lives_at else ""
        words = "，".join(filter(None, ("、".join(titles), home, mask_phone(person.phone))))
        cards.append((str(person.pk), person.name, words))
    return cards


def _known_to(actor: Actor) -> "QuerySet[Person]":
    if actor.runs_site:
        return people.everybody()
    led = access.led_by(actor)
    return people.known_to(within=led, also=roster.people_within(led))


def _load(request: HttpRequest, number: int) -> "tuple[Actor, Office]":
    actor, held = keeper(request), roster.of_id(number)
    if held is None or not access.leads(actor, held.place.path):
        raise Http404
    return actor, held


def _office_page(
    request: HttpRequest,
    actor: Actor,
    held: "Office",
    *,
    password: str = "",
    relieve_form: Form | None = None,
    account_form: Form | None = None,
) -> HttpResponse:
    account, at = people.account_of(held.person), now()
    may_seat = access.may_seat(actor, office=held.office, path=held.place.path)
    context = {
        "held": held,
        "place_words": places.full_name(places.chain(held.place.path)),
        "phone_words": mask_phone(held.person.phone),
        "is_over": held.until is not None and held.until < today(),
        "account": account,
        "password": password,
        "may_seat": may_seat,
        "may_let_in": may_seat and appointing.may_vouch(actor, office=held, at=at),
        "may_renew": may_seat and appointing.may_renew(actor, office=held, account=account, at=at),
        "relieve_form": relieve_form or RelieveForm(today=today()),
        "account_form": account_form or AccountForm(),
        "entries": record.timeline(appointing.chain_of(held.pk), newest_first=True),
        "back_href": f"{reverse('console:people')}?within={held.place.path}",
    }
    is_wrong = bool(relieve_form or account_form)
    page = surroundings(request, here="people") | context
    return render(request, "console/office.html", page, status=422 if is_wrong else 200)


def _chain(actor: Actor, path: str) -> tuple[Spot, ...]:
    """Return the place asked for with those above it; none while a keeper of the site must choose."""
    starts = _starts(actor)
    path = path or (starts[0].path if len(starts) == 1 or not actor.runs_site else "")
    if not path:
        return ()
    chain = places.chain(path) if path.isdecimal() and access.leads(actor, path) else ()
    if not chain or chain[-1].path != path:
        raise Http404
    return chain


def _starts(actor: Actor) -> tuple[Spot, ...]:
    if actor.runs_site:
        return places.spots(places.roots())
    return tuple(places.chain(path)[-1] for path in access.led_by(actor))
