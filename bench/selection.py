"""Choosing under a budget, beside pabutools, on elections that stay where they are (遴选).

``python -m bench.selection FOLDER [OUTCOMES]`` · FOLDER holds ``.pb`` files (pabulib.org), OUTCOMES names the
winners that pabutools found. The peer runs in the environment of the peers; nothing of it is imported here.
"""

import csv
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from bench import meter
from bench.beside import ROOT, python_of_the_peers
from bench.table import Table
from linli.core import choosing
from linli.core.purchase import Stage
from linli.core.selection import (
    Ballot,
    Election,
    Limits,
    Method,
    Project,
    Rule,
    Satisfaction,
    Tally,
    merged,
)
from linli.methods import shares

MANY = 1000
PEER = Path(__file__).parent / "peers" / "budget.py"
RULES: Mapping[str, Rule] = {
    "mes_cost": Rule(Method.EQUAL_SHARES),
    "mes_card": Rule(Method.EQUAL_SHARES, Satisfaction.COUNT),
    "greedy_cost": Rule(Method.VOTES),
    "greedy_card": Rule(Method.VOTES_PER_COST),
}


@dataclass(frozen=True, slots=True)
class Paper:
    """One file as it was published: what it says of itself, its projects, its ballots (选举文件)."""

    about: Mapping[str, str]
    projects: tuple[Mapping[str, str], ...]
    ballots: tuple[Ballot, ...]

    def election(self, rule: Rule) -> Election:
        """Put the file to a rule, money in hundredths."""
        projects = tuple(
            Project(one["project_id"], one.get("name", one["project_id"]), _fen(one["cost"]))
            for one in self.projects
        )
        return Election(projects, self.ballots, Limits(_fen(self.about["budget"])), rule)


def main(folder: str, outcomes: str = "") -> None:
    """Compare winners with what is known, then time those with many distinct ballots beside the peer."""
    papers = {path.name: read(path) for path in sorted(Path(folder).glob("*.pb"))}
    if outcomes:
        known = json.loads(Path(outcomes).read_text(encoding="utf-8"))["instances"]
        print(_agreement(papers, known).markdown(), flush=True)
    print(_official(papers).markdown(), flush=True)
    approved = {
        name: one
        for name, one in papers.items()
        if one.about["vote_type"] == "approval" and len(one.ballots) > MANY
    }
    print(_beside(Path(folder), approved).markdown())


def read(path: Path) -> Paper:
    """Read a ``.pb`` file: three parts, each with its head; equal ballots are put together."""
    parts: dict[str, list[list[str]]] = {}
    rows: list[list[str]] = []
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.reader(file, delimiter=";"):
            if len(row) == 1 and row[0].strip() in ("META", "PROJECTS", "VOTES"):
                rows = parts.setdefault(row[0].strip(), [])
            elif row:
                rows.append(row)
    about = {row[0]: row[1] for row in parts["META"][1:]}
    ballots = (_ballot(one, about["vote_type"]) for one in _records(parts["VOTES"]))
    projects = tuple(one for one in _records(parts["PROJECTS"]) if float(one["cost"]) > 0)
    return Paper(about, projects, merged(ballots))


def _records(rows: Sequence[list[str]]) -> Iterator[dict[str, str]]:
    head = [cell.strip() for cell in rows[0]]
    return (dict(zip(head, (cell.strip() for cell in row), strict=False)) for row in rows[1:])


def _ballot(record: Mapping[str, str], kind: str) -> Ballot:
    named = [key.strip() for key in record["vote"].split(",") if key.strip()]
    weights = [1] * len(named)
    if kind == "ordinal":
        weights = list(range(len(named), 0, -1))
    if kind == "cumulative":
        weights = [int(point) for point in record["points"].split(",")]
    # One paper of a city names some projects twice; once is what counts.
    given = dict(zip(named, weights, strict=True))
    return Ballot(tuple(sorted((key, one) for key, one in given.items() if one > 0)))


