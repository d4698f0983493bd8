"""Where phrases stand in a text, so that a page can light them up (标亮)."""

import unicodedata
from collections.abc import Sequence

Piece = tuple[str, bool]


def pieces(text: str, *, phrases: Sequence[str]) -> tuple[Piece, ...]:
    """Cut a text into pieces, each with whether it is a phrase (标亮); wide and narrow letters are alike."""
    lit, narrow = [False] * len(text), _letter_by_letter(text)
    for phrase in phrases:
        start = narrow.find(phrase)
        while start >= 0 and phrase:
            lit[start : start + len(phrase)] = [True] * len(phrase)
            start = narrow.find(phrase, start + 1)
    found: list[Piece] = []
    for letter, is_lit in zip(text, lit, strict=True):
        if found and found[-1][1] == is_lit:
            found[-1] = (found[-1][0] + letter, is_lit)
        else:
            found.append((letter, is_lit))
    return tuple(found)


def excerpt(text: str, *, phrases: Sequence[str], around: int = 18) -> str:
    """Return the stretch of a text around the first phrase in it; empty when none is there (摘录)."""
    narrow = _letter_by_letter(text)
    places = [place for phrase in phrases if (place := narrow.find(phrase)) >= 0]
    if not places:
        return ""
    start, end = max(min(places) - around, 0), min(places) + 2 * around
    shown = " ".join(text[start:end].split())
    return f"{'…' if start else ''}{shown}{'…' if end < len(text) else ''}"


def _letter_by_letter(text: str) -> str:
    """Write every letter narrow and small, one for one, so that places in both texts agree."""
    narrow = (unicodedata.normalize("NFKC", letter).casefold() for letter in text)
    return "".join(one if len(one) == 1 else letter for one, letter in zip(narrow, text, strict=True))
