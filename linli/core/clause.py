"""Where a rule stands: the source that a verdict cites (依据)."""

from dataclasses import dataclass
from enum import Enum


class Mark(Enum):
    """How the text of a rule was seen (核实程度)."""

    READ = "V"
    SECONDARY = "S"
    MEMORY = "M"
    LOCAL = "L"

    @property
    def is_verified(self) -> bool:
        """Tell whether the rule was read in the law's own text or is the place's own rule."""
        return self in (Mark.READ, Mark.LOCAL)


@dataclass(frozen=True, slots=True)
class Clause:
    """Name the article behind a number or a gate (条款)."""

    rule: str
    source: str
    article: str = ""
    mark: Mark = Mark.LOCAL

    def __str__(self) -> str:
        return f"《{self.source}》{self.article}"
