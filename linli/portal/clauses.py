"""The rules in force at a place as people read them: words, source, mark, uses (规则)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from linli.core.clause import Clause, Mark
from linli.core.forum import Forum
from linli.core.procedure import Procedure, Step
from linli.pack.edition import Edition, Rule
from linli.rulebook import queries as rulebook

_MEANINGS = {
    Mark.READ: ("已核对原文", "条文已经对照原文读过。"),
    Mark.SECONDARY: ("未核对原文", "条文来自转述，没有对照原文，使用前请与法律顾问核对。"),
    Mark.MEMORY: ("未核对原文", "条文凭记忆写成，没有对照原文，使用前请与法律顾问核对。"),
    Mark.LOCAL: ("本地规定", "这是本地自己的规定，文字引自本地文件。"),
}
_FILLED_IN = ("本地待核定", "本地文件没有写明，先填了一个通行的数，启用前请本地核定。")


@dataclass(frozen=True, slots=True)
class Asked:
    """One condition of a step, and the clause it stands under (条件)."""

    words: str
    clause: Clause | None


@dataclass(frozen=True, slots=True)
class Reading:
    """One rule with the meaning of its mark (一条规则)."""

    rule: Rule
    is_local: bool

    @property
    def clause(self) -> Clause:
        """Return where the rule stands."""
        return self.rule.clause

    @property
    def mark(self) -> str:
        """Say in a word how the text was seen."""
        return self._meaning[0]

    @property
    def mark_words(self) -> str:
        """Say in a sentence how the text was seen."""
        return self._meaning[1]

    @property
    def tone(self) -> str:
        """Return the tone of the mark: a rule that still needs checking stands out."""
        return "jade" if self.clause.mark.is_verified else "amber"

    @property
    def _meaning(self) -> tuple[str, str]:
        return _FILLED_IN if self.rule.is_editable else _MEANINGS[self.clause.mark]


def readings(edition: Edition, *, words: str = "") -> tuple[Reading, ...]:
    """List the rules in force at a place, its own ones first, only those that hold the words."""
    national = rulebook.law().rules
    every = (Reading(rule, key not in national) for key, rule in edition.rules.items())
    return tuple(sorted((one for one in every if _holds(one, words)), key=lambda one: not one.is_local))


def reading(edition: Edition, key: str) -> Reading | None:
    """Find one rule by its id."""
    rule = edition.rules.get(key)
    return Reading(rule, key not in rulebook.law().rules) if rule else None


def uses(edition: Edition, key: str) -> tuple[str, ...]:
    """Say which steps, acts, terms and registers of the place stand on a rule (用在哪里)."""
    said = (words for words, clause in _citations(edition) if clause and clause.rule == key)
    return tuple(dict.fromkeys(said))


def asked(edition: Edition, step: Step) -> tuple[Asked, ...]:
    """Say what a step asks before it is done: its meeting, what is enough there, how long it hangs (条件)."""
    forum = edition.forums.get(step.forum)
    found = list(_of_forum(forum)) if forum else []
    if step.supporters:
        found.append(Asked(f"{step.supporters} 人附议", step.clause))
    if step.calls:
        bounds = edition.forums[step.calls].calls
        found += [Asked(f"联名：{one.threshold.words}", one.clause) for one in bounds]
    if step.shown_for:
        found.append(Asked(f"公示不少于 {step.shown_for.words}", step.clause))
    if step.signs:
        found.append(Asked(f"住户{step.signs.words}签约", step.clause))
    return tuple(found)


def _of_forum(forum: Forum) -> Iterator[Asked]:
    yield Asked(f"由「{forum.title}」办", forum.clause)
    if forum.notice:
        yield Asked(f"提前 {forum.notice.term.words}通知", forum.notice.clause)
    if forum.quorum:
        yield Asked(f"开会：{forum.quorum.threshold.words}", forum.quorum.clause)
    if forum.passes:
        yield Asked(f"通过：{forum.passes.threshold.words}", forum.passes.clause)
    for call in forum.calls:
        yield Asked(f"提议召开：{call.threshold.words}", call.clause)


def _holds(one: Reading, words: str) -> bool:
    text = f"{one.clause.rule}{one.rule.title}{one.rule.text}{one.clause.source}{one.clause.article}"
    return words.lower() in text.lower()


def _citations(edition: Edition) -> Iterator[tuple[str, Clause | None]]:
    for procedure in edition.procedures.values():
        yield from _of_procedure(procedure)
    for forum in edition.forums.values():
        meeting, *bounds = _of_forum(forum)
        yield f"「{forum.title}」这种会议", meeting.clause
        yield from ((f"「{forum.title}」{one.words}", one.clause) for one in bounds)
    yield from (
        (f"{order.title}的办理期限（{order.resolve.words}）", order.clause)
        for order in edition.orders.values()
    )
    yield from ((f"可以暂停计时的事由：{pause.title}", pause.clause) for pause in edition.pauses.values())
    yield from _limits(edition)
    yield from ((f"{chain.title}", chain.clause) for chain in edition.chains)
    yield from ((register.title, register.clause) for register in edition.registers.values())
    yield from (
        (f"「{edition.categories[route.category].title}」的派单", route.clause) for route in edition.routes
    )


def _limits(edition: Edition) -> Iterable[tuple[str, Clause]]:
    return (
        (f"延期，最多 {edition.extension.at_most.words}", edition.extension.clause),
        (f"不满意重新办理，办结后 {edition.reopen.within.words}内", edition.reopen.clause),
        (f"退单，派单后 {edition.give_back.within.words}内", edition.give_back.clause),
        (f"部门报到，吹哨后 {edition.report_in.within.words}内", edition.report_in.clause),
        ("网格划分标准和网格员职责", edition.grid.clause),
    )


def _of_procedure(procedure: Procedure) -> Iterator[tuple[str, Clause | None]]:
    yield f"「{procedure.title}」这套程序", procedure.clause
    for step in procedure.steps:
        yield f"「{procedure.title}」的「{step.title}」这一步", step.clause
        for act in step.acts:
            yield f"「{procedure.title}」的「{act.name}」", act.clause
    for act in procedure.anytime:
        yield f"「{procedure.title}」的「{act.name}」", act.clause
