"""From votes to figures, and from figures to a sentence that can be read out (计票)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from linli.core.ballot import NO, YES, Kind, Slip
from linli.core.clause import Clause
from linli.core.eligibility import Roll, Voter, weigh
from linli.core.forum import Bound
from linli.core.funnel import Count, Funnel, Measure
from linli.core.threshold import PASSAGE, QUORUM, SEAT, VALIDITY, Threshold, judge
from linli.core.verdict import Verdict, no, yes


@dataclass(frozen=True, slots=True)
class Vote:
    """One vote whose voter is known: what was marked (记名票)."""

    voter: str
    chosen: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """How much was cast under one measure, and how much of it chose which option (合计)."""

    measure: Measure
    cast: int
    chosen: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Rules:
    """The thresholds as they stood when the ballot opened; ``in_meeting`` words the first (表决规则)."""

    passes: Bound
    quorum: Bound | None = None
    in_meeting: bool = False

    @property
    def thresholds(self) -> tuple[Threshold, ...]:
        """Return the thresholds that will be judged."""
        bounds = (self.quorum, self.passes) if self.quorum else (self.passes,)
        return tuple(bound.threshold for bound in bounds)


@dataclass(frozen=True, slots=True)
class Standing:
    """One option with what it was given, and what became of it (得票)."""

    key: str
    title: str
    sums: tuple[tuple[Measure, int], ...]
    wins: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a ballot decided: each verdict, the figures, and the sentence to read out (表决结果)."""

    passed: bool
    verdicts: tuple[Verdict, ...]
    funnel: Funnel
    said: str
    standings: tuple[Standing, ...] = field(default=())

    @property
    def winners(self) -> tuple[str, ...]:
        """Return the keys of what was chosen, the most chosen first."""
        return tuple(standing.key for standing in self.standings if standing.wins)


def add_up(roll: Roll, votes: Iterable[Vote]) -> tuple[Sum, ...]:
    """Add up open votes under every measure of the roll (记名计票).

    A household has voted when anybody of it has, and for what all of it that voted marked. Raises
    ``KeyError`` for a voter who is not on the roll, ``ValueError`` for one who voted twice.
    """
    voters = {voter.key: voter for voter in roll.voters}
    cast: dict[str, tuple[Voter, tuple[str, ...]]] = {}
    for vote in votes:
        if vote.voter in cast:
            raise ValueError(f"「{vote.voter}」投了两次")
        cast[vote.voter] = (voters[vote.voter], vote.chosen)
    return tuple(_sum(measure, tuple(cast.values())) for measure in roll.measures)


def add_alike(measures: Iterable[Measure], *, cast: int, chosen: Mapping[str, int]) -> tuple[Sum, ...]:
    """Take the sums of a ballot in which each voter weighs one under every measure (无记名计票)."""
    return tuple(Sum(measure, cast, dict(chosen)) for measure in measures)


def plain_measures(roll: Roll) -> frozenset[Measure]:
    """Return the measures under which each voter of a roll weighs exactly one."""
    weights = {measure: roll.entitled(measure) for measure in roll.measures}
    alike = {measure for measure, weight in weights.items() if weight == len(roll.voters)}
    return frozenset(alike - {Measure.FLOOR_AREA})


def count_of(roll: Roll) -> tuple[Count, ...]:
    """Return how many are entitled under each measure of a roll."""
    return tuple(Count(measure, roll.entitled(measure)) for measure in roll.measures)


def funnel_of(entitled: Sequence[Count], sums: Sequence[Sum], option: str = "") -> Funnel:
    """Set the sums for one option into the counts of those entitled; who voted has come (漏斗)."""
    found = {one.measure: one for one in sums}
    return Funnel(tuple(_filled(count, found.get(count.measure), option) for count in entitled))


def judge_attendance(rules: Rules, funnel: Funnel) -> Verdict:
    """Tell whether enough took part (法定人数)."""
    if rules.quorum is None:
        return yes()
    asked = QUORUM if rules.in_meeting else VALIDITY
    return judge(rules.quorum.threshold, funnel, clause=rules.quorum.clause, asked=asked)


def decide(slip: Slip, rules: Rules, *, entitled: Sequence[Count], sums: Sequence[Sum]) -> Outcome:
    """Put the sums to the frozen thresholds and say what was decided (判定).

    Nothing is decided when too few took part; a tie decides nothing.
    """
    funnel = funnel_of(entitled, sums, YES if slip.kind is Kind.MOTION else "")
    attendance = judge_attendance(rules, funnel)
    if not attendance:
        return Outcome(False, (attendance,), funnel, attendance.sentence, _standings(slip, sums, ()))
    if slip.kind is Kind.MOTION:
        return _decide_motion(slip, rules, funnel, sums, attendance)
    if slip.kind is Kind.CHOICE:
        return _decide_choice(slip, rules, entitled, sums, attendance)
    return _decide_election(slip, rules, entitled, sums, attendance)


def may_chair_vote(chosen: Sequence[str], *, sums: Sequence[Sum], clause: Clause) -> Verdict:
    """Tell whether the chair may still vote so: not to make a tie where there was none (主持人表决, D-7)."""
    heads = next(one.chosen for one in sums if one.measure is Measure.HEADCOUNT)
    for_it, against = heads.get(YES, 0), heads.get(NO, 0)
    if tuple(chosen) not in ((YES,), (NO,)):
        return yes(clause=clause)
    after = (for_it + 1, against) if tuple(chosen) == (YES,) else (for_it, against + 1)
    if after[0] != after[1]:
        return yes(clause=clause)
    return no(
        f"同意 {for_it} 人、反对 {against} 人，主持人这一票会使两边相等：不能这样投。",
        clause,
        remedy="主持人可以弃权。",
        asked="主持人表决",
    )


