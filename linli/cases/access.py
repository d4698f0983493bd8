"""What somebody may see of a case and do to it, with the reason when not (权限)."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from linli.appraisal import queries as appraisal
from linli.appraisal.aspects import Aspect
from linli.bodies.actor import Actor
from linli.cases import queries
from linli.cases.kinds import Part, stays_secret
from linli.cases.models import Case, Return, Summons, WorkOrder
from linli.core.calendar import Calendar
from linli.core.facts import Facts
from linli.core.procedure import ActRule, Opening
from linli.core.refusal import Refusal
from linli.core.term import due
from linli.core.verdict import Refused, Verdict
from linli.matters import access as thread
from linli.matters import queries as matters
from linli.matters.letters import instant
from linli.matters.responsible import Parties, Seat, offices_in
from linli.rulebook import queries as rulebook

if TYPE_CHECKING:
    from linli.appraisal.models import Rating
    from linli.matters.models import Matter


@dataclass(frozen=True, slots=True)
class Desk:
    """One case before one person at one instant: all that an act or a page needs to know (案头)."""

    matter: "Matter"
    case: Case
    actor: Actor
    at: datetime
    calendar: Calendar
    seat: Seat
    parties: Parties
    orders: tuple[WorkOrder, ...]
    returns: tuple[Return, ...]
    summonses: tuple[Summons, ...]
    ratings: "tuple[Rating, ...]"
    standing: frozenset[str]
    facts: Facts

    @property
    def sees_all(self) -> bool:
        """Tell whether words and names may be shown to this person."""
        return thread.sees_all(self.matter, self.actor, parties=self.parties)

    def office_for(self, rule: ActRule) -> str:
        """Say for which office this person does an act: the body's own when they act for one (以何职务)."""
        roles = matters.procedure_of(self.matter).roles
        held = (
            office
            for key in rule.by
            for office in offices_in(self.actor, roles[key], seat=self.seat, parties=self.parties)
        )
        office = next(held, None)
        return office.words if office else self.actor.words_for(self.matter.place_path)

    def openings(self) -> tuple[Opening, ...]:
        """List the acts that concern this person, open and closed with the reason."""
        return thread.openings(self.matter, standing=self.standing, facts=self.facts)

    def ask(self, act: str) -> Verdict:
        """Answer whether this person may do an act now."""
        return thread.ask(self.matter, act, standing=self.standing, facts=self.facts)

    def require(self, act: str) -> ActRule:
        """Return the rule that opens an act to this person; raises ``Refused`` with the reason."""
        self.ask(act).require()
        procedure = matters.procedure_of(self.matter)
        rule = procedure.rule(procedure.step(self.matter.step), act)
        if rule is None:
            raise Refused(Refusal(f"本程序没有「{act}」。"))
        return rule


def sit(number: str, *, by: Actor, at: datetime, token: str = "", to_act: bool = False) -> Desk | None:
    """Lay a case before somebody; none when there is no such case or they may not see it (案头).

    ``to_act`` holds the matter's row until the transaction ends.
    """
    case = queries.of_number(number, to_act=to_act)
    if case is None:
        return None
    desk = _lay(case, actor=by, at=at, token=token)
    return desk if thread.may_see(case.matter, by, parties=desk.parties) else None


def follow(token: str, *, by: Actor, at: datetime) -> Desk | None:
    """Lay a case before whoever holds its follow-up link; none when the link was never given (跟进)."""
    case = queries.of_token(token)
    return _lay(case, actor=by, at=at, token=token) if case else None


