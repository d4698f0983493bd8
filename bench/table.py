"""What was measured, as a table for people and for the results file (结果)."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """Some measurements of one kind, with how they are to be read (表)."""

    title: str
    about: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def markdown(self) -> str:
        """Write the table as Markdown; all but the first column are numbers."""
        marks = ("---", *("---:" for _ in self.head[1:]))
        lines = (self.head, marks, *self.rows)
        return "\n".join((f"## {self.title}", "", self.about, "", *(_line(cells) for cells in lines), ""))


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