def _sum(measure: Measure, cast: Sequence[tuple[Voter, tuple[str, ...]]]) -> Sum:
    if measure is Measure.HOUSEHOLD:
        return _sum_of_households(cast)
    chosen: Counter[str] = Counter()
    for voter, marks in cast:
        weight = weigh((voter,), measure)
        for mark in marks:
            chosen[mark] += weight
    return Sum(measure, weigh((voter for voter, _ in cast), measure), dict(chosen))


def _sum_of_households(cast: Sequence[tuple[Voter, tuple[str, ...]]]) -> Sum:
    marked: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
    for voter, marks in cast:
        if voter.household:
            marked[voter.household].append(frozenset(marks))
    agreed = Counter(mark for votes in marked.values() for mark in frozenset.intersection(*votes))
    return Sum(Measure.HOUSEHOLD, len(marked), dict(agreed))


def _filled(count: Count, found: Sum | None, option: str) -> Count:
    if found is None:
        return count
    attending = found.cast if count.attending is None else count.attending
    agreeing = found.chosen.get(option, 0) if option else None
    return Count(count.measure, count.entitled, attending, found.cast, agreeing)


def _decide_motion(
    slip: Slip, rules: Rules, funnel: Funnel, sums: Sequence[Sum], attendance: Verdict
) -> Outcome:
    verdict = judge(rules.passes.threshold, funnel, clause=rules.passes.clause, asked=PASSAGE)
    wins = (YES,) if verdict else ()
    said = _joined(attendance.sentence, verdict.sentence)
    return Outcome(bool(verdict), (attendance, verdict), funnel, said, _standings(slip, sums, wins))


def _decide_choice(
    slip: Slip, rules: Rules, entitled: Sequence[Count], sums: Sequence[Sum], attendance: Verdict
) -> Outcome:
    ranked = _ranked(slip, rules, sums)
    (first, most), (_, next_most) = ranked[0], ranked[1]
    funnel = funnel_of(entitled, sums, first)
    if most == next_most:
        level = "、".join(f"「{slip.title_of(key)}」" for key, given in ranked if given == most)
        verdict = no(
            f"{level}得票相等：没有选出。", rules.passes.clause, remedy="可以就得票相等的再表决一次。"
        )
    else:
        verdict = judge(rules.passes.threshold, funnel, clause=rules.passes.clause, asked=PASSAGE)
    wins = (first,) if verdict else ()
    about = "" if most == next_most else f"「{slip.title_of(first)}」得票最多，"
    said = _joined(attendance.sentence, f"{about}{verdict.sentence}")
    return Outcome(bool(verdict), (attendance, verdict), funnel, said, _standings(slip, sums, wins))


def _decide_election(
    slip: Slip, rules: Rules, entitled: Sequence[Count], sums: Sequence[Sum], attendance: Verdict
) -> Outcome:
    """Seat the most chosen of those who reach the threshold; a tie for the last seat seats nobody of it."""
    ranked = _ranked(slip, rules, sums)
    verdicts = {
        key: judge(
            rules.passes.threshold,
            funnel_of(entitled, sums, key),
            clause=rules.passes.clause,
            asked=SEAT,
        )
        for key, _ in ranked
    }
    able = [(key, given) for key, given in ranked if verdicts[key]]
    over = able[slip.most][1] if len(able) > slip.most else -1
    seated = tuple(key for key, given in able[: slip.most] if given > over)
    said = _joined(attendance.sentence, _elected(slip, ranked, seated))
    funnel = funnel_of(entitled, sums)
    standings = _standings(slip, sums, seated)
    return Outcome(len(seated) == slip.most, (attendance, *verdicts.values()), funnel, said, standings)


def _elected(slip: Slip, ranked: Sequence[tuple[str, int]], seated: Sequence[str]) -> str:
    names = "、".join(f"{slip.title_of(key)}（{given} 票）" for key, given in ranked if key in seated)
    first = f"应选 {slip.most} 人，{names}当选" if names else f"应选 {slip.most} 人，没有人当选"
    short = slip.most - len(seated)
    return f"{first}。" if not short else f"{first}，还缺 {short} 人，应当另行选举。"


def _ranked(slip: Slip, rules: Rules, sums: Sequence[Sum]) -> list[tuple[str, int]]:
    """Rank the options under the measure by which they pass; equal ones keep their order."""
    measure = rules.passes.threshold.ways[0].bars[-1].measure
    chosen = next((one.chosen for one in sums if one.measure is measure), sums[0].chosen)
    given = [(option.key, chosen.get(option.key, 0)) for option in slip.options]
    return sorted(given, key=lambda one: -one[1])


def _standings(slip: Slip, sums: Sequence[Sum], wins: Sequence[str]) -> tuple[Standing, ...]:
    rows = [
        Standing(
            option.key,
            option.title,
            tuple((one.measure, one.chosen.get(option.key, 0)) for one in sums),
            option.key in wins,
        )
        for option in slip.marks
    ]
    return tuple(sorted(rows, key=lambda row: not row.wins)) if slip.kind is Kind.ELECTION else tuple(rows)


def _joined(*sentences: str) -> str:
    return "".join(sentence for sentence in sentences if sentence)
