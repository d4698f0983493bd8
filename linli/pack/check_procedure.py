"""What is wrong with a pack's procedures: names, acts in the wrong place, ways without an end (检查程序)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from linli.core.acts import ACTS
from linli.core.facts import FACTS
from linli.core.law import Law
from linli.core.paths import dead_ends, unreachable
from linli.core.procedure import ActRule, Procedure, Role, Step
from linli.core.steps import STEP_KINDS
from linli.pack.check_deciding import deciding
from linli.pack.complaint import Complaint, TomlPath
from linli.pack.names import Names, each_unknown, taken_twice, unknown
from linli.pack.schema import ActPart, ProcedurePart, StepPart
from linli.pack.toml import TomlFile


@dataclass(frozen=True, slots=True)
class Context:
    """What a step or an act of one procedure may refer to."""

    file: TomlFile
    names: Names
    roles: Mapping[str, Role]
    steps: dict[str, StepPart]

    def standing(self, keys: tuple[str, ...]) -> set[str]:
        """Return how some roles stand to a matter."""
        return {self.roles[key].stands.value for key in keys if key in self.roles}


def procedures(
    file: TomlFile, parts: Sequence[ProcedurePart], *, names: Names, roles: Mapping[str, Role], law: Law
) -> Iterator[Complaint]:
    """Complain about every procedure; its ways are looked at once its names are right."""
    for place, part in enumerate(parts):
        context, path = (
            Context(file, names, roles, {step.key: step for step in part.step}),
            ("procedure", place),
        )
        found = (*_procedure(part, path, context), *deciding(part, path, file=file, law=law))
        yield from found or _ways(part, path, context)


def _procedure(part: ProcedurePart, path: TomlPath, context: Context) -> Iterator[Complaint]:
    file, names = context.file, context.names
    yield from unknown(file, (*path, "rule"), part.rule, known=names.rules, called="规则")
    yield from unknown(file, (*path, "starts_at"), part.starts_at, known=names.levels, called="层级")
    yield from taken_twice(file, (*path, "step"), [step.key for step in part.step])
    yield from taken_twice(file, (*path, "anytime"), [act.act for act in part.anytime], field="act")
    for place, act in enumerate(part.anytime):
        where = (*path, "anytime", place)
        yield from _act(act, where, context)
        yield from each_unknown(file, (*where, "during"), act.during, known=context.steps, called="步骤")
        if act.act in ACTS and ACTS[act.act].moves:
            reason = f"「{act.act}」会推进步骤，只能写在步骤里，不能随时办"
            yield file.complaint((*where, "act"), reason=reason)
    for place, step in enumerate(part.step):
        yield from _step(step, (*path, "step", place), part, context)


def _step(step: StepPart, path: TomlPath, part: ProcedurePart, context: Context) -> Iterator[Complaint]:
    file, names = context.file, context.names
    yield from unknown(file, (*path, "kind"), step.kind, known=STEP_KINDS, called="步骤种类")
    yield from unknown(file, (*path, "rule"), step.rule, known=names.rules, called="规则")
    yield from each_unknown(file, (*path, "waits_for"), step.waits_for, known=context.roles, called="角色")
    for order in step.within:
        yield from unknown(file, (*path, "within", order), order, known=names.orders | {"any"}, called="单别")
    yield from taken_twice(file, (*path, "acts"), [act.act for act in step.acts], field="act")
    for place, act in enumerate(step.acts):
        yield from _act(act, (*path, "acts", place), context)
        yield from _act_of_step(act, (*path, "acts", place), step, context)
    if step.kind in STEP_KINDS and not STEP_KINDS[step.kind].ends:
        yield from _awaited(step, path, part, context)
    if step.on_due == "lapse" and not any(
        act.act == "lapse" and "system" in context.standing(act.by) for act in step.acts
    ):
        yield file.complaint((*path, "on_due"), reason="到期结案要有由系统办理的「lapse」动作")


def _act(act: ActPart, path: TomlPath, context: Context) -> Iterator[Complaint]:
    file = context.file
    yield from unknown(file, (*path, "act"), act.act, known=ACTS, called="动作")
    yield from each_unknown(file, (*path, "by"), act.by, known=context.roles, called="角色")
    yield from each_unknown(file, (*path, "needs"), act.needs, known=FACTS, called="事实")
    yield from each_unknown(file, (*path, "bars"), act.bars, known=FACTS, called="事实")
    yield from unknown(file, (*path, "to"), act.to, known=context.steps, called="步骤")
    yield from unknown(file, (*path, "rule"), act.rule, known=context.names.rules, called="规则")
    if not act.by:
        yield file.complaint((*path, "by"), reason="要写明由谁办理")
    if act.act == "lapse" and context.standing(act.by) - {"system"}:
        yield file.complaint((*path, "by"), reason="「lapse」只能由系统办理")
    if act.act in ACTS and not ACTS[act.act].moves and (act.to or act.climbs):
        reason = f"「{act.act}」不推进步骤，不能写 to 或 climbs"
        yield file.complaint((*path, "to" if act.to else "climbs"), reason=reason)


def _act_of_step(act: ActPart, path: TomlPath, step: StepPart, context: Context) -> Iterator[Complaint]:
    file = context.file
    if act.during:
        yield file.complaint((*path, "during"), reason="步骤里的动作只在这一步可办，不写 during")
    if act.act not in ACTS or step.kind not in STEP_KINDS or not ACTS[act.act].moves:
        return
    kind = STEP_KINDS[step.kind]
    if act.act not in kind.acts:
        reason = f"「{kind.title}」这一种步骤不能办「{act.act}」，可以办 {'、'.join(sorted(kind.acts))}"
        yield file.complaint((*path, "act"), reason=reason)
    if not act.to:
        yield file.complaint((*path, "act"), reason=f"「{act.act}」要写明到哪一步（to）")


def _awaited(step: StepPart, path: TomlPath, part: ProcedurePart, context: Context) -> Iterator[Complaint]:
    file = context.file
    if not step.waits_for:
        yield file.complaint((*path, "waits_for"), reason=f"「{step.title}」没有写等谁办理")
    late = (act for act in part.anytime if not act.during or step.key in act.during)
    able = {role for act in (*step.acts, *late) for role in act.by}
    for place, role in enumerate(step.waits_for):
        if role in context.roles and role not in able:
            reason = f"「{context.roles[role].title}」在「{step.title}」没有可办的动作，等也没有用"
            yield file.complaint((*path, "waits_for", place), reason=reason)


def _ways(part: ProcedurePart, path: TomlPath, context: Context) -> Iterator[Complaint]:
    procedure, places = _bare(part), {step.key: place for place, step in enumerate(part.step)}
    if not any(step.ends for step in procedure.steps):
        yield context.file.complaint((*path, "step"), reason="没有一个步骤是结束（close）")
        return
    for key in unreachable(procedure):
        step = procedure.step(key)
        yield context.file.complaint(
            (*path, "step", places[key], "key"), reason=f"「{step.title}」从第一步走不到"
        )
    for key in dead_ends(procedure):
        step = procedure.step(key)
        yield context.file.complaint(
            (*path, "step", places[key], "key"), reason=f"从「{step.title}」走不到结束"
        )
    yield from _leaderless(part, path, procedure, context)


def _leaderless(
    part: ProcedurePart, path: TomlPath, procedure: Procedure, context: Context
) -> Iterator[Complaint]:
    """Complain about each way from where a lead is chosen to where one must act, other than choosing it."""
    for place, step in enumerate(part.step):
        if not procedure.step(step.key).chooses_lead:
            continue
        for row, act in enumerate(step.acts):
            awaited = context.standing(context.steps[act.to].waits_for) if act.to else set()
            if act.act != "dispatch" and "lead" in awaited:
                reason = f"到「{context.steps[act.to].title}」时还没有主办单位，要先派单"
                yield context.file.complaint((*path, "step", place, "acts", row, "to"), reason=reason)


def _bare(part: ProcedurePart) -> Procedure:
    """Keep of a procedure what its ways need."""
    steps = tuple(
        Step(step.key, step.kind, step.title, tuple(ActRule(act.act, act.by, act.to) for act in step.acts))
        for step in part.step
    )
    return Procedure(part.key, part.title, steps, {})
