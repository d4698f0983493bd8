"""Equal shares: everybody has the same part of the budget and pays only for what they named (等额份额法).

Peters, Pierczyński, Skowron: Proportional Participatory Budgeting with Additive Utilities (NeurIPS 2021).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from linli.core.purchase import Part, Purse, break_tie
from linli.core.selection import Election, Project, Satisfaction, Tally


@dataclass(frozen=True, slots=True)
class Bought:
    """One project that its supporters paid for (买下的一项)."""

    project: Project
    price: Fraction
    full: Part
    rest: Part


@dataclass(frozen=True, slots=True)
class Shared:
    """What equal shares bought; ``means`` tells what the supporters of a project have left (均分结果)."""

    bought: tuple[Bought, ...]
    means: Callable[[str], Fraction]


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
    return Shared(tuple(bought), lambda key: _means(supporters[key], left))


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


def _cheapest(
    waiting: Sequence[Project], prices: dict[str, Fraction], election: Election, tally: Tally
) -> Project:
    satisfaction = election.rule.satisfaction
    found = {one.key: dearness(one, prices[one.key], satisfaction) for one in waiting}
    least = min(found.values())
    return break_tie([one for one in waiting if found[one.key] == least], election, tally)


def _pay(project: Project, price: Fraction, supporters: Sequence[Supporter], left: list[Fraction]) -> Bought:
    full, rest = Part(), Part()
    for one in supporters:
        each = min(left[one.ballot], price * one.weight)
        left[one.ballot] -= each
        if each == price * one.weight:
            full = Part(full.people + one.people, full.total + each * one.people)
        elif each:
            rest = Part(rest.people + one.people, rest.total + each * one.people)
    return Bought(project, price, full, rest)


def _means(supporters: Sequence[Supporter], left: Sequence[Fraction]) -> Fraction:
    return sum((left[one.ballot] * one.people for one in supporters), Fraction(0))
