"""Who must act next, by when: the lines of everybody's inbox (待办)."""

from collections.abc import Sequence
from datetime import datetime

from linli.bodies.queries import nearest_post
from linli.core.calendar import Calendar
from linli.core.countdown import Countdown
from linli.core.procedure import Procedure, Role, Stand, Step
from linli.core.term import Term
from linli.frame import compiled
from linli.frame.clock import day_of
from linli.frame.compiled import Change, Question, Removal
from linli.matters.choices import Wait
from linli.matters.models import Clocked, Matter, Waiting
from linli.matters.responsible import Seat

# What only waits for somebody's decision: an extension, an overdue line, a step that decides (待我决定).
RULINGS = (Wait.EXTENSION, Wait.ESCALATION)
RULING_STEP = "decide"

_STRIKE = Removal(lambda matter, kept: Waiting.objects.filter(matter=matter).exclude(what__in=kept))
_STRIKE_ALL = Removal(lambda matter, what: Waiting.objects.filter(matter=matter, what=what))
_STRIKE_ONE = Removal(lambda matter, what, body: Waiting.objects.filter(matter=matter, what=what, body=body))
_OF_MATTER = Question(lambda matter: Waiting.objects.filter(matter=matter))
_LINE = Change(lambda pk: Waiting.objects.filter(pk=pk))


def follow(matter: Matter, *, procedure: Procedure, seat: Seat, calendar: Calendar, at: datetime) -> None:
    """Replace what the last step waited for by what the present one waits for."""
    step = procedure.step(matter.step)
    kept = () if step.ends or step.stops_clock else (Wait.JOINT, Wait.SUMMON)
    _STRIKE.make(matter=matter.pk, kept=kept)
    begin(matter, procedure=procedure, seat=seat, calendar=calendar, at=at)


def begin(matter: Matter, *, procedure: Procedure, seat: Seat, calendar: Calendar, at: datetime) -> None:
    """Write down what the present step waits for, beside what is there."""
    step = procedure.step(matter.step)
    roles = [procedure.roles[key] for key in step.waits_for]
    lines = [_line(matter, role, step=step, seat=seat, calendar=calendar, at=at) for role in roles]
    compiled.insert(lines)


def follow_clock(matter: Matter, *, calendar: Calendar, at: datetime) -> bool:
    """Let the lines of a matter stand still, run on and fall due with it; tell whether any deadline moved.

    A line with a term of its own keeps what is left of it, but is never due later than the matter.
    """
    lines = _OF_MATTER.ask(matter=matter.pk)
    old = [_clock_of(line) for line in lines]
    has_moved = reckon(lines, matter=matter, calendar=calendar, at=at)
    for line, before in zip(lines, old, strict=True):
        if _clock_of(line) != before:
            _LINE.make(_clock_of(line), pk=line.pk)
    return has_moved


def reckon(lines: Sequence[Waiting], *, matter: Matter, calendar: Calendar, at: datetime) -> bool:
    """Reckon when the lines of a matter are due, without keeping it; tell whether any deadline moved."""
    old = [line.due_at for line in lines]
    for line in lines:
        line.matter = matter
        _reckon(line, matter, calendar=calendar, at=at)
    return old != [line.due_at for line in lines]


def regrade(matter: Matter, *, step: Step, calendar: Calendar, at: datetime) -> None:
    """Give the lines of the present step the term of the matter's new order kind; time used stays used."""
    term = step.term(matter.order)
    for line in Waiting.objects.filter(matter=matter, what=Wait.STEP):
        clock = line.countdown or (Countdown.start(term, at=line.since) if term else None)
        if term and clock:
            write_clock(line, clock.retime(term), calendar=calendar)
        else:
            _clear_clock(line)
        line.save(update_fields=CLOCK_COLUMNS)
    follow_clock(matter, calendar=calendar, at=at)


def line_for(
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
) -> Waiting:
    """Draw up one line for somebody's inbox; without a term it is due with the matter."""
    line = Waiting(
        matter=matter, what=what, title=title, role=role, office=office,
        place_id=place_id, body_id=body_id, person_id=person_id, since=at, is_ruling=what in RULINGS,
    )  # fmt: skip
    _set_clock(line, matter, term, calendar=calendar, at=at)
    return line


def add(*lines: Waiting) -> None:
    """Put lines into inboxes; one that already stands there stays as it is."""
    compiled.insert(lines, or_leave=True)


def done(matter: Matter, *, what: Wait, body_id: int | None = None) -> int:
    """Strike a line off the inbox; returns how many lines there were."""
    if body_id is None:
        return _STRIKE_ALL.make(matter=matter.pk, what=what)
    return _STRIKE_ONE.make(matter=matter.pk, what=what, body=body_id)


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


def _clock_of(line: Waiting) -> dict[str, object]:
    return {name: getattr(line, name) for name in (*CLOCK_COLUMNS, "escalated_at")}


def _line(matter: Matter, role: Role, *, step: Step, seat: Seat, calendar: Calendar, at: datetime) -> Waiting:
    is_ruling = step.kind == RULING_STEP
    line = Waiting(
        matter=matter, what=Wait.STEP, title=step.title, role=role.key, since=at, is_ruling=is_ruling
    )
    match role.stands:
        case Stand.LEAD:
            line.body_id = matter.lead_id
        case Stand.RAISER:
            line.person_id = matter.raised_by_id
        case _:
            line.office, line.place_id = role.office, post_of(role, seat=seat, at=at)
    _set_clock(line, matter, step.term(matter.order), calendar=calendar, at=at)
    return line


def post_of(role: Role, *, seat: Seat, at: datetime) -> int:
    """Return the place where the office of a role is held for a matter (就近职务)."""
    match role.stands:
        case Stand.COVERS:
            post = nearest_post(seat.chain[-1].path, on=day_of(at), office=role.office)
            return post or seat.grid.id
        case Stand.ABOVE:
            return (seat.above or seat.place).id
        case _:
            return seat.place.id


def _set_clock(line: Waiting, matter: Matter, term: Term | None, *, calendar: Calendar, at: datetime) -> None:
    countdown = Countdown.start(term, at=at) if term else None
    _follow(line, countdown, matter, calendar=calendar, at=at)


def _reckon(line: Waiting, matter: Matter, *, calendar: Calendar, at: datetime) -> None:
    old = line.due_at
    _follow(line, line.countdown, matter, calendar=calendar, at=at)
    if line.due_at != old and line.due_at is not None and line.due_at >= at:
        line.escalated_at = None


def _follow(
    line: Waiting, countdown: Countdown | None, matter: Matter, *, calendar: Calendar, at: datetime
) -> None:
    """Let a line be due with its own countdown, if it has one, and never later than the matter."""
    if countdown is None:
        line.due_at = None if matter.answered_at else matter.due_at
    else:
        write_clock(line, _in_step(countdown, matter, calendar=calendar, at=at), calendar=calendar)
        line.due_at = _no_later(line.due_at, matter)


def _in_step(countdown: Countdown, matter: Matter, *, calendar: Calendar, at: datetime) -> Countdown:
    if matter.is_paused == countdown.is_paused:
        return countdown
    return countdown.pause(at, calendar=calendar) if matter.is_paused else countdown.resume(at)


def _clear_clock(line: Waiting) -> None:
    line.clock_term, line.clock_extensions = "", ""
    line.clock_started_at = line.clock_running_since = None
    line.clock_used = line.clock_worked = line.clock_granted = 0


def _no_later(due_at: datetime | None, matter: Matter) -> datetime | None:
    if due_at is None or matter.due_at is None or matter.answered_at:
        return due_at
    return min(due_at, matter.due_at)
