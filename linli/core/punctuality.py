"""The honest on-time rate: what is open and overdue counts as late (按期率)."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Punctuality:
    """Count what was answered in time, late, and what is overdue and still open (按期情况)."""

    in_time: int
    late: int
    open_overdue: int

    @property
    def rate(self) -> Fraction | None:
        """Return in time over all that had to be answered by now; none when nothing had to be."""
        whole = self.in_time + self.late + self.open_overdue
        return Fraction(self.in_time, whole) if whole else None

    @property
    def formula(self) -> str:
        """Say the formula with its figures, so that anyone can check it."""
        whole = self.in_time + self.late + self.open_overdue
        return (
            f"按期 {self.in_time} ÷（按期 {self.in_time} ＋ 逾期办结 {self.late} ＋ "
            f"逾期未结 {self.open_overdue}）＝ {self.in_time} ÷ {whole}"
        )
