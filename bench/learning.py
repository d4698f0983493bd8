"""How well suggestions are learned, on real tables that stay where they are (学习).

``python -m bench.learning letters LETTERS CLASSES`` · ``… events FILE`` · ``… requests FILE``: the newest
part in time is held back and never seen in training. Texts and rows are read, never kept or printed.
"""

import csv
import io
import lzma
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from linli.methods import teaching, traits
from linli.methods.lesson import Lesson

Row = Mapping[str, str]
HELD_BACK = 0.3
CURVE = (0.1, 0.25, 0.5, 1.0)
NEWEST = 20_000
_EVENT = {
    "大地方": "STREET_NAME", "小地方": "COMMUNITY_NAME", "大类": "EVENT_TYPE_NAME", "中类": "MAIN_TYPE_NAME",
    "分类": "SUB_TYPE_NAME", "渠道": "EVENT_SRC_NAME", "种类": "EVENT_PROPERTY_NAME",
}  # fmt: skip
_EVENT_TIES = (("小地方", "分类", "渠道"), ("大地方", "分类", "渠道"), ("小地方", "分类", "种类"))
_REQUEST = {
    "小地方": "neighborhood", "大地方": "pwd_district", "题": "CASE_TITLE", "大类": "REASON", "分类": "TYPE",
    "渠道": "Source", "种类": "Property_Type",
}  # fmt: skip


def letters(file: Path, classes: Path) -> None:
    """Learn the class of letters from their words, the tree of classes known beforehand."""
    rows = sorted(_rows(file), key=lambda row: _instant(row["留言时间"]))
    told = [Lesson(traits.of_text(row["留言主题"], row["留言详情"]), row["一级标签"]) for row in rows]
    used = {one.label for one in told}
    tree = [tuple(row.values())[:3] for row in _rows(classes)]
    known = [
        Lesson(traits.of_text(f"{second}。{third}", ""), first)
        for first, second, third in tree
        if first in used
    ]
    print("letters, with the tree of classes as keywords")
    _curve(told, known=known, is_even=True)
    print("letters alone")
    _curve(told, known=(), is_even=True)


def events(file: Path) -> None:
    """Learn which unit handles an event from its facts, beside a back-off from type and street to all."""
    rows = sorted(_rows(file), key=lambda row: row["CREATE_TIME"])
    rows = [row for row in rows if row["DISPOSE_UNIT_NAME"] != "-"]
    _beside_back_off(
        rows,
        label="DISPOSE_UNIT_NAME",
        facts=_EVENT,
        ties=_EVENT_TIES,
        back_off=(("EVENT_TYPE_NAME", "STREET_NAME"), ("EVENT_TYPE_NAME",), ("STREET_NAME",), ()),
    )


def requests(file: Path) -> None:
    """Learn which queue takes a request, beside a back-off from type and neighbourhood to all."""
    rows = sorted(_rows(file), key=lambda row: _american(row["OPEN_DT"]))
    rows = [row for row in rows if row["QUEUE"]][-NEWEST:]
    _beside_back_off(
        rows,
        label="QUEUE",
        facts=_REQUEST,
        ties=(),
        back_off=(("TYPE", "neighborhood"), ("TYPE",), ("neighborhood",), ()),
    )


def _beside_back_off(
    rows: Sequence[Row],
    *,
    label: str,
    facts: Mapping[str, str],
    ties: Sequence[tuple[str, ...]],
    back_off: Sequence[tuple[str, ...]],
) -> None:
    cut = round(len(rows) * (1 - HELD_BACK))
    first, three = _back_off(rows[:cut], rows[cut:], label=label, keys=back_off)
    print(f"back-off majority: first {first:.3f}, within three {three:.3f}, on {len(rows) - cut:,}")
    seen = [traits.of_facts({name: row[key] for name, key in facts.items()}, ties=ties) for row in rows]
    told = [Lesson(one, row[label]) for one, row in zip(seen, rows, strict=True)]
    _curve(told, known=(), is_even=False)


def _curve(told: Sequence[Lesson], *, known: Sequence[Lesson], is_even: bool) -> None:
    """Learn from more and more, always tried on the same newest part."""
    cut = round(len(told) * (1 - HELD_BACK))
    for share in CURVE:
        seen = told[cut - round(cut * share) : cut]
        score = teaching.score_of(seen, told[cut:], known=known, is_even=is_even)
        print(
            f"  learned from {score.learned_from:6,}: first {score.first:.3f}, within three "
            f"{score.within_three:.3f}, macro-F1 {score.macro_f1:.3f}, on {score.tried_on:,}"
        )


def _back_off(
    seen: Sequence[Row], unseen: Sequence[Row], *, label: str, keys: Sequence[tuple[str, ...]]
) -> tuple[float, float]:
    counted: list[dict[tuple[str, ...], Counter[str]]] = [defaultdict(Counter) for _ in keys]
    for row in seen:
        for counts, names in zip(counted, keys, strict=True):
            counts[tuple(row[name] for name in names)][row[label]] += 1
    hits = three = 0
    for row in unseen:
        found = (
            counts.get(tuple(row[n] for n in names)) for counts, names in zip(counted, keys, strict=True)
        )
        common = [one for one, _ in next(one for one in found if one).most_common(3)]
        hits += row[label] == common[0]
        three += row[label] in common
    return hits / len(unseen), three / len(unseen)


def _rows(file: Path) -> list[Row]:
    read = lzma.decompress if file.suffix == ".xz" else bytes
    return list(csv.DictReader(io.StringIO(read(file.read_bytes()).decode())))


def _instant(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", text))


def _american(text: str) -> tuple[str, ...]:
    month, day, year = text[:10].split("/")
    return year, month, day, text[17:19], "00" if text[11:13] == "12" else text[11:13], text[14:16]


_ASKED: Mapping[str, Callable[..., None]] = {"letters": letters, "events": events, "requests": requests}

if __name__ == "__main__":
    _ASKED[sys.argv[1]](*map(Path, sys.argv[2:]))
