"""What people of a demo do together: teams, activities, institutions and their pledges (文体、共建演示)."""

from datetime import datetime, timedelta
from pathlib import Path

from linli.activities.actions import attending, holding, teaming
from linli.activities.actions.holding import Held
from linli.activities.actions.teaming import Described
from linli.bodies.actor import Actor
from linli.demo.cast import Cast
from linli.demo.script import Part
from linli.facilities import actions as facilities
from linli.frame.clock import start_of
from linli.pack.toml import read_toml
from linli.places.queries import Spot
from linli.pledges.actions import listing, pledging
from linli.pledges.actions.listing import Line
from linli.pledges.actions.pledging import Promise
from linli.projects.actions import raising, selecting

_ASKED_BEFORE = timedelta(days=10)
_LASTS = timedelta(hours=2)


class TeamPart(Part):
    """A team of the demo (队伍)."""

    name: str
    kind: str
    words: str
    place: str
    by: str
    others: int
    joined: tuple[str, ...] = ()


class ActivityPart(Part):
    """An activity so many days from now, negative for one that was held (活动)."""

    title: str
    kind: str
    venue: str
    place: str
    by: str
    days: int
    hour: int
    capacity: int = 0
    team: str = ""
    words: str = ""
    signed_up: tuple[str, ...] = ()
    others: int = 0


class PledgePart(Part):
    """What an institution promised so many days ago, due so many days from now (承诺)."""

    need: str
    title: str
    begun_days_ago: int
    due_days: int
    asked_by: str = ""
    done: str = ""
    score: str = ""
    said: str = ""


class InstitutionPart(Part):
    """A resident institution with what it lends and what it promised (驻区单位)."""

    name: str
    words: str
    place: str
    by: str
    lends: tuple[str, ...] = ()
    pledge: tuple[PledgePart, ...] = ()


class FacilityPart(Part):
    """A station or facility of the demo (服务设施)."""

    name: str
    kind: str
    place: str
    by: str
    address: str
    hours: str
    area: int = 0
    is_accessible: bool = False


class NeedPart(Part):
    """What somebody needs, who supports it, and what the initial selection said (需求)."""

    title: str
    field: str
    place: str
    by: str
    raised_days_ago: int
    words: str = ""
    supported_by: tuple[str, ...] = ()
    selected: str = ""
    selected_by: str = ""


class TogetherFile(Part):
    """together.toml, which a demo may have."""

    institution: tuple[InstitutionPart, ...] = ()
    facility: tuple[FacilityPart, ...] = ()
    need: tuple[NeedPart, ...] = ()
    team: tuple[TeamPart, ...] = ()
    activity: tuple[ActivityPart, ...] = ()


def read_together(folder: Path) -> TogetherFile:
    """Read what people of a demo do together, if it says so; raises ``PackError``."""
    file = folder / "together.toml"
    return read_toml(file, TogetherFile) if file.exists() else TogetherFile()


def come_together(told: TogetherFile, *, cast: Cast, at: datetime) -> None:
    """Enter the teams of a demo, and hold its activities (填入文体活动)."""
    teams = {part.name: _enter(part, cast, at=at) for part in told.team}
    for part in told.activity:
        _hold(part, cast, team=teams.get(part.team), at=at)
    for owner in told.institution:
        _settle(owner, cast, at=at)
    for need in told.need:
        _need(need, cast, at=at)
    for station in told.facility:
        said = station.model_dump(exclude={"place", "by"})
        place, by = cast.spots(station.place)[-1], cast.actor(station.by)
        facilities.enter(facilities.Described(**said), place=place, by=by, at=at - _ASKED_BEFORE)


def _enter(part: TeamPart, cast: Cast, *, at: datetime) -> int:
    said = Described(part.name, part.kind, part.words, others=part.others)
    by, begun = cast.actor(part.by), at - timedelta(days=90)
    number = teaming.enter(said, place=cast.spots(part.place)[-1], by=by, at=begun).pk
    for key in part.joined:
        teaming.join(number, by=cast.actor(key), at=begun)
    return number


def _hold(part: ActivityPart, cast: Cast, *, team: int | None, at: datetime) -> None:
    begins = start_of(cast.on) + timedelta(days=part.days, hours=part.hour)
    posted = min(at, begins) - _ASKED_BEFORE
    told = Held(
        part.title, part.kind, part.venue, begins, begins + _LASTS, capacity=part.capacity, words=part.words
    )
    by, place = cast.actor(part.by), cast.spots(part.place)[-1]
    activity = holding.announce(told, place=place, team=team, by=by, at=posted)
    for key in part.signed_up:
        attending.sign_up(activity.number, by=cast.actor(key), at=posted + timedelta(days=1))
    if begins < at:
        came = [cast.actor(key).person_id or 0 for key in part.signed_up]
        attending.keep_list(activity.number, came=came, others=part.others, by=by, at=begins)


def _settle(part: InstitutionPart, cast: Cast, *, at: datetime) -> None:
    by, place, begun = cast.actor(part.by), cast.spots(part.place)[-1], at - timedelta(days=90)
    owner = listing.enter(listing.Described(part.name, part.words), place=place, by=by, at=begun).pk
    for title in part.lends:
        listing.list_one(Line("resource", title, institution=owner), place=place, by=by, at=begun)
    for told in part.pledge:
        _pledge(told, cast, owner=owner, place=place, by=by, at=at)


def _pledge(part: PledgePart, cast: Cast, *, owner: int, place: Spot, by: Actor, at: datetime) -> None:
    begun, due_on = at - timedelta(days=part.begun_days_ago), cast.on + timedelta(days=part.due_days)
    asker = cast.actor(part.asked_by) if part.asked_by else None
    line = Line("need", part.need, asked_by=asker.person_id if asker else None)
    need = listing.list_one(line, place=place, by=by, at=begun).pk
    number = pledging.promise(need, Promise(owner, part.title, due_on), by=by, at=begun).number
    if part.done:
        done = begun + timedelta(days=1)
        pledging.finish(number, words=part.done, by=by, at=done)
        if part.score:
            pledging.rate(number, score=part.score, words=part.said, by=asker or by, at=done)


def _need(part: NeedPart, cast: Cast, *, at: datetime) -> None:
    raised = at - timedelta(days=part.raised_days_ago)
    said = raising.Told(part.field, part.title, part.words)
    place = cast.spots(part.place)[-1]
    number = raising.raise_need(said, place=place, by=cast.actor(part.by), at=raised).number
    for key in part.supported_by:
        raising.support(number, by=cast.actor(key), at=raised + timedelta(days=1))
    if part.selected:
        chosen = raised + timedelta(days=2)
        selecting.select(number, words=part.selected, by=cast.actor(part.selected_by), at=chosen)
