"""Who is to come to a meeting, and who of them should take no part in an item (应到、回避)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from linli.bodies import electorates
from linli.bodies import queries as bodies
from linli.bodies.actor import Actor
from linli.core.eligibility import Roll, Voter
from linli.core.forum import Electorate, Forum
from linli.frame.clock import day_of
from linli.meetings import queries as meetings
from linli.meetings.access import Hall
from linli.people import households
from linli.people import queries as people
from linli.places.queries import Spot
from linli.rulebook import queries as rulebook

_MOST = 300


def roll(forum: Forum, *, spot: Spot, picked: Sequence[int], on: date) -> Roll:
    """Return the roll of a meeting: those who were picked, else those whom the registers know (应到名册)."""
    if picked:
        return _of_people(forum, people.names(picked))
    if forum.electorate is Electorate.INVITED:
        return _of_people(forum, _members((forum.body_kind, *forum.invites), spot=spot, on=on))
    body = next(iter(_bodies((forum.body_kind,), spot=spot)), None)
    return electorates.roll(forum.electorate, within=spot.path, on=on, law=rulebook.law(), body=body)


def _of_people(forum: Forum, named: Mapping[int, str]) -> Roll:
    voters = (Voter(f"person:{person}", name, (person,)) for person, name in named.items())
    return Roll(forum.electorate, tuple(voters))


def _members(kinds: Sequence[str], *, spot: Spot, on: date) -> Mapping[int, str]:
    """Name the people of those bodies near a place that a forum brings together (受邀各方)."""
    found = _bodies(kinds, spot=spot)
    return people.names(bodies.members(*found, on=on)) if found else {}


def _bodies(kinds: Sequence[str], *, spot: Spot) -> list[int]:
    names = [kind for kind in kinds if kind]
    return (
        [one.pk for one in bodies.nearest(spot.path, pack=spot.pack, names=names).values()] if names else []
    )


def around(spot: Spot, *, forums: Iterable[Forum], by: Actor, on: date) -> list[tuple[int, str]]:
    """List whom one may pick at a place: whoever calls, who serves or lives there, who sits in its bodies.

    The council of a building often sits in its community, above the place (可选的人).
    """
    kinds = dict.fromkeys(kind for forum in forums for kind in (forum.body_kind, *forum.invites))
    calling = {by.person_id: by.name} if by.person_id else {}
    serving = dict(bodies.everybody_within(spot.path, on=on)) | dict(_members(tuple(kinds), spot=spot, on=on))
    living = people.known_to(within=(spot.path,), also=people.everybody().none())
    listed = calling | serving
    listed |= {one.pk: one.name for one in living[:_MOST] if one.pk not in listed}
    return list(listed.items())[:_MOST]


def flagged(hall: Hall) -> tuple[tuple[str, str, str], ...]:
    """Name those present who are concerned with the present item or near kin of one who is (应当回避).

    Each is the key of a seat, a name and the reason; who is recused already is left out.
    """
    if hall.item is None or hall.item.matter is None:
        return ()
    matter = hall.item.matter
    concerned = {matter.raised_by_id} - {None}
    if matter.lead_id:
        concerned |= set(bodies.members(matter.lead_id, on=day_of(hall.at)))
    known = [one for one in concerned if one is not None]
    kin, done = households.kinship(known), meetings.recused(hall.item)
    return tuple(
        (voter.key, voter.name, _reason(voter, known))
        for voter in meetings.roll_present(hall.meeting, hall.item, forum=hall.forum).voters
        if voter.key not in done and kin.concerned(known, among=voter.person_ids)
    )


def _reason(voter: Voter, concerned: Sequence[int]) -> str:
    own = any(person in concerned for person in voter.person_ids)
    return "是本事项的提出人或者办理单位的人" if own else "是当事人的近亲属"
