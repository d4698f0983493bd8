"""How dark a place is drawn: four steps up to the most, with their words (色阶)."""

from dataclasses import dataclass

STEPS = 4


@dataclass(frozen=True, slots=True)
class Scale:
    """Divide the numbers from one up to the most into steps of the same width (色阶)."""

    most: int

    @property
    def width(self) -> int:
        """Return how many numbers share a step."""
        return max(1, -(-self.most // STEPS))

    def of(self, number: int) -> int:
        """Return the step of a number: 0 for nothing, then 1 to 4."""
        return -(-number // self.width)

    @property
    def legend(self) -> tuple[tuple[int, str], ...]:
        """Say what each step that occurs means."""
        steps = range(1, self.of(self.most) + 1)
        return tuple((step, self._words((step - 1) * self.width + 1, step * self.width)) for step in steps)

    def _words(self, first: int, last: int) -> str:
        return f"{first} 件" if first == last else f"{first}–{last} 件"
