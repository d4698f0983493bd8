"""A matter as a page tells it: the stations, what is next, and what happened (讲述)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from linli.core.clause import Clause
from linli.core.procedure import Procedure, Stand
from linli.matters import queries
from linli.matters.choices import Wait
from linli.matters.models import Matter, Waiting
from linli.record import queries as record
from linli.record.queries import Line

PAGE = 20
FIRST = 1


@dataclass(frozen=True, slots=True)
class Station:
    """One step on the line of stations: done, now or next (站点)."""

    key: str
    title: str
    state: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Next:
    """Who must do what by when, and under which rule (下一步)."""

    who: str
    title: str
    due_at: datetime | None
    is_paused: bool
    clause: Clause | None
    is_raiser: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """All that a page tells of a matter's way (经过)."""

    stations: tuple[Station, ...]
    nexts: tuple[Next, ...]
    lines: tuple[Line, ...]
    earlier: int = 0


def tell(matter: Matter, *, before: int = 0) -> Story:
    """Gather the stations, what is next, and one page of the timeline, up to ``before`` a place in the chain.

    The step's own next act comes first; ``earlier`` is the place before which more can be read.
    """
    lines = record.timeline(matter.number, before=before or None, limit=PAGE, newest_first=True)[::-1]
    is_whole = not before and bool(lines) and lines[0].seq == FIRST
    acts = [line.act for line in lines] if is_whole else _moves(matter)
    return Story(
        stations=stations(matter, acts=acts),
        nexts=_nexts(matter),
        lines=lines,
        earlier=lines[0].seq if lines and lines[0].seq > FIRST else 0,
    )


def outline(matter: Matter) -> Story:
    """Gather the stations and what is next, for a page that does not tell what happened (概要)."""
    return Story(stations=stations(matter, acts=_moves(matter)), nexts=_nexts(matter), lines=())


def _nexts(matter: Matter) -> tuple[Next, ...]:
    waitings = sorted(queries.waitings(matter), key=lambda waiting: waiting.what != Wait.STEP)
    return tuple(_next(matter, waiting) for waiting in waitings)


def _moves(matter: Matter) -> tuple[str, ...]:
    """Return those acts on record that may have led from one step to another."""
    procedure = queries.procedure_of(matter)
    rules = (*procedure.anytime, *(rule for step in procedure.steps for rule in step.acts))
    return record.acts(matter.number, among={rule.act for rule in rules if rule.to})


def stations(matter: Matter, *, acts: Sequence[str]) -> tuple[Station, ...]:
    """Return the line of stations: what was passed, the present one, and the straight way to the end."""
    procedure = queries.procedure_of(matter)
    step = procedure.step(matter.step)
    passed = _passed(procedure, acts, present=matter.step)
    ahead = [] if step.ends else _ahead(procedure, matter.step)
    found = [Station(key, procedure.step(key).title, "done") for key in passed if key not in ahead]
    found.append(Station(step.key, step.title, "done" if step.ends else "now"))
    return (*found, *(Station(key, procedure.step(key).title, "next") for key in ahead))


def _passed(procedure: Procedure, acts: Sequence[str], *, present: str) -> list[str]:
    seen, here = [procedure.first.key], procedure.first.key
    for act in acts:
        rule = procedure.rule(procedure.step(here), act)
        if rule and rule.to:
            here = rule.to
            seen.append(here)
    return [key for key in dict.fromkeys(seen) if key != present]


def _ahead(procedure: Procedure, start: str) -> list[str]:
    """Return the steps of the straight way to the end: at each step the first act that leads on."""
    way: list[str] = []
    here = start
    while not procedure.step(here).ends and len(way) < len(procedure.steps):
        targets = [rule.to for rule in procedure.step(here).acts if rule.to and rule.to not in (*way, start)]
        if not targets:
            break
        here = _onward(procedure, targets, here)
        way.append(here)
    return way


def _onward(procedure: Procedure, targets: list[str], here: str) -> str:
    """Prefer a step that is not the end and lies later in the pack's own order, then the end."""
    order = [step.key for step in procedure.steps]
    later = [key for key in targets if order.index(key) > order.index(here)]
    inner = [key for key in later if not procedure.step(key).ends]
    return next(iter(inner or later or targets))


def _next(matter: Matter, waiting: Waiting) -> Next:
    procedure = queries.procedure_of(matter)
    role = procedure.roles.get(waiting.role)
    return Next(
        who=queries.holder_of(waiting),
        title=waiting.title,
        due_at=waiting.due_at,
        is_paused=matter.is_paused,
        clause=procedure.step(matter.step).clause or procedure.clause,
        is_raiser=role is not None and role.stands is Stand.RAISER,
    )
