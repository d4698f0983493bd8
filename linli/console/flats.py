"""One flat: its area, its owners, who lives there, who speaks for them, near kin (房屋)."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.bodies import housing
from linli.bodies.actor import Actor
from linli.bodies.entering import actor_of
from linli.console.flat_forms import Cards, FlatForm, KinForm, OldFlatForm, WhoForm
from linli.console.nav import surroundings
from linli.console.reach import scope_of
from linli.core.masking import mask_phone
from linli.core.verdict import Refused
from linli.frame import refused as refusing
from linli.frame.clock import now, today
from linli.frame.refused import STATUS
from linli.frame.signed_in import signed_in
from linli.people import households
from linli.people import queries as people
from linli.places import dwellings
from linli.places import queries as places
from linli.rulebook import queries as rulebook

if TYPE_CHECKING:
    from linli.people.models import Person
    from linli.places.models import Dwelling

FOUND = 12
PARTS = {"owner": "业主", "member": "家庭成员", "kin": "近亲属"}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def new(request: HttpRequest) -> HttpResponse:
    """Write down a flat that is not on the roll yet (登记房屋)."""
    scope = scope_of(request)
    housing.may_stand(scope.place.kind).require()
    form = FlatForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            flat = housing.enter(scope.place.id, form.described, by=scope.actor, at=now())
        except Refused as refused:
            form.add_error(None, [str(one) for one in refused.refusals])
        else:
            messages.success(request, f"已登记{flat.label}。接着登记业主和住户。")
            return redirect("console:flat", flat.pk)
    page = surroundings(request, here="deciding") | {"scope": scope, "form": form}
    return render(request, "console/flat_new.html", page, status=STATUS if form.errors else 200)


@signed_in
@require_safe
@never_cache
def show(request: HttpRequest, number: int) -> HttpResponse:
    """Show a flat to whoever serves there (房屋)."""
    return _page(request, _load(request, number))


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def person(request: HttpRequest, number: int, part: str) -> HttpResponse:
    """Find or enter somebody who owns a flat, lives there, or is near kin of one who does (登记人)."""
    flat, actor = _load(request, number), actor_of(request)
    if part not in PARTS:
        raise Http404
    typed = request.GET.get("q", "").strip()
    form = _who_form(request, actor, flat, part=part, typed=typed)
    if request.method == "POST" and form.is_valid():
        try:
            _add(form, flat, part=part, by=actor, at=now())
        except Refused as refused:
            form.add_error(None, [str(one) for one in refused.refusals])
        else:
            messages.success(request, f"已登记{PARTS[part]}。")
            return redirect("console:flat", number)
    context = {
        "flat": flat,
        "part": part,
        "title": PARTS[part],
        "form": form,
        "typed": typed,
        "is_found": len(form.cards) > 1,
        "place_words": places.full_name(places.chain(flat.place_path)),
    }
    page = surroundings(request, here="deciding") | context
    return render(request, "console/flat_person.html", page, status=STATUS if form.errors else 200)


@signed_in
@require_POST
def act(request: HttpRequest, number: int, act: str) -> HttpResponse:
    """Put right what stands of a flat (更正名册)."""
    flat, actor = _load(request, number), actor_of(request)
    if act == "describe":
        return _describe(request, flat, by=actor)
    if act not in _ACTS:
        raise Http404
    try:
        said = _ACTS[act](flat.pk, request.POST, actor, now())
    except Refused as refused:
        back = reverse("console:flat", args=(number,))
        return refusing.refusal(request, refused.refusals, pack=flat.place.pack, back_href=back)
    messages.success(request, said)
    if act == "strike_out":
        return redirect(f"{reverse('console:flats')}?within={flat.place_path}")
    return redirect("console:flat", number)


def _describe(request: HttpRequest, flat: "Dwelling", *, by: Actor) -> HttpResponse:
    form = OldFlatForm(request.POST)
    if not form.is_valid():
        return _page(request, flat, form=form)
    housing.describe(flat.pk, form.described, by=by, at=now())
    messages.success(request, "已更正。")
    return redirect("console:flat", flat.pk)


def _owner(number: int, sent: QueryDict, by: Actor, at: datetime) -> str:
    housing.remove_owner(number, _number(sent, "person"), by=by, at=at)
    return "已删去这位业主。"


def _member(number: int, sent: QueryDict, by: Actor, at: datetime) -> str:
    housing.remove_member(number, _number(sent, "person"), by=by, at=at)
    return "已从这一户删去。"


def _delegate(number: int, sent: QueryDict, by: Actor, at: datetime) -> str:
    housing.name_delegate(number, _number(sent, "person"), law=rulebook.law(), by=by, at=at)
    return "已定为户代表。"


def _kin(number: int, sent: QueryDict, by: Actor, at: datetime) -> str:
    housing.unrelate(number, _number(sent, "one"), _number(sent, "other"), by=by, at=at)
    return "已删去这一对近亲属。"


def _flat(number: int, _sent: QueryDict, by: Actor, at: datetime) -> str:
    housing.strike_out(number, by=by, at=at)
    return "已从名册删去这套房屋。"


_ACTS: Mapping[str, Callable[[int, QueryDict, Actor, datetime], str]] = {
    "remove_owner": _owner,
    "remove_member": _member,
    "delegate": _delegate,
    "unrelate": _kin,
    "strike_out": _flat,
}


@transaction.atomic
def _add(form: WhoForm, flat: "Dwelling", *, part: str, by: Actor, at: datetime) -> None:
    newcomer = form.newcomer
    home = flat.place_id if part == "member" else None
    number = housing.enrol(newcomer, lives_at=home).pk if newcomer else int(form.cleaned_data["person"])
    if part == "owner":
        housing.add_owner(flat.pk, number, by=by, at=at)
    elif part == "member":
        housing.add_member(flat.pk, number, by=by, at=at)
    else:
        said = form.cleaned_data
        housing.relate(flat.pk, said["of"], number, relation=said["relation"], by=by, at=at)


def _who_form(request: HttpRequest, actor: Actor, flat: "Dwelling", *, part: str, typed: str) -> WhoForm:
    sent = request.POST if request.method == "POST" else None
    known = households.within(*actor.reach())
    found: list[Person] = list(known.filter(people.called(typed))[:FOUND]) if typed else []
    if sent is not None and sent.get("person", "").isdecimal():
        found = list(known.filter(pk=sent["person"]))
    cards = _cards(found)
    if part == "kin":
        return KinForm(sent, people=cards, today=today(), of=_of_flat(flat.pk))
    return WhoForm(sent, people=cards, today=today(), asks_age=part == "member")


def _cards(found: "list[Person]") -> Cards:
    """Tell namesakes apart by where they live, their year of birth, and their number, half hidden."""
    return [(str(one.pk), one.name, "，".join(filter(None, _told(one)))) for one in found]


def _told(one: "Person") -> tuple[str, ...]:
    home = one.lives_at.name if one.lives_at else ""
    return home, f"{one.born_in} 年生" if one.born_in else "", mask_phone(one.phone)


def _of_flat(number: int) -> list[tuple[int, str]]:
    living = {one.person_id: one.person.name for one in households.members(number)}
    owning = {one.person_id: one.person.name for one in households.owners(number)}
    return list((living | owning).items())


def _page(request: HttpRequest, flat: "Dwelling", *, form: Form | None = None) -> HttpResponse:
    members, owners = households.members(flat.pk), households.owners(flat.pk)
    everybody = {one.person_id for one in members} | {one.person_id for one in owners}
    context: dict[str, Any] = {
        "flat": flat,
        "area": housing.metres(flat.area),
        "place_words": places.full_name(places.chain(flat.place_path)),
        "owners": [(one.person, mask_phone(one.person.phone)) for one in owners],
        "members": [(one.person, mask_phone(one.person.phone), one.is_delegate) for one in members],
        "kin": households.kin_of(*everybody),
        "form": form or OldFlatForm(initial=_initial(flat)),
        "history": housing.history(flat.pk),
    }
    page = surroundings(request, here="deciding") | context
    return render(request, "console/flat.html", page, status=STATUS if form else 200)


def _initial(flat: "Dwelling") -> dict[str, str]:
    area = housing.plain_metres(flat.area) if flat.area else ""
    return {"area": area, "area_source": flat.area_source, "developer": flat.developer}


def _load(request: HttpRequest, number: int) -> "Dwelling":
    flat = dwellings.of_id(number)
    if flat is None or not housing.may_keep(actor_of(request), flat.place_path):
        raise Http404
    return flat


def _number(sent: QueryDict, name: str) -> int:
    said = sent.get(name, "")
    if not (said.isascii() and said.isdecimal()):
        raise Http404
    return int(said)
