"""Who must act next, by when: the lines of everybody's inbox (待办)."""

from collections.abc import Sequence
from datetime import datetime

from linli.bodies.queries import nearest_post
from linli.core.calendar import Calendar
from linli.core.countdown import Countdown
from linli.core.procedure import Procedure, Role, Stand, Step
from linli.core.term import Term
from linli.frame.clock import day_of
from linli.matters.choices import Wait
from linli.matters.models import Clocked, Matter, Waiting
from linli.matters.responsible import Seat


def follow(matter: Matter, *, procedure: Procedure, seat: Seat, calendar: Calendar, at: datetime) -> None:
    """Replace what the last step waited for by what the present one waits for."""
    step = procedure.step(matter.step)
    kept = () if step.ends or step.stops_clock else (Wait.JOINT, Wait.SUMMON)
    Waiting.objects.filter(matter=matter).exclude(what__in=kept).delete()
    roles = [procedure.roles[key] for key in step.waits_for]
    lines = [_line(matter, role, step=step, seat=seat, calendar=calendar, at=at) for role in roles]
    Waiting.objects.bulk_create(lines)


def wait(
    matter: Matter,
    *,
    what: Wait,
    title: str,
    role: str,
    at: datetime,
    calendar: Calendar,
    term: Term | None = None,
    office: str = "",
    place_id: int | None = None,
    body_id: int | None = None,
    person_id: int | None = None,
) -> None:
    """Add one line to somebody's inbox; without a term it is due with the matter."""
    line = Waiting(
        matter=matter, what=what, title=title, role=role, office=office,
        place_id=place_id, body_id=body_id, person_id=person_id, since=at,
    )  # fmt: skip
    _set_clock(line, matter, term, calendar=calendar, at=at)
    Waiting.objects.bulk_create([line], ignore_conflicts=True)


def done(matter: Matter, *, what: Wait, body_id: int | None = None) -> int:
    """Strike a line off the inbox; returns how many lines there were."""
    lines = Waiting.objects.filter(matter=matter, what=what)
    if body_id is not None:
        lines = lines.filter(body_id=body_id)
    return lines.delete()[0]


def write_clock(row: Clocked, countdown: Countdown, *, calendar: Calendar) -> tuple[str, ...]:
    """Put a countdown into a row's columns and return their names."""
    columns = countdown.columns()
    row.clock_term, row.clock_extensions = columns.term, columns.extensions
    row.clock_started_at, row.clock_running_since = columns.started_at, columns.running_since
    row.clock_used, row.clock_worked = columns.used_seconds, columns.worked_seconds
    row.clock_granted = columns.granted_seconds
    row.due_at = countdown.due_at(calendar=calendar)
    return CLOCK_COLUMNS


CLOCK_COLUMNS = (
    "clock_term",
    "clock_extensions",
    "clock_started_at",
    "clock_running_since",
    "clock_used",
    "clock_worked",
    "clock_granted",
    "due_at",
)


def change_clocks(lines: Sequence[Waiting], *, countdowns: Sequence[Countdown], calendar: Calendar) -> None:
    """Write new countdowns into lines, none later than the matter itself."""
    for line, countdown in zip(lines, countdowns, strict=True):
        write_clock(line, countdown, calendar=calendar)
        line.due_at = _no_later(line.due_at, line.matter)
    Waiting.objects.bulk_update(lines, CLOCK_COLUMNS)


def _line(matter: Matter, role: Role, *, step: Step, seat: Seat, calendar: Calendar, at: datetime) -> Waiting:
    line = Waiting(matter=matter, what=Wait.STEP, title=step.title, role=role.key, since=at)
    match role.stands:
        case Stand.LEAD:
            line.body_id = matter.lead_id
        case Stand.RAISER:
            line.person_id = matter.raised_by_id
        case Stand.COVERS:
            post = nearest_post(seat.chain[-1].path, on=day_of(at), office=role.office)
            line.office, line.place_id = role.office, post or seat.grid.id
        case Stand.ABOVE:
            line.office, line.place_id = role.office, (seat.above or seat.place).id
        case _:
            line.office, line.place_id = role.office, seat.place.id
    _set_clock(line, matter, step.term(matter.order), calendar=calendar, at=at)
    return line


def _set_clock(line: Waiting, matter: Matter, term: Term | None, *, calendar: Calendar, at: datetime) -> None:
    if matter.is_paused:
        return
    if term is None:
        line.due_at = None if matter.answered_at else matter.due_at
        return
    write_clock(line, Countdown.start(term, at=at), calendar=calendar)
    line.due_at = _no_later(line.due_at, matter)


def _no_later(due_at: datetime | None, matter: Matter) -> datetime | None:
    if due_at is None or matter.due_at is None or matter.answered_at:
        return due_at
    return min(due_at, matter.due_at)
