"""What a group must have before it can be registered as a social association (社会团体登记条件)."""

from dataclasses import dataclass

from linli.core.law import LawRule
from linli.core.verdict import Verdict, all_of, no, yes

_FEN = 100
_ASKED = "登记"


@dataclass(frozen=True, slots=True)
class Strength:
    """How many members a group has, of either kind, and its money in fen (会员和资金)."""

    persons: int
    institutions: int
    money: int


def may_register(strength: Strength, *, rule: LawRule) -> Verdict:
    """Answer whether a group has the members and the money that registration asks for (登记条件)."""
    return all_of(_members(strength, rule), _money(strength, rule))


def _members(strength: Strength, rule: LawRule) -> Verdict:
    """Put the members to the bar of their kind: persons alone, institutions alone, or both together."""
    if not strength.institutions:
        return _least(strength.persons, rule, name="persons_least", called="个人会员", unit="人")
    if not strength.persons:
        return _least(strength.institutions, rule, name="institutions_least", called="单位会员", unit="个")
    both = strength.persons + strength.institutions
    return _least(both, rule, name="mixed_members_least", called="个人和单位会员合计", unit="个")


def _least(have: int, rule: LawRule, *, name: str, called: str, unit: str) -> Verdict:
    least = rule.count(name)
    figures = {"现有": f"{have} {unit}", "需要": f"{least} {unit}"}
    if have >= least:
        return yes(f"{called} {have} {unit}，够 {least} {unit}。", rule.clause, **figures)
    return no(
        f"{called} {have} {unit}，还差 {least - have} {unit}。", rule.clause, asked=_ASKED,
        remedy="会员发展够了，先更新登记的人数，再办登记；在此以前照旧备案活动。", **figures,
    )  # fmt: skip


def _money(strength: Strength, rule: LawRule) -> Verdict:
    least = rule.count("money_fen_least")
    figures = {"现有": yuan(strength.money), "需要": yuan(least)}
    if strength.money >= least:
        return yes(f"活动资金 {yuan(strength.money)}，够 {yuan(least)}。", rule.clause, **figures)
    return no(
        f"活动资金 {yuan(strength.money)}，还差 {yuan(least - strength.money)}。", rule.clause,
        asked=_ASKED, remedy="资金到位后先更新登记的数，再办登记。", **figures,
    )  # fmt: skip


def yuan(fen: int) -> str:
    """Say money in fen as yuan, without cents where there are none (元)."""
    whole, rest = divmod(fen, _FEN)
    return f"{whole:,}.{rest:02} 元" if rest else f"{whole:,} 元"
