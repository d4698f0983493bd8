"""What is wrong with a procedure by which people decide together: forums, gates, offices (检查议事程序)."""

from collections.abc import Iterator

from linli.core.law import Law
from linli.core.procedure import Procedure
from linli.core.separation import doubled
from linli.core.share import Share
from linli.core.term import Term, Unit
from linli.pack.complaint import Complaint, TomlPath
from linli.pack.names import misquoted, unknown
from linli.pack.procedures import term_of
from linli.pack.schema import ActPart, ProcedurePart, StepPart
from linli.pack.toml import TomlFile

TOPIC = "topic"
MEETS = ("discuss", "resolve")
RAISES = ("raise", "screen")
# What must have happened before an act, whatever else a place asks for: no pack leaves one of these out.
GATES = {
    "conclude": ("meeting_held", "minutes_signed"),
    "resolve": ("ballot_passed",),
    "reject": ("ballot_failed",),
    "end_notice": ("notice_posted", "notice_over"),
    "reconsider": ("objection_upheld",),
    "assign": ("tasks_assigned",),
    "complete": ("tasks_done",),
    "conclude_signing": ("signed_enough",),
}
BARRED = {"end_notice": ("objection_standing", "objection_upheld")}
_SUPPORTED = "support_reached"
_ACCEPTS = ("take_in", "adopt")


def deciding(part: ProcedurePart, path: TomlPath, *, file: TomlFile, law: Law) -> Iterator[Complaint]:
    """Complain about what a procedure's steps leave open of how they are decided."""
    if part.lasts:
        yield from misquoted(file, (*path, "lasts"), part.lasts, kind=Term, law=law)
    for place, merge in enumerate(part.merges):
        yield from unknown(file, (*path, "merges", place, "rule"), merge.rule, known=law.rules, called="规则")
    for place, step in enumerate(part.step):
        where = (*path, "step", place)
        yield from _meeting(step, where, file=file, law=law)
        yield from _showing(step, where, file=file, law=law)
        yield from _supporting(step, where, part, file=file, law=law)
        yield from _calling(step, where, part, file=file, law=law)
        yield from _signing(step, where, file=file, law=law)
        for row, act in enumerate(step.acts):
            yield from _gates(act, (*where, "acts", row), step, file=file, law=law)


def acting_for_others(procedure: Procedure) -> Iterator[str]:
    """Say which offices act for others in a procedure (代行)."""
    for office, functions in doubled(procedure):
        title = next(role.title for role in procedure.roles.values() if office in (role.office, role.key))
        yield f"「{title}」在「{procedure.title}」里既{'又'.join(functions)}，没有规则许可一肩挑（merges）"


def _meeting(step: StepPart, path: TomlPath, *, file: TomlFile, law: Law) -> Iterator[Complaint]:
    where = (*path, "forum")
    if step.kind not in MEETS:
        if step.forum:
            yield file.complaint(where, reason="只有协商（discuss）和表决（resolve）的步骤写会议形式")
        return
    if not step.forum:
        yield file.complaint(path, reason=f"「{step.title}」要写明由什么会议办（forum）")
        return
    yield from unknown(file, where, step.forum, known=law.forums, called="会议形式")
    forum = law.forums.get(step.forum)
    if step.kind == "resolve" and forum and forum.passes is None:
        yield file.complaint(where, reason=f"「{forum.title}」没有写通过的门槛，不能用来表决")


def _showing(step: StepPart, path: TomlPath, *, file: TomlFile, law: Law) -> Iterator[Complaint]:
    if step.kind != "publish":
        for field in ("shown_for", "no_shorter_than"):
            if getattr(step, field):
                yield file.complaint((*path, field), reason="只有公示（publish）的步骤写公示期")
        return
    if not step.shown_for:
        yield file.complaint(path, reason=f"「{step.title}」要写明公示多久（shown_for）")
        return
    faults = tuple(
        one
        for field in ("shown_for", "no_shorter_than")
        if getattr(step, field)
        for one in misquoted(file, (*path, field), getattr(step, field), kind=Term, law=law)
    )
    yield from faults
    if not faults:
        yield from _shown_long_enough(step, path, file=file, law=law)


