"""What somebody may do to a campaign, with the reason when not (权限)."""

from dataclasses import dataclass
from datetime import datetime

from linli.bodies.actor import Actor
from linli.campaigns import queries
from linli.campaigns.models import Campaign
from linli.matters import access as thread
from linli.matters import desk as desks
from linli.matters import queries as matters
from linli.matters.responsible import Parties
from linli.rulebook import queries as rulebook


@dataclass(frozen=True, slots=True)
class Desk(desks.Desk):
    """One campaign before one person at one instant (案头)."""

    campaign: Campaign


def sit(number: str, *, by: Actor, at: datetime, to_act: bool = False) -> Desk | None:
    """Lay a campaign before somebody; none when there is no such one or they may not see it (案头)."""
    campaign = queries.of_number(number, to_act=to_act)
    if campaign is None:
        return None
    desk = _lay(campaign, by, at)
    return desk if thread.may_see(campaign.matter, by, parties=desk.parties) else None


def may_read(campaign: Campaign, actor: Actor) -> bool:
    """Tell whether somebody may read a campaign with the matters it takes up."""
    return thread.sees_all(campaign.matter, actor, parties=Parties(lead=campaign.matter.lead_id))


def _lay(campaign: Campaign, actor: Actor, at: datetime) -> Desk:
    matter = campaign.matter
    seat = matters.seat_of(matter)
    parties = Parties(lead=matter.lead_id)
    return Desk(
        matter=matter,
        actor=actor,
        at=at,
        calendar=rulebook.calendar_if_asked(),
        seat=seat,
        parties=parties,
        standing=thread.standing_of(matter, actor, parties=parties, seat=seat),
        facts=thread.facts_of(matter, seat=seat, at=at),
        campaign=campaign,
    )
