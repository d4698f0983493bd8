"""A procedure as data: which acts are open, which are closed and why, and what follows (程序)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from linli.core.acts import ACTS, ActKind
from linli.core.clause import Clause
from linli.core.facts import FACTS, Facts
from linli.core.share import Share
from linli.core.steps import STEP_KINDS, StepKind
from linli.core.term import Term
from linli.core.verdict import Verdict, no, yes


class Stand(Enum):
    """How an office stands to a matter (职务与事项的关系)."""

    RAISER = "raiser"
    COVERS = "covers"
    RESPONSIBLE = "responsible"
    ABOVE = "above"
    LEAD = "lead"
    JOINT = "joint"
    SUMMONED = "summoned"
    EVERYONE = "everyone"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Role:
    """Say who acts: an office, and how it stands to the matter (角色)."""

    key: str
    title: str
    stands: Stand
    office: str = ""


@dataclass(frozen=True, slots=True)
class ActRule:
    """Open one act to some roles, under conditions and a clause (动作规则)."""

    act: str
    by: tuple[str, ...]
    to: str = ""
    title: str = ""
    needs: tuple[str, ...] = ()
    bars: tuple[str, ...] = ()
    climbs: int = 0
    during: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    clause: Clause | None = None

    @property
    def kind(self) -> ActKind:
        """Return the act's kind in the closed list."""
        return ACTS[self.act]

    @property
    def name(self) -> str:
        """Return the words of the place for this act, or the general ones."""
        return self.title or self.kind.title


@dataclass(frozen=True, slots=True)
class Step:
    """One station of a procedure: who must act, by when, and what may be done (步骤).

    ``forum`` is the kind of meeting that discusses or decides here, ``shown_for`` how long a notice hangs,
    ``supporters`` how many must support what was raised, ``calls`` the kind of meeting by whose bounds
    a joint demand is counted, ``signs`` which part of the households must sign, and ``renews`` after how long
    they affirm it anew.
    """

    key: str
    kind: str
    title: str
    acts: tuple[ActRule, ...] = ()
    waits_for: tuple[str, ...] = ()
    within: Mapping[str, Term] = field(default_factory=dict)
    stops_clock: bool = False
    on_due: str = ""
    clause: Clause | None = None
    forum: str = ""
    shown_for: Term | None = None
    supporters: int = 0
    calls: str = ""
    signs: Share | None = None
    renews: Term | None = None

    @property
    def step_kind(self) -> StepKind:
        """Return the step's kind in the closed list."""
        return STEP_KINDS[self.kind]

    @property
    def ends(self) -> bool:
        """Tell whether the matter is closed here."""
        return self.step_kind.ends

    @property
    def chooses_lead(self) -> bool:
        """Tell whether a lead body is chosen here, so that none leads any more (待派单)."""
        return "dispatch" in self.step_kind.acts

    def term(self, order: str) -> Term | None:
        """Return the time allowed in this step for an order kind (应急单/重点单/常规单)."""
        return self.within.get(order) or self.within.get("any")


@dataclass(frozen=True, slots=True)
class Procedure:
    """The stations a matter passes, the acts open at any of them, and the roles (程序).

    ``runs_at`` are the kinds of places where it may be run, all when empty; ``lasts`` how long the whole may
    take when no order says so; ``merges`` the offices that may act in several functions, and by which rule.
    """

    key: str
    title: str
    steps: tuple[Step, ...]
    roles: Mapping[str, Role]
    starts_at: str = ""
    anytime: tuple[ActRule, ...] = ()
    clause: Clause | None = None
    about: str = ""
    runs_at: tuple[str, ...] = ()
    lasts: Term | None = None
    merges: Mapping[str, Clause] = field(default_factory=dict)

    @property
    def first(self) -> Step:
        """Return the step where a matter begins."""
        return self.steps[0]

    def step(self, key: str) -> Step:
        """Return a step by its key."""
        return next(step for step in self.steps if step.key == key)

    def may_run_at(self, place_kind: str) -> bool:
        """Tell whether it may be run at such a place (适用地点)."""
        return not self.runs_at or place_kind in self.runs_at

    def rule(self, step: Step, act: str) -> ActRule | None:
        """Return the rule that opens an act at a step, if there is one."""
        own = next((rule for rule in step.acts if rule.act == act), None)
        return own or next((rule for rule in self.anytime if rule.act == act and _in_time(rule, step)), None)

    def rules_at(self, step: Step) -> tuple[ActRule, ...]:
        """Return every rule that applies at a step."""
        return step.acts + tuple(rule for rule in self.anytime if _in_time(rule, step))

    def steps_opening(self, act: str) -> tuple[Step, ...]:
        """Return the steps at which an act is possible."""
        return tuple(step for step in self.steps if self.rule(step, act))


