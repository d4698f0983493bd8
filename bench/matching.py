"""What it costs to suggest volunteers for needs, beside the bare solvers (派单建议)."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from bench import meter
from bench.table import Table
from linli.methods.assignment import Column, Pairs, suggest

_SEED = 12
_DEARER = 1000
_ROUNDS = 5
DENSE = 1_000
SPARSE, EACH = 10_000, 20


def measure() -> Table:
    """Measure both sizes, and hold the sums of the costs to each other."""
    return Table(
        "Suggesting volunteers",
        "Pairs with random costs, one volunteer wanted for each need. Beside: scipy's own solver, given its "
        "own matrix. The sums of the costs are compared exactly.",
        ("pairs", "ours ms", "solver ms", "ratio", "same optimum"),
        (_dense(), _sparse()),
    )


def _dense() -> tuple[str, ...]:
    costs = np.random.default_rng(_SEED).integers(1, _DEARER, (DENSE, DENSE))
    needs, volunteers = np.divmod(np.arange(DENSE * DENSE), DENSE)

    def solved() -> int:
        return int(costs[linear_sum_assignment(costs)].sum())

    return _row(f"every one of {DENSE:,} × {DENSE:,}", Pairs(needs, volunteers, costs.ravel()), solved)


def _sparse() -> tuple[str, ...]:
    draw = np.random.default_rng(_SEED)
    needs = np.repeat(np.arange(SPARSE), EACH)
    volunteers: Column = np.concatenate([draw.choice(SPARSE, EACH, replace=False) for _ in range(SPARSE)])
    costs: NDArray[np.int64] = draw.integers(1, _DEARER, needs.size)
    graph = csr_array((costs.astype(np.float64), (needs, volunteers)), shape=(SPARSE, SPARSE))

    def solved() -> int:
        return int(graph[min_weight_full_bipartite_matching(graph)].sum())

    return _row(f"{EACH} for each of {SPARSE:,}", Pairs(needs, volunteers, costs), solved)


def _row(title: str, pairs: Pairs, solved: Callable[[], int]) -> tuple[str, ...]:
    wanted = dict.fromkeys(pairs.needs.tolist(), 1)
    taken = meter.interleave(
        {"ours": lambda: suggest(pairs, wanted=wanted), "solver": solved}, times=1, pairs=_ROUNDS
    )
    known = zip(pairs.needs.tolist(), pairs.volunteers.tolist(), strict=True)
    cost = dict(zip(known, pairs.costs.tolist(), strict=True))
    total = sum(cost[pair] for pair in suggest(pairs, wanted=wanted))
    return (
        title,
        f"{meter.middle(taken['ours']):.0f}",
        f"{meter.middle(taken['solver']):.0f}",
        f"{meter.ratio(taken['ours'], taken['solver']):.2f}",
        "yes" if total == solved() else "NO",
    )
