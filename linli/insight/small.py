"""Which numbers are too small to hang where anybody may read them (小数隐去)."""

from collections.abc import Mapping

from linli.core.masking import suppress_small_cells
from linli.rulebook import queries as rulebook


def least() -> int:
    """Return the smallest number that may be shown (最小格)."""
    return rulebook.law().rule("LINLI-1").count("smallest_cell")


def too_small(counts: Mapping[str, int], *, whole: int) -> frozenset[str]:
    """Name the cells whose number may not be shown beside a total, the ones that would give them away too.

    What of the whole lies in none of the cells is one more cell: it can be reckoned from the others.
    """
    cells = sorted(counts)
    rest = whole - sum(counts.values())
    shown = suppress_small_cells((*(counts[cell] for cell in cells), rest), least=least())
    return frozenset(cell for cell, count in zip(cells, shown, strict=False) if count is None)