@dataclass(frozen=True, slots=True)
class Opening:
    """One act as it stands for one person: open, or closed with the reason (可办动作)."""

    rule: ActRule
    verdict: Verdict

    @property
    def act(self) -> str:
        """Return the act's key."""
        return self.rule.act

    @property
    def is_open(self) -> bool:
        """Tell whether the act may be done now."""
        return self.verdict.is_yes


def ask(procedure: Procedure, at: str, act: str, *, standing: frozenset[str], facts: Facts) -> Verdict:
    """Answer whether somebody with this standing may do this act now, and if not, why (能否办理).

    ``at`` is the key of the present step, ``standing`` the role keys that the actor has for this matter.
    """
    step = procedure.step(at)
    rule = procedure.rule(step, act)
    if rule is None:
        return _elsewhere(procedure, step, act, standing=standing)
    return _weigh(procedure, rule, standing=standing, facts=facts)


def openings(procedure: Procedure, at: str, *, standing: frozenset[str], facts: Facts) -> tuple[Opening, ...]:
    """List the acts that concern this standing, open ones first, closed ones with reasons (可办动作)."""
    step = procedure.step(at)
    here = [rule for rule in procedure.rules_at(step) if standing & set(rule.by)]
    found = [Opening(rule, _weigh(procedure, rule, standing=standing, facts=facts)) for rule in here]
    later = [
        Opening(rule, _elsewhere(procedure, step, rule.act, standing=standing))
        for rule in _rules_of(procedure, standing)
        if not step.ends and not any(one.act == rule.act for one in here)
    ]
    found += {opening.act: opening for opening in later}.values()
    return tuple(sorted(found, key=lambda opening: not opening.is_open))


def _weigh(procedure: Procedure, rule: ActRule, *, standing: frozenset[str], facts: Facts) -> Verdict:
    clause = rule.clause or procedure.clause
    if not standing & set(rule.by):
        who = "、".join(procedure.roles[key].title for key in rule.by)
        return no(f"「{rule.name}」由{who}办理。", clause, asked=rule.name, remedy="需要时可以提醒对方。")
    for key in rule.needs:
        if key not in facts:
            fact = FACTS[key]
            return no(facts.say(fact.lacking), clause, asked=rule.name, remedy=facts.say(fact.lacking_remedy))
    for key in (*rule.bars, *rule.kind.bars):
        if key in facts:
            fact = FACTS[key]
            said, help_ = facts.say(fact.standing), facts.say(fact.standing_remedy)
            return no(said, clause, asked=rule.name, remedy=help_)
    return yes(rule.name, clause)


def _elsewhere(procedure: Procedure, step: Step, act: str, *, standing: frozenset[str]) -> Verdict:
    title = ACTS[act].title
    if step.ends:
        return no(f"这件事已经办结，不能再「{title}」。", procedure.clause, asked=title)
    where = [(one, rule) for one in procedure.steps_opening(act) if (rule := procedure.rule(one, act))]
    if not where:
        return no(f"本程序没有「{title}」。", procedure.clause, asked=title)
    mine = [(one, rule) for one, rule in where if standing & set(rule.by)] or where
    name = mine[0][1].name
    names = "」或「".join(one.title for one, _ in mine)
    if _is_behind(procedure, step, [one for one, _ in mine]):
        return no(
            f"现在已经到「{step.title}」，「{name}」只在「{names}」时能办。", procedure.clause, asked=name
        )
    return no(
        f"现在是「{step.title}」，「{name}」要到「{names}」才能办。",
        procedure.clause,
        asked=name,
        remedy=f"先完成「{step.title}」这一步。",
    )


def _is_behind(procedure: Procedure, step: Step, others: Sequence[Step]) -> bool:
    """Tell whether steps come before the present one in the procedure's order (已过)."""
    order = [one.key for one in procedure.steps]
    return all(order.index(one.key) < order.index(step.key) for one in others)


def _rules_of(procedure: Procedure, standing: frozenset[str]) -> tuple[ActRule, ...]:
    every = tuple(rule for step in procedure.steps for rule in step.acts) + procedure.anytime
    return tuple(rule for rule in every if standing & set(rule.by) and rule.act != "lapse")


def _in_time(rule: ActRule, step: Step) -> bool:
    return step.key in rule.during if rule.during else not step.ends
