"""Everything that anybody needs to count a ballot again, in one file (导出).

Names are masked. The choices of an open ballot stand beside them, for it is held by name; of a secret one
there are only the sums. docs/rules/recount.md describes the form.
"""

from typing import Any

from linli.ballots import queries
from linli.ballots.choices import How
from linli.ballots.models import Ballot, Elector
from linli.core.digest import instant
from linli.core.masking import mask_name
from linli.core.recount import FORMAT


def document(ballot: Ballot) -> dict[str, Any]:
    """Write a ballot that has ended as plain values; raises ``ValueError`` for one that runs (导出)."""
    outcome = queries.outcome(ballot)
    if outcome is None or ballot.closed_at is None:
        raise ValueError(ballot.number)
    lines = {number: place for place, number in enumerate(_numbers(ballot), start=1)}
    return {
        "format": FORMAT,
        "number": ballot.number,
        "forum": ballot.forum_title,
        "electorate": ballot.electorate,
        "question": ballot.question,
        "kind": ballot.kind,
        "options": [{"key": one["key"], "title": one["title"]} for one in ballot.options],
        "most": ballot.most,
        "secret": ballot.is_secret,
        "rules": {key: ballot.rules[key] for key in ("passes", "quorum", "in_meeting")},
        "entitled": ballot.entitled,
        "opens_at": instant(ballot.opens_at),
        "closes_at": instant(ballot.closes_at),
        "closed_at": instant(ballot.closed_at),
        "roll": _roll(ballot, lines),
        "proxies": _proxies(ballot, lines),
        "box": _box(ballot),
        "sums": ballot.sums,
        "receipts": queries.receipts(ballot),
        "root": ballot.root,
        "outcome": {"passed": outcome.passed, "said": outcome.said, "winners": list(outcome.winners)},
    }


def masked(names: str) -> str:
    """Mask the names of one head, co-owners each (脱敏)."""
    return "、".join(mask_name(name) for name in names.split("、"))


def _numbers(ballot: Ballot) -> list[int]:
    return list(Elector.objects.filter(ballot=ballot).order_by("id").values_list("id", flat=True))


def _roll(ballot: Ballot, lines: dict[int, int]) -> list[dict[str, Any]]:
    rows = Elector.objects.filter(ballot=ballot).order_by("id")
    votes = {} if ballot.is_secret else dict(queries.chosen(ballot))
    homes: dict[str, str] = {}
    written = []
    for elector in rows.iterator():
        home = homes.setdefault(elector.household, f"h{len(homes) + 1}") if elector.household else ""
        line = {
            "line": lines[elector.pk],
            "name": masked(elector.name),
            "household": home,
            "area": elector.area,
        }
        if not ballot.is_secret:
            line |= {"how": str(How(elector.how).label), "chosen": votes.get(elector.pk, [])}
        written.append(line)
    return written


def _proxies(ballot: Ballot, lines: dict[int, int]) -> list[dict[str, Any]]:
    return [
        {"line": lines[one.elector_id], "holder": mask_name(one.holder.name)}
        for one in queries.proxies(ballot)
    ]


def _box(ballot: Ballot) -> dict[str, Any] | None:
    if not ballot.is_secret:
        return None
    first = queries.count(ballot)[0]
    return {"cast": first.cast, "chosen": dict(first.chosen)}
