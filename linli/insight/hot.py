"""Recurring trouble that surfaces by itself: same kind, same place, a few weeks (高频问题)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import QuerySet

from linli.cases import queries as cases
from linli.frame.clock import day_of, now
from linli.insight.models import HotProblem
from linli.matters import recurring
from linli.matters.recurring import Key
from linli.matters.slices import end_of, start_of
from linli.methods import similar
from linli.methods.burst import is_burst
from linli.methods.similar import Report
from linli.pack.edition import Edition, Hot
from linli.places import queries as places
from linli.places.path import WIDTH, inside, is_within, paths_above
from linli.rulebook import queries as rulebook

if TYPE_CHECKING:
    from linli.matters.models import Matter

# A place takes a problem over from the one within it that has most of it.
_MOST_OF_IT = 1.5
_SAME_SAYING = 0.1
MOST = 300


@dataclass(frozen=True, slots=True)
class Window:
    """The weeks that are looked at, and those before that say what is usual (统计期)."""

    since: date
    until: date
    before: date
    hot: Hot

    @classmethod
    def of(cls, hot: Hot, *, on: date) -> "Window":
        """Return the last weeks up to a day, as a place counts them."""
        since = on - timedelta(weeks=hot.weeks) + timedelta(days=1)
        return cls(since, on, since - timedelta(weeks=hot.usual_weeks), hot)

    def usual(self, before: int) -> float:
        """Turn the number of the weeks before into what so many weeks as these usually bring."""
        return before * self.hot.weeks / self.hot.usual_weeks

    def is_hot(self, number: int, *, before: int) -> bool:
        """Tell whether a number of these weeks stands out, by the numbers of the pack (高频)."""
        usual = self.usual(before)
        return is_burst(number, usual=usual, at_least=self.hot.at_least, times=self.hot.times)


@dataclass(frozen=True, slots=True)
class Saying:
    """Some matters that say the same in other words (说法)."""

    title: str
    matters: "tuple[Matter, ...]"


@dataclass(frozen=True, slots=True)
class Picture:
    """A problem laid open: its newest matters, its weeks, where and in which words (高频问题详情)."""

    problem: HotProblem
    matters: "tuple[Matter, ...]"
    weeks: tuple[tuple[date, int], ...]
    by_place: Counter[str]
    sayings: tuple[Saying, ...]
    reported: int
    joined: int


def every_hour() -> None:
    """Look for recurring trouble everywhere: what the worker does each hour."""
    find(at=now())


def find(*, at: datetime) -> int:
    """Keep the list of hot problems up to date; returns how many stand (发现高频问题).

    It reads the weeks that a pack looks at, counted by place and kind in the database, never all matters.
    """
    return sum(_find_in(edition, at=at) for edition in rulebook.packs())


def standing(path: str) -> QuerySet[HotProblem]:
    """Return the problems at a place and within it, the largest first."""
    rows = HotProblem.objects.filter(inside(path, column="place_path"), cooled_at=None)
    return rows.select_related("place").order_by("-voices", "pk")


def of_id(number: int) -> HotProblem | None:
    """Find a problem by its key, also one that has cooled down."""
    return HotProblem.objects.select_related("place").filter(pk=number).first()


def look_into(problem: HotProblem) -> Picture:
    """Lay a problem open in a fixed number of queries, whatever its size (高频问题详情)."""
    edition = rulebook.current(problem.place.pack)
    first = problem.since - timedelta(weeks=edition.hot.usual_weeks)
    path, category = problem.place_path, problem.category
    since, until = start_of(problem.since), end_of(problem.until)
    shown = tuple(recurring.of_kind(path, category, since=since, until=until)[:MOST])
    days = recurring.days(path, category, since=start_of(first), until=until)
    return Picture(
        problem=problem,
        matters=shown,
        weeks=weekly(days, since=first, until=problem.until),
        by_place=_by_place(path, shown),
        sayings=_sayings(shown),
        reported=sum(on >= problem.since for on in days),
        joined=recurring.joined(path, category, since=since, until=until),
    )


def weekly(days: Sequence[date], *, since: date, until: date) -> tuple[tuple[date, int], ...]:
    """Count days by weeks that end on the last day, the oldest week first (每周)."""
    weeks = max(((until - since).days + 1) // 7, 1)
    firsts = [until - timedelta(days=7 * back - 1) for back in range(weeks, 0, -1)]
    counted = Counter((until - on).days // 7 for on in days if on <= until)
    return tuple((first, counted[weeks - 1 - place]) for place, first in enumerate(firsts))


@transaction.atomic
def _find_in(edition: Edition, *, at: datetime) -> int:
    root = places.of_key(f"{edition.key}.{edition.place}")
    if root is None:
        return 0
    window = Window.of(edition.hot, on=day_of(at))
    recent = _up(recurring.counts(root.path, since=start_of(window.since), until=at), edition)
    before = _up(
        recurring.counts(root.path, since=start_of(window.before), until=start_of(window.since)), edition
    )
    kept = dict(places.within(root.path).values_list("path", "pk"))
    hot = {
        key for key, number in recent.items() if key[0] in kept and window.is_hot(number, before=before[key])
    }
    chosen = _told_once(hot, recent, above=_above_communities(root.path, edition))
    for path, category in chosen:
        seen = {
            "since": window.since,
            "until": window.until,
            "voices": recent[path, category],
            "usual": window.usual(before[path, category]),
            "looked_at": at,
        }
        HotProblem.objects.update_or_create(
            place_id=kept[path],
            category=category,
            cooled_at=None,
            defaults=seen,
            create_defaults=seen | {"place_path": path, "found_at": at},
        )
    standing(root.path).filter(looked_at__lt=at).update(cooled_at=at)
    return len(chosen)


def _up(counted: Counter[Key], edition: Edition) -> Counter[Key]:
    """Count at each place around as well; what fits nowhere is no kind of trouble."""
    found: Counter[Key] = Counter()
    for (path, category), number in counted.items():
        known = edition.categories.get(category)
        if known is None or known.is_fallback:
            continue
        for above in paths_above(path):
            found[above, category] += number
    return found


def _above_communities(path: str, edition: Edition) -> set[str]:
    """Return the places around the communities: streets, districts and the like (上级)."""
    kinds = edition.levels[min(1, len(edition.levels) - 1)].place_kinds
    communities = places.within(path, kinds=kinds).values_list("path", flat=True)
    return {above for community in communities for above in paths_above(community)[:-1]}


def _told_once(hot: set[Key], numbers: Counter[Key], *, above: set[str]) -> list[Key]:
    """Tell a problem of one place only, the smallest that has most of it (归到一处).

    Where it is spread over several communities, a place above them is told of it too: each of them keeps
    its own.
    """
    chosen: list[Key] = []
    for key in sorted(hot, key=lambda key: -len(key[0])):
        path, category = key
        within = [one for one in chosen if one[1] == category and is_within(one[0], path)]
        around = [one for one in hot if one[1] == category and one[0] != path and is_within(path, one[0])]
        if path in above:
            is_told = not any(_has_most_of(one, key, numbers) for one in within)
        else:
            near = [one for one in around if one[0] not in above]
            is_told = not within and all(_has_most_of(key, one, numbers) for one in near)
        if is_told:
            chosen.append(key)
    return chosen


def _has_most_of(one: Key, whole: Key, numbers: Counter[Key]) -> bool:
    return numbers[whole] < _MOST_OF_IT * numbers[one]


def _by_place(path: str, found: "Sequence[Matter]") -> Counter[str]:
    """Count by the place directly below, for the plan; what lies at the place itself counts there."""
    return Counter(matter.place_path[: len(path) + WIDTH] for matter in found)


def _sayings(found: "Sequence[Matter]") -> tuple[Saying, ...]:
    """Put together the matters that say the same, the most often said first (归并说法)."""
    own = cases.cases_of([matter.pk for matter in found])
    told = {matter.pk: matter for matter in found}
    reports = [
        Report(matter.pk, f"{matter.title} {own[matter.pk].words if matter.pk in own else ''}")
        for matter in found
    ]
    grouped = similar.groups(reports, least=_SAME_SAYING)
    return tuple(Saying(told[keys[0]].title, tuple(told[key] for key in keys)) for keys in grouped)
