"""An exact part of a whole, and whether the part itself is enough (份额)."""

import re
from dataclasses import dataclass
from fractions import Fraction
from math import floor
from typing import Self

_GRAMMAR = re.compile(r"\s*(>=|>)\s*(\d+)(?:\s*/\s*(\d+))?\s*", re.ASCII)
_DIGITS = "零一二三四五六七八九"
_FINEST = 100
_HALF = Fraction(1, 2)
_WHOLE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Share:
    """Hold a fraction and whether the number itself is enough: 以上 yes, 超过 and 过半数 no (份额)."""

    fraction: Fraction
    is_strict: bool

    def __post_init__(self) -> None:
        if self.fraction <= 0:
            raise ValueError("份额必须大于零")
        if self.fraction.denominator > _FINEST:
            raise ValueError(f"份额「{self}」分得太细：分母最多到一百")
        if self.fraction > _WHOLE or (self.is_strict and self.fraction == _WHOLE):
            raise ValueError(f"份额「{self}」永远达不到：部分不会多于全体")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read "> 1/2" or ">= 2/3"; raise ValueError with a Chinese sentence on anything else."""
        found = _GRAMMAR.fullmatch(text)
        if not found:
            raise ValueError(
                f"份额「{text}」看不懂：请写成大于号加分数，例如「> 1/2」或「>= 2/3」，不用小数和百分比"
            )
        sign, above, below = found.groups()
        if below is not None and int(below) == 0:
            raise ValueError(f"份额「{text}」的分母不能是零")
        return cls(Fraction(int(above), int(below or 1)), sign == ">")

    def __str__(self) -> str:
        return f"{'>' if self.is_strict else '>='} {self.fraction}"

    @property
    def words(self) -> str:
        """Say the share as the law does: 过半数, 三分之二以上, 超过三分之二, 全体."""
        if self.fraction == _WHOLE:
            return "全体"
        if not self.is_strict:
            return f"{self._spoken}以上"
        return "过半数" if self.fraction == _HALF else f"超过{self._spoken}"

    @property
    def met_words(self) -> str:
        """Say that the share was reached: 已过半数, 已达三分之二, 已超过三分之二."""
        return f"已{self._reaching}"

    @property
    def missed_words(self) -> str:
        """Say that the share was not reached: 未过半数, 未达三分之二, 未超过三分之二."""
        return f"未{self._reaching}"

    def needs(self, whole: int | Fraction) -> int:
        """Return the smallest count that meets the share of ``whole``; at least one, even of nothing."""
        bound = self.fraction * whole
        if self.is_strict:
            return floor(bound) + 1
        return max(1, -floor(-bound))

    def is_met_by(self, part: int | Fraction, *, of: int | Fraction) -> bool:
        """Tell whether ``part`` of the whole ``of`` is enough; nothing is enough of an empty whole."""
        if of <= 0:
            return False
        bound = self.fraction * of
        return part > bound if self.is_strict else part >= bound

    def implies(self, other: "Share") -> bool:
        """Tell whether whatever reaches this share of a whole reaches the other too (不低于)."""
        if self.fraction == other.fraction:
            return self.is_strict or not other.is_strict
        return self.fraction > other.fraction

    @property
    def _reaching(self) -> str:
        if self.is_strict:
            return "过半数" if self.fraction == _HALF else f"超过{self._spoken}"
        return "达全体" if self.fraction == _WHOLE else f"达{self._spoken}"

    @property
    def _spoken(self) -> str:
        return f"{_spell(self.fraction.denominator)}分之{_spell(self.fraction.numerator)}"


def _spell(number: int) -> str:
    """Spell 1 to 100 in Chinese numerals."""
    if number == _FINEST:
        return "百"
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
