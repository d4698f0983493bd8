"""A few concerns, told by the acts that people use; the bulk of a site is copied from them (样本)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from bench.cast import Cast, Home
from linli.bodies.actor import Actor
from linli.cases import access
from linli.cases.access import Desk
from linli.cases.actions import dispatching, reporting, stepping
from linli.cases.actions.reporting import Report
from linli.cases.actions.stepping import Said

if TYPE_CHECKING:
    from linli.matters.models import Matter

WORDS = "1栋门前下水道盖板破损，老人差点绊倒。"
ANSWER = Said("已换新盖板，并检查了周围的盖板。")
PACE = timedelta(minutes=5)


def report(home: Home, *, at: datetime, is_public: bool = False) -> "Matter":
    """Let a resident report a concern (反映)."""
    told = Report(
        subject="concern",
        spots=home.spots,
        words=WORDS,
        channel="web",
        concern_kind="help",
        raised_by=home.resident.person_id,
        is_public=is_public,
    )
    return reporting.report(told, by=home.resident, at=at)


def dispatch(number: str, home: Home, cast: Cast, *, at: datetime) -> None:
    """Give it to the lead body (派单)."""
    act(number, home.dispatcher, at, lambda desk: dispatching.dispatch(desk, lead=cast.lead))


def take_on(number: str, cast: Cast, *, at: datetime) -> None:
    """Let the lead body take it on (接单)."""
    act(number, cast.handler, at, dispatching.take_on)


def tell(home: Home, cast: Cast, *, acts: int, is_public: bool, until: datetime) -> "Matter":
    """Tell a concern up to a number of acts after its report, the last one at an instant."""
    at = until - acts * PACE
    matter = report(home, at=at, is_public=is_public)
    number = matter.number
    rest: tuple[Callable[[datetime], None], ...] = (
        lambda at: dispatch(number, home, cast, at=at),
        lambda at: take_on(number, cast, at=at),
        lambda at: act(number, cast.handler, at, lambda desk: stepping.step(desk, "finish", ANSWER)),
        lambda at: act(number, home.dispatcher, at, lambda desk: stepping.step(desk, "verify")),
        lambda at: act(number, home.resident, at, lambda desk: stepping.step(desk, "confirm")),
    )
    for one in rest[:acts]:
        at += PACE
        one(at)
    return matter


def act(number: str, by: Actor, at: datetime, perform: Callable[[Desk], object]) -> None:
    """Do an act as the pages do it: load the desk, then act, in one transaction."""
    with transaction.atomic():
        desk = access.sit(number, by=by, at=at, to_act=True)
        assert desk
        perform(desk)
