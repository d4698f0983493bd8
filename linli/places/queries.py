"""Questions about places (查询)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import islice
from operator import or_

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from linli.frame.compiled import Question, steady_cursor
from linli.frame.finding import matching
from linli.methods.tokens import Term, trace
from linli.places.models import Kind, Place
from linli.places.path import LONGEST, WIDTH, inside, paths_above


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as plain values, for pages and rules (地点)."""

    id: int
    key: str
    path: str
    kind: str
    name: str
    pack: str

    @property
    def kind_title(self) -> str:
        """Return the Chinese name of its kind."""
        return str(Kind(self.kind).label)


# Whom the organic laws speak to: a village that was converted into a community is one of residents.
RESIDENTS, VILLAGERS = "residents", "villagers"
COMMUNITIES = (Kind.COMMUNITY, Kind.CONVERTED_VILLAGE, Kind.VILLAGE)
# Grids and sectors divide the work, not the streets: a resident looks through them.
LOOKED_THROUGH = (Kind.GRID_CELL, Kind.SECTOR)
# So many places of like names are looked through for those whose surroundings are named as well.
_MOST_NAMED = 2000
_FIELDS = ("id", "key", "path", "kind", "name", "pack")
_MOST_NAMES = 300
_NAMES = Question(
    lambda within, kinds: (
        Place.objects.filter(within, kind__in=kinds)
        .order_by("path")
        .values_list("path", "name")[:_MOST_NAMES]
    )
)
_OUTLINES = Question(
    lambda within, but: (
        Place.objects.filter(within)
        .exclude(kind__in=but)
        .order_by("path")
        .values_list("key", "kind", "name", Cast("outline", TextField()), "parent__name")
    )
)
_GROUNDS = Question(
    lambda within, but: (
        Place.objects.filter(within)
        .exclude(kind__in=but)
        .order_by("path")
        .values_list("key", "path", "kind", "name", "outline")
    )
)
_WITH_CHILDREN = Question(
    lambda path: Place.objects.filter(Q(path=path) | Q(parent__path=path)).order_by("path")
)
_AT = Question(lambda paths: Place.objects.filter(path__in=paths).order_by("path").values_list(*_FIELDS))


_ENDS = ", ".join(f"({end})" for end in range(WIDTH, LONGEST + 1, WIDTH))
# Both databases name the column of such a list column1.
_OF_KEY = f"""
    SELECT {", ".join(_FIELDS)} FROM {Place._meta.db_table} WHERE path IN (
        SELECT substr(path, 1, column1) FROM {Place._meta.db_table}, (VALUES {_ENDS}) AS ends WHERE key = %s
    ) ORDER BY path
"""  # noqa: S608  (our own names)


def inhabitants(kinds: Iterable[str]) -> str:
    """Return whom the organic law speaks to in places of these kinds (适用居民或者村民)."""
    return VILLAGERS if Kind.VILLAGE in kinds else RESIDENTS


def all_places() -> QuerySet[Place]:
    """Return every place, in the order of the tree."""
    return Place.objects.order_by("path")


def kinds() -> dict[str, str]:
    """Return every kind of place with its Chinese name, the largest first."""
    return {kind.value: str(kind.label) for kind in Kind}


def of_key(key: str) -> Place | None:
    """Find a place by its key."""
    return Place.objects.filter(key=key).first()


def of_paths(paths: Iterable[str]) -> QuerySet[Place]:
    """Return several places by their paths."""
    return Place.objects.filter(path__in=set(paths))


def roots() -> QuerySet[Place]:
    """Return the places that stand at the top, one for each installed pack."""
    return Place.objects.filter(parent=None).order_by("path")


def with_children(path: str) -> list[Place]:
    """Return a place, then the places directly below it, in one query."""
    return _WITH_CHILDREN.ask(path=path)


def spots(of: QuerySet[Place]) -> tuple[Spot, ...]:
    """Read places as plain values."""
    return tuple(Spot(*row) for row in of.values_list(*_FIELDS))


def below(spot: Spot) -> tuple[Spot, ...]:
    """Return what a resident would name next below a place: an estate stands in for the grid around it."""
    inner = spots(Place.objects.filter(parent_id=spot.id).order_by("path"))
    through = [one.id for one in inner if one.kind in LOOKED_THROUGH]
    deeper = spots(Place.objects.filter(parent_id__in=through).order_by("path")) if through else ()
    full = {one.path[:-WIDTH] for one in deeper}
    return tuple(sorted((*deeper, *(one for one in inner if one.path not in full)), key=lambda one: one.path))


