"""Matters as a resident reads them in a list: where, at which step, by when (讲给居民听)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.urls import reverse

from linli.disclosure import queries as disclosure
from linli.frame import addresses, wording
from linli.frame.anatomy import Clock, clock_of
from linli.frame.clock import day_of
from linli.matters import queries as matters
from linli.places import queries as places
from linli.portal.here import Here

if TYPE_CHECKING:
    from linli.matters.models import Follower, Matter


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a resident's list (一行)."""

    title: str
    href: str
    number: str
    place: str
    words: str
    clock: Clock


def sentence(matter: "Matter", *, at: datetime) -> str:
    """Say at which step a matter is, and what happens next by when."""
    if matter.merged_into_id:
        return "已并在另一件里一起办。"
    if matter.closed_at:
        return f"{wording.day(day_of(matter.closed_at), today=day_of(at))}办结。"
    step = matters.step_of(matter).title
    if matter.answered_at:
        return f"已有办理结果，现在是「{step}」。"
    if matter.due_at is None:
        return f"现在是「{step}」，计时已暂停。"
    who = matter.lead.name if matter.lead else ""
    return f"现在是「{step}」，{who}应在{wording.deadline(matter.due_at, today=day_of(at))} 前办好。"


def public_rows(shown: Iterable["Matter"], *, here: Here, at: datetime) -> tuple[Row, ...]:
    """Write out public matters for a list: the masked title, and the place as seen from here."""
    listed = tuple(shown)
    titles = disclosure.titles([matter.pk for matter in listed])
    names = _names(listed, below=len(here.crumbs))
    return tuple(
        public_row(matter, title=titles[matter.pk], place=names[matter.place_path] or here.spot.name, at=at)
        for matter in listed
        if matter.pk in titles
    )


def public_row(matter: "Matter", *, title: str, place: str, at: datetime) -> Row:
    """Write out one public matter for a list; the title is the masked one."""
    return Row(
        title=title,
        href=addresses.of("portal:public", matter.number),
        number=matter.number,
        place=place,
        words=sentence(matter, at=at),
        clock=clock_of(matter, at=at),
    )


def joined_row(one: "Follower", *, title: str, at: datetime) -> Row:
    """Write out one matter that somebody joined, with the place it is at."""
    matter = one.matter
    return Row(
        title=title,
        href=reverse("portal:joined", args=(one.token,)),
        number=matter.number,
        place=matter.place.name,
        words=sentence(matter, at=at),
        clock=clock_of(matter, at=at),
    )


def own_rows(raised: Iterable["Matter"], *, at: datetime, is_short: bool = False) -> tuple[Row, ...]:
    """Write out somebody's own matters for a list; ``is_short`` names the place without those around it."""
    listed = tuple(raised)
    names = {one.place_path: one.place.name for one in listed} if is_short else _names(listed, below=1)
    return tuple(
        Row(
            title=matter.title,
            href=reverse("portal:follow", args=(matter.token,)),
            number=matter.number,
            place=names[matter.place_path],
            words=sentence(matter, at=at),
            clock=clock_of(matter, at=at),
        )
        for matter in listed
    )


def _names(listed: Sequence["Matter"], *, below: int) -> dict[str, str]:
    chains = places.chains([matter.place_path for matter in listed])
    return {
        path: " › ".join(spot.name for spot in places.plainly(spots)[below:])
        for path, spots in chains.items()
    }
