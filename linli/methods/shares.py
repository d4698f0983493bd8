"""Equal shares for many thousands of ballots: quick where it is clear, exact wherever it is not (等额份额法).

Floating numbers only sort out what cannot be the cheapest. Whatever is close is reckoned in fractions, so
that the outcome is that of ``linli.core.equal_shares``, to the last part of a fen.
"""

from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from linli.core.choosing import select as select_with
from linli.core.equal_shares import Bought, Shared, Supporter, dearness, price_of
from linli.core.purchase import Part, Purse, Selection, break_tie
from linli.core.selection import Election, Project, Satisfaction, Tally

Whole = NDArray[np.int64]
Mask = NDArray[np.bool_]

# Far above what rounding can add up to, far below any difference that would be worth deciding by.
_CLOSE = 1e-10


@dataclass(frozen=True, slots=True)
class _Backers:
    """Who names a project: the places of their ballots, what each gives, for how many people."""

    places: Whole
    weights: Whole
    people: Whole


@dataclass(frozen=True, slots=True)
class _Price:
    """The exact price of a vote, and who has to give all that is left for it."""

    each: Fraction
    is_poor: Mask


def select(election: Election) -> Selection:
    """Choose projects as ``linli.core.choosing.select`` does, sooner (遴选)."""
    backers = _backers(election)
    return select_with(
        election,
        sharing=lambda one, tally, share: _Run(one, tally, share, backers).shared(),
        counting=lambda _: _tally(backers),
    )


def _backers(election: Election) -> dict[str, _Backers]:
    turns = {one.key: turn for turn, one in enumerate(election.projects)}
    given = [one.given for one in election.ballots]
    pairs = list(chain.from_iterable(given))
    project = np.fromiter((turns[key] for key, _ in pairs), dtype=np.int64, count=len(pairs))
    weights = np.fromiter((weight for _, weight in pairs), dtype=np.int64, count=len(pairs))
    places = np.repeat(np.arange(len(given)), np.fromiter(map(len, given), dtype=np.int64, count=len(given)))
    people = np.array([one.people for one in election.ballots], dtype=np.int64)
    order = np.argsort(project, kind="stable")
    ends = np.cumsum(np.bincount(project, minlength=len(turns)))[:-1]
    return {
        key: _Backers(places[which], weights[which], people[places[which]])
        for key, which in zip(turns, np.split(order, ends), strict=False)
    }


def _tally(backers: dict[str, _Backers]) -> Tally:
    return Tally(
        {key: int(its.people.sum()) for key, its in backers.items()},
        {key: int(np.dot(its.weights, its.people)) for key, its in backers.items()},
    )


