"""Text as it is kept for finding, and what is looked for: pairs of letters on every database (检索词)."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

# Signs before what is not a word: a place's path, a span of days, a key such as a category's.
PLACE, DAYS, KEY = "@", "~", "#"
# Spans of 1, 8 and 64 days: any stretch of time is a few of them.
_SHIFTS = (0, 3, 6)
_STRETCHES, _GROWTH, _LONGEST = 3, 4, 1000
# A clock that is a little ahead hides nothing.
_AHEAD = 2
_SECONDS_A_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that must be there: any of some phrases, or any of some keys (检索条件)."""

    phrases: tuple[str, ...]
    keys: tuple[str, ...] = ()

    @property
    def ways(self) -> tuple[tuple[str, ...], ...]:
        """Return the sets of tokens of which one must be there wholly."""
        return (*(pairs(phrase) for phrase in self.phrases), *((key,) for key in self.keys))


def plain(text: str) -> str:
    """Write text the way it is compared: half-width, small letters, a blank for all others (规范化)."""
    if text.isascii() and text.isalnum():
        return text.lower()
    narrow = unicodedata.normalize("NFKC", text).casefold()
    if narrow.isalnum():
        return narrow
    return " ".join("".join([sign if sign.isalnum() else " " for sign in narrow]).split())


def one_line(typed: str, *, most: int) -> str:
    """Return what somebody typed into a box as one line without signs that cannot be seen (整理输入)."""
    seen = "".join(sign if sign.isprintable() else " " for sign in typed)
    return " ".join(seen.split())[:most]


def runs(text: str) -> tuple[str, ...]:
    """Return the unbroken stretches of letters and digits of a text."""
    return tuple(plain(text).split())


def pairs(run: str) -> tuple[str, ...]:
    """Return every two neighbouring letters of a run; of a single letter, itself."""
    return tuple(a + b for a, b in pairwise(run)) or (run,)


def tokens_of(*texts: str, keys: Iterable[str] = ()) -> str:
    """Write texts as tokens between blanks, in their order; a run ends with its last letter alone (检索词).

    Because of that letter no phrase can be found across the end of a run.
    """
    found = [run[at : at + 2] for text in texts for run in runs(text) for at in range(len(run))]
    return f" {' '.join((*found, *keys))} " if found or keys else ""


def trace(phrase: str) -> str:
    """Return how a phrase stands within tokens: exactly what pairs alone only make likely (核对短语)."""
    return f" {' '.join(pairs(phrase))}"


def at_place(paths: Sequence[str]) -> tuple[str, ...]:
    """Return the tokens of a place's path and of all above it."""
    return tuple(PLACE + path for path in paths)


def day_of(timestamp: float) -> int:
    """Return the number of the day that an instant lies in."""
    return int(timestamp // _SECONDS_A_DAY)


def begin_of(day: int) -> int:
    """Return the timestamp at which a day begins."""
    return day * _SECONDS_A_DAY


def on_day(day: int) -> tuple[str, ...]:
    """Return the tokens of the spans of time that a day lies in, the shortest first."""
    return tuple(_span(day, shift) for shift in _SHIFTS)


def days_between(first: int, last: int) -> tuple[str, ...]:
    """Return the fewest spans that together are the days from ``first`` to ``last``."""
    found = []
    while first <= last:
        shift = max(shift for shift in _SHIFTS if not first % 2**shift and first + 2**shift - 1 <= last)
        found.append(_span(first, shift))
        first += 2**shift
    return tuple(found)


def stretches(day: int, *, pace: int) -> Iterator[tuple[int, int]]:
    """Return ever longer stretches of days back from a day, as first and last, each next to the one before.

    Whoever wants the newest looks into one after another, and never into more than is needed. ``pace`` is how
    many days bring as many rows as may be looked into at once; where that is long there is nothing to save.
    """
    last, first = day + _AHEAD, day - pace + 1
    for step in range(_STRETCHES):
        if last - first > _LONGEST:
            return
        yield first, last
        last, first = first - 1, first - pace * _GROWTH ** (step + 1)


def _span(day: int, shift: int) -> str:
    return f"{DAYS}{shift}{day >> shift}"