def _agreement(papers: Mapping[str, Paper], known: Sequence[Mapping[str, Any]]) -> Table:
    rows = []
    for name, rule in RULES.items():
        clear = [one for one in known if not one[f"{name}_tie_sensitive"]]
        equal = sum(_chosen(papers[one["file"]], rule) == set(one[name]) for one in clear)
        rows.append((name, str(len(clear)), str(equal)))
    about = "Elections whose winners pabutools reckoned and that no tie decides."
    return Table("The same winners as pabutools", about, ("rule", "elections", "equal"), tuple(rows))


def _chosen(paper: Paper, rule: Rule) -> set[str]:
    return set(shares.select(paper.election(rule)).winners)


def _official(papers: Mapping[str, Paper]) -> Table:
    greedy = {
        name: one
        for name, one in papers.items()
        if one.about.get("rule") in ("greedy", "greedy-threshold") and "selected" in one.projects[0]
    }
    rows = []
    for rule in ("greedy", "greedy-threshold"):
        those = {name: one for name, one in greedy.items() if one.about["rule"] == rule}
        missed = [name for name, one in those.items() if not _is_official(one)]
        rows.append((rule, str(len(those)), str(len(those) - len(missed)), ", ".join(missed)))
    about = "Elections that a city decided by votes, and how many come out as the city published them."
    return Table("The cities' own outcomes", about, ("rule", "elections", "equal", "missed"), tuple(rows))


def _is_official(paper: Paper) -> bool:
    one = paper.election(RULES["greedy_cost"])
    least = float(paper.about.get("min_project_score_threshold", 0) or 0)
    score = Tally.of(one).score
    able = tuple(project for project in one.projects if score[project.key] >= max(1, least))
    kept = {project.key for project in able}
    ballots = tuple(
        Ballot(tuple(pair for pair in ballot.given if pair[0] in kept), ballot.people)
        for ballot in one.ballots
    )
    found = set(choosing.select(replace(one, projects=able, ballots=ballots)).winners)
    return found == {record["project_id"] for record in paper.projects if record["selected"] == "1"}


def _beside(folder: Path, papers: Mapping[str, Paper]) -> Table:
    rows = []
    python = python_of_the_peers(ROOT / "var" / "bench-budget", listed="budget.txt")
    for name, paper in papers.items():
        asked = [str(python), str(PEER), str(folder / name)]
        told = subprocess.run(asked, check=True, capture_output=True, text=True)
        peer = json.loads(told.stdout)
        rows.append(_row(name, paper, peer))
        print(" · ".join(rows[-1]), flush=True)
    return Table(
        "Choosing under a budget, beside pabutools",
        "CPU milliseconds, files already read, one run each of the peer, the median of ours. Payments: what "
        "each project's supporters pay for a vote, as a fraction.",
        ("file", "voters", "distinct", "shares", "peer", "×", "by votes", "peer", "×", "winners", "payments"),
        tuple(rows),
    )


def _row(name: str, paper: Paper, peer: Mapping[str, Any]) -> tuple[str, ...]:
    sharing, voting = paper.election(RULES["mes_cost"]), paper.election(RULES["greedy_cost"])
    taken = meter.interleave(
        {"shares": lambda: shares.select(sharing), "votes": lambda: shares.select(voting)}, times=1
    )
    ours = {job: meter.middle(samples) for job, samples in taken.items()}
    found = shares.select(sharing)
    paid = {one.key: str(one.price) for one in found.rounds if one.stage is Stage.EQUAL_SHARES}
    return (
        name,
        str(sharing.people),
        str(len(paper.ballots)),
        f"{ours['shares']:.1f}",
        f"{peer['shares_ms']:.0f}",
        f"{peer['shares_ms'] / ours['shares']:.0f}",
        f"{ours['votes']:.1f}",
        f"{peer['votes_ms']:.0f}",
        f"{peer['votes_ms'] / ours['votes']:.0f}",
        "equal" if set(found.winners) == set(peer["winners"]) else "DIFFERENT",
        "equal" if paid == peer["paid"] else "DIFFERENT",
    )


def _fen(amount: str) -> int:
    return round(float(amount.replace(",", ".")) * 100)


if __name__ == "__main__":
    main(*sys.argv[1:])
