"""A map of opinions as plain values: groups with their dots, what they stand for, what all share (观点图)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from linli.methods import opinions, standpoints
from linli.methods.opinions import AGREE, DISAGREE, PASS, UNSEEN, Opinions, Start, Votes

FORMAT = "linli.opinions/1"
MOST_SHOWN = 5
# Dots stand on a square sheet of so many units, with a margin.
_SHEET, _MARGIN = 1000, 40
_MARKS = {AGREE: "+", DISAGREE: "-", PASS: "0", UNSEEN: "."}
_MEANT = {mark: value for value, mark in _MARKS.items()}


@dataclass(frozen=True, slots=True)
class Drawn:
    """A map, and where the next one of nearly the same votes may begin (画好的图)."""

    values: dict[str, Any]
    start: Start | None


def draw(votes: Votes, keys: Sequence[int], *, least: int, start: Start | None = None) -> Drawn:
    """Draw the map of votes on statements with some keys; nothing of fewer than ``least`` people (画图).

    From a ``start`` it is drawn quickly with as many groups as before; afresh where one got too small.
    """
    if len(votes) < least:
        return Drawn({"people": 0, "votes": 0, "told": {}, "groups": [], "common": []}, None)
    found = opinions.refresh(votes, start=start) if start is not None else None
    if found is None or min(found.sizes) < least:
        found = opinions.find(votes, least=least)
    return Drawn(
        {
            "people": len(votes),
            "votes": int((votes != UNSEEN).sum()),
            "told": _told(votes, keys, least=least),
            "groups": _groups(found, keys, least=least),
            "common": _common(found, keys, least=least),
        },
        found.start,
    )


def write(votes: Votes) -> list[str]:
    """Write everybody's votes as a row of marks, in an order that says nothing of who or when (无名表态)."""
    return sorted("".join(_MARKS[int(value)] for value in row) for row in votes)


def read(rows: Sequence[str], *, statements: int) -> Votes:
    """Read rows of marks; raises ``ValueError`` for what is none (读取)."""
    told = [row for row in rows if len(row) == statements and set(row) <= set(_MEANT)]
    if len(told) != len(rows):
        raise ValueError("有一行不是每条观点一个记号（+ - 0 .）")
    values = [[_MEANT[mark] for mark in row] for row in told]
    return np.array(values, dtype=np.int8).reshape(len(told), statements)


def remember(start: Start) -> dict[str, Any]:
    """Write a start as plain values."""
    return {"block": start.block.round(12).tolist(), "centres": start.centres.round(12).tolist()}


def recall(kept: Mapping[str, Any]) -> Start:
    """Read a start that was written down."""
    centres = np.array(kept["centres"], dtype=np.float64).reshape(-1, 2)
    return Start(np.array(kept["block"], dtype=np.float64), centres)


def _told(votes: Votes, keys: Sequence[int], *, least: int) -> dict[str, list[int]]:
    counts = [(votes == value).sum(axis=0) for value in (AGREE, DISAGREE, PASS)]
    told = {str(key): [int(count[place]) for count in counts] for place, key in enumerate(keys)}
    return {key: numbers for key, numbers in told.items() if sum(numbers) >= least}


def _groups(found: Opinions, keys: Sequence[int], *, least: int) -> list[dict[str, Any]]:
    dots = _dots(found)
    drawn = []
    for group, size in enumerate(found.sizes):
        own = standpoints.own(found, group, least=least, most=MOST_SHOWN)
        said = {True: found.agreed[group], False: found.disagreed[group]}
        drawn.append({
            "size": size,
            "dots": sorted(dots[place] for place in np.flatnonzero(found.labels == group)),
            "own": [
                {
                    "statement": keys[one.statement],
                    "agrees": one.agrees,
                    "said": int(said[one.agrees][one.statement]),
                    "seen": int(found.seen[group, one.statement]),
                }
                for one in own
            ],
        })  # fmt: skip
    return drawn


def _common(found: Opinions, keys: Sequence[int], *, least: int) -> list[dict[str, Any]]:
    said = {True: found.agreed.sum(axis=0), False: found.disagreed.sum(axis=0)}
    return [
        {
            "statement": keys[one.statement],
            "agrees": one.agrees,
            "said": int(said[one.agrees][one.statement]),
            "seen": int(found.seen[:, one.statement].sum()),
        }
        for one in standpoints.common(found, least=least, most=MOST_SHOWN)
    ]


def _dots(found: Opinions) -> list[list[int]]:
    """Put everybody on the sheet, the middle of all in its middle."""
    if not len(found.points):
        return []
    middle = found.points.mean(axis=0)
    widest = float(np.abs(found.points - middle).max()) or 1.0
    scale = (_SHEET / 2 - _MARGIN) / widest
    return [[round(_SHEET / 2 + x * scale), round(_SHEET / 2 - y * scale)] for x, y in found.points - middle]
