"""All matters that somebody may see, newest first, as plain values (全部事项)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import Q, QuerySet

from linli.bodies.actor import Actor
from linli.cases import queries as cases
from linli.console import addresses
from linli.console.behind import Row, clock_of, holder
from linli.console.wanted import Wanted
from linli.frame import aside, finding, merging, paging
from linli.frame.aside import Aside
from linli.frame.compiled import Question
from linli.frame.paging import Page
from linli.matters import queries as matters
from linli.methods.tokens import Term
from linli.pack.edition import Edition
from linli.places import queries as places
from linli.places.path import inside, is_within
from linli.rulebook import queries as rulebook

if TYPE_CHECKING:
    from linli.matters.models import Matter

SIZE = 25
# So many matters of a place are found and sorted sooner than all matters are read newest first.
FEW = 500
TABS = (("open", "在办"), ("overdue", "逾期"), ("closed", "已办结"), ("all", "全部"))
_DOWN = ("-opened_at", "-id")


class Fact(NamedTuple):
    """What is read of a matter for a line, named as its columns (行的事实)."""

    id: int
    number: str
    title: str
    pack: str
    edition: str
    procedure: str
    step: str
    category: str
    level: str
    opened_at: datetime
    due_at: datetime | None
    answered_at: datetime | None
    closed_at: datetime | None
    place_path: str
    place__name: str
    place__parent__name: str | None
    lead__name: str | None


COLUMNS = Fact._fields


def page(
    actor: Actor, *, wanted: Wanted, edition: Edition, tab: str, at: datetime, cursor: str = ""
) -> Page[Fact]:
    """Read one page of the matters in somebody's reach, in one query; words are looked up in the index."""
    if wanted.q:
        return _with_words(actor, wanted=wanted, edition=edition, tab=tab, at=at, cursor=cursor)
    every = matters.every().model
    paths = _paths(actor, wanted)
    own = Q(
        replace(wanted, place="").condition(edition),
        paging.beyond(every, by=matters.NEWEST, cursor=cursor),
    )
    if not actor.body_ids:
        found = _of_places(paths, own, tab=tab, at=at)
    else:
        own = Q(inside(*paths, column="place_path"), own, _condition(tab, at=at))
        worked = Q(
            wanted.condition(edition, of=cases.MATTER),
            _condition(tab, at=at, of=cases.MATTER),
            paging.beyond(every, by=matters.NEWEST, cursor=cursor, key="case_id"),
        )
        bodies = sorted(actor.body_ids)
        found = _listed_with_bodies(SIZE + 1, varies=bool(paths)).ask(own=own, worked=worked, bodies=bodies)
    return paging.cut(map(Fact._make, found), by=matters.NEWEST, size=SIZE)


def _with_words(
    actor: Actor, *, wanted: Wanted, edition: Edition, tab: str, at: datetime, cursor: str
) -> Page[Any]:
    found = within_reach(actor).filter(wanted.condition(edition), _condition(tab, at=at))
    numbers = wanted.numbers
    if numbers or not wanted.terms:
        rows = found.filter(number__in=numbers).values_list(*COLUMNS, named=True)
        return paging.page(rows, by=matters.NEWEST, cursor=cursor, size=SIZE)
    return newest(actor, found, terms=wanted.terms, at=at, cursor=cursor, size=SIZE)


def newest(
    actor: Actor, rows: "QuerySet[Any]", *, terms: Sequence[Term], at: datetime, cursor: str, size: int
) -> Page[Any]:
    """Take one page of the matters in somebody's reach that hold every term (检索)."""
    # Whoever works for a body also sees what lies outside the places of their offices.
    within = () if actor.body_ids else actor.reach()
    return finding.newest(
        rows,
        terms,
        by=matters.NEWEST,
        at=at,
        column="case__tokens",
        within=within,
        columns=COLUMNS,
        cursor=cursor,
        size=size,
    )


def _paths(actor: Actor, wanted: Wanted) -> tuple[str, ...]:
    """Return the places that are asked for, within one's reach; one range each, as narrow as can be."""
    reach = actor.reach()
    if not wanted.place:
        return reach
    inner = tuple(path for path in reach if is_within(path, wanted.place))
    return (wanted.place,) if actor.reaches(wanted.place) else inner


def _of_places(paths: Sequence[str], own: Q, *, tab: str, at: datetime) -> list[tuple[Any, ...]]:
    """Read the first matters of some places: few are sorted, many are read newest first until enough."""
    few = Q(inside(*paths, column="place_path"), _condition(tab, at=at))
    many = Q(inside(*paths, column="aside_path"), _condition(tab, at=at, closed="aside_closed"))
    # What is overdue is rare and old: it has an index of its own, which serves whatever place is asked for.
    is_overdue = tab == "overdue"
    is_few = is_overdue or not aside.is_heeded() or not _ONE_BEYOND.ask(own=few)
    return _listed(SIZE + 1, varies=not is_overdue).ask(own=Q(few if is_few else many, own))


