"""How applications for a grant are ranked, decided, paid in parts and settled; money in fen (公益创投)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from linli.core.clause import Clause
from linli.core.society import yuan
from linli.core.verdict import Verdict, all_of, no, yes

WHOLE = 100
AGREEMENT, MID, FINAL = "agreement", "mid", "final"
UPON = {AGREEMENT: "签约后", MID: "中期报告通过、公示后", FINAL: "末期报告通过、公示后"}


@dataclass(frozen=True, slots=True)
class Criterion:
    """Name what reviewers look at, and how much of a hundred it weighs (评分项)."""

    key: str
    title: str
    weight: int


@dataclass(frozen=True, slots=True)
class Portion:
    """Say which part of a hundred is paid upon what (拨付比例)."""

    upon: str
    share: int


@dataclass(frozen=True, slots=True)
class Entry:
    """Put an application up for ranking: what it asks for, and each reviewer's points (参评)."""

    number: str
    asked: int
    sheets: tuple[Mapping[str, int], ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """Say where an application stands, with its mark, and whether the money reaches it (名次)."""

    place: int
    entry: Entry
    mark: Fraction
    reached: bool

    @property
    def shown(self) -> str:
        """Say the mark with two digits, rounded half up: 86.67; the order goes by the exact mark."""
        hundredths = (self.mark * WHOLE * 2 + 1) // 2
        return f"{hundredths // WHOLE}.{hundredths % WHOLE:02}"


@dataclass(frozen=True, slots=True)
class Decision:
    """Say what an application is granted, nothing included, and why (审定)."""

    number: str
    fen: int
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Filed:
    """What an application brings along, to be checked before anybody reads it (申报材料)."""

    plan: str
    asked: int
    lines: tuple[int, ...]
    milestones: int
    registration: str


@dataclass(frozen=True, slots=True)
class Settlement:
    """What is still paid, comes back, and is free again at the end of a grant (结算)."""

    due: int
    back: int
    freed: int


def weigh(points: Mapping[str, int], criteria: Sequence[Criterion]) -> Fraction:
    """Return one reviewer's mark: each criterion's points by its weight (加权分)."""
    return sum((Fraction(one.weight * points[one.key], WHOLE) for one in criteria), Fraction())


def rank(entries: Sequence[Entry], *, criteria: Sequence[Criterion], budget: int) -> tuple[Ranked, ...]:
    """Rank applications by the mean of their reviewers' marks, and let the budget go down the list (排名).

    Equal marks: the mean of the heaviest criterion decides, then the next; then who asks for less; then
    who applied first, by number. An application that no longer fits is passed over.
    """
    left, ranked = budget, []
    for place, entry in enumerate(sorted(entries, key=lambda one: _order(one, criteria)), start=1):
        reached = entry.asked <= left
        left -= entry.asked if reached else 0
        ranked.append(Ranked(place, entry, _mean(entry, criteria), reached))
    return tuple(ranked)


def may_determine(
    ranked: Sequence[Ranked], decisions: Mapping[str, Decision], *, budget: int, cap: int, clause: Clause
) -> Verdict:
    """Tell whether decisions keep to the money, and whether each that leaves the ranking says why (审定)."""
    total = sum(one.fen for one in decisions.values())
    verdicts = [_decided(one, decisions.get(one.entry.number), cap=cap, clause=clause) for one in ranked]
    if total > budget:
        verdicts.append(
            no(
                f"一共资助 {yuan(total)}，超过预算 {yuan(budget)}，多 {yuan(total - budget)}。",
                clause, asked="审定", remedy="减少金额，或者少资助几个。",
            )
        )  # fmt: skip
    return all_of(yes(), *verdicts)


def suggested(ranked: Ranked) -> int:
    """Return what the ranking alone would grant: all that was asked, or nothing (按排名)."""
    return ranked.entry.asked if ranked.reached else 0


def deviates(ranked: Ranked, decision: Decision) -> bool:
    """Tell whether a decision leaves the ranking: in, out, or less money (偏离排名)."""
    return decision.fen != suggested(ranked)


def parts(fen: int, shares: Sequence[Portion]) -> tuple[int, ...]:
    """Divide a grant by its shares into whole fen; what does not divide goes into the last (分期)."""
    early = [fen * one.share // WHOLE for one in shares[:-1]]
    return (*early, fen - sum(early))


def settle(*, granted: int, paid: int, spent: int) -> Settlement:
    """Say what is due, comes back and is free again, when so much was spent on receipts (结算)."""
    counted = min(spent, granted)
    return Settlement(max(counted - paid, 0), max(paid - counted, 0), granted - counted)


def missing(filed: Filed) -> tuple[str, ...]:
    """List everything an application still lacks, all at once (材料缺什么)."""
    total = sum(filed.lines)
    lacks = (
        (not filed.registration, "没有写登记证号或者备案号"),
        (not filed.plan, "没有写实施方案"),
        (not filed.lines, "没有写预算明细"),
        (
            bool(filed.lines) and total != filed.asked,
            f"预算明细合计 {yuan(total)}，和申请的 {yuan(filed.asked)} 不一致",
        ),
        (not filed.milestones, "没有写进度安排"),
    )
    return tuple(words for lacking, words in lacks if lacking)


def _mean(entry: Entry, criteria: Sequence[Criterion]) -> Fraction:
    marks = [weigh(points, criteria) for points in entry.sheets]
    return sum(marks, Fraction()) / len(marks) if marks else Fraction()


def _order(entry: Entry, criteria: Sequence[Criterion]) -> tuple[object, ...]:
    heaviest = sorted(criteria, key=lambda one: -one.weight)
    finer = tuple(-sum(points[one.key] for points in entry.sheets) for one in heaviest)
    count = len(entry.sheets) or 1
    means = tuple(Fraction(total, count) for total in finer)
    return (-_mean(entry, criteria), means, entry.asked, entry.number)


def _decided(ranked: Ranked, decision: Decision | None, *, cap: int, clause: Clause) -> Verdict:
    number = ranked.entry.number
    if decision is None:
        return no(f"{number} 还没有审定。", clause, asked="审定", remedy="不资助的写 0。")
    most = min(cap, ranked.entry.asked)
    if not 0 <= decision.fen <= most:
        return no(f"{number} 资助 {yuan(decision.fen)}，应在 0 到 {yuan(most)} 之间。", clause, asked="审定")
    if deviates(ranked, decision) and not decision.reason.strip():
        return no(
            f"{number} 排第 {ranked.place}，按排名应资助 {yuan(suggested(ranked))}，"
            f"现在是 {yuan(decision.fen)}，没有写理由。",
            clause, asked="审定", remedy="和排名不一致的，写明理由；理由随结果一起公示。",
        )  # fmt: skip
    return yes()
