"""What would have made a project win: so many more supporters, or so much less money (差多少能选上).

Both are found by running the whole selection again. The measures are singleton-add and cost-reduction of
Boehmer, Faliszewski, Janeczko, Peters, Pierczyński, Schierreich, Skowron, Szufa: Evaluation of Project
Performance in Participatory Budgeting (IJCAI 2024).
"""

from bisect import bisect_left
from dataclasses import dataclass, replace

from linli.core.choosing import ShareOut, select
from linli.core.equal_shares import share_out
from linli.core.purchase import Tied
from linli.core.selection import Ballot, Election, Method, Tie, yuan


@dataclass(frozen=True, slots=True)
class Less:
    """So much less money; ``is_least`` when no smaller amount would do, not only not one fen less (少花)."""

    amount: int
    is_least: bool


@dataclass(frozen=True, slots=True)
class NearMiss:
    """What would have made one loser win; none where nothing that was tried does (差多少).

    ``tried`` is the most supporters that were tried.
    """

    key: str
    supporters: int | None
    less: Less | None
    tried: int


def near_miss(election: Election, key: str, *, most: int = 0, sharing: ShareOut = share_out) -> NearMiss:
    """Find what would have made a loser win, with at most so many more supporters, else as many as voted."""
    tried = most or max(1, election.people)
    supporters = more_supporters(election, key, most=tried, sharing=sharing)
    return NearMiss(key, supporters, less_money(election, key, sharing=sharing), tried)


def more_supporters(election: Election, key: str, *, most: int, sharing: ShareOut = share_out) -> int | None:
    """Return the fewest more people who, naming only this project, make it win; none up to ``most`` (差几人).

    By votes one more never hurts, so halving finds it. Equal shares are not so: whoever comes also makes the
    shares of all smaller. There every number is tried, from one on.
    """

    def wins(more: int) -> bool:
        return _wins(with_supporters(election, key, more=more), key, sharing)

    if _is_monotone(election) and election.rule.method is not Method.EQUAL_SHARES:
        found = bisect_left(range(1, most + 1), True, key=wins) + 1
        return found if found <= most else None
    return next((more for more in range(1, most + 1) if wins(more)), None)


def less_money(election: Election, key: str, *, sharing: ShareOut = share_out) -> Less | None:
    """Return the smallest saving that makes a project win; none when even one fen is too dear (差多少钱).

    Halving finds it, for a cheaper project is bought no later. Two cases are not so: raised shares stop
    earlier when the cheaper project overruns the money, and a lot that is not drawn. There the result is a
    saving that wins while one fen less does not, and says that it may not be the smallest.
    """
    cost = next(project.cost for project in election.projects if project.key == key)

    def wins(less: int) -> bool:
        return _wins(with_less(election, key, less=less), key, sharing)

    if cost == 1 or not wins(cost - 1):
        return None
    amount = bisect_left(range(1, cost - 1), True, key=wins) + 1
    return Less(amount, _is_monotone(election) and not election.rule.completion.raises)


def with_supporters(election: Election, key: str, *, more: int) -> Election:
    """Let more people vote who name this project and nothing else (加人)."""
    return replace(election, ballots=(*election.ballots, Ballot(((key, election.form.alone),), more)))


def with_less(election: Election, key: str, *, less: int) -> Election:
    """Let a project cost less (减费用)."""
    projects = tuple(
        replace(one, cost=one.cost - less) if one.key == key else one for one in election.projects
    )
    return replace(election, projects=projects)


def near_miss_words(found: NearMiss) -> str:
    """Say what would have made a project win (差多少能选上)."""
    people = f"再有 {found.supporters:,} 人来投票、只选它" if found.supporters else ""
    money = f"费用少 {yuan(found.less.amount)}" if found.less else ""
    if not people and not money:
        return f"再多 {found.tried:,} 人只选它，或者费用降到一分钱，都选不上。"
    said = "，或者".join(one for one in (people, money) if one)
    rest = "" if not found.less or found.less.is_least else "（再少减一分就选不上；更小的减法没有一一试过）"
    return f"{said}，就能选上{rest}。"


def _wins(election: Election, key: str, sharing: ShareOut) -> bool:
    """Tell whether a project is sure to win: one that would have to wait for the lot is not."""
    try:
        return key in select(election, sharing=sharing).winners
    except Tied:
        return False


def _is_monotone(election: Election) -> bool:
    return Tie.LOT not in election.rule.ties or bool(election.rule.seed)