def _lay(case: Case, *, actor: Actor, at: datetime, token: str) -> Desk:
    matter, calendar = case.matter, rulebook.calendar()
    orders = tuple(queries.orders(matter.pk)) if case.has_orders else ()
    returns = tuple(queries.returns(matter.pk)) if case.has_returns else ()
    summonses = tuple(queries.summonses(matter.pk)) if case.has_summonses else ()
    ratings = tuple(appraisal.of_matter(matter.pk)) if case.has_ratings else ()
    seat = matters.seat_of(matter)
    is_raiser = bool(token and token == matter.token) or (
        actor.person_id is not None and actor.person_id == matter.raised_by_id
    )
    parties = Parties(
        lead=matter.lead_id,
        joint=frozenset(one.body_id for one in orders if one.part == Part.JOINT and not one.ended_at),
        summoned=frozenset(one.body_id for one in summonses),
        past=frozenset(one.body_id for one in orders),
        is_raiser=is_raiser,
    )
    known = thread.facts_of(matter, seat=seat, at=at, was_extended=case.has_extensions)
    if stays_secret(kind=case.concern_kind, channel=matter.channel, is_asked=case.is_secret):
        known = known.without("may_be_public")
    own = _facts(matter, actor, at=at, calendar=calendar, orders=orders, returns=returns, summonses=summonses)
    own |= _appraised(matter, summonses, ratings)
    return Desk(
        matter=matter,
        case=case,
        actor=actor,
        at=at,
        calendar=calendar,
        seat=seat,
        parties=parties,
        orders=orders,
        returns=returns,
        summonses=summonses,
        ratings=ratings,
        standing=thread.standing_of(matter, actor, parties=parties, seat=seat),
        facts=known | own,
    )


def _facts(
    matter: "Matter",
    actor: Actor,
    *,
    at: datetime,
    calendar: Calendar,
    orders: tuple[WorkOrder, ...],
    returns: tuple[Return, ...],
    summonses: tuple[Summons, ...],
) -> Facts:
    joint = [order for order in orders if order.part == Part.JOINT and not order.ended_at]
    waiting = [order for order in joint if not order.answered_at]
    own = [order for order in joint if order.body_id in actor.body_ids]
    mine = [one for one in summonses if one.body_id in actor.body_ids]
    holds = {
        "joint_answered": not waiting,
        "joint_done": bool(own) and all(order.answered_at for order in own),
        "returned_before": any(one.body_id == matter.lead_id for one in returns),
        "return_ruled": any(one.ruled_at and one.body_id == matter.lead_id for one in returns),
        "summoned": bool(mine),
        "reported_in": bool(mine) and all(one.reported_in_at for one in mine),
        "department_here": any(one.reported_in_at for one in summonses),
    }
    figures = {"joint_open": str(len(waiting)), "joint_names": "、".join(one.body.name for one in waiting)}
    timely, until = _time_limits(matter, orders, at=at, calendar=calendar)
    return Facts(frozenset(key for key, held in {**holds, **timely}.items() if held), figures | until)


def _appraised(matter: "Matter", summonses: tuple[Summons, ...], ratings: "tuple[Rating, ...]") -> Facts:
    departments = {one.body_id for one in ratings if one.aspect == Aspect.DEPARTMENT}
    here = {one.body_id for one in summonses if one.reported_in_at}
    holds = {
        "rated": any(one.aspect == Aspect.RESULT and one.round == matter.reopened for one in ratings),
        "department_rated": bool(here) and here <= departments,
        "summoner_rated": any(one.aspect == Aspect.SUMMONER for one in ratings),
    }
    return Facts(frozenset(key for key, held in holds.items() if held))


def _time_limits(
    matter: "Matter", orders: tuple[WorkOrder, ...], *, at: datetime, calendar: Calendar
) -> tuple[dict[str, bool], dict[str, str]]:
    edition = matters.edition_of(matter)
    lead = next((order for order in orders if order.part == Part.LEAD and not order.ended_at), None)
    figures = {"return_within": edition.give_back.within.words, "reopen_within": edition.reopen.within.words}
    return_until = due(edition.give_back.within, at=lead.dispatched_at, calendar=calendar) if lead else None
    ended = matter.closed_at or matter.answered_at
    reopen_until = due(edition.reopen.within, at=ended, calendar=calendar) if ended else None
    figures["return_until"] = instant(return_until)
    figures["reopen_until"] = instant(reopen_until)
    return {
        "within_return_time": return_until is not None and at <= return_until,
        "within_reopen_time": reopen_until is not None and at <= reopen_until,
    }, figures
