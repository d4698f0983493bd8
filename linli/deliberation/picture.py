"""A map of opinions as a page shows it: groups of dots, and in words what they say (观点图)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from linli.deliberation import soundings
from linli.deliberation.models import Sounding, Topic

_NAMES = ("第一组", "第二组", "第三组", "第四组", "第五组")


@dataclass(frozen=True, slots=True)
class Line:
    """One statement, and how many of those who voted on it said the same (一条观点)."""

    words: str
    agrees: bool
    said: int
    seen: int


@dataclass(frozen=True, slots=True)
class Group:
    """People who see a topic alike: how many, where they stand, what they stand for (一组人)."""

    name: str
    size: int
    dots: tuple[tuple[int, int], ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What everybody together said to one statement (一条观点的表态)."""

    words: str
    agreed: int
    disagreed: int
    passed: int


@dataclass(frozen=True, slots=True)
class Picture:
    """The map as it was last drawn, with nothing of a few people; empty before there were enough (观点图)."""

    least: int
    people: int = 0
    votes: int = 0
    drawn_at: datetime | None = None
    is_final: bool = False
    groups: tuple[Group, ...] = ()
    common: tuple[Line, ...] = ()
    told: tuple[Told, ...] = ()

    @property
    def grouped(self) -> int:
        """Return how many people voted on enough statements to stand on the map (入图人数)."""
        return sum(one.size for one in self.groups)

    @property
    def few(self) -> int:
        """Return how many people voted on too few statements to stand on the map (表态太少的人数)."""
        return self.people - self.grouped


def of(topic: Topic) -> Picture:
    """Lay out the map of a topic as it was last drawn (观点图)."""
    sounding = Sounding.objects.only("map", "drawn_at", "closed_at").get(pk=topic.pk)
    kept, least = sounding.map, soundings.least()
    if not kept or not kept["people"]:
        return Picture(least, is_final=sounding.closed_at is not None)
    words = soundings.words_of(topic)
    return Picture(
        least,
        people=kept["people"],
        votes=kept["votes"],
        drawn_at=sounding.drawn_at,
        is_final=sounding.closed_at is not None,
        groups=tuple(_group(place, one, words) for place, one in enumerate(kept["groups"]) if one["size"]),
        common=_lines(kept["common"], words),
        told=tuple(Told(words[int(key)], *said) for key, said in kept["told"].items() if int(key) in words),
    )


def _group(place: int, one: Mapping[str, Any], words: Mapping[int, str]) -> Group:
    dots = tuple((x, y) for x, y in one["dots"])
    return Group(_NAMES[place], one["size"], dots, _lines(one["own"], words))


def _lines(told: Iterable[Mapping[str, Any]], words: Mapping[int, str]) -> tuple[Line, ...]:
    return tuple(
        Line(words[one["statement"]], one["agrees"], one["said"], one["seen"])
        for one in told
        if one["statement"] in words
    )
