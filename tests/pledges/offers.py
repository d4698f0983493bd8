"""Institutions, lists and pledges for the tests of their room (驻区单位共建)."""

from datetime import timedelta
from typing import Any

from linli.bodies.actor import Actor
from linli.people import queries as people
from linli.pledges import queries
from linli.pledges.actions import listing, pledging
from linli.pledges.actions.listing import Described, Line
from linli.pledges.actions.pledging import Promise
from linli.pledges.models import Listing, LocalInstitution, Pledge
from tests.world import TUESDAY, spots

DUE = TUESDAY.date() + timedelta(days=7)


def enter(by: Actor, *, at: str = "tonghua", name: str = "铜花小学") -> LocalInstitution:
    """Enter a school at a place of the small community."""
    told = Described(name, "六年制小学", contact="姚老师", phone="13800000077")
    return listing.enter(told, place=spots(at)[-1], by=by, at=TUESDAY)


def line(by: Actor, sort: str = "need", *, at: str = "tonghua", **changes: Any) -> Listing:
    """List a need of the community, or something else."""
    told = Line(**{"sort": sort, "title": "周末给孩子打球的场地"} | changes)
    return listing.list_one(told, place=spots(at)[-1], by=by, at=TUESDAY)


def promise(by: Actor, need: Listing, owner: LocalInstitution, **changes: Any) -> Pledge:
    """Let an institution take up a need within a week."""
    facts = {"institution": owner.pk, "title": "周六周日开放操场", "due_on": DUE}
    return pledging.promise(need.pk, Promise(**facts | changes), by=by, at=TUESDAY)


def fresh(pledge: Pledge) -> Pledge:
    """Read a pledge again."""
    found = queries.pledge(pledge.number)
    assert found is not None
    return found


def furnish(by: Actor, *, at: str) -> dict[str, Any]:
    """Put one of everything of the room at a place; the first resident of the cast asked for it."""
    who = people.of_key("resident")
    owner = enter(by, at=at)
    need = line(by, at=at, asked_by=who.pk if who else None)
    return {"institution": owner.pk, "need": need.pk, "pledge": promise(by, need, owner).number}
