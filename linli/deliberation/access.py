"""What somebody may see of a topic and do to it, with the reason when not (权限)."""

from dataclasses import dataclass, replace
from datetime import datetime

from linli.bodies.actor import Actor
from linli.core.clause import Clause
from linli.core.facts import Facts
from linli.core.procedure import Procedure, Stand
from linli.core.verdict import Verdict, no, yes
from linli.deliberation import demands, happenings, queries
from linli.deliberation.demands import Demand
from linli.deliberation.happenings import Happenings
from linli.deliberation.models import Covenant, Participant, Task, Topic
from linli.frame.clock import day_of
from linli.matters import access as thread
from linli.matters import desk as thread_desk
from linli.matters import queries as matters
from linli.matters.responsible import Parties, Seat, standing
from linli.pack.edition import Edition
from linli.people import households
from linli.places import queries as places
from linli.places.queries import Spot
from linli.rulebook import queries as rulebook


@dataclass(frozen=True, slots=True)
class Desk(thread_desk.Desk):
    """One topic before one person at one instant (案头)."""

    topic: Topic
    participants: tuple[Participant, ...]
    tasks: tuple[Task, ...]
    happened: Happenings
    covenant: Covenant | None = None
    demand: Demand | None = None

    @property
    def works_on_it(self) -> bool:
        """Tell whether this person works on the topic or oversees it, and may read words and names."""
        return self.sees_all or _has_a_part(self)

    @property
    def tasks_left(self) -> tuple[Task, ...]:
        """Return what a resolution asks and nobody has done yet."""
        return tuple(task for task in self.tasks if task.done_at is None)

    def with_participants(self, participants: tuple[Participant, ...]) -> "Desk":
        """Return the same desk after it was written down who takes part."""
        named = Facts(frozenset({"participants_named"}))
        return replace(self, participants=participants, facts=self.facts | named)


def sit(number: str, *, by: Actor, at: datetime, to_act: bool = False) -> Desk | None:
    """Lay a topic before somebody; none when there is no such one or they may not see it (案头).

    ``to_act`` holds the matter's row until the transaction ends.
    """
    topic = queries.of_number(number, to_act=to_act)
    if topic is None:
        return None
    desk = lay(topic, actor=by, at=at)
    return desk if thread.may_see(desk.matter, by, parties=desk.parties) or _has_a_part(desk) else None


def lay(topic: Topic, *, actor: Actor, at: datetime) -> Desk:
    """Lay a topic that was found before somebody (案头)."""
    matter = topic.matter
    seat, participants = matters.seat_of(matter), tuple(queries.participants(topic))
    parties = Parties(
        joint=frozenset(one.body_id for one in participants if one.body_id is not None),
        is_raiser=actor.person_id is not None and actor.person_id == matter.raised_by_id,
    )
    demand, happened = demand_of(topic, seat=seat, at=at), happenings.of(topic)
    known = thread.facts_of(matter, seat=seat, at=at, was_extended=False)
    desk = Desk(
        matter=matter,
        actor=actor,
        at=at,
        calendar=rulebook.calendar_if_asked(),
        seat=seat,
        parties=parties,
        standing=thread.standing_of(matter, actor, parties=parties, seat=seat),
        facts=known | happened.facts(at=at),
        topic=topic,
        participants=participants,
        tasks=tuple(queries.tasks(topic)),
        happened=happened,
        covenant=queries.covenant_of(topic),
        demand=demand,
    )
    return replace(desk, facts=desk.facts | _own(desk))


def demand_of(topic: Topic, *, seat: Seat, at: datetime) -> Demand | None:
    """Weigh a joint demand while names are gathered; none at any other step (联名)."""
    procedure, step = matters.procedure_of(topic.matter), matters.step_of(topic.matter)
    if not step.calls:
        return None
    return count_names(topic, procedure, edition=seat.edition, at=at)


def count_names(topic: Topic, procedure: Procedure, *, edition: Edition, at: datetime) -> Demand:
    """Weigh the names of a joint demand, at whatever step it is by now (核对联名)."""
    signed = queries.signed_for(topic)
    on_paper = [person for person, is_on_paper in signed.items() if is_on_paper]
    return demands.weigh(
        procedure, edition, within=topic.place_path, on=day_of(at), signers=tuple(signed), on_paper=on_paper
    )


