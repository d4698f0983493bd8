"""Paper slips: printing their codes, handing them out, and typing them in by two people (纸质票)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from django.db import transaction

from linli.ballots import access, boxes, queries
from linli.ballots.actions.casting import (
    closed_just_now,
    drop,
    new_code,
    note,
    plain_code,
    require_open,
    take,
)
from linli.ballots.choices import How
from linli.ballots.models import Ballot, Elector, PaperCode, Vote
from linli.bodies.actor import Actor
from linli.core.ballot import receipt_digest
from linli.core.refusal import Refusal
from linli.core.verdict import Refused

MOST_SLIPS = 500


class Typed(Enum):
    """What became of typing a slip in (录票结果)."""

    FIRST = "已录一遍，请另一位工作人员复核。"
    COUNTED = "两人录的一致，已经计入。"
    DIFFERENT = "两人录的不一样，没有计入：请对照原票，两人都重新录。"


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip to print: its code, and in an open ballot whose it is (纸质票)."""

    code: str
    name: str = ""


@transaction.atomic
def print_slips(
    ballot: Ballot, *, by: Actor, at: datetime, count: int = 0, electors: Sequence[Elector] = ()
) -> tuple[Slip, ...]:
    """Make codes for slips, each good for one vote; they are shown this once (印纸质票).

    Of a secret ballot ``count`` slips that name nobody; of an open one a slip for each of ``electors``.
    """
    access.may_see_to(by, ballot).require()
    require_open(ballot, at=max(at, ballot.opens_at))
    owners: list[Elector | None] = [None] * count if ballot.is_secret else list(electors)
    if not 1 <= len(owners) <= MOST_SLIPS:
        raise Refused(
            Refusal(
                f"一次印 1 到 {MOST_SLIPS} 张。", clause=ballot.clause, remedy="请分几次印。", asked="印票"
            )
        )
    made = [(new_code(), owner) for owner in owners]
    rows = [
        PaperCode(ballot=ballot, digest=receipt_digest(ballot.number, code), elector=owner)
        for code, owner in made
    ]
    # Kept in the order of their digests, which has nothing to do with the order in which they were printed.
    PaperCode.objects.bulk_create(sorted(rows, key=lambda row: row.digest))
    note(ballot, "print_slips", "印纸质票", by=by, at=at, figures=(("张数", f"{len(rows)} 张"),))
    return tuple(Slip(code, owner.name if owner else "") for code, owner in made)


@transaction.atomic
def hand_out(elector: Elector, *, by: Actor, at: datetime) -> None:
    """Note that somebody took a slip of a secret ballot; which one nobody notes (领票)."""
    ballot = elector.ballot
    access.may_see_to(by, ballot).require()
    require_open(ballot, at=at)
    access.may_vote_for(elector, person=0).require()
    if not ballot.is_secret:
        raise Refused(Refusal("记名表决的纸质票印有姓名，不用领票。", clause=ballot.clause, asked="领票"))
    if queries.handed_out(ballot) >= queries.printed_papers(ballot):
        raise Refused(Refusal("印好的票已经发完。", clause=ballot.clause, remedy="请先加印。", asked="领票"))
    take(elector, How.PAPER, receipt="")
    note(ballot, "hand_out", "发出纸质票", by=by, at=at)


@transaction.atomic
def type_in(ballot: Ballot, *, code: str, chosen: Sequence[str], by: Actor, at: datetime) -> Typed:
    """Type in a slip; it counts once a second person has typed the same (录票).

    Raises ``Refused`` for a code that is not known or was used, and for the same person twice. Where the two
    read it differently nothing counts, and it is typed from the beginning.
    """
    access.may_see_to(by, ballot).require()
    _require_typing(ballot, at=at)
    paper = _held(ballot, plain_code(code))
    marks = ballot.slip.read(chosen, on_paper=True)
    if paper.first_by_id is None:
        PaperCode.objects.filter(pk=paper.pk).update(typed=list(marks), first_by_id=by.person_id)
        return Typed.FIRST
    if paper.first_by_id == by.person_id:
        raise Refused(
            Refusal("这张票您已经录过。", clause=ballot.clause, remedy="请另一位工作人员复核。", asked="录票")
        )
    if list(marks) != paper.typed:
        PaperCode.objects.filter(pk=paper.pk).update(typed=[], first_by=None)
        return Typed.DIFFERENT
    _count(paper, marks, by=by, at=at)
    return Typed.COUNTED


def _require_typing(ballot: Ballot, *, at: datetime) -> None:
    """Let slips be typed in from the opening until the count: what lies in the urn at the end counts too."""
    if ballot.closed_at:
        closed_just_now(ballot)
    if ballot.cancelled_at or at < ballot.opens_at:
        require_open(ballot, at=at)


def _held(ballot: Ballot, code: str) -> PaperCode:
    digest = receipt_digest(ballot.number, code)
    paper = PaperCode.objects.select_for_update().filter(ballot=ballot, digest=digest).first()
    if paper is None:
        raise Refused(
            Refusal("没有这个编码的票。", clause=ballot.clause, remedy="请对照票上的编码再录。", asked="录票")
        )
    if paper.second_by_id is not None:
        raise Refused(Refusal("这张票已经计入，一个编码只能用一次。", clause=ballot.clause, asked="录票"))
    return paper


def _count(paper: PaperCode, marks: Sequence[str], *, by: Actor, at: datetime) -> None:
    ballot = paper.ballot
    PaperCode.objects.filter(pk=paper.pk).update(typed=[], second_by_id=by.person_id)
    if paper.elector is None:
        _drop_unnamed(ballot, marks)
        return
    take(paper.elector, How.PAPER, receipt=paper.digest)
    Vote.objects.create(
        elector=paper.elector, chosen=list(marks), entered_by_id=by.person_id, basis="纸质票", cast_at=at
    )
    drop(paper.elector, marks)


def _drop_unnamed(ballot: Ballot, marks: Sequence[str]) -> None:
    """Count a slip of a secret ballot, unless more came back than were handed out."""
    if queries.counted_papers(ballot) > queries.handed_out(ballot):
        raise Refused(
            Refusal(
                "收回的票多于发出的票：这一张不能计入。",
                clause=ballot.clause,
                remedy="请先核对领票登记。",
                asked="录票",
            )
        )
    if not boxes.drop(ballot, marks, area=0):
        closed_just_now(ballot)
