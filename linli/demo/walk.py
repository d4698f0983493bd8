"""Walking a story to where it stands, through the same acts that people use (演示走查)."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from linli.bodies import queries as bodies
from linli.bodies.actor import NOBODY
from linli.cases import access
from linli.cases import queries as cases
from linli.cases.access import Desk
from linli.cases.actions import dispatching, reporting, returning, stepping, summoning, timing
from linli.cases.actions.dispatching import JointTask
from linli.cases.actions.reporting import Report
from linli.cases.actions.stepping import Said
from linli.core.procedure import ActRule, Procedure
from linli.core.verdict import Refused
from linli.demo.cast import Cast
from linli.demo.script import StoryPart
from linli.matters import queries as matters
from linli.places import queries as places

SIDEWAYS = {
    "withdraw",
    "decline",
    "lapse",
    "reopen",
    "send_back",
    "return_order",
    "uphold_return",
    "reject_return",
}
MOST_STEPS = 20


@dataclass(slots=True)
class Walk:
    """One story on its way (走查)."""

    story: StoryPart
    cast: Cast
    until: datetime
    at: datetime
    pace: timedelta
    number: str = ""
    done: set[str] = field(default_factory=set)

    def tell(self) -> str:
        """Open the story's case and walk it to its end; return the number."""
        self._report()
        for _ in range(MOST_STEPS):
            if self._stands():
                break
            if not self._advance():
                break
        self._finish_touches()
        return self.number

    def _report(self) -> None:
        story, pack = self.story, self.cast.edition.key
        place = places.of_key(f"{pack}.{story.place}")
        if place is None:
            raise LookupError(story.place)
        raiser = self.cast.person(story.raised_by)
        by = self.cast.actors.get(raiser or 0)
        told = Report(
            subject=story.kind,
            spots=places.chain(place.path),
            words=story.words,
            channel=story.channel,
            title=story.title,
            concern_kind=story.concern_kind,
            category=story.category,
            order=story.order,
            raised_by=raiser,
            is_public=not self.cast.edition.categories[story.category].is_private,
        )
        self.number = reporting.report(told, by=by or NOBODY, at=self._tick()).number

    def _stands(self) -> bool:
        matter = matters.of_number(self.number)
        wants = self.story.ends
        there = matter is not None and matter.step == wants.step
        return there and (not wants.reopened or "reopen" in self.done)

    def _advance(self) -> bool:
        matter = matters.of_number(self.number)
        if matter is None:
            return False
        procedure = matters.procedure_of(matter)
        for rule in self._ways(procedure, matter.step, matter.level):
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
        goal = (self.story.ends.step, levels.index(self.story.ends.level))
        start = (rule.to, levels.index(level) + rule.climbs)
        queue, seen = deque([(start, 1)]), {start}
        while queue:
            state, length = queue.popleft()
            if state == goal or (self.story.ends.reopened and state[0] == "appraised"):
                return length
            for onward in procedure.step(state[0]).acts:
                after = (onward.to, state[1] + onward.climbs)
                if self._may_use(onward) and after not in seen and 0 <= after[1] < len(levels):
                    seen.add(after)
                    queue.append((after, length + 1))
        return MOST_STEPS

    def _do(self, rule: ActRule, procedure: Procedure) -> bool:
        if rule.act == "finish":
            self._before_finishing()
        if rule.act == "confirm":
            self._rate()
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
                    lead, *joint = [self._body(key) for key in (self.story.ends.lead, *self.story.ends.joint)]
                    dispatching.dispatch(desk, lead=lead, joint=[JointTask(number) for number in joint])
                elif act == "take_on":
                    dispatching.take_on(desk)
                elif act == "return_order":
                    returning.return_order(desk, evidence="部门职责清单。", said=said)
                else:
                    stepping.step(desk, act, said)
        except Refused:
            return False
        return True

    def _words(self, act: str) -> str:
        wants = self.story.ends
        if act in ("finish", "solve"):
            return wants.answer or "已到现场处理完毕。"
        if act in ("send_up", "return_order", "reopen"):
            return wants.said or "本级办不了，请上级协调。"
        return ""

    def _desk_for(self, role: str, act: str, *, body: int | None = None) -> Desk | None:
        matter = matters.of_number(self.number)
        if matter is None:
            return None
        of_role = matters.procedure_of(matter).roles[role]
        candidates = self.cast.candidates(
            of_role, body=body or matter.lead_id, path=matter.place_path, raiser=matter.raised_by_id
        )
        for actor in candidates:
            desk = access.sit(self.number, by=actor, at=self._tick())
            if desk and desk.ask(act):
                return desk
        return None

    def _before_finishing(self) -> None:
        matter = matters.of_number(self.number)
        # One person may answer for two bodies at once, so what is open is asked anew each time.
        while matter and (waiting := self._open_joint_orders(matter.pk)):
            desk = self._desk_for("joint", "answer", body=waiting[0])
            if desk is None:
                return
            dispatching.answer(desk, Said("已配合到位。"))

    def _open_joint_orders(self, matter_id: int) -> list[int]:
        found = cases.joint_of([matter_id]).get(matter_id, [])
        return [order.body_id for order in found if not order.answered_at and not order.ended_at]

    def _rate(self) -> None:
        desk = self._desk_for("raiser", "rate")
        if desk and self.story.ends.rating:
            summoning.rate_result(desk, score=self.story.ends.rating, said=Said(self.story.ends.said))

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

    def _body(self, key: str) -> int:
        body = bodies.of_key(f"{self.cast.edition.key}.{key}")
        if body is None:
            raise LookupError(key)
        return body.pk

    def _tick(self) -> datetime:
        at = self.at
        self.at = min(self.at + self.pace, self.until)
        return at
