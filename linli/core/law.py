"""The rules of the law with their numbers, each under its article (法定规则)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from linli.core.clause import Clause, Mark
from linli.core.forum import Forum
from linli.core.procedure import Procedure
from linli.core.purpose import Purpose, Reason
from linli.core.share import Share
from linli.core.term import Term
from linli.core.threshold import Threshold
from linli.core.verdict import Verdict, no, yes

Kind = TypeVar("Kind", int, Share, Threshold, Term)
Number = int | Share | Threshold | Term


@dataclass(frozen=True, slots=True)
class LawRule:
    """Hold one rule of the law: what it says, where it stands and its numbers (规则)."""

    id: str
    title: str
    source: str
    article: str
    mark: Mark
    text: str
    applies_to: frozenset[str] = frozenset()
    note: str = ""
    numbers: Mapping[str, Number] = field(default_factory=dict)

    @property
    def clause(self) -> Clause:
        """Name the article, for a verdict to cite (条款)."""
        return Clause(self.id, self.source, self.article, self.mark)

    def number(self, name: str) -> Number:
        """Return a number by its name; raise LookupError when the rule has none of that name."""
        if name not in self.numbers:
            raise LookupError(f"规则 {self.id}（{self.title}）没有名为「{name}」的数")
        return self.numbers[name]

    def count(self, name: str) -> int:
        """Return a count (个数); raise LookupError when the rule has none of that name."""
        return self._typed(name, int, "个数")

    def share(self, name: str) -> Share:
        """Return a share (份额); raise LookupError when the rule has none of that name."""
        return self._typed(name, Share, "份额")

    def term(self, name: str) -> Term:
        """Return a term (期限); raise LookupError when the rule has none of that name."""
        return self._typed(name, Term, "期限")

    def threshold(self, name: str) -> Threshold:
        """Return a threshold (门槛); raise LookupError when the rule has none of that name."""
        return self._typed(name, Threshold, "门槛")

    def judge_count(self, name: str, *, count: int, called: str, unit: str = "人") -> Verdict:
        """Put a count to ``name_least`` and ``name_most``; raise LookupError without either (限额)."""
        least, most = self._limit(f"{name}_least"), self._limit(f"{name}_most")
        if least is None and most is None:
            raise LookupError(f"规则 {self.id}（{self.title}）没有限定「{name}」")
        said, asked = f"{called} {count} {unit}", _range(least, most, unit)
        if least is not None and count < least:
            return no(
                f"{said}，少于 {least} {unit}：不合规定。", self.clause, asked=asked, 现有=f"{count} {unit}"
            )
        if most is not None and count > most:
            return no(
                f"{said}，多于 {most} {unit}：不合规定。", self.clause, asked=asked, 现有=f"{count} {unit}"
            )
        return yes(f"{said}，{asked}：合于规定。", self.clause, 现有=f"{count} {unit}")

    def _limit(self, name: str) -> int | None:
        return self.count(name) if name in self.numbers else None

    def _typed(self, name: str, kind: type[Kind], called: str) -> Kind:
        number = self.number(name)
        if isinstance(number, kind):
            return number
        raise LookupError(f"规则 {self.id} 的「{name}」不是{called}")


def _range(least: int | None, most: int | None, unit: str) -> str:
    """Say the limits: 至少 5 人，至多 9 人."""
    bounds = (("至少", least), ("至多", most))
    return "，".join(f"{word} {bound} {unit}" for word, bound in bounds if bound is not None)


@dataclass(frozen=True, slots=True)
class Law:
    """Hold one edition of the law: rules, why anything about people is kept, how one decides (法律底线).

    ``procedures`` are those that every place shares; their roles are filled in by the place.
    """

    edition: str
    rules: Mapping[str, LawRule]
    purposes: tuple[Purpose, ...] = ()
    reasons: tuple[Reason, ...] = ()
    forums: Mapping[str, Forum] = field(default_factory=dict)
    procedures: tuple[Procedure, ...] = ()

    def rule(self, rule_id: str) -> LawRule:
        """Return a rule by its id; raise LookupError when this edition has none."""
        if rule_id not in self.rules:
            raise LookupError(f"{self.edition} 版法律规则里没有 {rule_id}")
        return self.rules[rule_id]

    def number(self, reference: str) -> Number:
        """Return the number that "P-3.extension" refers to; raise LookupError when there is none."""
        rule_id, _, name = reference.partition(".")
        return self.rule(rule_id).number(name)

    def purpose(self, key: str) -> Purpose:
        """Return a purpose by its key; raise LookupError when there is none (处理目的)."""
        found = next((one for one in self.purposes if one.key == key), None)
        if found is None:
            raise LookupError(f"{self.edition} 版法律规则里没有处理目的 {key}")
        return found

    def rules_for(self, kind: str) -> tuple[LawRule, ...]:
        """Return the rules that apply to "residents" or "villagers", those for everyone included (适用)."""
        return tuple(rule for rule in self.rules.values() if not rule.applies_to or kind in rule.applies_to)

    @property
    def unverified(self) -> tuple[LawRule, ...]:
        """Return the rules whose text was not read: check them with the street's legal adviser (待核实)."""
        return tuple(rule for rule in self.rules.values() if not rule.mark.is_verified)
