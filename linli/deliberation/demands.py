"""Joint demands: whose names count, and how far they are from enough (联名)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from linli.bodies import electorates
from linli.core import petition
from linli.core.clause import Clause
from linli.core.eligibility import Roll
from linli.core.facts import Facts
from linli.core.forum import Electorate, Forum
from linli.core.petition import Gauge, Petition
from linli.core.procedure import Procedure
from linli.core.threshold import Question
from linli.core.verdict import Refused, Verdict
from linli.pack.edition import Edition
from linli.rulebook import queries as rulebook


@dataclass(frozen=True, slots=True)
class Demand:
    """How a joint demand stands: what the rules say, and how many of each roll have signed (联名).

    There is no petition where a roll cannot be drawn up; the verdict then says what it lacks.
    """

    clause: Clause
    verdict: Verdict
    petition: Petition | None = None

    @property
    def gauges(self) -> tuple[Gauge, ...]:
        """Return how far each of the law's ways is (联名进度)."""
        return self.petition.gauges if self.petition else ()

    @property
    def rolls(self) -> tuple[Roll, ...]:
        """Return the rolls whose names count (名册)."""
        return tuple(self.petition.rolls.values()) if self.petition else ()

    def may_sign(self, person: int | None) -> Verdict:
        """Tell whether somebody's name counts (联名资格)."""
        return self.petition.may_sign(person) if self.petition else self.verdict

    def facts(self, *, person: int | None) -> Facts:
        """Say what is true of it for a person (事实)."""
        holds = {"support_reached": self.verdict.is_yes, "on_roll": self.may_sign(person).is_yes}
        remedies = (one.remedy for one in self.verdict.refusals)
        figures = {"support_said": self.verdict.sentence, "support_remedy": next(remedies, "")}
        return Facts(frozenset(key for key, held in holds.items() if held), figures)


def weigh(
    procedure: Procedure,
    edition: Edition,
    *,
    within: str,
    on: date,
    signers: Collection[int],
    on_paper: Collection[int] = (),
) -> Demand:
    """Put those who signed under a procedure at a place to the bounds of its meeting (核对联名)."""
    forum = edition.forums[procedure.first.calls]
    clause = forum.calls[0].clause
    try:
        rolls = {one: _roll(one, within=within, on=on) for one in petition.electorates(forum)}
    except Refused as refused:
        first = refused.refusals[0]
        return Demand(clause, Verdict(first.sentence, first.clause, first.figures, refused.refusals))
    drawn = petition.drawn(forum, rolls=rolls, signers=signers, on_paper=on_paper)
    return Demand(clause, drawn.judge(_asked(procedure, forum)), drawn)


def _roll(electorate: Electorate, *, within: str, on: date) -> Roll:
    return electorates.roll(electorate, within=within, on=on, law=rulebook.law())


def _asked(procedure: Procedure, forum: Forum) -> Question:
    """Name what a demand obliges to by the act that it opens."""
    opened = (rule.name for rule in procedure.first.acts if "support_reached" in rule.needs)
    return petition.question(next(opened, forum.title))
