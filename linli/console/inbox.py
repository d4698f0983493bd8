"""What waits for somebody, the most pressing first: one quiet table (收件箱)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from linli.bodies.actor import Actor
from linli.console.behind import clock_of
from linli.console.wanted import Wanted
from linli.core.clause import Clause
from linli.core.procedure import Procedure
from linli.frame import paging
from linli.frame.anatomy import Clock, Due
from linli.frame.citing import cite
from linli.frame.clock import day_of
from linli.insight.naming import titles
from linli.matters import queries as matters
from linli.matters.choices import Wait
from linli.matters.slices import end_of
from linli.pack.edition import Edition
from linli.rulebook import queries as rulebook

SIZE = 50
MOST_STANDING = 100
DECISIONS = (Wait.EXTENSION, Wait.ESCALATION)
RULING = ("decide",)
_COLUMNS = (
    "id", "due_at", "what", "title", "role",
    "matter__number", "matter__title", "matter__pack", "matter__edition", "matter__procedure", "matter__step",
    "matter__step_kind", "matter__subject", "matter__order", "matter__paused_at",
    "matter__place__name", "matter__place__parent__name",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One line: what is asked of me, by when, and under which rule (一行)."""

    number: str
    title: str
    place: str
    kind: str
    order: str
    step: str
    asked: str
    clause: str
    clock: Clock
    group: str
    href: str
    part_href: str
    is_lit: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of the same urgency, and how many there are in all (一组)."""

    title: str
    number: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Inbox:
    """One page of what waits, in groups (收件箱一页)."""

    groups: tuple[Group, ...]
    number: int
    following: str

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing waits."""
        return not any(group.lines for group in self.groups)


GROUPS = ("逾期", "今天到期", "待我决定", "其余")


def read(
    actor: Actor, *, wanted: Wanted, edition: Edition, at: datetime, cursor: str = "", lit: str = ""
) -> Inbox:
    """Read one page of somebody's inbox: three queries, however many lines there are."""
    waiting = matters.inbox(actor).filter(wanted.condition(edition, of="matter__"))
    numbers = _numbers(waiting, at=at)
    rows: QuerySet[Any, Any] = waiting.select_related(None).values(*_COLUMNS)
    page = paging.page(rows.exclude(due_at=None), by="due_at", cursor=cursor, size=SIZE)
    standing = () if page.following else tuple(rows.filter(due_at=None)[:MOST_STANDING])
    lines = [_line(row, at=at, lit=lit, query=wanted.query) for row in (*page.rows, *standing)]
    groups = tuple(
        Group(title, numbers[title], tuple(line for line in lines if line.group == title)) for title in GROUPS
    )
    return Inbox(groups, sum(numbers.values()), page.following)


def _numbers(waiting: "QuerySet[Any]", *, at: datetime) -> dict[str, int]:
    deciding = Q(what__in=DECISIONS) | Q(matter__step_kind__in=RULING)
    late, today = Q(due_at__lt=at), Q(due_at__gte=at, due_at__lte=end_of(day_of(at)))
    soon = Q(due_at__lte=end_of(day_of(at)), due_at__isnull=False)
    counted = waiting.order_by().aggregate(
        逾期=Count("pk", filter=late),
        今天到期=Count("pk", filter=today),
        待我决定=Count("pk", filter=deciding & ~soon),
        全部=Count("pk"),
    )
    known = {title: counted[title] for title in GROUPS[:3]}
    return known | {"其余": counted["全部"] - sum(known.values())}


def _line(row: dict[str, Any], *, at: datetime, lit: str, query: str) -> Line:
    edition = rulebook.edition(row["matter__pack"], row["matter__edition"])
    procedure = edition.procedures[row["matter__procedure"]]
    step = procedure.step(row["matter__step"])
    number = row["matter__number"]
    page = reverse("console:matter", args=(number,))
    return Line(
        number=number,
        title=row["matter__title"],
        place=" › ".join(filter(None, (row["matter__place__parent__name"], row["matter__place__name"]))),
        kind=titles(edition, "subject").get(row["matter__subject"], ""),
        order=edition.orders[row["matter__order"]].title,
        step=step.title,
        asked=_asked(row, procedure),
        clause=cite(_clause(row, edition, procedure), row["matter__pack"]),
        clock=_clock(row, at=at),
        group=_group(row, at=at),
        href=page,
        part_href=f"{page}?{urlencode({'back': _beside(number, query)})}",
        is_lit=number == lit,
    )


def _beside(number: str, query: str) -> str:
    """Return the address of the list with a matter open beside it."""
    return f"{reverse('console:inbox')}?{query}{'&' if query else ''}{urlencode({'open': number})}"


def _asked(row: dict[str, Any], procedure: Procedure) -> str:
    """Name what can be done: the acts that the step opens to the role, the first ones of the pack."""
    if row["what"] != Wait.STEP:
        return str(row["title"])
    acts = [one for one in procedure.step(row["matter__step"]).acts if row["role"] in one.by]
    return " / ".join(one.name for one in acts[:2]) or str(row["title"])


def _clause(row: dict[str, Any], edition: Edition, procedure: Procedure) -> Clause | None:
    if row["what"] == Wait.SUMMON:
        return edition.report_in.clause
    if row["what"] == Wait.EXTENSION:
        return edition.extension.clause
    return procedure.step(row["matter__step"]).clause or procedure.clause


def _clock(row: dict[str, Any], *, at: datetime) -> Clock:
    if row["due_at"] is None and row["matter__paused_at"] is None:
        return Clock("left", "不限时")
    return clock_of(Due(row["due_at"]), at=at)


def _group(row: dict[str, Any], *, at: datetime) -> str:
    due_at = row["due_at"]
    if due_at is not None and due_at < at:
        return "逾期"
    if due_at is not None and due_at <= end_of(day_of(at)):
        return "今天到期"
    is_mine = row["what"] in DECISIONS or row["matter__step_kind"] in RULING
    return "待我决定" if is_mine else "其余"
