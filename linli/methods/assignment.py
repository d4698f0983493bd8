"""Which volunteers to suggest for which needs, so that together they serve best (志愿者派单建议)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array, diags_array, hstack
from scipy.sparse.csgraph import maximum_bipartite_matching, min_weight_full_bipartite_matching

Column = NDArray[np.int64]
# Numbers that lie closer than this are put in order without sorting them.
_SPREAD = 8


@dataclass(frozen=True, slots=True)
class Pairs:
    """Hold the pairs that may be, each once: need, volunteer and positive cost side by side (候选)."""

    needs: Column
    volunteers: Column
    costs: Column

    @classmethod
    def of(cls, rows: Sequence[tuple[int, int, int]]) -> "Pairs":
        """Lay out pairs of need, volunteer and cost."""
        columns = np.array(rows, dtype=np.int64).reshape(-1, 3)
        return cls(columns[:, 0], columns[:, 1], columns[:, 2])


def suggest(pairs: Pairs, *, wanted: Mapping[int, int]) -> tuple[tuple[int, int], ...]:
    """Fill as many of the wanted seats as can be, at the least cost; one need to a volunteer (建议).

    ``wanted`` says how many volunteers a need still wants; a need it does not name wants none. Needs and
    volunteers are taken in the order of their numbers, so that the same pairs give the same answer. Raises
    ValueError when a cost is not positive.
    """
    if not pairs.costs.size:
        return ()
    if pairs.costs.min() < 1:
        raise ValueError("派单建议的费用要大于零")
    seats, row_of, column_of, costs, volunteers = _seated(pairs, wanted)
    if not costs.size:
        return ()
    taken, chosen = _least(row_of, column_of, costs, shape=(len(seats), len(volunteers)))
    filled = chosen < len(volunteers)
    found = zip(seats[taken[filled]].tolist(), volunteers[chosen[filled]].tolist(), strict=True)
    return tuple(sorted(found))


def _least(
    row_of: Column, column_of: Column, costs: Column, *, shape: tuple[int, int]
) -> tuple[Column, Column]:
    """Match every row at the least cost; a row that stays empty has a column past the last one."""
    rows, columns = shape
    if costs.size == rows * columns and rows <= columns:
        dense = np.empty(shape)
        dense[row_of, column_of] = costs
        return tuple(linear_sum_assignment(dense))
    graph = csr_array((costs.astype(np.float64), (row_of, column_of)), shape=shape)
    if (maximum_bipartite_matching(graph, perm_type="column") >= 0).all():
        return tuple(min_weight_full_bipartite_matching(graph))
    # Leaving a row empty costs more than filling every other one, so that as many as can be are filled.
    empty = np.full(rows, float(costs.max()) * (rows + 1))
    return tuple(min_weight_full_bipartite_matching(hstack([graph, diags_array(empty)], format="csr")))


def _seated(pairs: Pairs, wanted: Mapping[int, int]) -> tuple[Column, Column, Column, Column, Column]:
    """Give each wanted volunteer a seat of their own, and each pair a line for each seat of its need."""
    needs, need_of = _numbered(pairs.needs)
    volunteers, volunteer_of = _numbered(pairs.volunteers)
    counts = np.array([max(0, wanted.get(int(need), 0)) for need in needs], dtype=np.int64)
    seats = np.repeat(needs, counts)
    first = np.cumsum(counts) - counts
    times = counts[need_of]
    lines = np.repeat(np.arange(pairs.needs.size), times)
    turn = np.arange(lines.size) - np.repeat(np.cumsum(times) - times, times)
    return seats, first[need_of][lines] + turn, volunteer_of[lines], pairs.costs[lines], volunteers


def _numbered(values: Column) -> tuple[Column, Column]:
    """Return the different numbers in their order, and the place of each value among them."""
    low, high = int(values.min()), int(values.max())
    if high - low > _SPREAD * values.size:
        return np.unique(values, return_inverse=True)
    is_there = np.zeros(high - low + 1, dtype=bool)
    is_there[values - low] = True
    return np.flatnonzero(is_there) + low, (np.cumsum(is_there) - 1)[values - low]
