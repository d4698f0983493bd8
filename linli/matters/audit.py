"""The running counts against a recount, cell by cell (核对计数)."""

from dataclasses import dataclass

from linli.matters import tally
from linli.matters.tally import NO_DAY, Cell


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell whose running count is not what a recount says (差异)."""

    cell: Cell
    standing: int
    counted: int

    @property
    def words(self) -> str:
        """Name the cell and both numbers."""
        path, measure, facet, key, on = self.cell
        what = measure if facet == "all" else f"{measure} {facet}={key or '空'}"
        day = "" if on == NO_DAY else f" {on.isoformat()}"
        return f"{path} {what}{day}：计数 {self.standing}，重新清点 {self.counted}"


def differences() -> tuple[Difference, ...]:
    """Recount every matter and return the cells that differ, in the order of the tree (核对计数)."""
    standing, counted = tally.standing(), tally.recount()
    cells = sorted(cell for cell in standing.keys() | counted.keys() if standing[cell] != counted[cell])
    return tuple(Difference(cell, standing[cell], counted[cell]) for cell in cells)
