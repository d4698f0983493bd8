"""All matters that somebody may see, newest first, as plain values (全部事项)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse

from linli.bodies.actor import Actor
from linli.cases import queries as cases
from linli.console.behind import Row, clock_of, holder
from linli.console.wanted import Wanted
from linli.frame import finding, paging
from linli.frame.paging import Page
from linli.matters import queries as matters
from linli.methods.tokens import Term
from linli.pack.edition import Edition
from linli.places.path import inside
from linli.rulebook import queries as rulebook

SIZE = 50
TABS = (("open", "在办"), ("overdue", "逾期"), ("closed", "已办结"), ("all", "全部"))
COLUMNS = (
    "id", "number", "title", "pack", "edition", "procedure", "step", "level", "opened_at", "due_at",
    "answered_at", "closed_at", "place__name", "place__parent__name", "lead__name",
)  # fmt: skip


def page(
    actor: Actor, *, wanted: Wanted, edition: Edition, tab: str, at: datetime, cursor: str = ""
) -> Page[Any]:
    """Read one page of the matters in somebody's reach, in one query; words are looked up in the index."""
    found = within_reach(actor).filter(wanted.condition(edition), _condition(tab, at=at))
    rows = found.values_list(*COLUMNS, named=True)
    if not wanted.q:
        return paging.page(rows, by=matters.NEWEST, cursor=cursor, size=SIZE)
    numbers = wanted.numbers
    if numbers or not wanted.terms:
        return paging.page(rows.filter(number__in=numbers), by=matters.NEWEST, cursor=cursor, size=SIZE)
    return newest(actor, rows, terms=wanted.terms, at=at, cursor=cursor, size=SIZE)


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
        cursor=cursor,
        size=size,
    )


def in_grids(paths: Sequence[str], *, most: int) -> list[Any]:
    """Read the open matters within some places, the most pressing first."""
    found = matters.within_any(paths).filter(closed_at=None, answered_at=None)
    return list(found.order_by("due_at", "pk").values_list(*COLUMNS, named=True)[:most])


def rows(found: Sequence[Any], *, at: datetime, back: str = "") -> tuple[Row, ...]:
    """Turn plain values into the lines of a table."""
    return tuple(_row(one, at=at, back=back) for one in found)


def within_reach(actor: Actor) -> "QuerySet[Any]":
    """Return the matters in the places one's offices cover, and those one's bodies work on (可见范围)."""
    mine = inside(*actor.reach(), column="place_path")
    if actor.body_ids:
        mine |= Q(pk__in=cases.worked_by(tuple(actor.body_ids)).order_by().values("case_id"))
        mine |= Q(pk__in=cases.summoned(tuple(actor.body_ids)).values("case_id"))
    return matters.every().filter(mine)


def _condition(tab: str, *, at: datetime) -> Q:
    match tab:
        case "open":
            return Q(closed_at=None)
        case "overdue":
            return Q(closed_at=None, answered_at=None, due_at__lt=at)
        case "closed":
            return Q(closed_at__isnull=False)
        case _:
            return Q()


def _row(one: Any, *, at: datetime, back: str) -> Row:
    edition = rulebook.edition(one.pack, one.edition)
    procedure = edition.procedures[one.procedure]
    step = procedure.step(one.step)
    clock, href = clock_of(one, at=at), reverse("console:matter", args=(one.number,))
    return Row(
        href=href,
        number=one.number,
        title=one.title,
        place=" › ".join(filter(None, (one.place__parent__name, one.place__name))),
        step=step.title,
        holder=holder(edition, step, roles=procedure.roles, level=one.level, lead=one.lead__name or ""),
        clock_state=clock.state,
        clock_words=clock.words,
        clock_exact=clock.exact,
        part_href=f"{href}?{urlencode({'back': back})}" if back else "",
    )
