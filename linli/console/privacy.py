"""What people ask about their data, who looks at it, and what has had its time (个人信息)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.bodies import access
from linli.bodies.actor import Actor
from linli.console.keeping import keeper, tabs
from linli.console.nav import surroundings
from linli.core.masking import mask_name
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.frame import refused as refusing
from linli.frame.clock import now
from linli.frame.paging import page
from linli.frame.signed_in import signed_in
from linli.handoffs import clearing, person_claims
from linli.people import queries as people
from linli.privacy import queries
from linli.privacy.kinds import Item, Ruling, Wish
from linli.record import queries as record

if TYPE_CHECKING:
    from linli.privacy.models import Claim, Look

_MOST_CLAIMS = 100
_LOOKS = 30
_RUNS = 5
_MOST_WORDS = 400


class RulingForm(forms.Form):
    """How a claim is answered (答复)."""

    ruling = forms.ChoiceField(
        label="怎么答复",
        choices=[
            (Ruling.GRANTED.value, "照办"),
            (Ruling.PARTLY.value, "部分照办"),
            (Ruling.REFUSED.value, "不予办理"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "选一项答复。", "invalid_choice": "没有这一项，请重新选。"},
    )
    words = forms.CharField(
        label="理由和结果",
        help_text="本人会看到。不予办理的，写明依据哪一条。",
        max_length=_MOST_WORDS,
        widget=forms.Textarea,
        error_messages={
            "required": "还没有写理由。",
            "max_length": "最多 %(limit_value)d 字，现在有 %(show_value)d 字，请删减一些。",
        },
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """A claim as a line of the list (申请)."""

    href: str
    wish: str
    who: str
    claim: "Claim"


@dataclass(frozen=True, slots=True)
class Seen:
    """A look as a line of the list (查看)."""

    who: str
    office: str
    item: str
    reason: str
    number: str
    look: "Look"


@signed_in
@require_safe
@never_cache
def show(request: HttpRequest) -> HttpResponse:
    """List the claims that wait, who looked, and what is about to be cleared (个人信息)."""
    actor, at = keeper(request), now()
    paths = _paths(actor)
    waiting = queries.claims_within(paths).filter(decided_at=None).order_by("due_at", "pk")
    listed = page(queries.looks_within(paths), by="-at", cursor=request.GET.get("from", ""), size=_LOOKS)
    flurries = queries.flurries(paths, at=at)
    names = people.names([one.by for one in listed.rows] + [one.by for one in flurries])
    context = {
        "tabs": tabs("privacy"),
        "claims": [_asked(one) for one in waiting[:_MOST_CLAIMS]],
        "looks": _seen(listed.rows, names),
        "flurries": [(names.get(one.by, ""), one) for one in flurries],
        "most": queries.rule(queries.LOOKING).count("looks_an_hour"),
        "older_href": f"?from={listed.following}#looks" if listed.following else "",
        "newer_href": "?#looks" if request.GET.get("from") else "",
        "coming": clearing.foresee(at=at) if actor.runs_site else None,
        "runs": record.timeline(clearing.CHAIN, limit=_RUNS, newest_first=True) if actor.runs_site else (),
        "keeping": queries.rule(queries.KEEPING),
    }
    return render(request, "console/privacy.html", surroundings(request, here="people") | context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def claim(request: HttpRequest, number: int) -> HttpResponse:
    """Show a claim to whoever leads the place, and answer it (答复申请)."""
    actor, found = keeper(request), queries.claim(number)
    if found is None or not access.leads(actor, found.place_path):
        raise Http404
    form = RulingForm(request.POST if request.method == "POST" else None)
    refusals: tuple[Refusal, ...] = ()
    if form.is_bound and form.is_valid():
        try:
            _answer(found, form, actor)
        except Refused as refused:
            refusals = refused.refusals
        else:
            messages.success(request, "已答复，本人看得到。")
            return redirect("console:claim", found.pk)
    context = {
        "claim": found,
        "wish": Wish(found.wish).label,
        "who": _who(found),
        "matter_href": reverse("console:matter", args=(found.number,)) if found.number else "",
        "staying": () if found.ruling else person_claims.must_stay(found),
        "entries": record.timeline(f"claim-{found.pk}"),
        "form": form,
        "refusals": refusals,
    }
    status = refusing.STATUS if form.errors or refusals else 200
    page_of = surroundings(request, here="people") | context
    return render(request, "console/claim.html", page_of, status=status)


@signed_in
@require_POST
@never_cache
def clear(request: HttpRequest) -> HttpResponse:
    """Clear at once what has had its time (现在清理)."""
    actor = keeper(request)
    if not actor.runs_site:
        raise Http404
    done = clearing.clear(at=now(), by=actor.person_id, office="系统管理员")
    said = "；".join(f"{name} {number}" for name, number in done.figures)
    messages.success(request, f"清理好了：{said}。")
    return redirect("console:privacy")


def _answer(found: "Claim", form: RulingForm, actor: Actor) -> None:
    told = form.cleaned_data
    person_claims.answer(found.pk, ruling=Ruling(told["ruling"]), words=told["words"], by=actor, at=now())


def _paths(actor: Actor) -> tuple[str, ...]:
    return () if actor.runs_site else access.led_by(actor)


def _asked(one: "Claim") -> Asked:
    return Asked(reverse("console:claim", args=(one.pk,)), Wish(one.wish).label, _who(one), one)


def _who(one: "Claim") -> str:
    name = mask_name(one.person.name) if one.person else ""
    return name or f"{one.number} 的反映人"


def _seen(rows: "tuple[Look, ...]", names: dict[int, str]) -> list[Seen]:
    reasons = queries.reasons()
    return [
        Seen(
            who=names.get(one.by, ""),
            office=one.office,
            item=Item(one.item).label,
            reason=reasons.get(one.reason, one.reason),
            number=one.number,
            look=one,
        )
        for one in rows
    ]
