"""Who may run a ballot, and who may vote in it for whom (权限)."""

from collections.abc import Sequence

from linli.ballots import queries
from linli.ballots.choices import How
from linli.ballots.models import Ballot, Elector
from linli.bodies.actor import Actor
from linli.core.verdict import Verdict, no, yes


def may_run(actor: Actor, path: str) -> Verdict:
    """Tell whether somebody may run ballots at a place: an office held for it or above (组织表决)."""
    if actor.reaches(path):
        return yes()
    return no("这个地方不在您的职务范围里。", remedy="请由管这里的工作人员办理。", asked="组织表决")


def may_read(actor: Actor, ballot: Ballot) -> bool:
    """Tell whether somebody sees the inner side of a ballot: its roll, its papers."""
    return bool(may_run(actor, ballot.place_path))


def may_vote_for(elector: Elector, *, person: int) -> Verdict:
    """Tell whether somebody who may vote for a head still can: once, and not past its proxy (一人一票)."""
    clause = elector.ballot.clause
    if elector.how == How.PAPER and elector.ballot.is_secret:
        return no(f"{elector.name}已经领了纸质票。", clause, remedy="请用纸质票投。", asked="投票")
    if elector.how != How.NOT_YET:
        return no(
            f"{elector.name}已经投过票，不能再投，也不能改投。",
            clause,
            remedy="如果不是本人投的，请马上告诉组织表决的工作人员。",
            asked="投票",
        )
    if elector.held_by_id is not None and elector.held_by_id != person:
        return no(
            f"{elector.name}已经书面委托别人投票。",
            clause,
            remedy="要自己投，请先请工作人员撤回委托。",
            asked="投票",
        )
    return yes(clause=clause)


def seat(number: str, elector: int, *, person: int | None) -> Elector | None:
    """Return one of the heads that a person may vote for; none when it is not theirs."""
    if person is None:
        return None
    return next((one for one in queries.seats(number, person=person) if one.pk == elector), None)


def own(seats: Sequence[Elector], *, person: int) -> tuple[Elector, ...]:
    """Return those of some heads for which somebody can still vote."""
    return tuple(one for one in seats if may_vote_for(one, person=person))
