"""How Chinese names are spelled in letters, in full and by initials (拼音)."""

import os
from collections.abc import Sequence
from functools import lru_cache

# Letters read in different ways are all tried, so the table of phrases is not needed: it takes 45 MB.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
_MOST_READINGS = 3


@lru_cache(maxsize=4096)
def spellings(name: str) -> tuple[str, ...]:
    """Return the spellings of a name and their initials, the usual reading first (拼音、首字母).

    Of letters with several readings one at a time is read in another way: 长乐 is zhangle, changle, zhangyue.
    """
    variants = _one_by_one(_syllables(name))
    spelled = ["".join(variant) for variant in variants]
    initials = ["".join([one[:1] for one in variant]) for variant in variants]
    return tuple(dict.fromkeys(spelled + initials))


def is_spelled(name: str, letters: str) -> bool:
    """Tell whether a name, read in letters, begins with some."""
    return any(spelling.startswith(letters) for spelling in spellings(name))


def _one_by_one(syllables: Sequence[Sequence[str]]) -> list[list[str]]:
    usual = [readings[0] for readings in syllables]
    others = (
        [*usual[:place], other, *usual[place + 1 :]]
        for place, readings in enumerate(syllables)
        for other in readings[1:_MOST_READINGS]
    )
    return [usual, *others]


def _syllables(name: str) -> list[tuple[str, ...]]:
    return [readings for letter in name if (readings := _readings(letter))]


@lru_cache(maxsize=8192)
def _readings(letter: str) -> tuple[str, ...]:
    # The library is loaded by the first name that is spelled, not by every process.
    from pypinyin import Style, pinyin  # noqa: PLC0415

    found = pinyin(letter, style=Style.NORMAL, heteronym=True, errors="ignore", v_to_u=False)
    return tuple(dict.fromkeys(found[0])) if found else ()