class _Run:
    """One sharing out: nearly what everybody has left, and the purchases from which it follows exactly."""

    def __init__(
        self, election: Election, tally: Tally, share: Fraction, backers: dict[str, _Backers]
    ) -> None:
        self.election, self.share, self.backers = election, share, backers
        self.tally, self.purse = tally, Purse(election, tally)
        self.left = np.full(len(election.ballots), float(share))
        self.prices: list[Fraction] = []
        self.given = np.zeros((len(election.projects), len(election.ballots)), dtype=np.int64)

    def shared(self) -> Shared:
        """Buy the cheapest again and again; by waiting nothing becomes cheaper, so few need a second look."""
        bought: list[Bought] = []
        queue = [(0.0, place) for place in range(len(self.election.projects))]
        while level := self._cheapest(queue):
            chosen = break_tie([one for one, _ in level], self.election, self.tally)
            for one, price in level:
                if one is chosen:
                    bought.append(self._pay(one, price))
                else:
                    heappush(queue, (0.0, self.election.projects.index(one)))
            self.purse.take(chosen)
        return Shared(tuple(bought), lambda key: self._means(self.backers[key]))

    def _cheapest(self, queue: list[tuple[float, int]]) -> list[tuple[Project, _Price]]:
        """Take off the queue whatever is exactly the cheapest; what was only looked at goes back."""
        seen: list[tuple[float, int]] = []
        highest = np.inf
        while queue and queue[0][0] <= highest:
            place = heappop(queue)[1]
            project = self.election.projects[place]
            if self.purse.bar(project, regardless_of_budget=True) or not self._can_pay(project):
                continue
            about, error = self._about(project)
            seen.append((about - error, place))
            highest = min(highest, about + error)
        queue.extend(one for one in seen if one[0] > highest)
        near = [self.election.projects[place] for lowest, place in seen if lowest <= highest]
        priced = [(one, self._price(one)) for one in near]
        dear = [dearness(one, price.each, self.election.rule.satisfaction) for one, price in priced]
        queue.extend(
            (0.0, self.election.projects.index(one))
            for one, its in zip(near, dear, strict=True)
            if its > min(dear)
        )
        heapify(queue)
        return [pair for pair, its in zip(priced, dear, strict=True) if its == min(dear)]

    def _can_pay(self, project: Project) -> bool:
        its = self.backers[project.key]
        means = float(np.dot(self.left[its.places], its.people))
        if abs(means - project.cost) > _CLOSE * project.cost:
            return means > project.cost
        return self._means(its) >= project.cost

    def _about(self, project: Project) -> tuple[float, float]:
        """Return nearly how dear a unit of worth is, and by how much that may be wrong."""
        its = self.backers[project.key]
        each, is_poor = self._nearly(project)
        votes = max(1, int(np.dot(its.weights[~is_poor], its.people[~is_poor])))
        error = _CLOSE * (project.cost / votes + float(self.share))
        worth = project.cost if self.election.rule.satisfaction is Satisfaction.COST else 1
        return each / worth, error / worth

    def _nearly(self, project: Project) -> tuple[float, Mask]:
        """Raise the price until those who are too poor for it are sorted out."""
        its = self.backers[project.key]
        has, owed = self.left[its.places] / its.weights, float(project.cost)
        money, votes = self.left[its.places] * its.people, its.weights * its.people
        is_poor: Mask = has <= 0
        remaining = int(votes[~is_poor].sum())
        each = owed / max(1, remaining)
        while True:
            poorer = has < each
            if not (poorer & ~is_poor).any() or poorer.all():
                return each, is_poor
            is_poor |= poorer
            each = (owed - float(money[is_poor].sum())) / int(votes[~is_poor].sum())

    def _price(self, project: Project) -> _Price:
        """Reckon the exact price: from who is poor, when that is clear, else from everybody's exact purse."""
        its = self.backers[project.key]
        _, is_poor = self._nearly(project)
        votes = int(np.dot(its.weights[~is_poor], its.people[~is_poor]))
        each = (project.cost - self._means(its, is_poor)) / votes if votes else Fraction(0)
        asked, has = float(each) * its.weights, self.left[its.places]
        margin = _CLOSE * (asked + float(self.share))
        is_clear = np.where(is_poor, has + margin < asked, has - margin > asked) | (has == 0)
        if votes and is_clear.all():
            return _Price(each, is_poor)
        return self._slowly(project)

    def _slowly(self, project: Project) -> _Price:
        its = self.backers[project.key]
        purses = {place: self._purse_of(place) for place in its.places.tolist()}
        order = {place: turn for turn, place in enumerate(purses)}
        left = list(purses.values())
        supporters = [
            Supporter(order[place], weight, people)
            for place, weight, people in zip(
                its.places.tolist(), its.weights.tolist(), its.people.tolist(), strict=True
            )
        ]
        each = price_of(project, supporters, left)
        if each is None:
            raise AssertionError(f"{project.key} was found to be affordable")
        return _Price(
            each, np.array([left[one.ballot] < each * one.weight for one in supporters], dtype=bool)
        )

    def _pay(self, project: Project, price: _Price) -> Bought:
        its = self.backers[project.key]
        rich = ~price.is_poor
        poor = price.is_poor & (self.left[its.places] > 0)
        full = Part(
            int(its.people[rich].sum()), price.each * int(np.dot(its.weights[rich], its.people[rich]))
        )
        rest = Part(int(its.people[poor].sum()), project.cost - full.total)
        self.given[len(self.prices), its.places] = its.weights
        self.prices.append(price.each)
        self.left[its.places] -= float(price.each) * its.weights
        self.left[its.places[price.is_poor]] = 0
        self._settle(its.places[rich])
        return Bought(project, price.each, full, rest)

    def _settle(self, places: Whole) -> None:
        """Let nobody seem to have a little left, or a little less than nothing, by rounding only."""
        for place in places[self.left[places] < _CLOSE * float(self.share)].tolist():
            self.left[place] = 0.0
            self.left[place] = float(self._exactly(place))

    def _means(self, its: _Backers, among: Mask | None = None) -> Fraction:
        """Return exactly what the backers, or some of them, have left together."""
        counted = self.left[its.places] > 0
        if among is not None:
            counted &= among
        places, people = its.places[counted], its.people[counted]
        paid = self.given[: len(self.prices), places] @ people
        spent = sum(
            (price * int(votes) for price, votes in zip(self.prices, paid, strict=True) if votes), Fraction(0)
        )
        return self.share * int(people.sum()) - spent

    def _purse_of(self, place: int) -> Fraction:
        return self._exactly(place) if self.left[place] > 0 else Fraction(0)

    def _exactly(self, place: int) -> Fraction:
        """Return what one who never ran out has left."""
        paid = self.given[: len(self.prices), place].tolist()
        return self.share - sum(
            (price * weight for price, weight in zip(self.prices, paid, strict=True)), Fraction(0)
        )