def may_raise(procedure: Procedure, *, at: tuple[Spot, ...], by: Actor, edition: Edition) -> Verdict:
    """Answer whether somebody may raise a topic under a procedure at a place, and if not, why (能否提出).

    Where the first step waits for supporters or for names, any resident may (who demands must be on a roll
    too); elsewhere those who act at the first step.
    """
    place = at[-1]
    if not procedure.may_run_at(place.kind):
        kinds = places.kinds()
        where = "、".join(kinds[kind] for kind in procedure.runs_at)
        return no(
            f"「{procedure.title}」在{where}开展，不在{kinds[place.kind]}（{place.name}）。",
            procedure.clause,
            remedy="请换一个地点，或者换一种程序。",
            asked=procedure.title,
        )
    if procedure.first.signs:
        return no(f"「{procedure.title}」到期由系统自动开始。", procedure.clause, asked=procedure.title)
    if (procedure.first.supporters or procedure.first.calls) and by.is_known:
        return yes(procedure.title, procedure.clause)
    return _first_to_act(procedure, at=at, by=by, edition=edition)


def methods(edition: Edition, *, at: tuple[Spot, ...], by: Actor) -> tuple[Procedure, ...]:
    """Return the procedures under which somebody may raise a topic at a place, but for demands (可选程序)."""
    every = (one for one in edition.methods_for(queries.TOPIC) if not one.first.calls)
    return tuple(one for one in every if may_raise(one, at=at, by=by, edition=edition))


def renewal(edition: Edition) -> Procedure | None:
    """Return the procedure under which a covenant is affirmed anew: it begins with signing (重申程序)."""
    return next((one for one in edition.methods_for(queries.TOPIC) if one.first.signs), None)


def _has_a_part(desk: Desk) -> bool:
    """Tell whether the procedure names an office of theirs, one held in a body too."""
    return any(desk.procedure.roles[key].stands is not Stand.EVERYONE for key in desk.standing)


def _first_to_act(procedure: Procedure, *, at: tuple[Spot, ...], by: Actor, edition: Edition) -> Verdict:
    seat = Seat(edition, at, procedure.starts_at)
    roles = {key: procedure.roles[key] for rule in procedure.first.acts for key in rule.by}
    able = tuple(role for role in roles.values() if role.stands not in (Stand.RAISER, Stand.SYSTEM))
    if standing(by, seat=seat, roles=able, parties=Parties()):
        return yes(procedure.title, procedure.clause)
    who = "、".join(role.title for role in able)
    return no(
        f"「{procedure.title}」由{who}提出。",
        procedure.clause,
        remedy="可以请他们提出。",
        asked=procedure.title,
    )


def clause_of(desk: Desk) -> Clause | None:
    """Return the clause under which the present step stands (依据)."""
    return desk.step.clause or desk.procedure.clause


def _own(desk: Desk) -> Facts:
    topic, covenant, person = desk.topic, desk.covenant, desk.actor.person_id
    needed = desk.step.supporters
    holds = {
        "participants_named": bool(desk.participants),
        "support_reached": desk.demand is None and topic.supporters >= needed,
        "lives_here": _lives_here(desk),
        "supported": queries.has_supported(topic, person),
        "on_paper": bool(desk.procedure.first.calls) and queries.is_on_paper(topic, person),
        "tasks_assigned": bool(desk.tasks),
        "tasks_done": not desk.tasks_left,
        "signed_enough": covenant is not None and covenant.signed >= covenant.needed,
        "signed": covenant is not None and queries.has_signed(covenant, person),
    }
    figures = {
        "here": desk.seat.chain[-1].name,
        "supporters": str(topic.supporters),
        "support_said": f"附议的 {topic.supporters} 人，还不够（须有 {needed} 人）。",
        "support_remedy": "请更多居民附议，或由社区直接采纳。",
        "tasks_open": str(len(desk.tasks_left)),
        "signed": str(covenant.signed if covenant else 0),
        "signed_needed": str(covenant.needed if covenant else 0),
    }
    own = Facts(frozenset(key for key, held in holds.items() if held), figures)
    return own | desk.demand.facts(person=person) if desk.demand else own


def _lives_here(desk: Desk) -> bool:
    """Tell whether somebody lives or owns where support is sought; who is not signed in is not asked yet."""
    person = desk.actor.person_id
    if person is None or not desk.step.supporters:
        return True
    return households.is_of(person, path=desk.topic.place_path)
