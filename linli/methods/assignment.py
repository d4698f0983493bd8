"""Which volunteers to suggest for which needs, so that together they serve best (志愿者派单建议)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

Column = NDArray[np.int64]


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
    if pairs.costs.size and pairs.costs.min() < 1:
        raise ValueError("派单建议的费用要大于零")
    seats, row_of, column_of, costs, volunteers = _seated(pairs, wanted)
    if not costs.size:
        return ()
    rows = len(seats)
    # Leaving a seat empty costs more than filling every other one, so that as many as can be are filled.
    empty = int(costs.max()) * (rows + 1)
    graph = csr_array(
        (
            np.concatenate([costs, np.full(rows, empty)]).astype(np.float64),
            (
                np.concatenate([row_of, np.arange(rows)]),
                np.concatenate([column_of, len(volunteers) + np.arange(rows)]),
            ),
        ),
        shape=(rows, len(volunteers) + rows),
    )
    taken, chosen = min_weight_full_bipartite_matching(graph)
    return tuple(
        sorted(
            (int(seats[row]), int(volunteers[column]))
            for row, column in zip(taken, chosen, strict=True)
            if column < len(volunteers)
        )
    )


def _seated(pairs: Pairs, wanted: Mapping[int, int]) -> tuple[Column, Column, Column, Column, Column]:
    """Give each wanted volunteer a seat of their own, and each pair a line for each seat of its need."""
    needs, need_of = np.unique(pairs.needs, return_inverse=True)
    volunteers, volunteer_of = np.unique(pairs.volunteers, return_inverse=True)
    counts = np.array([max(0, wanted.get(int(need), 0)) for need in needs], dtype=np.int64)
    seats = np.repeat(needs, counts)
    first = np.cumsum(counts) - counts
    times = counts[need_of]
    lines = np.repeat(np.arange(pairs.needs.size), times)
    turn = np.arange(lines.size) - np.repeat(np.cumsum(times) - times, times)
    return seats, first[need_of][lines] + turn, volunteer_of[lines], pairs.costs[lines], volunteers
