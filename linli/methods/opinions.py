"""Groups of people who see a subject alike, out of what they said to short statements (观点分组).

The method, so that a stranger reckons the same from the same votes:

1. A vote is 1 (agree), -1 (disagree) or 0 (cannot say). The columns are the statements; the rows are put in
   the order of their votes, so that neither the order of voting nor who is who changes anything.
2. From every vote the mean of its column is taken away; what was not voted on becomes 0, the mean.
3. The two directions in which people differ most (principal components) are found by subspace iteration:
   eight columns cos(1 + r (c + 1)), multiplied by the matrix, turned back, made orthogonal, until the two
   largest values stand still. Of each direction the entry farthest from 0 is positive.
4. A person stands where their row falls on both, stretched by the root of statements over own votes, so that
   who voted little is not pulled to the middle.
5. Who voted on fewer than seven statements (on all, where there are fewer) is counted, but put in no group.
6. The points of the others fall into groups as ``clusters.divide`` says; a group of fewer than ``least``
   people is not made. Groups are numbered by size, then by where their centre lies.

Steps 2 to 5 and the range of two to five groups follow Small, Bjorkegren, Erkkilä, Shaw and Megill, "Polis:
Scaling deliberation by mapping high dimensional opinion spaces", Recerca 26 (2), 2021.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linli.methods import clusters

Votes = NDArray[np.int8]
Numbers = NDArray[np.float64]
Counts = NDArray[np.int64]
AGREE, DISAGREE, PASS, UNSEEN = 1, -1, 0, -9
ENOUGH_VOTES = 7
_DIRECTIONS, _BLOCK = 2, 8
_ROUNDS, _STILL, _NOTHING = 300, 1e-10, 1e-12


@dataclass(frozen=True, slots=True)
class Start:
    """Begin a map of nearly the same votes from the directions and centres of the last (热启动)."""

    block: Numbers
    centres: Numbers


@dataclass(frozen=True, slots=True)
class Opinions:
    """Who stands where and with whom, and what each group said to each statement (观点图).

    ``rows`` are the rows that were put in groups; ``points`` and ``labels`` are theirs, in that order. The
    counts have a row for each group and a column for each statement; ``seen`` are all votes, passes too.
    """

    rows: NDArray[np.intp]
    points: Numbers
    labels: NDArray[np.intp]
    agreed: Counts
    disagreed: Counts
    seen: Counts
    start: Start

    @property
    def sizes(self) -> tuple[int, ...]:
        """Return how many people each group has, the largest first."""
        return tuple(int(size) for size in np.bincount(self.labels, minlength=len(self.seen)))


def matrix(votes: Iterable[tuple[int, int, int]], *, statements: int) -> Votes:
    """Lay votes out, a row for each person; given as person, column of the statement, value (表态矩阵)."""
    told = np.array(list(votes), dtype=np.int64).reshape(-1, 3)
    people, rows = np.unique(told[:, 0], return_inverse=True)
    laid = np.full((len(people), statements), UNSEEN, dtype=np.int8)
    laid[rows, told[:, 1]] = told[:, 2]
    return laid


def find(votes: Votes, *, least: int) -> Opinions:
    """Find the groups in the votes of people, none smaller than ``least`` (观点分组)."""
    order = _in_order(votes)
    told = _tell(votes[order])
    block = _principal(told.centred, _first_block(votes.shape[1]))
    points = _points(told, block)
    labels, centres = _by_size(*clusters.divide(points, least=least))
    return _opinions(told, points, labels, Start(block, centres), order=order)


def refresh(votes: Votes, *, start: Start) -> Opinions:
    """Find where people stand after a few more votes, with as many groups as before (刷新)."""
    told, before = _tell(votes), _fitted(start.block, votes.shape[1])
    block = before
    if told.centred.size:
        block = np.linalg.qr(_turned(told.centred, before)[0])[0]
        block = block * np.where((before * block).sum(axis=0) < 0, -1.0, 1.0)
    points = _points(told, block)
    labels, centres = clusters.settle(points, start.centres @ (_plane(before).T @ _plane(block)))
    return _opinions(told, points, labels, Start(block, centres), order=np.arange(len(votes)))


@dataclass(frozen=True, slots=True)
class _Told:
    """Votes as numbers: what was voted on, how far from the mean, and the rows with votes enough."""

    votes: Votes
    seen: NDArray[np.bool_]
    centred: Numbers
    rows: NDArray[np.intp]
    own: NDArray[np.intp]


def _tell(votes: Votes) -> _Told:
    seen = votes != UNSEEN
    centred = np.multiply(votes, seen, dtype=np.float64)
    means = centred.sum(axis=0) / np.maximum(np.count_nonzero(seen, axis=0), 1)
    np.subtract(centred, means, out=centred, where=seen)
    own = np.count_nonzero(seen, axis=1)
    rows = np.flatnonzero(own >= max(1, min(ENOUGH_VOTES, votes.shape[1])))
    return _Told(votes, seen, centred, rows, own[rows])


def _in_order(votes: Votes) -> NDArray[np.intp]:
    return np.lexsort(votes.T[::-1]) if votes.size else np.arange(len(votes))


def _first_block(statements: int) -> Numbers:
    rows, columns = np.ogrid[:statements, : min(_BLOCK, statements)]
    return np.linalg.qr(np.cos(1.0 + rows * (columns + 1.0)))[0]


def _fitted(block: Numbers, statements: int) -> Numbers:
    """Give statements that came since no part in the directions as yet."""
    fitted = _first_block(statements) if len(block) < _BLOCK else np.zeros((statements, _BLOCK))
    fitted[: len(block), : block.shape[1]] = block
    return fitted


def _principal(centred: Numbers, block: Numbers) -> Numbers:
    largest = np.zeros(_DIRECTIONS)
    for _ in range(_ROUNDS if centred.size else 0):
        turned, values = _turned(centred, block)
        block = np.linalg.qr(turned)[0]
        if np.allclose(values[:_DIRECTIONS], largest[: len(values)], rtol=_STILL, atol=_NOTHING):
            break
        largest = values[:_DIRECTIONS]
    return _signed(block)


def _turned(centred: Numbers, block: Numbers) -> tuple[Numbers, Numbers]:
    """Multiply once, and turn the columns so that people differ most along the first (瑞利–里茨)."""
    across = centred @ block
    values, turns = np.linalg.eigh(across.T @ across)
    return centred.T @ (across @ turns[:, ::-1]), values[::-1]


def _signed(block: Numbers) -> Numbers:
    if not block.size:
        return block
    largest = block[np.abs(np.round(block, 9)).argmax(axis=0), np.arange(block.shape[1])]
    signed: Numbers = block * np.where(largest < 0, -1.0, 1.0)
    return signed


def _points(told: _Told, block: Numbers) -> Numbers:
    fallen = (told.centred @ _plane(block))[told.rows]
    points: Numbers = fallen * np.sqrt(told.votes.shape[1] / told.own)[:, None]
    return points


def _plane(block: Numbers) -> Numbers:
    """Return the two directions of the map; a lone statement has but one."""
    plane = np.zeros((len(block), _DIRECTIONS))
    plane[:, : block.shape[1]] = block[:, :_DIRECTIONS]
    return plane


def _by_size(labels: NDArray[np.intp], centres: Numbers) -> tuple[NDArray[np.intp], Numbers]:
    sizes = np.bincount(labels, minlength=len(centres))
    order = np.lexsort((centres[:, 1], centres[:, 0], -sizes))
    return np.argsort(order)[labels], centres[order]


def _opinions(
    told: _Told, points: Numbers, labels: NDArray[np.intp], start: Start, *, order: NDArray[np.intp]
) -> Opinions:
    belongs = np.eye(len(start.centres), dtype=np.float32)[:, labels]
    said = told.votes[told.rows]
    agreed, disagreed, seen = (
        (belongs @ one.astype(np.float32)).astype(np.int64)
        for one in (said == AGREE, said == DISAGREE, said != UNSEEN)
    )
    return Opinions(order[told.rows], points, labels, agreed, disagreed, seen, start)
