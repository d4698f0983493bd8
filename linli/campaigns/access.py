"""What somebody may do to a campaign, with the reason when not (权限)."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from linli.bodies.actor import Actor
from linli.campaigns import queries
from linli.campaigns.models import Campaign
from linli.core.facts import Facts
from linli.core.procedure import ActRule, Opening
from linli.core.refusal import Refusal
from linli.core.verdict import Refused, Verdict
from linli.matters import access as thread
from linli.matters import queries as matters
from linli.matters.responsible import Parties, Seat, offices_in

if TYPE_CHECKING:
    from linli.matters.models import Matter


@dataclass(frozen=True, slots=True)
class Desk:
    """One campaign before one person at one instant (案头)."""

    campaign: Campaign
    actor: Actor
    at: datetime
    seat: Seat
    parties: Parties
    standing: frozenset[str]
    facts: Facts

    @property
    def matter(self) -> "Matter":
        """Return the campaign's own matter."""
        return self.campaign.matter

    @property
    def sees_all(self) -> bool:
        """Tell whether the matters it takes up may be shown to this person."""
        return may_read(self.campaign, self.actor)

    def openings(self) -> tuple[Opening, ...]:
        """List the acts that concern this person, open and closed with the reason."""
        return thread.openings(self.matter, standing=self.standing, facts=self.facts)

    def ask(self, act: str) -> Verdict:
        """Answer whether this person may do an act now."""
        return thread.ask(self.matter, act, standing=self.standing, facts=self.facts)

    def require(self, act: str) -> ActRule:
        """Return the rule that opens an act to this person; raises ``Refused`` with the reason."""
        self.ask(act).require()
        rule = matters.procedure_of(self.matter).rule(matters.step_of(self.matter), act)
        if rule is None:
            raise Refused(Refusal(f"本程序没有「{act}」。"))
        return rule

    def office_for(self, rule: ActRule) -> str:
        """Say for which office this person does an act (以何职务)."""
        roles = matters.procedure_of(self.matter).roles
        held = (
            office.words
            for key in rule.by
            for office in offices_in(self.actor, roles[key], seat=self.seat, parties=self.parties)
        )
        return next(held, "") or self.actor.words_for(self.matter.place_path)


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
    standing = thread.standing_of(matter, actor, parties=parties, seat=seat)
    facts = thread.facts_of(matter, seat=seat, at=at)
    return Desk(campaign, actor, at, seat, parties, standing, facts)
