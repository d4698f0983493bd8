"""A motion that was put to the vote in a meeting becomes a ballot of those who are there (会上表决)."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from linli.ballots import access as voting
from linli.ballots import queries as ballots
from linli.ballots.actions import casting, closing, opening, proxies
from linli.ballots.actions.opening import Asked
from linli.core.ballot import Slip
from linli.core.count import Outcome
from linli.core.floor import Kind
from linli.core.funnel import Count
from linli.core.refusal import Refusal
from linli.core.verdict import Refused, all_of
from linli.meetings import queries as meetings
from linli.meetings.access import Hall
from linli.meetings.actions import holding

if TYPE_CHECKING:
    from linli.ballots.models import Ballot, Elector
    from linli.meetings.models import Motion


@transaction.atomic
def open_vote(hall: Hall, *, minutes: int) -> "Ballot":
    """Open a ballot on the motion that was put, for those present and not recused (发起会上表决).

    The base stays everybody entitled, as counted when it opens. Whoever holds a written proxy in the
    meeting holds it in the ballot.
    """
    hall.require_open()
    hall.require_running()
    motion = _put(hall)
    ballot = opening.open_ballot(
        Asked(
            forum=hall.forum,
            question=motion.words,
            slip=Slip.motion(),
            place_path=hall.meeting.place_path,
            pack=hall.meeting.pack,
            opens_at=hall.at,
            closes_at=hall.at + timedelta(minutes=minutes),
            item=hall.item.title if hall.item else "",
            noticed=tuple(one.title for one in meetings.items(hall.meeting)),
            attended=tuple(Count(one.measure, one.entitled, one.attending) for one in hall.attendance.counts),
            chair=meetings.person_in(hall.meeting, hall.meeting.chair),
            matter=hall.item.matter if hall.item else None,
            tells=False,
        ),
        meetings.roll_present(hall.meeting, hall.item, forum=hall.forum),
        by=hall.actor,
        at=hall.at,
    )
    _carry_proxies(hall, ballot)
    holding.voted_by(hall, motion, ballot=ballot.number)
    return ballot


@transaction.atomic
def close_vote(hall: Hall) -> Outcome:
    """End the ballot, and let its outcome be the result of the motion (结束会上表决)."""
    hall.require_running()
    ballot = running(hall)
    if ballot is None:
        raise Refused(Refusal("现在没有正在进行的会上表决。", clause=hall.forum.clause))
    outcome = closing.close(ballot, by=hall.actor, at=hall.at)
    holding.settle(hall, all_of(*reversed(outcome.verdicts)))
    return outcome


def running(hall: Hall) -> "Ballot | None":
    """Return the ballot on the motion that is being voted on (正在进行的表决)."""
    motion = hall.put
    ballot = ballots.of_number(motion.ballot) if motion and motion.ballot else None
    return ballot if ballot and ballot.closed_at is None and ballot.cancelled_at is None else None


def to_vote_for(hall: Hall, ballot: "Ballot | None") -> "tuple[Elector, ...]":
    """Return the heads for which this person can still vote in a ballot (待投)."""
    person = hall.actor.person_id
    if ballot is None or person is None:
        return ()
    return voting.own(ballots.seats(ballot.number, person=person), person=person)


@transaction.atomic
def cast(hall: Hall, mark: str) -> tuple[str, ...]:
    """Cast one's vote, alike for every head that is theirs; returns the receipts (会上投票)."""
    heads = to_vote_for(hall, running(hall))
    if not heads:
        raise Refused(
            Refusal(
                "现在没有等您投的票：已经投过，或者表决已经结束。", clause=hall.forum.clause, asked="投票"
            )
        )
    return tuple(casting.cast(one, [mark], by=hall.actor, at=hall.at) for one in heads)


def _carry_proxies(hall: Hall, ballot: "Ballot") -> None:
    """Register in a ballot the proxies that stand in the meeting, so that only their holders vote (委托)."""
    given = {one.seat.key: one for one in meetings.proxies(hall.meeting) if one.ended_at is None}
    for elector in ballots.of_keys(ballot, given):
        one = given[elector.key]
        proxies.register(elector, holder=one.holder_id, paper=one.paper, by=hall.actor, at=hall.at)


def _put(hall: Hall) -> "Motion":
    motion = hall.put
    if motion is None or motion.kind != Kind.MAIN.value:
        raise Refused(
            Refusal(
                "表决票只用于付表决的动议；修正、搁置和结束辩论举手表决。",
                clause=hall.forum.clause,
                asked="会上表决",
            )
        )
    if motion.ballot:
        raise Refused(Refusal("这件动议已经发起表决。", clause=hall.forum.clause, remedy="请先结束它。"))
    return motion
