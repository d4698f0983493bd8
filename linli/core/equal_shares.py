"""Equal shares: everybody has the same part of the budget and pays only for what they named (等额份额法).

Peters, Pierczyński, Skowron: Proportional Participatory Budgeting with Additive Utilities (NeurIPS 2021).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from linli.core.purchase import Part, Purse, break_tie
from linli.core.selection import Election, Project, Satisfaction, Tally


@dataclass(frozen=True, slots=True)
class Bought:
    """One project that its supporters paid for (买下的一项)."""

    project: Project
    price: Fraction
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """What equal shares bought, what each ballot's people have left, what each loser's supporters have."""

    bought: tuple[Bought, ...]
    left: tuple[Fraction, ...]
    means: dict[str, Fraction]


@dataclass(frozen=True, slots=True)
class Supporter:
    """One ballot that names a project: its place, what it gives, and how many people cast it."""

    ballot: int
    weight: int
    people: int


def supporters_of(election: Election) -> dict[str, list[Supporter]]:
    """List for each project the ballots that name it."""
    found: dict[str, list[Supporter]] = {project.key: [] for project in election.projects}
    for place, ballot in enumerate(election.ballots):
        for key, weight in ballot.given:
            found[key].append(Supporter(place, weight, ballot.people))
    return found


def share_out(election: Election, tally: Tally, share: Fraction) -> Shared:
    """Buy while the supporters of anything can pay for it, each time where a unit of worth costs least.

    A supporter pays the price for each vote given, or all that is left; the price is the lowest that raises
    the cost. The stated total may be overrun when shares were raised; the limits of parts never are.
    """
    supporters = supporters_of(election)
    left = [share] * len(election.ballots)
    purse, bought = Purse(election, tally), list[Bought]()
    waiting = list(election.projects)
    while True:
        waiting = [one for one in waiting if not purse.bar(one, regardless_of_budget=True)]
        priced = {one.key: price_of(one, supporters[one.key], left) for one in waiting}
        waiting = [one for one in waiting if priced[one.key] is not None]
        if not waiting:
            break
        prices = {key: price for key, price in priced.items() if price is not None}
        chosen = _cheapest(waiting, prices, election, tally)
        purse.take(chosen)
        waiting.remove(chosen)
        bought.append(_pay(chosen, prices[chosen.key], supporters[chosen.key], left))
    return Shared(tuple(bought), tuple(left), _means(supporters, left))


def price_of(project: Project, supporters: Sequence[Supporter], left: Sequence[Fraction]) -> Fraction | None:
    """Return the lowest price of a vote at which the supporters raise the cost; none when they cannot."""
    owed, votes = Fraction(project.cost), sum(one.weight * one.people for one in supporters)
    for one in sorted(supporters, key=lambda one: left[one.ballot] / one.weight):
        if left[one.ballot] * votes >= owed * one.weight:
            return owed / votes
        owed -= left[one.ballot] * one.people
        votes -= one.weight * one.people
    return None


def dearness(project: Project, price: Fraction, satisfaction: Satisfaction) -> Fraction:
    """Return what a unit of worth costs: a vote is worth the project's cost, or one (单位代价)."""
    return price / project.cost if satisfaction is Satisfaction.COST else price


def parts_of(paid: dict[Fraction, int]) -> tuple[Part, ...]:
    """List what was paid by how many, the most first; who had nothing left paid nothing."""
    return tuple(Part(people, each) for each, people in sorted(paid.items(), reverse=True) if each)


def _cheapest(
    waiting: Sequence[Project], prices: dict[str, Fraction], election: Election, tally: Tally
) -> Project:
    satisfaction = election.rule.satisfaction
    found = {one.key: dearness(one, prices[one.key], satisfaction) for one in waiting}
    least = min(found.values())
    return break_tie([one for one in waiting if found[one.key] == least], election, tally)


def _pay(project: Project, price: Fraction, supporters: Sequence[Supporter], left: list[Fraction]) -> Bought:
    paid: dict[Fraction, int] = {}
    for one in supporters:
        each = min(left[one.ballot], price * one.weight)
        left[one.ballot] -= each
        paid[each] = paid.get(each, 0) + one.people
    return Bought(project, price, parts_of(paid))


def _means(supporters: dict[str, list[Supporter]], left: Sequence[Fraction]) -> dict[str, Fraction]:
    return {
        key: sum((left[one.ballot] * one.people for one in every), Fraction(0))
        for key, every in supporters.items()
    }
