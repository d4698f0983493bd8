"""A number that can be checked: what it says, how it is reckoned, and the matters behind it (数字)."""

from dataclasses import dataclass
from fractions import Fraction
from math import floor

from linli.matters.slices import Slice

NOTHING_YET = "—"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a page (数字); ``matters`` is how many matters its link opens, ``size`` draws its bar."""

    title: str
    words: str
    value: str
    formula: str
    behind: Slice
    matters: int
    unit: str = "件"
    tone: str = "ink"
    size: int = 0


def count(
    title: str, behind: Slice, number: int, *, words: str = "", formula: str = "", tone: str = "ink"
) -> Figure:
    """Make a figure of a plain count: its value is the number of matters behind it."""
    return Figure(title, words or title, f"{number:,}", formula, behind, number, tone=tone, size=number)


def share(title: str, behind: Slice, part: int, *, of: int, words: str, formula: str) -> Figure:
    """Make a figure of a part of the matters behind it (占比)."""
    value = percent(Fraction(part, of)) if of else NOTHING_YET
    return Figure(title, words, value, formula, behind, of, unit="", size=part)


def percent(part: Fraction) -> str:
    """Write a share in whole percent, rounded down: only all of it is 100%."""
    return f"{floor(part * 100)}%"
