"""Taking one event in: it is reported, then worked on by whoever held the office it waited for (录入)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from linli.bodies import queries as bodies
from linli.bodies.actor import NOBODY, Actor
from linli.cases import access
from linli.cases.access import Desk
from linli.cases.actions import dispatching, reporting, stepping
from linli.cases.actions.stepping import Said
from linli.core.procedure import ActRule
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.frame.clock import day_of
from linli.handoffs.intake.event import INCIDENT, Event, Outcome
from linli.matters import queries as matters
from linli.matters.letters import instant
from linli.matters.responsible import Seat
from linli.matters.waiting import post_of
from linli.rulebook import queries as rulebook

if TYPE_CHECKING:
    from linli.matters.models import Matter

# Of the acts that a step opens, the first of these is the straight way on.
HANDED_OVER = ("dispatch", "call_up", "take_in")
WORKED_ON = ("dispatch", "take_on", "finish", "verify", "call_up", "take_in")
SOLVED_ALONE = ("solve", "verify", "call_up", "take_in")
ANSWERS = ("finish", "solve")

NOTE = "据原系统记录补记。"
NO_ANSWER = "原系统未给出办理结果。"


@dataclass(frozen=True, slots=True)
class Close:
    """When an event was answered, and why that instant is taken (办结)."""

    at: datetime
    because: str = ""


def is_known(event: Event) -> bool:
    """Tell whether an event came in before, or is one of our own that was exported (已有)."""
    told = event.report
    known = matters.taken_in(channel=told.channel, external_ref=told.external_ref)
    return bool(known or matters.of_number(told.external_ref))


@transaction.atomic
def enter(event: Event, *, now: datetime) -> bool:
    """Take an event in and walk it to where it stood in the other system (录入); tell whether it is new."""
    told = event.report
    if is_known(event):
        return False
    matter = reporting.report(told, by=_finder(event), at=event.at)
    close = _close_of(event, matter, now=now)
    way = _way(event)
    while rule := _next(matter, way):
        matter = _do(matter, rule, event, close)
    return True


def _finder(event: Event) -> Actor:
    """Return who found an incident: whoever it waits for first; a resident stays unknown."""
    if event.report.subject != INCIDENT:
        return NOBODY
    spots, on = event.report.spots, day_of(event.at)
    edition = rulebook.current(spots[-1].pack)
    procedure = edition.procedure_for(INCIDENT)
    seat = Seat(edition, spots, procedure.starts_at)
    for role in (procedure.roles[key] for key in procedure.first.waits_for):
        post = post_of(role, seat=seat, at=event.at)
        if people := bodies.holders(on=on, office=role.office, place_id=post):
            return _actor(people[0], on=on)
    return NOBODY


def _way(event: Event) -> tuple[str, ...]:
    if event.outcome is Outcome.OPEN and event.closed_at is None:
        return HANDED_OVER if event.lead else ()
    return WORKED_ON if event.lead else SOLVED_ALONE


def _next(matter: "Matter", way: tuple[str, ...]) -> ActRule | None:
    here = {rule.act: rule for rule in matters.step_of(matter).acts}
    return next((here[act] for act in way if act in here), None)


def _close_of(event: Event, matter: "Matter", *, now: datetime) -> Close:
    due_at = matter.due_at
    if event.closed_at or due_at is None:
        return Close(event.closed_at or event.at)
    if event.outcome is Outcome.LATE:
        late = due_at + timedelta(minutes=1)
        if late > now:
            raise Refused(
                Refusal(
                    f"原系统记为逾期，而按本地期限要到 {instant(due_at)} 才到期。",
                    remedy="补上办结时间，或核对结果。",
                )
            )
        return Close(late, "原系统未给出办结时间，按期限届满后一分钟记。")
    if due_at > now:
        return Close(now, "原系统未给出办结时间，按导入时记。")
    return Close(due_at, "原系统未给出办结时间，按期限届满时记。")


def _do(matter: "Matter", rule: ActRule, event: Event, close: Close) -> "Matter":
    is_over = rule.act in ANSWERS or matter.answered_at is not None
    desk = _desk(matter, rule, at=close.at if is_over else event.at)
    if rule.act == "dispatch":
        return dispatching.dispatch(desk, lead=event.lead or 0, said=Said(NOTE))
    if rule.act == "take_on":
        return dispatching.take_on(desk, Said(NOTE))
    return stepping.step(desk, rule.act, _said(rule, event, close))


def _said(rule: ActRule, event: Event, close: Close) -> Said:
    if rule.act not in ANSWERS:
        return Said(NOTE)
    unit = "" if event.lead else "原系统未给出承办单位，记为由受理的一级自办。"
    return Said((event.answer or NO_ANSWER) + unit + close.because)


def _desk(matter: "Matter", rule: ActRule, *, at: datetime) -> Desk:
    """Sit down as somebody whom the matter waits for and who may do the act."""
    for actor in _awaited(matter, at=at):
        desk = access.sit(matter.number, by=actor, at=at, to_act=True)
        if desk and desk.ask(rule.act):
            return desk
    whom = "、".join(sorted({str(line.body or line.place or "反映人") for line in matters.waitings(matter)}))
    raise Refused(
        Refusal(
            f"{day_of(at)} 时「{whom}」没有人能办「{rule.name}」。",
            remedy="先登记当时任职的人，再导入这一行。",
        )
    )


def _awaited(matter: "Matter", *, at: datetime) -> Iterator[Actor]:
    on = day_of(at)
    people = [person for line in matters.waitings(matter) for person in matters.people_of(line, on=on)]
    return (_actor(person, on=on) for person in dict.fromkeys(people))


def _actor(person: int, *, on: date) -> Actor:
    # The record keeps the number and the office; the name is looked up when it is read.
    return bodies.actor(person_id=person, name="", on=on)
