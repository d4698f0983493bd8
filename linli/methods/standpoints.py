"""What a group of people stands for, and what all groups have in common (代表性观点、共识).

After Small, Bjorkegren, Erkkilä, Shaw and Megill, "Polis: Scaling deliberation by mapping high dimensional
opinion spaces", Recerca 26 (2), 2021. With one more vote for and one against than were given:

- A statement is a group's own where more than half of those in the group who voted on it agree (or disagree),
  and more than among all others; both by a test of proportions that chance passes once in ten times.
- They are ordered by how much more likely the group is to say so, times how sure both are.
- It is common where that half is passed in every group by the same test; ordered by the product over all
  groups of the shares (group-informed consensus).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from linli.methods.opinions import Counts, Numbers, Opinions

# What a standard normal value exceeds once in ten times.
SURE = 1.2815515655446004
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Standpoint:
    """A statement that a group, or all of them, agree or disagree with; by its column (代表性观点)."""

    statement: int
    agrees: bool


def own(found: Opinions, group: int, *, least: int, most: int) -> tuple[Standpoint, ...]:
    """Return what a group stands for beside the others, the strongest first (代表性观点).

    A statement on which fewer than ``least`` of the group or of the others voted is left out.
    """
    if len(found.seen) < 2:
        return ()
    seen, rest = found.seen[group], found.seen.sum(axis=0) - found.seen[group]
    told = []
    for agrees, counts in ((True, found.agreed), (False, found.disagreed)):
        said, others = counts[group], counts.sum(axis=0) - counts[group]
        half, more = _above_half(said, seen), _more(said, seen, others, rest)
        share = (said + 1) / (seen + 2)
        weight = share * (share / ((others + 1) / (rest + 2))) * half * more
        is_own = (half > SURE) & (more > SURE) & (seen >= least) & (rest >= least)
        told += _weighed(is_own, weight, agrees=agrees)
    return _strongest(told, most=most)


def common(found: Opinions, *, least: int, most: int) -> tuple[Standpoint, ...]:
    """Return what every group agrees or disagrees with, the strongest first (共识)."""
    if not len(found.rows):
        return ()
    told = []
    for agrees, counts in ((True, found.agreed), (False, found.disagreed)):
        in_all = ((_above_half(counts, found.seen) > SURE) & (found.seen >= least)).all(axis=0)
        told += _weighed(in_all, ((counts + 1) / (found.seen + 2)).prod(axis=0), agrees=agrees)
    return _strongest(told, most=most)


def _above_half(said: Counts, seen: Counts) -> Numbers:
    """Test whether a share lies above a half (单比例检验)."""
    with_one: Numbers = (said + 1) / (seen + 1)
    return 2 * np.sqrt(seen + 1) * (with_one - 0.5)


def _more(said: Counts, seen: Counts, others: Counts, rest: Counts) -> Numbers:
    """Test whether a share lies above that of the others (双比例检验)."""
    here, there = (said + 1) / (seen + 1), (others + 1) / (rest + 1)
    pooled = (said + others + 2) / (seen + rest + 2)
    spread = pooled * (1 - pooled) * (1 / (seen + 1) + 1 / (rest + 1))
    tested: Numbers = (here - there) / np.sqrt(np.where(spread > 0, spread, np.inf))
    return tested


def _weighed(chosen: Flags | np.bool_, weight: Numbers, *, agrees: bool) -> list[tuple[float, Standpoint]]:
    return [(float(weight[one]), Standpoint(int(one), agrees)) for one in np.flatnonzero(chosen)]


def _strongest(told: list[tuple[float, Standpoint]], *, most: int) -> tuple[Standpoint, ...]:
    ordered = sorted(told, key=lambda one: (-round(one[0], 9), one[1].statement))
    return tuple(one for _, one in ordered[:most])
