"""Opinion groups beside red-dwarf, on real conversations that stay where they are (观点分组).

``python -m bench.opinions FOLDER``: one folder inside for each conversation, with the matrix of Polis'
export (``participants-votes.csv``, plain or ``.xz``). Votes are read, never kept or printed.
"""

import csv
import io
import json
import lzma
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

import numpy as np
from sklearn.metrics import adjusted_rand_score

from bench.beside import python_of_the_peers
from bench.pairs import HERE
from bench.table import Table
from linli.methods import opinions
from linli.methods.opinions import AGREE, DISAGREE, UNSEEN, Opinions, Votes

RUNS = 7
Triples = list[tuple[int, int, int]]
Groups = Mapping[int, Any]


@dataclass(frozen=True, slots=True)
class Conversation:
    """Votes of a conversation, and the groups that were published (一次讨论)."""

    name: str
    votes: Triples
    statements: int
    published: Groups


def main(folder: Path) -> None:
    """Measure every conversation in a folder, and print the table."""
    python = python_of_the_peers()
    found = tuple(_row(one, python) for one in _conversations(folder))
    print(
        Table(
            "Opinion groups beside red-dwarf",
            "CPU of one thread, the best of some runs: from votes to groups, and from the last map and the "
            "votes with one changed. ARI is the adjusted Rand index of two groupings; «from ours» begins "
            "red-dwarf's k-means at our centres; «shown» is what Polis published at the time. A silhouette "
            "says how far groups lie apart on red-dwarf's own plane, by scikit-learn: higher is better.",
            ("conversation", "people × statements", "votes", "ours ms", "red-dwarf ms", "÷", "refresh ms",
             "÷ full", "groups", "ARI", "ARI from ours", "ARI shown", "silhouette ours / its"),
            found,
        ).markdown()
    )  # fmt: skip


def _row(one: Conversation, python: Path) -> tuple[str, ...]:
    laid = opinions.matrix(one.votes, statements=one.statements)
    full, found = _best(lambda: opinions.find(opinions.matrix(one.votes, statements=one.statements), least=1))
    changed = _with_one_more(laid)
    warm, _ = _best(lambda: opinions.refresh(changed, start=found.start))
    people = sorted({person for person, _, _ in one.votes})
    groups = {people[row]: int(group) for row, group in zip(found.rows, found.labels, strict=True)}
    peer = _peer(python, one.votes, groups)
    return (
        one.name,
        f"{laid.shape[0]:,} × {one.statements:,}",
        f"{len(one.votes):,}",
        f"{full * 1_000:.1f}",
        f"{peer['seconds'] * 1_000:.0f}",
        f"{full / peer['seconds']:.3f}",
        f"{warm * 1_000:.2f}",
        f"{warm / full:.3f}",
        " ".join(str(size) for size in found.sizes),
        *(
            _alike(groups, other)
            for other in (_by_number(peer["groups"]), _by_number(peer["from ours"]), one.published)
        ),
        " / ".join(f"{apart:.3f}" for apart in peer["silhouettes"]),
    )


def _with_one_more(votes: Votes) -> Votes:
    changed = votes.copy()
    row, column = np.argwhere(changed == UNSEEN)[0]
    changed[row, column] = AGREE if changed[row, column] != AGREE else DISAGREE
    return changed


def _best(job: Callable[[], Opinions]) -> tuple[float, Opinions]:
    taken, found = [], job()
    for _ in range(RUNS):
        began = process_time()
        found = job()
        taken.append(process_time() - began)
    return min(taken), found


def _alike(groups: Groups, others: Groups) -> str:
    people = [person for person in groups if person in others]
    return f"{adjusted_rand_score([groups[one] for one in people], [others[one] for one in people]):.2f}"


def _peer(python: Path, votes: Triples, groups: Groups) -> dict[str, Any]:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "votes.json"
        file.write_text(json.dumps({"votes": votes, "groups": groups}), encoding="utf-8")
        asked = (str(python), str(HERE / "opinion_groups.py"), str(file))
        told = subprocess.run(asked, check=True, capture_output=True, text=True)
    said: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
    return said


def _by_number(groups: Mapping[str, int]) -> dict[int, int]:
    return {int(person): group for person, group in groups.items()}


def _conversations(folder: Path) -> Iterator[Conversation]:
    for file in sorted(folder.glob("*/participants-votes.csv*")):
        yield _read(file)


def _read(file: Path) -> Conversation:
    read = lzma.decompress if file.suffix == ".xz" else bytes
    rows = list(csv.DictReader(io.StringIO(read(file.read_bytes()).decode())))
    columns = [name for name in rows[0] if name.isdigit()]
    votes = [
        (number, place, int(float(row[name])))
        for number, row in enumerate(rows)
        for place, name in enumerate(columns)
        if row[name].strip()
    ]
    published = {number: row["group-id"] for number, row in enumerate(rows) if row["group-id"].strip()}
    return Conversation(file.parent.name, votes, len(columns), published)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
