"""Counting a published ballot anew from its file alone: every figure, the verdict, the root (重新计票)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from linli.core.ballot import ABSTAIN, SPOILT, Kind, Option, Slip
from linli.core.clause import Clause, Mark
from linli.core.count import Outcome, Rules, Sum, Vote, add_alike, add_up, decide
from linli.core.digest import SHA256
from linli.core.eligibility import Roll, Voter
from linli.core.forum import Bound, Electorate
from linli.core.funnel import Count, Measure
from linli.core.merkle import Tree
from linli.core.threshold import Threshold

FORMAT = "linli.ballot/1"
_LONGEST = 120


class NotABallot(ValueError):
    """Refuse a file that is not the export of a ballot."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that the file says otherwise than the recount (不符之处)."""

    what: str
    in_file: str
    recounted: str

    def __str__(self) -> str:
        return f"{self.what}：文件里是 {self.in_file}，重新计算是 {self.recounted}"


@dataclass(frozen=True, slots=True)
class Recount:
    """What came out, and where the file says otherwise (重新计票的结果)."""

    outcome: Outcome
    differences: tuple[Difference, ...]


def recount(document: Mapping[str, Any]) -> Recount:
    """Count anew from an exported ballot; raises ``NotABallot`` when the file does not have its form."""
    if document.get("format") != FORMAT:
        raise NotABallot(f"不是表决的导出文件：format 应当是「{FORMAT}」")
    try:
        return _recount(document)
    except (KeyError, TypeError, ValueError, StopIteration, AttributeError) as error:
        raise NotABallot(f"文件不完整，或者被改动过：{error}") from error


def root_of(receipts: list[str]) -> str:
    """Return the root over the receipts of all counted votes, in their order; empty when there are none."""
    return Tree.grow([one.encode() for one in receipts], algorithm=SHA256).root if receipts else ""


def slip_of(document: Mapping[str, Any]) -> Slip:
    """Read what could be marked."""
    options = tuple(Option(one["key"], one["title"]) for one in document["options"])
    return Slip(Kind(document["kind"]), options, document["most"])


def rules_of(written: Mapping[str, Any]) -> Rules:
    """Read the frozen thresholds."""
    quorum = written["quorum"]
    return Rules(
        _bound(written["passes"]), _bound(quorum) if quorum else None, in_meeting=written["in_meeting"]
    )


def written_rules(rules: Rules) -> dict[str, Any]:
    """Write the thresholds so that they can be read again."""
    return {
        "passes": _written(rules.passes),
        "quorum": _written(rules.quorum) if rules.quorum else None,
        "in_meeting": rules.in_meeting,
    }


def written_sums(sums: tuple[Sum, ...]) -> list[dict[str, Any]]:
    """Write sums so that they can be compared; an option that nobody chose is left out."""
    return [
        {
            "measure": one.measure.value,
            "cast": one.cast,
            "chosen": {key: given for key, given in sorted(one.chosen.items()) if given},
        }
        for one in sums
    ]


def read_sums(written: list[Mapping[str, Any]]) -> tuple[Sum, ...]:
    """Read sums as they were written."""
    return tuple(Sum(Measure.parse(one["measure"]), one["cast"], dict(one["chosen"])) for one in written)


def counts_of(written: list[Mapping[str, Any]]) -> tuple[Count, ...]:
    """Read how many were entitled, and came where that was counted at a meeting."""
    return tuple(
        Count(Measure.parse(one["measure"]), one["entitled"], one.get("attending")) for one in written
    )


def _recount(document: Mapping[str, Any]) -> Recount:
    slip, sums = slip_of(document), _sums(document)
    outcome = decide(slip, rules_of(document["rules"]), entitled=counts_of(document["entitled"]), sums=sums)
    return Recount(outcome, tuple(_differences(document, slip, sums, outcome)))


def _sums(document: Mapping[str, Any]) -> tuple[Sum, ...]:
    if not document["secret"]:
        return add_up(_roll(document), _votes(document))
    measures = [Measure.parse(one["measure"]) for one in document["entitled"]]
    return add_alike(measures, cast=document["box"]["cast"], chosen=document["box"]["chosen"])


def _roll(document: Mapping[str, Any]) -> Roll:
    return Roll(
        Electorate(document["electorate"]),
        tuple(
            Voter(str(one["line"]), one["name"], (), one.get("household", ""), one.get("area", 0))
            for one in document["roll"]
        ),
    )


def _votes(document: Mapping[str, Any]) -> list[Vote]:
    slip = slip_of(document)
    return [
        Vote(str(one["line"]), slip.read(one["chosen"], on_paper=True))
        for one in document["roll"]
        if one["chosen"]
    ]


def _differences(
    document: Mapping[str, Any], slip: Slip, sums: tuple[Sum, ...], outcome: Outcome
) -> Iterator[Difference]:
    receipts, said = document["receipts"], document["outcome"]
    checks = (
        ("合计", document["sums"], written_sums(sums)),
        ("是否通过", said["passed"], outcome.passed),
        ("结论", said["said"], outcome.said),
        ("选出", said["winners"], list(outcome.winners)),
        ("计入的回执数", len(set(receipts)), sums[0].cast),
        ("回执清单的次序", receipts, sorted(receipts)),
        ("根值", document["root"], root_of(receipts)),
    )
    for what, in_file, found in checks:
        if in_file != found:
            yield Difference(what, _shown(in_file), _shown(found))
    yield from _ill_filled(document, slip)
    yield from _misplaced(document)


def _ill_filled(document: Mapping[str, Any], slip: Slip) -> Iterator[Difference]:
    """Compare a secret ballot's marks with its votes: as many, and where more may be marked no more."""
    if not document["secret"]:
        return
    cast, chosen = document["box"]["cast"], document["box"]["chosen"]
    alone = chosen.get(ABSTAIN, 0) + chosen.get(SPOILT, 0)
    marked = sum(chosen.get(option.key, 0) for option in slip.options)
    least, most = cast - alone, (cast - alone) * slip.most
    if not least <= marked <= most or set(chosen) - {one.key for one in slip.marks} - {SPOILT}:
        yield Difference("票箱里所选的总数", str(marked), f"{least} 到 {most} 之间")


def _misplaced(document: Mapping[str, Any]) -> Iterator[Difference]:
    """Compare what the roll adds up to with what was entitled, unless a meeting's whole was larger."""
    if document["rules"]["in_meeting"]:
        return
    roll = _roll(document)
    for count in counts_of(document["entitled"]):
        found = roll.entitled(count.measure)
        if found != count.entitled:
            yield Difference(f"应参加{count.measure.title}", str(count.entitled), str(found))


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _bound(written: Mapping[str, str]) -> Bound:
    clause = Clause(written["rule"], written["source"], written["article"], Mark(written["mark"]))
    return Bound(Threshold.parse(written["threshold"]), clause)


def _written(bound: Bound) -> dict[str, str]:
    clause = bound.clause
    return {
        "threshold": str(bound.threshold),
        "rule": clause.rule,
        "source": clause.source,
        "article": clause.article,
        "mark": clause.mark.value,
    }
