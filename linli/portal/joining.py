"""What residents see of a matter that they joined, and of those that may be theirs too (同遇)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from linli.campaigns import queries as campaigns
from linli.cases import likeness
from linli.cases import queries as cases
from linli.cases.likeness import Alike, Told
from linli.core.masking import mask_text
from linli.disclosure import queries as disclosure
from linli.frame.anatomy import Clock, clock_of
from linli.matters import followers
from linli.matters import story as stories
from linli.matters.choices import Visibility
from linli.matters.letters import instant
from linli.places.queries import Spot
from linli.portal import telling, way
from linli.portal.here import Here
from linli.portal.way import Ahead

if TYPE_CHECKING:
    from linli.campaigns.models import Campaign as Taken
    from linli.matters.models import Follower, Matter

MINE = "不是，我的是另一件事"


@dataclass(frozen=True, slots=True)
class Face:
    """A matter as those who joined it may read it: masked, with its way and what comes next (同遇件)."""

    matter: "Matter"
    title: str
    words: str
    answer: str
    stops: tuple[stories.Station, ...]
    ahead: Ahead
    clock: Clock
    href: str


def face(matter: "Matter", *, at: datetime) -> Face:
    """Lay out the masked face of a matter; one that is not public shows its number and its way (同遇件)."""
    main = followers.main_of(matter)
    shown, story = disclosure.of_matter(main.pk), stories.outline(main)
    case = None if shown else cases.of_matter(main.pk)
    answer = mask_text(case.answer, names=cases.names_in(case, main)) if case else ""
    return Face(
        matter=main,
        title=shown.title if shown else f"事项 {main.number}",
        words=shown.words if shown else "",
        answer=shown.answer if shown else answer,
        stops=story.stations,
        ahead=way.ahead(main, story, at=at, is_raiser=False),
        clock=clock_of(main, at=at),
        href=reverse("portal:public", args=(main.number,)) if shown else "",
    )


def likely(
    said: dict[str, Any], *, here: Here, spots: tuple[Spot, ...], spot: tuple[int, int] | None, at: datetime
) -> tuple[Alike, ...]:
    """Return the public matters that somebody may be writing about; none while they wrote little (相似)."""
    words = str(said.get("words") or "").strip()
    if not likeness.may_be_alike(words, kind=said.get("kind", "")):
        return ()
    return likeness.public_alike(Told(words, spots, spot=spot), edition=here.edition, at=at)


def cards(found: Iterable[Alike]) -> tuple[tuple[str, str, str], ...]:
    """Offer to join each of them, and first of all not to; nothing while none is alike (我也遇到)."""
    offered = tuple((one.number, f"我也遇到：{one.title}", one.words) for one in found)
    return (("", MINE, "继续提交，单独办理、单独答复。"), *offered) if offered else ()


def rows(followed: "Iterable[Follower]", *, at: datetime) -> tuple[telling.Row, ...]:
    """Write out what somebody joined for their list, with masked titles (我也遇到的)."""
    listed = tuple(followed)
    titles = disclosure.titles([one.matter_id for one in listed])
    return tuple(
        telling.joined_row(one, title=titles.get(one.matter_id) or f"事项 {one.matter.number}", at=at)
        for one in listed
    )


def open_words(matter: "Matter") -> tuple[str, ...]:
    """Return what those who joined let everybody read, masked (也遇到的人说)."""
    return tuple(mask_text(words) for words in followers.open_words(matter))


@dataclass(frozen=True, slots=True)
class Campaign:
    """The campaign that a matter is part of, as a resident reads it (专项治理)."""

    title: str
    words: str
    href: str


def campaign_of(matter: "Matter") -> Campaign | None:
    """Return the campaign that takes a matter's trouble up as a whole, if there is one (专项治理)."""
    found = campaigns.of_matter(matter.pk)
    if found is None:
        return None
    own = found.matter
    href = reverse("portal:public", args=(own.number,)) if own.visibility == Visibility.PUBLIC else ""
    return Campaign(own.title, _said(found), href)


def _said(found: "Taken") -> str:
    if found.told_at:
        return f"结果：{mask_text(found.result)}"
    own = found.matter
    led = f"{own.lead.name}牵头，" if own.lead else ""
    by = f"{instant(own.due_at)} 前完成。" if own.due_at else "正在验收。"
    return f"{led}{by}目标：{mask_text(found.goal)}"
