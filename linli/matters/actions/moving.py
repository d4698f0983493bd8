"""Moving a matter on by compare-and-set: one wins, the others are refused (推进)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from linli.bodies.actor import Actor
from linli.core.calendar import Calendar
from linli.core.countdown import Countdown
from linli.core.procedure import ActRule, Step
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.frame.clock import day_of
from linli.frame.compiled import Change
from linli.matters import letters, queries, tally, waiting
from linli.matters.choices import Visibility
from linli.matters.letters import Handing
from linli.matters.models import Extension, Matter
from linli.matters.responsible import Seat, answering_level, solved_level
from linli.places.queries import Spot
from linli.record import actions as record

Figures = tuple[tuple[str, str], ...]
ASIDE = frozenset({"merge", "unmerge"})

_ASKED = Change(lambda matter: Extension.objects.filter(matter=matter, ruled_at=None))
_AS_READ = Change(lambda pk, step, turn: Matter.objects.filter(pk=pk, step=step, turn=turn))


@dataclass(frozen=True, slots=True)
class Move:
    """One act on a matter, as it will stand on the record (动作).

    ``lead`` names a new lead body; ``into`` the matter it is merged into; ``shows`` lets everybody see it;
    ``seen`` is the turn that stood on the actor's page, if known; ``spots``, the chain of places around the
    matter, spares the act a query; ``handing`` tells those who get it what is asked of them.
    """

    rule: ActRule
    by: Actor
    at: datetime
    calendar: Calendar
    words: str = ""
    figures: Figures = ()
    lead: int | None = None
    into: Matter | None = None
    shows: bool = False
    office: str = ""
    seen: int | None = None
    spots: tuple[Spot, ...] = ()
    handing: Handing | None = None


@dataclass(frozen=True, slots=True)
class Stand:
    """The step and turn at which a matter was read (所处)."""

    step: str
    turn: int


@transaction.atomic(savepoint=False)
def move(matter: Matter, act: Move) -> Matter:
    """Do an act that leads to another step (推进); raises ``Refused`` when somebody was faster."""
    before, was = tally.shape(matter), stand_of(matter)
    procedure = queries.procedure_of(matter)
    step = procedure.step(act.rule.to or matter.step)
    columns = (*_enter(matter, step, act), *_open_up(matter, act))
    seize(matter, act, was=was, columns=columns)
    seat = queries.seat_of(matter, spots=act.spots)
    waiting.follow(matter, procedure=procedure, seat=seat, calendar=act.calendar, at=act.at)
    if "due_at" in columns:
        waiting.follow_clock(matter, calendar=act.calendar, at=act.at)
    if procedure.rule(procedure.step(was.step), "ask_extension"):
        # Whoever asked for more time has handed the matter on: nobody is left to use it.
        _ASKED.make({"ruled_at": act.at}, matter=matter.pk)
    tally.change(before, tally.shape(matter), slot=matter.pk)
    note(matter, act)
    letters.moved(matter, step=step, rule=act.rule, words=act.words, at=act.at, handing=act.handing)
    return matter


def stand_of(matter: Matter) -> Stand:
    """Return where a matter stands before an act changes it."""
    return Stand(matter.step, matter.turn)


def seize(matter: Matter, act: Move, *, was: Stand, columns: tuple[str, ...] = ()) -> None:
    """Change a matter's row only if it still stands where it was read (先到先办)."""
    if act.seen is not None and act.seen != was.turn:
        raise overtaken(matter, act)
    matter.turn = was.turn + 1
    matter.moved_at = act.at
    fresh = {name: getattr(matter, name) for name in (*columns, "turn", "moved_at")}
    if not _AS_READ.make(fresh, pk=matter.pk, step=was.step, turn=was.turn):
        raise overtaken(matter, act)


def overtaken(matter: Matter, act: Move) -> Refused:
    """Say that somebody did something to the matter first (已被他人先办)."""
    return Refused(
        Refusal(
            f"刚刚有人先办了这件事，「{act.rule.name}」没有执行。",
            clause=act.rule.clause or queries.procedure_of(matter).clause,
            remedy="请看最新的经过，再决定怎么办。您写的内容还在。",
            asked=act.rule.name,
        )
    )


def note(matter: Matter, act: Move) -> None:
    """Write the one entry of an act (留痕)."""
    clause = act.rule.clause or queries.procedure_of(matter).clause
    record.write(
        chain=matter.number,
        act=act.rule.act,
        title=act.rule.name,
        by=act.by.person_id,
        office=act.office or act.by.words_for(matter.place_path),
        at=act.at,
        clause=clause,
        figures=act.figures,
        words=act.words,
    )


def _enter(matter: Matter, step: Step, act: Move) -> tuple[str, ...]:
    columns = ["step", "step_kind", "level", "lead_id", "answered_at", "closed_at", "outcome", "solved_level"]
    matter.step, matter.step_kind = step.key, step.kind
    if act.lead is not None or step.chooses_lead:
        matter.lead_id = act.lead
    if act.rule.climbs:
        columns += _climb(matter, act)
    roles = queries.procedure_of(matter).roles
    seat = queries.seat_of(matter, spots=act.spots)
    matter.level = answering_level(seat, step=step, roles=roles, on=day_of(act.at))
    if act.rule.act in ASIDE:
        matter.merged_into = act.into
        columns.append("merged_into_id")
    if act.rule.act == "reopen":
        columns += _start_again(matter, act)
    elif matter.is_paused:
        columns += _run_on(matter, act)
    if act.into:
        # Nobody was answered yet: the matter it goes into will do that.
        matter.answered_at = None
    elif step.stops_clock or step.ends:
        matter.answered_at = matter.answered_at or act.at
    else:
        matter.answered_at = None
    matter.closed_at, matter.outcome = (act.at, act.rule.act) if step.ends else (None, "")
    matter.solved_level = (
        solved_level(matter.level, lead=matter.lead, edition=seat.edition)
        if step.ends and not act.into
        else ""
    )
    return tuple(columns)


def _open_up(matter: Matter, act: Move) -> tuple[str, ...]:
    if not act.shows:
        return ()
    matter.visibility = Visibility.PUBLIC
    return ("visibility",)


def _climb(matter: Matter, act: Move) -> list[str]:
    matter.level, matter.climb, matter.climbed_at = _next_level(matter, act), act.rule.climbs, act.at
    return ["climb", "climbed_at"]


def _next_level(matter: Matter, act: Move) -> str:
    seat: Seat = queries.seat_of(matter, spots=act.spots)
    level = seat.next_level(act.rule.climbs)
    if level is None:
        raise Refused(Refusal("没有这一级。", clause=act.rule.clause, asked=act.rule.name))
    return level.key


def _start_again(matter: Matter, act: Move) -> list[str]:
    order = queries.edition_of(matter).orders[matter.order]
    matter.reopened += 1
    matter.pause_reason, matter.paused_at = "", None
    clock = Countdown.start(order.resolve, at=act.at)
    names = waiting.write_clock(matter, clock, calendar=act.calendar)
    return ["reopened", "pause_reason", "paused_at", *names]


def _run_on(matter: Matter, act: Move) -> list[str]:
    countdown = matter.countdown
    matter.pause_reason, matter.paused_at = "", None
    if countdown is None:
        return ["pause_reason", "paused_at"]
    names = waiting.write_clock(matter, countdown.resume(act.at), calendar=act.calendar)
    return ["pause_reason", "paused_at", *names]
