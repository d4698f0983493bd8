"""Walking a story to where it stands, through the same acts that people use (演示走查)."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.timezone import localtime

from linli.bodies.actor import NOBODY
from linli.cases import access
from linli.cases import queries as cases
from linli.cases.access import Desk
from linli.cases.actions import dispatching, reporting, returning, stepping, summoning, timing
from linli.cases.actions.dispatching import JointTask
from linli.cases.actions.reporting import Report
from linli.cases.actions.stepping import Said
from linli.core.procedure import ActRule, Procedure
from linli.core.term import Term
from linli.core.verdict import Refused
from linli.demo.cast import Cast
from linli.demo.script import StoryPart
from linli.matters import queries as matters

if TYPE_CHECKING:
    from linli.matters.models import Matter

SIDEWAYS = {
    "withdraw",
    "decline",
    "lapse",
    "reopen",
    "send_back",
    "return_order",
    "uphold_return",
    "reject_return",
    "merge",
    "unmerge",
}
MOST_STEPS = 20
# Most stories end within their term: so many acts fit into it.
ACTS_IN_TERM = 14
EVENING, MORNING = time(20), timedelta(hours=8, minutes=30)
UNHURRIED = timedelta(hours=2)


@dataclass(slots=True)
class Walk:
    """One story on its way (走查)."""

    story: StoryPart
    cast: Cast
    until: datetime
    at: datetime
    pace: timedelta
    done: set[str] = field(default_factory=set)
    matter: "Matter" = field(init=False)

    def tell(self) -> None:
        """Open the story's case and walk it to its end."""
        self._report()
        for _ in range(MOST_STEPS):
            if self._stands() or not self._advance():
                break
        self._finish_touches()

    def _report(self) -> None:
        story, started = self.story, self.at
        raiser = self.cast.person(story.raised_by)
        by = self.cast.actors.get(raiser or 0)
        told = Report(
            subject=story.kind,
            spots=self.cast.spots(story.place),
            words=story.words,
            channel=story.channel,
            title=story.title,
            concern_kind=story.concern_kind,
            category=story.category,
            order=story.order,
            raised_by=raiser,
            trade=story.trade,
            is_public=not self.cast.edition.categories[story.category].is_private,
        )
        self.matter = reporting.report(told, by=by or NOBODY, at=started)
        if self.matter.due_at:
            self.pace = min(self.pace, (self.matter.due_at - started) / ACTS_IN_TERM)
        self._tick()

    def _stands(self) -> bool:
        wants, matter = self.story.ends, self.matter
        there = matter.step == wants.step and wants.level in ("", matter.level)
        return there and (not wants.reopened or "reopen" in self.done)

    def _advance(self) -> bool:
        procedure = matters.procedure_of(self.matter)
        for rule in self._ways(procedure, self.matter.step, self.matter.level):
            if self._do(rule, procedure):
                self.done.add(rule.act)
                return True
        return False

    def _ways(self, procedure: Procedure, step: str, level: str) -> list[ActRule]:
        """Return the acts that lead nearer to the story's end, the nearest first."""
        here = procedure.step(step)
        if self.story.ends.returned and "return_order" not in self.done:
            back = [rule for rule in here.acts if rule.act == "return_order"]
            if back:
                return back
        if self.story.ends.reopened and "reopen" not in self.done:
            again = [rule for rule in here.acts if rule.act == "reopen"]
            if again:
                return again
        ranked = [(self._distance(procedure, rule, level), rule) for rule in here.acts if self._may_use(rule)]
        return [rule for distance, rule in sorted(ranked, key=lambda pair: pair[0]) if distance < MOST_STEPS]

    def _may_use(self, rule: ActRule) -> bool:
        wants = self.story.ends
        if rule.act == "return_order":
            return wants.returned and "return_order" not in self.done
        if rule.act in SIDEWAYS or not rule.to:
            return False
        if rule.act == "solve":
            return bool(wants.answer) and not wants.lead
        return rule.act != "dispatch" or bool(wants.lead)

    def _distance(self, procedure: Procedure, rule: ActRule, level: str) -> int:
        """Count the acts from one act to the story's step at the story's level."""
        levels = [one.key for one in self.cast.edition.levels]
        start = (rule.to, levels.index(level) + rule.climbs)
        queue, seen = deque([(start, 1)]), {start}
        while queue:
            state, length = queue.popleft()
            if self._is_goal(*state, levels):
                return length
            for onward in procedure.step(state[0]).acts:
                after = (onward.to, state[1] + onward.climbs)
                if self._may_use(onward) and after not in seen and 0 <= after[1] < len(levels):
                    seen.add(after)
                    queue.append((after, length + 1))
        return MOST_STEPS

    def _is_goal(self, step: str, level: int, levels: list[str]) -> bool:
        wants = self.story.ends
        if wants.reopened and step == "appraised":
            return True
        return step == wants.step and (not wants.level or levels[level] == wants.level)

    def _do(self, rule: ActRule, procedure: Procedure) -> bool:
        if rule.act == "finish" and self.story.ends.joint:
            self._before_finishing()
        if rule.act in ("finish", "solve") and self.story.ends.late and self.matter.due_at:
            self.at = max(self.at, self.matter.due_at + timedelta(days=1))
        for role in (procedure.roles[key] for key in rule.by):
            desk = self._desk_for(role.key, rule.act)
            if desk and self._perform(desk, rule.act):
                return True
        return False

    def _perform(self, desk: Desk, act: str) -> bool:
        said = Said(self._words(act))
        try:
            with transaction.atomic():
                if act == "dispatch":
                    self._dispatch(desk)
                elif act == "take_on":
                    dispatching.take_on(desk)
                elif act == "return_order":
                    returning.return_order(desk, evidence="部门职责清单。", said=said)
                else:
                    self._rate_before(desk, act)
                    stepping.step(desk, act, said)
        except Refused:
            return False
        self.matter = desk.matter
        return True

    def _dispatch(self, desk: Desk) -> None:
        wants = self.story.ends
        lead, *joint = [self._body(key) for key in (wants.lead, *wants.joint)]
        term = Term.parse(wants.joint_within) if wants.joint_within else None
        tasks = [JointTask(number, task=wants.joint_task, term=term) for number in joint]
        dispatching.dispatch(desk, lead=lead, joint=tasks)

    def _words(self, act: str) -> str:
        wants = self.story.ends
        if act in ("finish", "solve"):
            return wants.answer or "已到现场处理完毕。"
        if act in ("send_up", "return_order", "reopen"):
            return wants.said or "本级办不了，请上级协调。"
        if act == "hand_back":
            return "请先在社区协商。"
        return ""

    def _desk_for(self, role: str, act: str, *, body: int | None = None) -> Desk | None:
        """Lay the case before the first of the cast who may do an act now; its hour is then taken."""
        matter = self.matter
        candidates = self.cast.candidates(
            matters.procedure_of(matter).roles[role],
            body=body or matter.lead_id,
            path=matter.place_path,
            raiser=matter.raised_by_id,
        )
        for actor in candidates:
            desk = access.sit(matter.number, by=actor, at=self.at)
            if desk and desk.ask(act):
                self._tick()
                return desk
        return None

    def _before_finishing(self) -> None:
        # One person may answer for two bodies at once, so what is open is asked anew each time.
        while waiting := self._open_joint_orders():
            desk = self._desk_for("joint", "answer", body=waiting[0])
            if desk is None:
                return
            dispatching.answer(desk, Said("已配合到位。"))

    def _open_joint_orders(self) -> list[int]:
        found = cases.joint_of([self.matter.pk]).get(self.matter.pk, [])
        return [order.body_id for order in found if not order.answered_at and not order.ended_at]

    def _rate_before(self, desk: Desk, act: str) -> None:
        wants = self.story.ends
        if act == "confirm" and wants.rating:
            summoning.rate_result(desk, score=wants.rating, said=Said(wants.said))

    def _finish_touches(self) -> None:
        wants = self.story.ends
        if wants.summons:
            self._summon()
        if wants.extension:
            self._extend()
        if wants.paused:
            desk = self._desk_for("lead", "pause")
            if desk:
                timing.pause(desk, reason=wants.paused, said=Said(wants.said or "等材料。"))

    def _summon(self) -> None:
        departments = [self._body(key) for key in self.story.ends.summons]
        desk = self._desk_for("dispatcher", "summon")
        if desk is None:
            return
        summoning.summon(desk, departments=departments, said=Said("请到现场一起处理。"))
        if self.story.ends.unreported:
            return
        here = self._desk_for("summoned", "report_in", body=departments[0])
        if here:
            summoning.report_in(here)

    def _extend(self) -> None:
        desk = self._desk_for("lead", "ask_extension")
        if desk is None:
            return
        timing.ask_extension(
            desk, term=self.cast.edition.extension.at_most, said=Said(self.story.ends.said or "工期不够。")
        )
        if self.story.ends.extension == "asked":
            return
        is_granted = self.story.ends.extension == "granted"
        act = "grant_extension" if is_granted else "refuse_extension"
        for role in ("secretary", "overseer"):
            approver = self._desk_for(role, act)
            if approver:
                timing.rule_on_extension(
                    approver, is_granted=is_granted, said=Said("" if is_granted else "请按期办结。")
                )
                return

    def _body(self, name: str) -> int:
        return self.cast.body(name, path=self.matter.place_path)

    def _tick(self) -> None:
        """Let time pass until the next act; what is not urgent rests at night."""
        later = localtime(self.at + self.pace)
        if later.time() >= EVENING and self.pace >= UNHURRIED:
            midnight = later.replace(hour=0, minute=0, second=0, microsecond=0)
            later = midnight + timedelta(days=1) + MORNING
        self.at = min(later, self.until)
