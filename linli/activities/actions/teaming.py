"""Entering a team, joining it of one's own will, leaving it, closing it (队伍)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from linli.activities import access, queries
from linli.activities.models import Team, TeamMember
from linli.bodies.access import speaks_as
from linli.bodies.actor import RESIDENT, Actor
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.people import actions as people
from linli.people import queries as register
from linli.places.queries import Spot
from linli.record import actions as record


@dataclass(frozen=True, slots=True)
class Described:
    """What a team says of itself; its leader agreed to lead it (情况)."""

    name: str
    kind: str
    words: str
    leader: str = ""
    phone: str = ""
    leader_agrees: bool = False
    others: int = 0


@transaction.atomic
def enter(told: Described, *, place: Spot, by: Actor, at: datetime) -> Team:
    """Enter a team into the register of its place (登记队伍)."""
    access.may_keep(by, path=place.path).require()
    if Team.objects.filter(place_id=place.id, name=told.name, closed_at=None).exists():
        raise Refused(
            Refusal(f"{place.name}已经有「{told.name}」。", remedy="核对是不是同一支队伍。", asked="登记队伍")
        )
    if told.leader and not told.leader_agrees:
        raise Refused(
            Refusal("还没有队长本人的同意。", remedy="先问过本人，再勾上「本人同意」。", asked="登记队伍")
        )
    team = Team.objects.create(
        pack=place.pack, place_id=place.id, place_path=place.path, name=told.name, kind=told.kind,
        words=told.words, leader_id=_leader(told), others=told.others, founded_at=at,
    )  # fmt: skip
    _note(team, "enter_team", "登记队伍", by=by, at=at)
    return team


@transaction.atomic
def join(number: int, *, by: Actor, at: datetime) -> TeamMember:
    """Join a team oneself; nobody is put into one by others (入队)."""
    team = _open(number)
    if by.person_id is None:
        raise Refused(Refusal("入队要本人登录。", remedy="没有账号的，由队长告诉社区人数。", asked="入队"))
    if queries.member(team, by.person_id) is not None:
        raise Refused(Refusal("您已经是队员。", asked="入队"))
    member = TeamMember.objects.create(team=team, person_id=by.person_id, joined_at=at)
    _note(team, "join_team", "入队", by=by, at=at, is_own=True)
    return member


@transaction.atomic
def leave(number: int, *, by: Actor, at: datetime) -> None:
    """Leave a team; what was kept of the membership goes (退队)."""
    team = _open(number)
    member = queries.member(team, by.person_id or 0)
    if member is None:
        raise Refused(Refusal("您不是队员。", asked="退队"))
    member.delete()
    _note(team, "leave_team", "退队", by=by, at=at, is_own=True)


@transaction.atomic
def close(number: int, *, words: str, by: Actor, at: datetime) -> Team:
    """Take a team that has ended out of the register; its activities stay (解散)."""
    team = _open(number)
    access.may_keep(by, path=team.place_path).require()
    if not words.strip():
        raise Refused(Refusal("还没有写原因。", remedy="写明为什么解散，留在经过里。", asked="解散"))
    team.closed_at = at
    team.save(update_fields=["closed_at"])
    _note(team, "close_team", "解散", by=by, at=at, words=words.strip())
    return team


def chain_of(number: int) -> str:
    """Name the chain of the record that a team has (记录链)."""
    return f"team-{number}"


def _open(number: int) -> Team:
    team = queries.team(number, to_act=True)
    if team is None or team.closed_at is not None:
        raise Refused(Refusal("没有这支队伍，或者已经解散。", remedy="请回到活动页面再选。"))
    return team


def _leader(told: Described) -> int | None:
    """Find whoever has this name and telephone, or enter them into the register."""
    if not told.leader:
        return None
    known = register.of_phone(told.phone) if told.phone else []
    found = next((one for one in known if one.name == told.leader), None)
    return (found or people.enrol(name=told.leader, phone=told.phone)).pk


def _note(
    team: Team, act: str, title: str, *, by: Actor, at: datetime, words: str = "", is_own: bool = False
) -> None:
    record.write(
        chain=chain_of(team.pk), act=act, title=title, by=by.person_id,
        office=RESIDENT if is_own else speaks_as(by, path=team.place_path), at=at, words=words,
    )  # fmt: skip
