"""Joining a matter instead of repeating it, and following what one joined (我也遇到)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.appraisal import actions as appraisal
from linli.appraisal import queries as ratings
from linli.bodies.entering import actor_of
from linli.cases.actions import attaching
from linli.core.verdict import Verdict
from linli.deliberation.actions import breaching
from linli.disclosure import queries as disclosure
from linli.frame import qr, throttle
from linli.frame.clock import now
from linli.frame.refused import STATUS
from linli.matters import followers
from linli.matters import queries as matters
from linli.matters.actions import following
from linli.matters.actions.following import Voice
from linli.places import queries as places
from linli.portal import joining
from linli.portal.forms import MOST_PHOTOS, JoinForm, RateJoinedForm
from linli.portal.here import Here
from linli.portal.surroundings import show
from linli.rulebook import queries as rulebook

if TYPE_CHECKING:
    from linli.frame.upload import Photo
    from linli.matters.models import Follower, Matter

_TOO_OFTEN = "同一网络短时间内提交太多了，请过几分钟再试。"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def join(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for a few words and a photo, or join a public matter and lead to its own page (我也遇到)."""
    matter = matters.of_number(number)
    shown = disclosure.of_matter(matter.pk) if matter else None
    if matter is None or shown is None:
        raise Http404
    form = JoinForm(request.POST or None, request.FILES or None, initial={"name": actor_of(request).name})
    verdict = _may(request, matter)
    if request.method == "POST" and form.is_valid() and verdict:
        if throttle.is_too_often(request, act="join"):
            form.add_error(None, _TOO_OFTEN)
        else:
            return enter(request, number, form.voice, form.photos_taken)
    context = {
        "matter": matter,
        "shown": shown,
        "form": form,
        "most_photos": MOST_PHOTOS,
        "refusals": () if verdict else verdict.refusals,
        "pack": matter.pack,
    }
    status = STATUS if form.errors or not verdict else 200
    return show(request, "join.html", context, here=_here(matter), at="matters", status=status)


def enter(
    request: HttpRequest, number: str, voice: Voice, photos: "Sequence[Photo]", *, covenant: str = ""
) -> HttpResponse:
    """Join a public matter as whoever is there, and lead to the page of their own.

    ``covenant`` is the number of the one that is not kept, where they came to tell of that.
    """
    actor, at = actor_of(request), now()
    own = Voice(actor.person_id, voice.name, voice.phone, voice.words, voice.is_open)
    follower = following.join(number, own, by=actor, at=at)
    attaching.attach(follower.matter, photos=photos, act="join", at=at)
    if covenant:
        breaching.note(covenant, matter=followers.main_of(follower.matter).pk)
    return redirect(f"{reverse('portal:joined', args=(follower.token,))}?sent=1")


@require_safe
@never_cache
def joined(request: HttpRequest, token: str) -> HttpResponse:
    """Show a matter to whoever joined it, by the secret of their own link (跟进)."""
    return _page(request, _follower(token))


@require_POST
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Stop following a matter (不再跟进)."""
    follower = _follower(token)
    following.leave(follower, by=actor_of(request), at=now())
    messages.success(request, "好的，不再通知您。您留下的话和电话已经删除。")
    return redirect("portal:mine")


@require_POST
def rate(request: HttpRequest, token: str) -> HttpResponse:
    """Say how good the result is, as somebody who joined (评价)."""
    follower, at = _follower(token), now()
    form = RateJoinedForm(request.POST)
    if not form.is_valid() or not _may_rate(follower):
        return _page(request, follower, rating_form=form, status=STATUS)
    main = followers.main_of(follower.matter)
    appraisal.rate_joined(
        main.pk,
        follower=follower.pk,
        score=form.cleaned_data["score"],
        by=follower.person_id,
        at=at,
        turn=main.reopened,
        words=form.cleaned_data["words"],
    )
    messages.success(request, "谢谢您的评价。")
    return redirect("portal:joined", token)


def _page(
    request: HttpRequest,
    follower: "Follower",
    *,
    rating_form: RateJoinedForm | None = None,
    status: int = 200,
) -> HttpResponse:
    address = request.build_absolute_uri(reverse("portal:joined", args=(follower.token,)))
    face = joining.face(follower.matter, at=now())
    context = {
        "face": face,
        "follower": follower,
        "rating": ratings.of_follower(follower.pk, turn=face.matter.reopened),
        "rating_form": (rating_form or RateJoinedForm()) if _may_rate(follower) else None,
        "campaign": joining.campaign_of(face.matter),
        "address": address,
        "code": qr.svg(address, title=f"我加入的事项 {face.matter.number}"),
        "is_new": "sent" in request.GET,
        "draft_done": "report" if "sent" in request.GET else "",
    }
    return show(request, "joined.html", context, here=_here(face.matter), at="mine", status=status)


def _may_rate(follower: "Follower") -> bool:
    """Tell whether the place lets the raiser rate now: then so do those who joined, once each."""
    main = followers.main_of(follower.matter)
    procedure = matters.procedure_of(main)
    is_time = procedure.rule(procedure.step(main.step), "rate") is not None
    return is_time and ratings.of_follower(follower.pk, turn=main.reopened) is None


def _may(request: HttpRequest, matter: "Matter") -> Verdict:
    person = actor_of(request).person_id
    own = person is not None and person == matter.raised_by_id
    return following.may_join(matter, person=person, is_raiser=own)


def _follower(token: str) -> "Follower":
    found = followers.of_token(token)
    if found is None or found.left_at is not None:
        raise Http404
    return found


def _here(matter: "Matter") -> Here:
    spots = places.chain(matter.place_path)
    inside = spots[:-1] if spots[-1].kind in ("building", "entrance") else spots
    return Here(inside, rulebook.current(spots[-1].pack))
