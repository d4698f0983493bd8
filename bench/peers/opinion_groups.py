"""Group opinions with red-dwarf, and let scikit-learn judge both groupings (同类：观点分组).

``python opinion_groups.py FILE``: the file holds votes as [person, statement, value], and the group
of every person as Linli found it. Says as JSON how long it took, the groups, the groups when begun from
Linli's, and the silhouettes of Linli's and its own on red-dwarf's own plane.
"""

import json
import sys
import warnings
from pathlib import Path
from time import process_time
from typing import Any

warnings.simplefilter("ignore")

import numpy as np
from reddwarf.implementations.polis import run_pipeline
from sklearn.metrics import silhouette_score

RUNS = 3


def main(file: Path) -> None:
    """Group, judge and say."""
    told = json.loads(file.read_text(encoding="utf-8"))
    votes = [{"participant_id": who, "statement_id": what, "vote": said} for who, what, said in told["votes"]]
    ours = {int(who): group for who, group in told["groups"].items()}
    run_pipeline(votes=votes, random_state=0)
    taken = []
    for _ in range(RUNS):
        began = process_time()
        found = run_pipeline(votes=votes, random_state=0)
        taken.append(process_time() - began)
    theirs = _groups(found)
    people = sorted(ours)
    points = found.participants_df.loc[people, ["x", "y"]].to_numpy(dtype=float)
    labels = np.array([ours[who] for who in people])
    centres = [points[labels == group].mean(axis=0).tolist() for group in range(labels.max() + 1)]
    again = theirs
    if len(centres) > 1:
        warm = run_pipeline(votes=votes, random_state=0, init_centers=centres, force_group_count=len(centres))
        again = _groups(warm)
    print(json.dumps({
        "seconds": min(taken),
        "groups": theirs,
        "from ours": again,
        "silhouettes": [_silhouette(points, [one[who] for who in people]) for one in (ours, theirs)],
    }))  # fmt: skip


def _groups(found: Any) -> dict[int, int]:
    grouped = found.participants_df["cluster_id"].dropna()
    return {int(who): int(group) for who, group in grouped.items()}


def _silhouette(points: Any, labels: list[int]) -> float:
    return float(silhouette_score(points, labels)) if len(set(labels)) > 1 else 0.0


if __name__ == "__main__":
    main(Path(sys.argv[1]))
