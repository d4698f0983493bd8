"""Choosing again from a published file of ballots and rules alone (重新遴选)."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from linli.core.choosing import ShareOut, select
from linli.core.equal_shares import share_out
from linli.core.purchase import Selection
from linli.core.recount import Difference, NotABallot
from linli.core.selection import (
    Ballot,
    Completion,
    Election,
    Form,
    Limits,
    Marking,
    Method,
    Project,
    Rule,
    Satisfaction,
    Tie,
    merged,
)
from linli.core.selection_words import sentences
from linli.core.verdict import Refused

FORMAT = "linli.selection/1"


def written(election: Election, *, sharing: ShareOut = share_out) -> dict[str, Any]:
    """Write an election with its outcome so that anybody can reckon it again (遴选导出)."""
    limits, rule = election.limits, election.rule
    published = select(election, sharing=sharing)
    return {
        "format": FORMAT,
        "budget": limits.budget,
        "districts": dict(limits.districts),
        "categories": dict(limits.categories),
        "exclusive": [sorted(group) for group in limits.exclusive],
        "rule": {
            "method": rule.method.value,
            "satisfaction": rule.satisfaction.value,
            "completion": rule.completion.value,
            "raised_by": rule.raised_by,
            "ties": [tie.value for tie in rule.ties],
            "seed": rule.seed,
        },
        "form": {"marking": election.form.marking.value, "most": election.form.most},
        "projects": [asdict(project) for project in election.projects],
        "ballots": [{"people": one.people, "given": dict(one.given)} for one in merged(election.ballots)],
        "outcome": written_outcome(election, published),
    }


def written_outcome(election: Election, selection: Selection) -> dict[str, Any]:
    """Write what came out: the winners in order, what a vote paid in each round, the account in words."""
    return {
        "winners": list(selection.winners),
        "prices": [str(one.price) for one in selection.rounds],
        "left": selection.left,
        "said": list(sentences(election, selection)),
    }


def read(document: Mapping[str, Any]) -> Election:
    """Read an election from its file; raises ``NotABallot`` when it does not have its form."""
    if document.get("format") != FORMAT:
        raise NotABallot(f"不是遴选的导出文件：format 应当是「{FORMAT}」")
    try:
        return _election(document)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NotABallot(f"文件不完整，或者被改动过：{error}") from error


def reckon_again(document: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[Difference, ...]]:
    """Choose anew from an exported election, and say where the file says otherwise (重新遴选)."""
    election = read(document)
    try:
        found = written_outcome(election, select(election))
    except Refused as refused:
        raise NotABallot(str(refused.refusals[0].sentence).rstrip("。")) from refused
    return found, tuple(_differences(document.get("outcome"), found))


def _differences(said: object, found: Mapping[str, Any]) -> Iterator[Difference]:
    in_file = said if isinstance(said, Mapping) else {}
    names = {"winners": "选中的项目", "prices": "各轮每票出资", "left": "余额", "said": "说明"}
    for key, what in names.items():
        if in_file.get(key) != found[key]:
            yield Difference(what, _shown(in_file.get(key)), _shown(found[key]))


def _election(document: Mapping[str, Any]) -> Election:
    return Election(
        tuple(Project(**one) for one in document["projects"]),
        tuple(Ballot(tuple(sorted(one["given"].items())), one["people"]) for one in document["ballots"]),
        Limits(
            document["budget"],
            dict(document["districts"]),
            dict(document["categories"]),
            tuple(frozenset(group) for group in document["exclusive"]),
        ),
        _rule(document["rule"]),
        Form(Marking(document["form"]["marking"]), document["form"]["most"]),
    )


def _rule(said: Mapping[str, Any]) -> Rule:
    return Rule(
        Method(said["method"]),
        Satisfaction(said["satisfaction"]),
        Completion(said["completion"]),
        said["raised_by"],
        tuple(Tie(one) for one in said["ties"]),
        said["seed"],
    )


def _shown(value: object) -> str:
    if not isinstance(value, list):
        return str(value)
    return "、".join(str(one) for one in value) or "（没有）"
