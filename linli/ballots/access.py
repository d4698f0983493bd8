"""Who may run a ballot, and who may vote in it for whom (权限)."""

from collections.abc import Sequence

from linli.ballots import queries
from linli.ballots.choices import How
from linli.ballots.models import Ballot, Elector
from linli.bodies.access import LEADING, led_by
from linli.bodies.actor import Actor
from linli.core.verdict import Verdict, no, yes
from linli.pack.edition import Edition
from linli.places.path import is_within
from linli.rulebook import queries as rulebook

_ACT = "open_ballot"


def may_open(actor: Actor, path: str, *, edition: Edition) -> Verdict:
    """Tell whether somebody may open ballots at a place: who leads it, or whom a method lets (发起表决)."""
    return _runs(actor, path, edition=edition, does="发起")


def may_end(actor: Actor, ballot: Ballot) -> Verdict:
    """Tell whether somebody may end a ballot or call it off: only who may open one there (结束表决)."""
    return _runs(actor, ballot.place_path, edition=rulebook.current(ballot.pack), does="结束或者取消")


def offices_that_run(edition: Edition) -> tuple[str, ...]:
    """Return the offices that open ballots and end them where they are held (组织表决的职务)."""
    return (*LEADING, *sorted(edition.offices_for(_ACT)))


def may_see_to(actor: Actor, ballot: Ballot) -> Verdict:
    """Tell whether somebody may see to a ballot: its slips, its proxies, its end (组织表决)."""
    path, edition = ballot.place_path, rulebook.current(ballot.pack)
    if actor.reaches(path) or may_open(actor, path, edition=edition):
        return yes()
    return no("这个地方不在您的职务范围里。", remedy="请由管这里的工作人员办理。", asked="组织表决")


def may_read(actor: Actor, ballot: Ballot) -> bool:
    """Tell whether somebody sees the inner side of a ballot: its roll, its papers."""
    return bool(may_see_to(actor, ballot))


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
    return queries.seat(number, person=person, elector=elector)


def own(seats: Sequence[Elector], *, person: int) -> tuple[Elector, ...]:
    """Return those of some heads for which somebody can still vote."""
    return tuple(one for one in seats if may_vote_for(one, person=person))


def _runs(actor: Actor, path: str, *, edition: Edition, does: str) -> Verdict:
    able = edition.offices_for(_ACT)
    # Whoever runs the site leads no place by that, and has no hand in a ballot.
    if any(is_within(path, led) for led in led_by(actor)) or actor.holds(able, over=path):
        return yes()
    titles = "、".join(data.title for key, data in edition.offices.items() if key in able)
    said = f"表决由本级的书记、调度员或者{titles}{does}。"
    return no(said, remedy=f"可以请他们{does}。", asked=f"{does}表决")
