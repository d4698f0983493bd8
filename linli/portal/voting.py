"""What residents see of a ballot: whose vote they hold, how it stands, what was decided (表决)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from linli.ballots import access, queries
from linli.ballots.choices import How, Stage
from linli.core.ballot import Kind
from linli.core.masking import mask_name
from linli.places import queries as places
from linli.places.path import paths_above
from linli.places.queries import Spot
from linli.portal.here import Here
from linli.rulebook import queries as rulebook

if TYPE_CHECKING:
    from linli.ballots.models import Ballot, Elector

_MOST = 20


@dataclass(frozen=True, slots=True)
class Row:
    """One ballot on a list (列表行)."""

    title: str
    href: str
    words: str
    stage: Stage
    waits: bool


@dataclass(frozen=True, slots=True)
class Head:
    """One head that somebody may vote for, and what became of it (我能投的一票)."""

    elector: "Elector"
    may: bool
    said: str
    asks: bool


def place_of(ballot: "Ballot") -> Here:
    """Return where a ballot is held, with the rules in force there."""
    return Here(places.chain(ballot.place_path), rulebook.current(ballot.pack))


def rows_for(person: int, *, at: datetime) -> tuple[Row, ...]:
    """List the ballots in which somebody may vote, those that wait for them first (我可以投的)."""
    mine: dict[int, list[Elector]] = {}
    for elector in queries.running_for(person):
        mine.setdefault(elector.ballot_id, []).append(elector)
    rows = [
        _row(heads[0].ballot, at=at, waits=any(access.may_vote_for(one, person=person) for one in heads))
        for heads in mine.values()
    ]
    return tuple(sorted(rows, key=lambda row: not row.waits))


def rows_at(spot: Spot, *, at: datetime, but: Sequence[str]) -> tuple[Row, ...]:
    """List the newest ballots held at a place and above it (这里的表决)."""
    found = queries.shown_at(paths_above(spot.path)).order_by("-id")[:_MOST]
    return tuple(row for row in (_row(one, at=at, waits=False) for one in found) if row.href not in but)


def heads(ballot: "Ballot", *, person: int | None) -> tuple[Head, ...]:
    """Return the heads that somebody may vote for, those still waiting first (我的票)."""
    if person is None:
        return ()
    found = queries.seats(ballot.number, person=person)
    votes = {} if ballot.is_secret else queries.standing_votes(found)
    laid_out = []
    for elector in found:
        verdict, vote = access.may_vote_for(elector, person=person), votes.get(elector.pk)
        chosen = ballot.slip.words_of(vote.chosen) if vote else ""
        laid_out.append(
            Head(
                elector,
                may=bool(verdict),
                said=_said(elector, chosen),
                asks=vote is not None and vote.entered_by_id is not None and vote.confirmed_at is None,
            )
        )
    return tuple(sorted(laid_out, key=lambda head: not head.may))


def face(ballot: "Ballot", *, at: datetime) -> dict[str, Any]:
    """Gather what everybody may see of a ballot (表决页)."""
    outcome, progress = queries.outcome(ballot), queries.progress(ballot)
    return {
        "ballot": ballot,
        "stage": ballot.stage(at=at),
        "kind": Kind(ballot.kind),
        "turnout": progress.turnout,
        "standings": outcome.standings if outcome else progress.live,
        "outcome": outcome,
        "unconfirmed": queries.unconfirmed(ballot) if outcome and not ballot.is_secret else 0,
        "proxies": tuple(
            (_masked(one.elector.name), mask_name(one.holder.name)) for one in queries.proxies(ballot)
        ),
        "thresholds": ballot.frozen,
        "is_small": ballot.is_secret and min(count.entitled for count in ballot.counts) < _SMALL,
    }


# In so small a roll a secret result gives nearly everybody away.
_SMALL = 10


def _row(ballot: "Ballot", *, at: datetime, waits: bool) -> Row:
    return Row(
        title=ballot.question,
        href=reverse("portal:ballot", args=(ballot.number,)),
        words=ballot.said or ballot.reason,
        stage=ballot.stage(at=at),
        waits=waits,
    )


def _said(elector: "Elector", chosen: str) -> str:
    if elector.how == How.NOT_YET:
        return ""
    how = How(elector.how).label
    return f"{how}：{chosen}" if chosen else f"已投（{how}）"


def _masked(names: str) -> str:
    return "、".join(mask_name(name) for name in names.split("、"))
