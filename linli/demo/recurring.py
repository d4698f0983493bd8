"""Trouble that came up again and again, those who joined it, and the campaign it became (高频问题演示)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from linli.bodies.actor import Actor
from linli.campaigns import access as campaigns
from linli.campaigns import actions
from linli.campaigns.actions import Proposal
from linli.demo.cast import Cast
from linli.demo.script import CampaignPart, ClusterPart
from linli.frame.clock import day_of
from linli.handoffs import cases_to_campaign as corridor
from linli.matters.actions import following
from linli.matters.actions.following import Voice

if TYPE_CHECKING:
    from linli.matters.models import Matter

_AFTER = timedelta(minutes=10)


def take_up(
    cluster: ClusterPart, told: "Sequence[Matter]", *, cast: Cast, neighbours: Sequence[str], at: datetime
) -> None:
    """Let neighbours join the first that is open, and take the trouble up as it was told (立项)."""
    first = next((matter for matter in told if matter.closed_at is None), None)
    if first:
        last = neighbours[len(neighbours) - len(cluster.joined) :]
        _join(first, cluster.joined, by=[cast.actor(key) for key in last], at=at)
    if cluster.campaign:
        _campaign(cluster.campaign, told, cast=cast, at=at)


def _join(matter: "Matter", said: Sequence[str], *, by: Sequence[Actor], at: datetime) -> None:
    for person, words in zip(by, said, strict=True):
        voice = Voice(person.person_id, words=words, is_open=True)
        following.join(matter.number, voice, by=person, at=at)


def _campaign(part: CampaignPart, told: "Sequence[Matter]", *, cast: Cast, at: datetime) -> None:
    begun, by = at - timedelta(days=part.begun_days_ago), cast.actor(part.by)
    before = [matter for matter in told if matter.opened_at < begun]
    spots = cast.spots(part.place)
    owner = cast.body(part.owner, path=spots[-1].path)
    proposal = Proposal(
        title=part.title,
        goal=part.goal,
        measures=part.measures,
        category=part.category,
        spots=spots,
        due_on=day_of(at) + timedelta(days=part.days),
        owner=owner,
        since=day_of(begun - timedelta(weeks=cast.edition.hot.weeks)),
        weeks=cast.edition.hot.weeks,
    )
    campaign = corridor.take_up(proposal, numbers=[one.number for one in before], by=by, at=begun)
    number = campaign.matter.number
    desk = campaigns.sit(number, by=by, at=begun + _AFTER)
    if desk:
        actions.publish(desk)
    desk = campaigns.sit(number, by=by, at=begun + 2 * _AFTER)
    if desk:
        actions.begin(desk, lead=owner)
    for matter in told:
        if matter.opened_at >= begun:
            corridor.attach(matter.number, to=number, by=by, at=at)
