"""Whether enough of those entitled have signed a joint demand (联名)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from linli.core.clause import Clause
from linli.core.eligibility import Roll, Voter, weigh
from linli.core.forum import Bound, Electorate, Forum
from linli.core.funnel import Count, Funnel, Measure
from linli.core.threshold import Bar, Question, judge
from linli.core.verdict import Verdict, no, yes

# Under a forum of owners a head is an owner; elsewhere each measure has an electorate of its own.
_ROLLS = {
    Measure.HEADCOUNT: Electorate.ADULTS,
    Measure.HOUSEHOLD: Electorate.HOUSEHOLDS,
    Measure.DELEGATE: Electorate.DELEGATES,
}


@dataclass(frozen=True, slots=True)
class Gauge:
    """Say how far one way of a joint demand is: whose roll, how many signed, how many must (进度).

    ``on_paper`` is how many of those who signed did so on paper alone, empty when nobody did.
    """

    who: str
    signed: str
    needed: str
    entitled: str
    part: float
    on_paper: str = ""

    @property
    def is_met(self) -> bool:
        """Tell whether this way alone is enough."""
        return self.part >= 1


@dataclass(frozen=True, slots=True)
class Petition:
    """Hold a joint demand: its bounds, a roll for each measure that these count, who signed (联名)."""

    bounds: tuple[Bound, ...]
    rolls: Mapping[Measure, Roll]
    signers: frozenset[int]
    on_paper: frozenset[int] = frozenset()

    @property
    def clause(self) -> Clause:
        """Return the clause under which it is made (依据)."""
        return self.bounds[0].clause

    def signed(self, measure: Measure) -> tuple[Voter, ...]:
        """Return the heads of a roll for whom somebody signed: a household or co-owners once (已联名)."""
        return tuple(voter for voter in self.rolls[measure].voters if _acts(voter, self.signers))

    def may_sign(self, person: int | None) -> Verdict:
        """Tell whether a person stands on any of the rolls; the law counts nobody else (联名资格)."""
        if person is not None and any(roll.of_person(person) for roll in self.rolls.values()):
            return yes("可以联名。", self.clause)
        names = "、".join(dict.fromkeys(roll.electorate.title for roll in self.rolls.values()))
        return no(
            f"您不在名册上：能联名的是这里的{names}。",
            self.clause,
            remedy="住在这里、已经成年的，请社区补登户籍或者房屋登记后再联名。",
            asked="联名",
        )

    def judge(self, asked: Question) -> Verdict:
        """Put those who signed to every bound: one of them reached is enough (联名是否达到)."""
        funnel = Funnel(tuple(self._count(measure) for measure in self.rolls))
        verdicts = [judge(one.threshold, funnel, clause=one.clause, asked=asked) for one in self.bounds]
        return next((one for one in verdicts if one), verdicts[0])

    @property
    def gauges(self) -> tuple[Gauge, ...]:
        """Return how far each way of the bounds is, in their order (进度)."""
        return tuple(dict.fromkeys(self._gauge(bar) for bar in _bars(self.bounds)))

    def _gauge(self, bar: Bar) -> Gauge:
        count, show = self._count(bar.measure), bar.measure.show
        signed, needed = count.agreeing or 0, bar.share.needs(count.entitled)
        return Gauge(
            self.rolls[bar.measure].electorate.title,
            show(signed),
            show(needed),
            show(count.entitled),
            min(signed / needed, 1.0) if needed else 0.0,
            self._on_paper(bar.measure),
        )

    def _on_paper(self, measure: Measure) -> str:
        """Count the heads for whom nobody signed but on paper (纸质联名)."""
        by_phone = self.signers - self.on_paper
        alone = tuple(voter for voter in self.signed(measure) if not _acts(voter, by_phone))
        return measure.show(weigh(alone, measure)) if alone else ""

    def _count(self, measure: Measure) -> Count:
        roll = self.rolls[measure]
        signed = weigh(self.signed(measure), measure)
        return Count(measure, entitled=roll.entitled(measure), agreeing=signed)


def rolls_for(forum: Forum) -> dict[Measure, Electorate]:
    """Say from which electorate each measure of a forum's bounds is counted (各按什么名册)."""
    owners = {Measure.HEADCOUNT: Electorate.OWNERS, Measure.FLOOR_AREA: Electorate.OWNERS}
    known = owners if forum.electorate is Electorate.OWNERS else _ROLLS
    return {bar.measure: known[bar.measure] for bar in _bars(forum.calls)}


def question(act: str) -> Question:
    """Word both answers by the act that a joint demand opens: 应当召集居民会议 (所问)."""
    return Question(f"应当{act}", f"不能据此{act}", entitled="共有", agreeing="联名")


def drawn(
    forum: Forum,
    *,
    rolls: Mapping[Electorate, Roll],
    signers: Collection[int],
    on_paper: Collection[int] = (),
) -> Petition:
    """Draw up a joint demand under a forum's bounds, from the rolls of its electorates (联名)."""
    asked = {one: rolls[who] for one, who in rolls_for(forum).items()}
    return Petition(forum.calls, asked, frozenset(signers), frozenset(on_paper))


def electorates(forum: Forum) -> tuple[Electorate, ...]:
    """List whose rolls a forum's bounds count, each once (名册)."""
    return tuple(dict.fromkeys(rolls_for(forum).values()))


def _bars(bounds: Iterable[Bound]) -> tuple[Bar, ...]:
    return tuple(bar for one in bounds for way in one.threshold.ways for bar in way.bars)


def _acts(voter: Voter, signers: Collection[int]) -> bool:
    return any(person in signers for person in voter.person_ids)