def _shown_long_enough(step: StepPart, path: TomlPath, *, file: TomlFile, law: Law) -> Iterator[Complaint]:
    shown, floor = term_of(step.shown_for, law=law), term_of(step.no_shorter_than or step.shown_for, law=law)
    if not shown.unit is floor.unit is Unit.DAYS:
        yield file.complaint((*path, "shown_for"), reason=f"公示期按自然日计算，不能是 {shown.words}")
    elif shown.amount < floor.amount:
        reason = f"{shown.words}，短于规定的 {floor.words}（{step.no_shorter_than}）"
        yield file.complaint((*path, "shown_for"), reason=reason)


def _supporting(
    step: StepPart, path: TomlPath, part: ProcedurePart, *, file: TomlFile, law: Law
) -> Iterator[Complaint]:
    where = (*path, "supporters")
    if not step.supporters:
        return
    yield from misquoted(file, where, step.supporters, kind=int, law=law)
    if step.kind not in RAISES:
        yield file.complaint(where, reason="只有提出（raise）和受理（screen）的步骤写附议人数")
    elif not any(act.act == "adopt" and _SUPPORTED in act.needs for act in step.acts):
        yield file.complaint(where, reason=f"写了附议人数，「adopt」就要以「{_SUPPORTED}」为前提")
    if not any(act.act == "support" for act in _open_at(step, part)):
        yield file.complaint(where, reason=f"「{step.title}」没有人可以附议（support）")


def _calling(
    step: StepPart, path: TomlPath, part: ProcedurePart, *, file: TomlFile, law: Law
) -> Iterator[Complaint]:
    where = (*path, "calls")
    if not step.calls:
        return
    yield from unknown(file, where, step.calls, known=law.forums, called="会议形式")
    forum = law.forums.get(step.calls)
    if forum and not forum.calls:
        yield file.complaint(where, reason=f"「{forum.title}」没有写多少人联名（calls）")
    if step != part.step[0] or step.kind != "raise" or step.supporters:
        yield file.complaint(where, reason="联名只写在第一步（raise），不同时写附议人数")
    if not all(_SUPPORTED in act.needs for act in step.acts if act.act in _ACCEPTS):
        yield file.complaint(where, reason=f"写了联名，受理就要以「{_SUPPORTED}」为前提")
    if not all(_SUPPORTED in act.bars for act in step.acts if act.act == "decline"):
        yield file.complaint(where, reason=f"联名达到的不能不受理：「decline」要以「{_SUPPORTED}」为障碍")
    if not any("on_roll" in act.needs for act in _open_at(step, part) if act.act == "support"):
        yield file.complaint(where, reason="联名（support）要以在名册上（on_roll）为前提")


def _open_at(step: StepPart, part: ProcedurePart) -> tuple[ActPart, ...]:
    """Return the acts that may be done at a step (可办动作)."""
    late = (act for act in part.anytime if not act.during or step.key in act.during)
    return (*step.acts, *late)


def _signing(step: StepPart, path: TomlPath, *, file: TomlFile, law: Law) -> Iterator[Complaint]:
    if step.kind == "sign" and not step.signs:
        yield file.complaint(path, reason=f"「{step.title}」要写明多少户签约（signs）")
    for field, kind in (("signs", Share), ("renews", Term)):
        written = getattr(step, field)
        if not written:
            continue
        yield from misquoted(file, (*path, field), written, kind=kind, law=law)
        if step.kind != "sign":
            yield file.complaint((*path, field), reason="只有签约（sign）的步骤写签约")


def _gates(act: ActPart, path: TomlPath, step: StepPart, *, file: TomlFile, law: Law) -> Iterator[Complaint]:
    needed = GATES.get(act.act, ())
    forum = law.forums.get(step.forum)
    if act.act == "conclude" and forum and forum.quorum:
        needed += ("quorum_met",)
    for fact in needed:
        if fact not in act.needs:
            yield file.complaint(path, reason=f"「{act.act}」不能缺少前提「{fact}」（needs）")
    for fact in BARRED.get(act.act, ()):
        if fact not in act.bars:
            yield file.complaint(path, reason=f"「{act.act}」要以「{fact}」为障碍（bars）")
