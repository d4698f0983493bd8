"""Which projects are bought under a budget, by a stated rule, with the whole account (遴选)."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from linli.core.equal_shares import Bought, Shared, share_out
from linli.core.purchase import Bar, Passed, Purse, Round, Selection, Stage, break_tie
from linli.core.selection import Election, Method, Project, Tally

ShareOut = Callable[[Election, Tally, Fraction], Shared]


def select(
    election: Election, *, sharing: ShareOut = share_out, counting: Callable[[Election], Tally] = Tally.of
) -> Selection:
    """Choose the projects by the election's rule; raise ``Tied`` when the lot must decide first (遴选).

    ``sharing`` is how equal shares are reckoned, ``counting`` how votes are counted; every other way must
    give what ``share_out`` and ``Tally.of`` give.
    """
    tally = counting(election)
    purse = Purse(election, tally)
    if election.rule.method is Method.EQUAL_SHARES:
        return _select_by_shares(election, tally, purse, sharing)
    by_cost = election.rule.method is Method.VOTES_PER_COST
    rounds = _buy_by_votes(purse, by_cost=by_cost)
    passed = _passed(purse, election.projects)
    return Selection(tuple(rounds), passed, Fraction(0), 0, purse.left)


def _select_by_shares(election: Election, tally: Tally, purse: Purse, sharing: ShareOut) -> Selection:
    shared, share, raises = _raised(election, tally, sharing)
    rounds = []
    for one in shared.bought:
        rounds.append(_round(one, purse))
        purse.take(one.project)
    if election.rule.completion.ends_by_votes:
        rounds += _buy_by_votes(purse, by_cost=False)
    passed = _passed(purse, election.projects, shared)
    return Selection(tuple(rounds), passed, share, raises, purse.left)


def _raised(election: Election, tally: Tally, sharing: ShareOut) -> tuple[Shared, Fraction, int]:
    """Raise everybody's share step by step; keep the last before the money is overrun or nothing more fits.

    The completion "add1" of Peters, Pierczyński and Skowron (2021), also at equalshares.net.
    """
    share, raises = election.share, 0
    shared = sharing(election, tally, share)
    while election.rule.completion.raises and _has_room(election, tally, shared):
        more = sharing(election, tally, share + election.rule.raised_by)
        if _cost(more) > election.limits.budget:
            break
        shared, share, raises = more, share + election.rule.raised_by, raises + 1
    return shared, share, raises


def _has_room(election: Election, tally: Tally, shared: Shared) -> bool:
    purse = Purse(election, tally)
    for one in shared.bought:
        purse.take(one.project)
    return any(one.key not in purse.bought and not purse.bar(one) for one in election.projects)


def _cost(shared: Shared) -> int:
    return sum(one.project.cost for one in shared.bought)


def _round(one: Bought, purse: Purse) -> Round:
    number = len(purse.bought) + 1
    key, cost = one.project.key, one.project.cost
    return Round(number, Stage.EQUAL_SHARES, key, cost, purse.left, one.price, one.full, one.rest)


def _buy_by_votes(purse: Purse, *, by_cost: bool) -> list[Round]:
    """Buy the most voted that still fits, again and again; what does not fit is passed over (得票优先)."""
    rounds: list[Round] = []
    waiting = [one for one in purse.election.projects if one.key not in purse.bought]
    while waiting := [one for one in waiting if not purse.bar(one)]:
        worth = {one.key: _worth(one, purse.tally, by_cost=by_cost) for one in waiting}
        most = max(worth.values())
        chosen = break_tie([one for one in waiting if worth[one.key] == most], purse.election, purse.tally)
        stage = Stage.VOTES_PER_COST if by_cost else Stage.VOTES
        rounds.append(Round(len(purse.bought) + 1, stage, chosen.key, chosen.cost, purse.left))
        purse.take(chosen)
        waiting.remove(chosen)
    return rounds


def _worth(project: Project, tally: Tally, *, by_cost: bool) -> Fraction:
    return Fraction(tally.score[project.key], project.cost if by_cost else 1)


def _passed(purse: Purse, projects: Sequence[Project], shared: Shared | None = None) -> tuple[Passed, ...]:
    """Say of each loser what stood against it: a bar, or supporters who could not pay for it (落选原因)."""
    losers = (one for one in projects if one.key not in purse.bought)
    return tuple(_barred(one, purse, shared) for one in losers)


def _barred(project: Project, purse: Purse, shared: Shared | None) -> Passed:
    bar = purse.bar(project, regardless_of_budget=shared is not None)
    if bar:
        return bar
    means = shared.means(project.key) if shared else Fraction(0)
    return Passed(project.key, Bar.SUPPORTERS_SHORT, means, project.cost, after=len(purse.bought))
