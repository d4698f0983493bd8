"""Topics on their way, with meetings, ballots and notices, through the acts people use (议事演示)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from linli.ballots import queries as ballots
from linli.ballots.actions import casting, closing
from linli.ballots.actions.opening import Asked
from linli.core.ballot import YES, Slip
from linli.core.procedure import ActRule, Stand
from linli.core.term import due
from linli.core.verdict import Refused
from linli.deliberation import access as topics
from linli.deliberation.access import Desk
from linli.deliberation.actions import participating, posting, raising, tasking
from linli.deliberation.actions import tasking as tasks
from linli.deliberation.actions.participating import Invited
from linli.deliberation.actions.raising import Proposal
from linli.demo.cast import Cast
from linli.demo.script import TopicPart
from linli.frame.clock import day_of
from linli.handoffs import meeting_roll, topic_ended, topic_to_ballot, topic_to_meeting
from linli.matters import queries as matters
from linli.meetings import access as halls
from linli.meetings import minutes
from linli.meetings import queries as meetings
from linli.meetings.access import Hall
from linli.meetings.actions import attending, holding, minuting
from linli.meetings.actions.convening import Call, Guest, Item
from linli.rulebook import queries as rulebook

if TYPE_CHECKING:
    from linli.bodies.actor import Actor
    from linli.core.eligibility import Roll
    from linli.core.forum import Forum
    from linli.meetings.models import Meeting

PAUSE = timedelta(hours=3)
_MOST = 16
_SIDEWAYS = ("withdraw", "decline", "reject", "reconsider", "send_back")


@dataclass(slots=True)
class Talk:
    """One topic on its way (议题走查)."""

    part: TopicPart
    cast: Cast
    until: datetime
    at: datetime
    number: str = field(init=False)

    def tell(self) -> None:
        """Raise the topic and lead it on until it stands where the part says, or the present is reached."""
        part = self.part
        proposal = Proposal(part.title, part.words, part.procedure, self.cast.spots(part.place))
        topic = raising.propose(proposal, by=self.cast.actor(part.by), at=self.at)
        self.number = topic.matter.number
        for key in part.supporters:
            participating.support(self._desk(self.cast.neighbour(key, at=part.place)))
        for _ in range(_MOST):
            step = self._desk(self.cast.actor(part.by)).step
            if step.key == part.until or step.ends or not self._go_on():
                break
        self._prepare()

    def _go_on(self) -> bool:
        """Do what the present step asks for, then the act that leads on; false when its time has not come."""
        self._prepare()
        self.at += PAUSE
        for rule in self._leading():
            desk = self._desk_for(rule)
            if desk is None or self.at > self.until:
                continue
            self._act(desk, rule)
            return True
        return False

    def _prepare(self) -> None:
        """Call and hold the meeting of a step, put it to the vote, hang the notice, set the tasks."""
        desk = self._desk(self.cast.actor(self.part.by))
        step, rules = desk.step, {rule.act: rule for rule in desk.procedure.rules_at(desk.step)}
        if step.forum and "call_meeting" in rules and "meeting_called" not in desk.facts:
            self._meet(rules["call_meeting"], step.forum, is_voted_on="open_ballot" in rules)
        if step.forum and "open_ballot" in rules and "ballot_open" not in desk.facts:
            self._vote(rules["open_ballot"], step.forum)
        if step.shown_for and "post_notice" in rules and "notice_posted" not in desk.facts:
            self._show(rules["post_notice"])
        if "add_task" in rules and "tasks_assigned" not in desk.facts:
            self._ask(rules["add_task"])
        if "report_task" in rules and self.part.until != step.key:
            self._report(rules["report_task"])

    def _meet(self, rule: ActRule, forum_key: str, *, is_voted_on: bool) -> None:
        desk = self._desk_for(rule)
        if desk is None:
            return
        spots, chair = desk.seat.chain, desk.actor
        forum = matters.edition_of(desk.matter).forums[forum_key]
        roll = self._roll(forum, desk)
        recorder = self._beside(chair, roll)
        if recorder is None:
            return
        called, self.at = self.at, self._after_notice(forum)
        call = Call(
            forum=forum_key,
            title=forum.title,
            spots=spots,
            venue=self.part.venue,
            meets_at=self.at,
            items=(Item(self.part.title, matter=self.number),),
            chair=_guest(chair),
            recorder=_guest(recorder),
            is_public=True,
        )
        meeting = topic_to_meeting.convene(call, roll, by=chair, at=called)
        if self.at <= self.until and (is_voted_on or self.part.until != desk.step.key):
            self._hold(meeting, chair, recorder)

    def _beside(self, chair: "Actor", roll: "Roll") -> "Actor | None":
        """Find somebody other than the chair to write the minutes: of the roll, or of those who support."""
        known = [person for voter in roll.voters for person in voter.person_ids if person in self.cast.actors]
        others = (*known, *(self.cast.numbers[key] for key in self.part.supporters))
        return next((self.cast.actors[one] for one in others if one != chair.person_id), None)

    def _hold(self, meeting: "Meeting", chair: "Actor", recorder: "Actor") -> None:
        for seat in meetings.seats(meeting):
            attending.sign_in(self._hall(meeting, chair), seat.key)
        holding.open_meeting(self._hall(meeting, chair))
        for item in meetings.items(meeting):
            holding.take_up(self._hall(meeting, chair), item.pk)
        holding.close(self._hall(meeting, chair))
        for one in (chair, recorder):
            hall = self._hall(meeting, one)
            minuting.sign(hall, digest=minutes.write(hall.meeting).digest)

    def _vote(self, rule: ActRule, forum_key: str) -> None:
        desk = self._desk_for(rule)
        if desk is None or self.at > self.until:
            return
        forum = matters.edition_of(desk.matter).forums[forum_key]
        asked = Asked(
            forum=forum,
            question=self.part.title,
            slip=Slip.motion(),
            place_path=desk.matter.place_path,
            pack=desk.matter.pack,
            opens_at=self.at,
            closes_at=self.at + timedelta(days=self.part.vote_days),
            explained=self.part.words,
            item=self.part.title,
            noticed=(self.part.title,),
            matter=desk.matter,
        )
        ballot = topic_to_ballot.open_ballot(asked, self._roll(forum, desk), by=desk.actor, at=self.at)
        for person in list(self.cast.actors)[: self.part.voters or None]:
            for elector in ballots.seats(ballot.number, person=person):
                if not elector.how:
                    casting.cast(elector, (YES,), by=self.cast.actors[person], at=self.at)
        self.at = asked.closes_at
        if self.at <= self.until and self.part.until != desk.step.key:
            closing.close(ballot, by=desk.actor, at=self.at)

    def _show(self, rule: ActRule) -> None:
        desk = self._desk_for(rule)
        if desk is None:
            return
        notice = posting.post_notice(desk, title=self.part.title, words=self.part.notice or self.part.opinion)
        if self.part.until != desk.step.key:
            self.at = notice.ends_at

    def _ask(self, rule: ActRule) -> None:
        desk = self._desk_for(rule)
        for task in self.part.task if desk else ():
            body = self.cast.body(task.owner, path=desk.matter.place_path) if desk else 0
            due_on = day_of(self.at) + timedelta(days=task.days)
            fresh = self._desk_for(rule)
            if fresh:
                tasking.add_task(fresh, tasks.Asked(task.title, due_on, body=body))

    def _report(self, rule: ActRule) -> None:
        for task in self._desk(self.cast.actor(self.part.by)).tasks_left:
            doer = self.cast.handler(task.body_id) if task.body_id else None
            desk = self._desk(doer) if doer else None
            if desk and desk.ask(rule.act):
                tasking.report_task(desk, task, words=self.part.result or "已完成。", is_done=True)

    def _act(self, desk: Desk, rule: ActRule) -> None:
        if rule.act == "name_participants":
            invited = [
                Invited(name) for name in self.part.participants or (f"{desk.seat.chain[-1].name}居民",)
            ]
            participating.name_participants(desk, invited)
            return
        said = {
            "announce": self.part.announcement,
            "conclude": self.part.opinion,
            "resolve": self.part.resolution or self.part.opinion,
            "complete": self.part.result,
            "report_back": self.part.result,
        }
        topic_ended.step(desk, rule.act, words=said.get(rule.act, "") or "按程序办理。")

    def _leading(self) -> Iterator[ActRule]:
        step = self._desk(self.cast.actor(self.part.by)).step
        return (rule for rule in step.acts if rule.kind.moves and rule.act not in _SIDEWAYS)

    def _desk_for(self, rule: ActRule) -> Desk | None:
        """Find somebody of the cast who may do an act now, and lay the topic before them."""
        here = self._desk(self.cast.actor(self.part.by))
        for key in rule.by:
            role = here.procedure.roles[key]
            if role.stands in (Stand.EVERYONE, Stand.RAISER):
                found = [here.actor]
            else:
                found = self.cast.candidates(
                    role, body=None, path=here.matter.place_path, raiser=here.matter.raised_by_id
                )
            for actor in found:
                desk = self._sit(actor)
                if desk is not None and desk.ask(rule.act):
                    return desk
        return None

    def _roll(self, forum: "Forum", desk: Desk) -> "Roll":
        try:
            roll = meeting_roll.roll(forum, spot=desk.seat.chain[-1], picked=(), on=day_of(self.at))
        except Refused:
            roll = None
        if roll is not None and roll.voters:
            return roll
        picked = [self.cast.numbers[key] for key in (self.part.by, *self.part.supporters)]
        return meeting_roll.roll(forum, spot=desk.seat.chain[-1], picked=picked, on=day_of(self.at))

    def _after_notice(self, forum: "Forum") -> datetime:
        if forum.notice is None:
            return self.at + timedelta(days=2)
        return due(forum.notice.term, at=self.at, calendar=rulebook.calendar()) + timedelta(days=1)

    def _hall(self, meeting: "Meeting", actor: "Actor") -> Hall:
        hall = halls.sit(meeting.number, by=actor, at=self.at, to_act=True)
        if hall is None:
            raise LookupError(meeting.number)
        return hall

    def _sit(self, actor: "Actor") -> Desk | None:
        return topics.sit(self.number, by=actor, at=self.at)

    def _desk(self, actor: "Actor") -> Desk:
        desk = self._sit(actor)
        if desk is None:
            raise LookupError(self.number)
        return desk


def _guest(actor: "Actor") -> Guest:
    return Guest(actor.person_id or 0, actor.name)
