"""The law as it holds at a place: with the place's own rules, forums, roles and procedures (当地规则)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from linli.core.clause import Mark
from linli.core.law import Law, LawRule
from linli.core.procedure import Procedure, Role
from linli.core.separation import joined
from linli.pack.check_cross_seat import pairs
from linli.pack.check_deciding import acting_for_others
from linli.pack.check_forum import weaker
from linli.pack.complaint import Complaint
from linli.pack.files import Files
from linli.pack.forums import forums
from linli.pack.names import Names
from linli.pack.procedures import procedure, role
from linli.pack.schema import RulePart


def with_rules(law: Law, files: Files) -> Law:
    """Return the law with the place's own rules added."""
    return replace(law, rules={**law.rules, **{part.id: _rule(part) for part in files.rules.said.rule}})


def with_forums(law: Law, files: Files) -> Law:
    """Return the law with the place's own forums added; their references must have been checked."""
    return replace(law, forums={**law.forums, **forums(files.forums.said.forum, law=law)})


def roles_of(files: Files, *, law: Law) -> Mapping[str, Role]:
    """Return the roles of a place: those that every place shares, and its own in their stead."""
    shared = {key: one for procedure in law.procedures for key, one in procedure.roles.items()}
    return {**shared, **{part.key: role(part) for part in files.pack.said.role}}


def procedures_of(files: Files, *, law: Law, kinds: frozenset[str]) -> Mapping[str, Procedure]:
    """Return the procedures of a place: its own, then those every place shares that can run at its places."""
    roles = roles_of(files, law=law)
    own = {part.key: procedure(part, roles=roles, law=law) for part in files.procedures.said.procedure}
    shared = {one.key: replace(one, roles=roles) for one in law.procedures if _runs_here(one, kinds)}
    return {**own, **shared}


def shared_procedures(files: Files, *, names: Names, law: Law) -> Iterator[Complaint]:
    """Complain about what a place lacks to run the procedures that every place shares."""
    file, roles = files.pack.file, roles_of(files, law=law)
    missing: dict[str, str] = {}
    for one in law.procedures:
        if not _runs_here(one, names.place_kinds):
            continue
        if one.starts_at not in names.levels:
            reason = f"「{one.title}」从「{one.starts_at}」开始，这里没有这个层级"
            yield file.complaint(("level",), reason=reason)
        missing |= {roles[key].office: one.title for key in _used(one)}
    for office in sorted(missing.keys() - names.offices - {""}):
        reason = f"「{missing[office]}」各地通行，由职务「{office}」办理，这里没有这个职务"
        yield file.complaint(("office",), reason=reason)


def forums_weaker(files: Files, *, law: Law) -> Iterator[Complaint]:
    """Complain about each forum of a place that is weaker than the law's that it stands for."""
    for place, part in enumerate(files.forums.said.forum):
        if part.stands_for:
            for field, reason in weaker(law.forums[part.key], law.forums[part.stands_for]):
                yield files.forums.file.complaint(("forum", place, field), reason=reason)


def acting_twice(files: Files, *, law: Law, kinds: frozenset[str]) -> Iterator[Complaint]:
    """Complain about each office of a place that acts for another in a procedure."""
    own = {part.key: place for place, part in enumerate(files.procedures.said.procedure)}
    for key, one in procedures_of(files, law=law, kinds=kinds).items():
        for reason in acting_for_others(one):
            if key in own:
                yield files.procedures.file.complaint(("procedure", own[key], "step"), reason=reason)
            else:
                yield files.pack.file.complaint(("role",), reason=reason)


def crossing_functions(files: Files, *, law: Law, kinds: frozenset[str]) -> Iterator[Complaint]:
    """Complain about each cross-seat by which one person would act for another body (交叉任职代行)."""
    titles = {part.key: part.title for part in files.pack.said.office}
    known = tuple(procedures_of(files, law=law, kinds=kinds).values())
    for place, part in enumerate(files.pack.said.cross_seat):
        for pair in pairs(part):
            acted = ((one.title, joined(one, offices=frozenset(pair))) for one in known)
            where, functions = next((one for one in acted if one[1]), ("", ()))
            if functions:
                said = "和".join(f"「{titles[office]}」" for office in pair)
                reason = f"{said}由一个人担任，在「{where}」里就既{'又'.join(functions)}"
                yield files.pack.file.complaint(("cross_seat", place, "estate"), reason=reason)


def _runs_here(one: Procedure, kinds: frozenset[str]) -> bool:
    return not one.runs_at or bool(kinds & set(one.runs_at))


def _used(one: Procedure) -> set[str]:
    """Return the roles that a procedure names."""
    rules = (*one.anytime, *(rule for step in one.steps for rule in step.acts))
    return {key for rule in rules for key in rule.by} | {key for step in one.steps for key in step.waits_for}


def _rule(part: RulePart) -> LawRule:
    return LawRule(
        part.id, part.title, part.source, part.article, Mark(part.mark), part.text, numbers=part.numbers
    )