def within(path: str, *, kinds: Sequence[str] = ()) -> QuerySet[Place]:
    """Return a place and everything within it, by one index range."""
    found = Place.objects.filter(inside(path)).order_by("path")
    return found.filter(kind__in=kinds) if kinds else found


def within_any(paths: Sequence[str], *, kinds: Sequence[str]) -> QuerySet[Place]:
    """Return the places of some kinds within any of several places, in the order of the tree."""
    return Place.objects.filter(inside(*paths), kind__in=kinds).order_by("path")


def names_within(paths: Sequence[str], *, kinds: Sequence[str]) -> list[tuple[str, str]]:
    """Return paths and names of the places of some kinds within others, the first ones of the tree."""
    return _NAMES.ask(within=inside(*paths), kinds=kinds)


def outlines_within(path: str, *, but: Sequence[str]) -> list[tuple[str, str, str, str, str]]:
    """Return the key, kind, name and outline of the places within another, and the name around each.

    Kinds of ``but`` are left out; an outline is the JSON that the database keeps.
    """
    return _OUTLINES.ask(within=inside(path), but=but)


def grounds_within(path: str, *, but: Sequence[str]) -> list[tuple[str, str, str, str, list[list[float]]]]:
    """Return the key, path, kind, name and outline of a place and those within it, without some kinds."""
    return _GROUNDS.ask(within=inside(path), but=but)


def spots_within(path: str, *, kinds: Sequence[str] = ()) -> tuple[Spot, ...]:
    """Return a place and everything within it as plain values, in the order of the tree."""
    return tuple(Spot(*row) for row in within(path, kinds=kinds).values_list(*_FIELDS))


def chain(path: str) -> tuple[Spot, ...]:
    """Return a place with all its ancestors, from the root down."""
    return tuple(Spot(*row) for row in _AT.ask(paths=paths_above(path)))


def chain_of(key: str) -> tuple[Spot, ...]:
    """Return a place by its key with all its ancestors, from the root down; or nothing."""
    with steady_cursor() as cursor:
        cursor.execute(_OF_KEY, [key])
        return tuple(Spot(*row) for row in cursor.fetchall())


def chains(paths: Sequence[str]) -> dict[str, tuple[Spot, ...]]:
    """Return the chains of several places in one query, by path."""
    wanted = {above for path in paths for above in paths_above(path)}
    rows = Place.objects.filter(path__in=wanted).values_list(*_FIELDS)
    spots = {row[2]: Spot(*row) for row in rows}
    return {path: tuple(spots[above] for above in paths_above(path)) for path in set(paths)}


def named(terms: Sequence[Term], *, within: Sequence[str], most: int) -> tuple[Spot, ...]:
    """Find places within some by their names; each word may also be that of a place around (查找地点)."""
    anyhow = reduce(or_, (matching([Term(one.phrases)]) for one in terms), Q(pk__in=()))
    found = Place.objects.filter(anyhow, inside(*within)).order_by("path")
    rows = list(found.values_list(*_FIELDS, "tokens")[:_MOST_NAMED])
    held = {row[2]: frozenset(_held(row[-1], terms)) for row in rows}
    hits = (
        Spot(*row[:-1])
        for row in rows
        if len(frozenset().union(*(held.get(path, frozenset()) for path in paths_above(row[2]))))
        == len(terms)
    )
    return tuple(islice(hits, most))


def _held(tokens: str, terms: Sequence[Term]) -> Iterator[int]:
    """Say which terms stand in some tokens, by their place."""
    for place, term in enumerate(terms):
        if any(trace(phrase) in tokens for phrase in term.phrases):
            yield place


def full_name(spots: Sequence[Spot], *, below: int = 1) -> str:
    """Join the names of a chain for reading, leaving out the first ``below`` (铜花社区 › 三号小区 › 5栋)."""
    return " › ".join(spot.name for spot in spots[below:] or spots)


def plainly(spots: Sequence[Spot]) -> tuple[Spot, ...]:
    """Leave out of a chain what a resident looks through, unless it is where they are."""
    return tuple(spot for spot in spots if spot.kind not in LOOKED_THROUGH or spot == spots[-1])


def nearest(spots: Sequence[Spot], kinds: Sequence[str]) -> Spot | None:
    """Return the lowest place of the wanted kinds in a chain."""
    return next((spot for spot in reversed(spots) if spot.kind in kinds), None)
