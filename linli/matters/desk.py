"""One matter before one person at one instant: all that an act or a page needs to know (案头)."""

from dataclasses import dataclass
from datetime import datetime

from linli.bodies.actor import Actor
from linli.core.acts import Words
from linli.core.calendar import Calendar
from linli.core.facts import Facts
from linli.core.procedure import ActRule, Opening, Procedure, Step
from linli.core.refusal import Refusal
from linli.core.verdict import Refused, Verdict
from linli.matters import access, queries
from linli.matters.actions.moving import Figures, Move
from linli.matters.models import Matter
from linli.matters.responsible import Parties, Seat, offices_in


@dataclass(frozen=True, slots=True)
class Desk:
    """Lay a matter before somebody: how they stand to it and what is true of it (案头)."""

    matter: Matter
    actor: Actor
    at: datetime
    calendar: Calendar
    seat: Seat
    parties: Parties
    standing: frozenset[str]
    facts: Facts

    @property
    def procedure(self) -> Procedure:
        """Return the procedure the matter runs under."""
        return queries.procedure_of(self.matter)

    @property
    def step(self) -> Step:
        """Return the step at which the matter stands."""
        return self.procedure.step(self.matter.step)

    @property
    def sees_all(self) -> bool:
        """Tell whether words and names may be shown to this person."""
        return access.sees_all(self.matter, self.actor, parties=self.parties)

    def openings(self) -> tuple[Opening, ...]:
        """List the acts that concern this person, open and closed with the reason."""
        return access.openings(self.matter, standing=self.standing, facts=self.facts)

    def ask(self, act: str) -> Verdict:
        """Answer whether this person may do an act now."""
        return access.ask(self.matter, act, standing=self.standing, facts=self.facts)

    def require(self, act: str) -> ActRule:
        """Return the rule that opens an act to this person; raises ``Refused`` with the reason."""
        self.ask(act).require()
        rule = self.procedure.rule(self.step, act)
        if rule is None:
            raise Refused(Refusal(f"本程序没有「{act}」。"))
        return rule

    def office_for(self, rule: ActRule) -> str:
        """Say for which office this person does an act: the body's own when they act for one (以何职务)."""
        roles = self.procedure.roles
        held = (
            office.words
            for key in rule.by
            for office in offices_in(self.actor, roles[key], seat=self.seat, parties=self.parties)
        )
        return next(held, "") or self.actor.words_for(self.matter.place_path)

    def move(
        self,
        rule: ActRule,
        words: str = "",
        *,
        seen: int | None = None,
        figures: Figures = (),
        lead: int | None = None,
        shows: bool = False,
    ) -> Move:
        """Put an act into the words of the thread; words that are required must be there (动作)."""
        if rule.kind.words is Words.REQUIRED and not words.strip():
            raise Refused(
                Refusal(
                    f"「{rule.name}」要写说明。",
                    clause=rule.clause,
                    remedy="写一两句理由或结果再提交。",
                    asked=rule.name,
                )
            )
        return Move(
            rule=rule,
            by=self.actor,
            at=self.at,
            calendar=self.calendar,
            words=words.strip(),
            figures=figures,
            lead=lead,
            shows=shows,
            office=self.office_for(rule),
            seen=seen,
            spots=self.seat.chain,
        )
