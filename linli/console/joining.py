"""Matters that may be the same trouble, and everybody who met it, as staff see them (同遇、并案)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from linli.appraisal import queries as ratings
from linli.bodies.actor import Actor
from linli.bodies.entering import actor_of
from linli.cases import access, likeness
from linli.cases.access import Desk
from linli.cases.actions import attaching
from linli.cases.likeness import Alike, Told
from linli.console import campaigns, posts
from linli.console.nav import surroundings
from linli.core.masking import mask_name, mask_phone
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.deliberation import access as deliberation
from linli.deliberation import queries as topics
from linli.frame import wording
from linli.frame.clock import day_of, now
from linli.frame.signed_in import signed_in
from linli.frame.upload import Photo
from linli.matters import followers
from linli.matters import queries as matters
from linli.matters.actions import following
from linli.matters.actions.following import Voice
from linli.matters.story import Story
from linli.people import queries as people
from linli.places import queries as places
from linli.pledges import access as keeping
from linli.pledges import queries as pledges
from linli.rulebook import queries as rulebook

if TYPE_CHECKING:
    from linli.matters.models import Follower, Matter

MOST_WORDS = 400
_MERGED = "came"
_NO = ("", "不是，这是另一件事", "照常登记，单独办理。")


@dataclass(frozen=True, slots=True)
class Voiced:
    """One of those who met the same, as whoever works on the matter reads it (一个声音)."""

    who: str
    phone: str
    words: str
    when: str
    number: str


@signed_in
@require_safe
@never_cache
def similar(request: HttpRequest, number: str) -> HttpResponse:
    """List the open matters that may be the same trouble, each to look at or to merge into (相似的事项)."""
    desk = access.sit(number, by=actor_of(request), at=now())
    if desk is None or not desk.actor.is_staff or not desk.sees_all:
        raise Http404
    matter, case = desk.matter, desk.case
    spot = None if case.spot_x is None or case.spot_y is None else (case.spot_x, case.spot_y)
    told = likeness.told_of(matter, case.words, spots=desk.seat.chain, spot=spot)
    found = likeness.alike_for(
        desk.actor, told, edition=matters.edition_of(matter), at=desk.at, without=matter.number
    )
    context = {
        "matter": matter,
        "similar": found,
        "may_merge": bool(desk.ask("merge")),
        "topics": topics.out_of(matter.pk),
        "may_raise": _may_raise(desk),
        "pledges": pledges.of_matter(matter.number),
        "may_pledge": matter.closed_at is None and keeping.may_keep(desk.actor, path=matter.place_path),
        **campaigns.about(matter, by=desk.actor),
    }
    if request.headers.get("HX-Request"):
        return render(request, "console/parts/similar.html", context)
    return render(request, "console/similar.html", surroundings(request, here="inbox") | context)


def _may_raise(desk: Desk) -> bool:
    """Tell whether whoever works on a case may let it be deliberated where it is (转为议题)."""
    edition, actor = matters.edition_of(desk.matter), desk.actor
    if desk.matter.closed_at is not None or not actor.reaches(desk.matter.place_path):
        return False
    return bool(deliberation.methods(edition, at=desk.seat.chain, by=actor))


@signed_in
@require_safe
def alike(request: HttpRequest) -> HttpResponse:
    """Show, while something is still being written down, the open matters it may be about (相似)."""
    actor = actor_of(request)
    if not (posts.walking(actor) or posts.taking_in(actor)):
        raise Http404
    found = likely(actor, request.GET)
    return render(request, "console/parts/alike.html", {"alike": cards(found)})


def likely(actor: Actor, said: Mapping[str, str]) -> tuple[Alike, ...]:
    """Return the open matters that somebody may be writing down again (相似)."""
    words, [held, *_] = said.get("words", "").strip(), (*posts.walking(actor), *posts.taking_in(actor))
    if not likeness.may_be_alike(words, kind=said.get("kind", "")):
        return ()
    place = places.of_key(said.get("place", "")) if said.get("place") else None
    spots = places.chain(place.path if place else held.place_path)
    told = Told(words, spots, category=said.get("category", ""))
    return likeness.alike_for(actor, told, edition=rulebook.current(held.pack), at=now())


def cards(found: tuple[Alike, ...]) -> tuple[tuple[str, str, str], ...]:
    """Offer to add to each of them, and first of all not to (加到这一件)."""
    return (
        (_NO, *((one.number, f"加到 {one.number}：{one.title}", one.words) for one in found)) if found else ()
    )


def add(number: str, voice: Voice, *, by: Actor, photos: tuple[Photo, ...]) -> "Matter":
    """Add a voice, one's own or somebody else's, to a matter that one may read (加到这一件)."""
    at = now()
    desk = access.sit(number, by=by, at=at)
    if desk is None or not desk.sees_all:
        raise Refused(Refusal("没有这件事，或者不在您的范围里。", remedy="请重新选。", asked=following.JOIN))
    follower = following.join(number, voice, by=by, at=at, may_see=True)
    attaching.attach(follower.matter, photos=photos, act="join", at=at)
    return follower.matter


def voices(desk: Desk, told: Story) -> dict[str, object]:
    """Gather who else met it and what was merged; a matter that nobody joined costs no query (同遇)."""
    matter = desk.matter
    has_others = matter.joined or any(line.act == _MERGED for line in told.lines)
    standing = followers.standing(matter) if has_others else []
    main = followers.main_of(matter) if matter.merged_into_id else None
    return {
        "voices": _voiced(standing, desk),
        "voice_scores": ratings.joined_scores(matter.pk) if standing and matter.answered_at else (),
        "merged": [_line(one, desk) for one in followers.duplicates(matter)] if has_others else (),
        "main_number": main.number if main else "",
        "main_href": reverse("console:matter", args=(main.number,)) if main else "",
        "similar_href": "" if matter.closed_at else reverse("console:similar", args=(matter.number,)),
    }


def _voiced(standing: "list[Follower]", desk: Desk) -> tuple[Voiced, ...]:
    names = people.names(one.person_id for one in standing if one.person_id is not None)
    return tuple(_voice(one, names, desk) for one in standing)


def _voice(one: "Follower", names: Mapping[int, str], desk: Desk) -> Voiced:
    name = one.name or names.get(one.person_id or 0, "")
    return Voiced(
        who=mask_name(name) if name else "没有留名",
        phone=mask_phone(one.phone) if one.phone else "",
        words=one.words,
        when=wording.moment(one.joined_at, today=day_of(desk.at)),
        number=one.merged_from.number if one.merged_from else "",
    )


def _line(one: "Matter", desk: Desk) -> tuple[str, str, str]:
    return (
        one.number,
        one.title,
        f"{wording.day(day_of(one.opened_at), today=day_of(desk.at))}反映",
    )