_ONE_BEYOND = Question(
    lambda own: matters.every().filter(own).values_list("pk", flat=True)[FEW - 1 : FEW], varies=True
)


@cache
def _listed(most: int, *, varies: bool) -> Question[tuple[Any, ...]]:
    def listed(own: Q) -> QuerySet[Any, Any]:
        every = matters.every().alias(aside_path=Aside("place_path"), aside_closed=Aside("closed_at"))
        return every.filter(own).order_by(*_DOWN).values_list(*COLUMNS)[:most]

    return Question(listed, varies=varies)


@cache
def _listed_with_bodies(most: int, *, varies: bool) -> Question[tuple[Any, ...]]:
    """Return the question for the first matters of some places and bodies, each read in its own order."""

    def listed(own: Q, worked: Q, bodies: Sequence[Any]) -> QuerySet[Any, Any]:
        every = matters.every()
        parts = [
            every.filter(own).order_by(*_DOWN).values("pk")[:most],
            *(part[:most] for body in bodies for part in cases.of_body(body, worked)),
        ]
        return merging.together(every, parts=parts).order_by(*_DOWN).values_list(*COLUMNS)[:most]

    return Question(listed, varies=varies)


def in_grids(paths: Sequence[str], *, most: int) -> list[Fact]:
    """Read the open matters within some places, the most pressing first."""
    found = matters.within_any(paths).filter(closed_at=None, answered_at=None)
    return list(map(Fact._make, found.order_by("due_at", "pk").values_list(*COLUMNS)[:most]))


def within_reach(actor: Actor) -> "QuerySet[Any]":
    """Return the matters in the places one's offices cover, and those one's bodies work on (可见范围)."""
    mine = inside(*actor.reach(), column="place_path")
    if actor.body_ids:
        mine |= Q(pk__in=cases.worked_by(tuple(actor.body_ids)).order_by().values("case_id"))
        mine |= Q(pk__in=cases.summoned(tuple(actor.body_ids)).values("case_id"))
    return matters.every().filter(mine)


def rows(
    found: Sequence[Fact], *, at: datetime, back: str = "", names: Mapping[str, str] = {}
) -> tuple[Row, ...]:
    """Turn plain values into the lines of a table; ``names`` says by path how their places are named."""
    known: dict[tuple[str, ...], tuple[str, str]] = {}
    part = f"?{urlencode({'back': back})}" if back else ""
    return tuple(_row(one, _held(one, known), at=at, part=part, names=names) for one in found)


def ledger_rows(found: Iterable["Matter"], *, at: datetime) -> tuple[Row, ...]:
    """Turn matters that were read whole into lines, with one query for their places."""
    facts = [_fact(matter) for matter in found]
    return rows(facts, at=at, names=full_names(facts))


def full_names(found: Sequence[Fact]) -> dict[str, str]:
    """Say by path where the matters of some lines are, with one query (地点全称)."""
    chains = places.chains([one.place_path for one in found])
    return {path: places.full_name(chain, below=2) for path, chain in chains.items()}


def _fact(matter: "Matter") -> Fact:
    own = {name: getattr(matter, name) for name in COLUMNS if "__" not in name}
    lead = matter.lead.name if matter.lead else None
    return Fact(**own, place__name="", place__parent__name=None, lead__name=lead)


def _row(one: Fact, held: tuple[str, str], *, at: datetime, part: str, names: Mapping[str, str]) -> Row:
    step, hands = held
    clock, href = clock_of(one, at=at), addresses.of_matter(one.number)
    around, place = one.place__parent__name, one.place__name
    return Row(
        href=href,
        number=one.number,
        title=one.title,
        place=names.get(one.place_path) or (f"{around} › {place}" if around else place),
        step=step,
        holder=hands,
        clock_state=clock.state,
        clock_words=clock.words,
        clock_exact=clock.exact,
        part_href=f"{href}{part}" if part else "",
    )


def _held(one: Fact, known: dict[tuple[str, ...], tuple[str, str]]) -> tuple[str, str]:
    """Say at which step a matter is and in whose hands, once for all that stand alike."""
    key = (one.pack, one.edition, one.procedure, one.step, one.level, one.lead__name or "")
    if key not in known:
        edition = rulebook.edition(one.pack, one.edition)
        procedure = edition.procedures[one.procedure]
        step = procedure.step(one.step)
        hands = holder(edition, step, roles=procedure.roles, level=one.level, lead=one.lead__name or "")
        known[key] = step.title, hands
    return known[key]


def _condition(tab: str, *, at: datetime, of: str = "", closed: str = "closed_at") -> Q:
    match tab:
        case "open":
            return Q(**{f"{of}{closed}": None})
        case "overdue":
            return Q(**{f"{of}{closed}": None, f"{of}answered_at": None, f"{of}due_at__lt": at})
        case "closed":
            return Q(**{f"{of}{closed}__isnull": False})
        case _:
            return Q()
