"""What waits for somebody, the most pressing first: one quiet table (收件箱)."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from urllib.parse import quote, urlencode

from linli.bodies.actor import Actor
from linli.console import addresses
from linli.console.behind import clock_of
from linli.console.wanted import Wanted
from linli.core.clause import Clause
from linli.core.procedure import Procedure
from linli.frame import paging
from linli.frame.anatomy import Clock, Due
from linli.frame.citing import cite
from linli.frame.clock import day_of
from linli.frame.wording import number as written
from linli.insight.naming import titles
from linli.matters import inboxes
from linli.matters.choices import Wait
from linli.matters.inboxes import Numbers
from linli.matters.slices import end_of
from linli.pack.edition import Edition
from linli.rulebook import queries as rulebook

SIZE = 25
MOST_STANDING = 100
# Up to here an inbox is counted; with filters each line is looked up, so that it ends sooner.
MOST_COUNTED = 1_000
MOST_FILTERED = 200


class Fact(NamedTuple):
    """What is read of a line, in the order of ``inboxes.COLUMNS`` (行的事实)."""

    id: int
    due_at: datetime | None
    what: str
    title: str
    role: str
    is_ruling: bool
    number: str
    matter: str
    pack: str
    edition: str
    procedure: str
    step: str
    subject: str
    order: str
    paused_at: datetime | None
    place: str
    around: str | None


class Asked(NamedTuple):
    """What a line asks, in the words of the place: the same for all lines of a kind (请您办)."""

    kind: str
    order: str
    step: str
    asked: str
    clause: str


class Line(NamedTuple):
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
    """Lines of the same urgency, and how many there are in all, in words (一组)."""

    title: str
    number: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Inbox:
    """One page of what waits, in groups (收件箱一页)."""

    groups: tuple[Group, ...]
    number: str
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
    filters = wanted.condition(edition, of="matter__") & wanted.said(of="matter__")
    until = end_of(day_of(at))
    most = MOST_FILTERED if wanted.query else MOST_COUNTED
    numbers = inboxes.numbers(actor, wanted=filters, at=at, until=until, most=most)
    due = map(Fact._make, inboxes.page(actor, wanted=filters, cursor=cursor, most=SIZE + 1))
    page = paging.cut(tuple(due), by=inboxes.BY, size=SIZE)
    standing = () if page.following else inboxes.standing(actor, wanted=filters, most=MOST_STANDING)
    facts = (*page.rows, *map(Fact._make, standing))
    return Inbox(
        groups=_groups(_lines(facts, at=at, until=until, lit=lit, query=wanted.query), numbers, most=most),
        number=_number(numbers.whole, most=most),
        following=page.following,
    )


def _groups(lines: tuple[Line, ...], numbers: Numbers, *, most: int) -> tuple[Group, ...]:
    late, today, ruling, whole = numbers
    said = [_number(one, most=most) for one in (late, today, ruling)]
    said.append(_number(whole - late - today - ruling, most=most, is_more=whole == most))
    return tuple(
        Group(title, number, tuple(line for line in lines if line.group == title))
        for title, number in zip(GROUPS, said, strict=True)
    )


def _number(number: int, *, most: int, is_more: bool = False) -> str:
    """Write how many there are: 999+ where the counting ended."""
    if number >= most:
        return f"{written(most - 1)}+"
    return f"{written(max(number, 0))}{'+' if is_more else ''}"


def _lines(
    facts: tuple[Fact, ...], *, at: datetime, until: datetime, lit: str, query: str
) -> tuple[Line, ...]:
    known: dict[tuple[str, ...], Asked] = {}
    beside = _beside(query)
    return tuple(_line(one, _said(one, known), at=at, until=until, lit=lit, beside=beside) for one in facts)


def _line(one: Fact, said: Asked, *, at: datetime, until: datetime, lit: str, beside: str) -> Line:
    page = addresses.of_matter(one.number)
    return Line(
        number=one.number,
        title=one.matter,
        place=f"{one.around} › {one.place}" if one.around else one.place,
        kind=said.kind,
        order=said.order,
        step=said.step,
        asked=said.asked,
        clause=said.clause,
        clock=_clock(one, at=at),
        group=_group(one, at=at, until=until),
        href=page,
        part_href=f"{page}?{beside}{one.number}",
        is_lit=one.number == lit,
    )


def _beside(query: str) -> str:
    """Begin the way back to the list with a matter open beside it; its number follows."""
    opened = f"{addresses.inbox()}?{query}{'&' if query else ''}{urlencode({'open': ''})}"
    return f"back={quote(opened, safe='')}"


def _said(one: Fact, known: dict[tuple[str, ...], Asked]) -> Asked:
    key = (
        one.pack, one.edition, one.procedure, one.step, one.subject, one.order,
        one.what, one.title, one.role,
    )  # fmt: skip
    if key not in known:
        known[key] = _say(one)
    return known[key]


def _say(one: Fact) -> Asked:
    edition = rulebook.edition(one.pack, one.edition)
    procedure = edition.procedures[one.procedure]
    return Asked(
        kind=titles(edition, "subject").get(one.subject, ""),
        order=edition.orders[one.order].title,
        step=procedure.step(one.step).title,
        asked=_asked(one, procedure),
        clause=cite(_clause(one, edition, procedure), one.pack),
    )


def _asked(one: Fact, procedure: Procedure) -> str:
    """Name what can be done: the acts that the step opens to the role, the first ones of the pack."""
    if one.what != Wait.STEP:
        return one.title
    acts = [act for act in procedure.step(one.step).acts if one.role in act.by]
    return " / ".join(act.name for act in acts[:2]) or one.title


def _clause(one: Fact, edition: Edition, procedure: Procedure) -> Clause | None:
    if one.what == Wait.SUMMON:
        return edition.report_in.clause
    if one.what == Wait.EXTENSION:
        return edition.extension.clause
    return procedure.step(one.step).clause or procedure.clause


def _clock(one: Fact, *, at: datetime) -> Clock:
    if one.due_at is None and one.paused_at is None:
        return Clock("left", "不限时")
    return clock_of(Due(one.due_at), at=at)


def _group(one: Fact, *, at: datetime, until: datetime) -> str:
    if one.due_at is not None and one.due_at < at:
        return "逾期"
    if one.due_at is not None and one.due_at <= until:
        return "今天到期"
    return "待我决定" if one.is_ruling else "其余"
