"""What is chosen among under a budget, how people vote on it, and by which rule (预算内遴选)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction

from linli.core.refusal import Refusal
from linli.core.verdict import Refused

_ASKED = "选项目"


class Marking(Enum):
    """Say how people mark their ballots (投法)."""

    APPROVAL = "approval"
    POINTS = "points"
    RANKED = "ranked"
    KNAPSACK = "knapsack"

    @property
    def title(self) -> str:
        """Say it in Chinese."""
        return _MARKING_TITLES[self]


class Method(Enum):
    """Say by which method projects are chosen (选法)."""

    VOTES = "votes"
    VOTES_PER_COST = "votes_per_cost"
    EQUAL_SHARES = "equal_shares"


class Satisfaction(Enum):
    """Say what a project is worth to who named it: the money it costs, or one project as another (满意度)."""

    COST = "cost"
    COUNT = "count"


class Completion(Enum):
    """Say what equal shares do with the money that is left (补足办法)."""

    NONE = "none"
    VOTES = "votes"
    RAISE = "raise"
    RAISE_THEN_VOTES = "raise_then_votes"

    @property
    def raises(self) -> bool:
        """Tell whether everybody's share is raised step by step."""
        return self in (Completion.RAISE, Completion.RAISE_THEN_VOTES)

    @property
    def ends_by_votes(self) -> bool:
        """Tell whether what is left goes by votes."""
        return self in (Completion.VOTES, Completion.RAISE_THEN_VOTES)


class Tie(Enum):
    """Say what decides between two that stand level (并列规则)."""

    MORE_VOTES = "more_votes"
    LESS_COST = "less_cost"
    EARLIER = "earlier"
    LOT = "lot"


@dataclass(frozen=True, slots=True)
class Project:
    """One thing that can be bought: ``cost`` in fen, ``least`` the people who must name it (项目)."""

    key: str
    title: str
    cost: int
    category: str = ""
    district: str = ""
    least: int = 1

    def __post_init__(self) -> None:
        if not self.key:
            raise ValueError("项目要有代号")
        if not _is_whole(self.cost) or self.cost <= 0:
            raise ValueError(f"「{self.title}」的费用应当是大于零的整数（分），写的是 {self.cost}")
        if not _is_whole(self.least) or self.least < 1:
            raise ValueError(f"「{self.title}」至少要有一人支持才能选，写的是 {self.least}")


@dataclass(frozen=True, slots=True)
class Ballot:
    """What one ballot gives to which project, and how many people cast just this one (选票)."""

    given: tuple[tuple[str, int], ...]
    people: int = 1

    def __post_init__(self) -> None:
        keys = [key for key, _ in self.given]
        if len(set(keys)) < len(keys):
            raise ValueError(f"一张票里同一个项目写了两次：{keys}")
        if not _is_whole(self.people) or self.people < 1:
            raise ValueError(f"一种票至少有一人投，写的是 {self.people}")
        if any(not _is_whole(weight) or weight < 1 for _, weight in self.given):
            raise ValueError("给一个项目的分数应当是大于零的整数")


@dataclass(frozen=True, slots=True)
class Form:
    """How a ballot is marked; ``most`` names, ranks or points in all, nought for any number (票样)."""

    marking: Marking
    most: int = 0

    def __post_init__(self) -> None:
        if self.most < 0 or (self.most == 0 and self.marking in (Marking.POINTS, Marking.RANKED)):
            raise ValueError(f"{self.marking.title}要写明最多多少")

    @property
    def alone(self) -> int:
        """Return what a ballot gives to a project when it names nothing else."""
        return max(1, self.most) if self.marking in (Marking.POINTS, Marking.RANKED) else 1

    def read(self, marked: Mapping[str, int] | Iterable[str], projects: Mapping[str, Project]) -> Ballot:
        """Read one ballot: names, for points the points of each, ranked the best first; raise ``Refused``.

        A name is worth one. Ranked, the first is worth ``most``, each further one less by one (Borda).
        """
        named = tuple(marked)
        _require_known(named, projects)
        if self.marking is Marking.POINTS:
            return Ballot(self._points(marked))
        if self.most and len(named) > self.most:
            raise _refused(f"选了 {len(named)} 个项目，最多选 {self.most} 个。", "请去掉多选的。")
        if self.marking is Marking.RANKED:
            return Ballot(tuple((key, self.most - place) for place, key in enumerate(named)))
        return Ballot(tuple((key, 1) for key in sorted(named)))

    def _points(self, marked: Mapping[str, int] | Iterable[str]) -> tuple[tuple[str, int], ...]:
        points = marked if isinstance(marked, Mapping) else dict.fromkeys(marked, 1)
        if any(not _is_whole(one) or one < 0 for one in points.values()):
            raise _refused("分数应当是不小于零的整数。", "请改正分数。")
        if sum(points.values()) > self.most:
            raise _refused(f"一共打了 {sum(points.values())} 分，最多 {self.most} 分。", "请减少一些分数。")
        return tuple((key, one) for key, one in sorted(points.items()) if one)


@dataclass(frozen=True, slots=True)
class Limits:
    """The money there is, in all and for some districts and categories, and what excludes what (限额)."""

    budget: int
    districts: Mapping[str, int] = field(default_factory=dict)
    categories: Mapping[str, int] = field(default_factory=dict)
    exclusive: tuple[frozenset[str], ...] = ()

    def __post_init__(self) -> None:
        for amount in (self.budget, *self.districts.values(), *self.categories.values()):
            if not _is_whole(amount) or amount < 0:
                raise ValueError(f"限额应当是不小于零的整数（分），写的是 {amount}")


@dataclass(frozen=True, slots=True)
class Rule:
    """By which method, with which completion, and what decides a tie, in this order (遴选规则).

    ``raised_by`` is the step in fen for each person. The last tie rule must leave nothing level: the earlier
    in the list, or the lot, which wants a published ``seed`` and until then refuses.
    """

    method: Method
    satisfaction: Satisfaction = Satisfaction.COST
    completion: Completion = Completion.NONE
    raised_by: int = 0
    ties: tuple[Tie, ...] = (Tie.MORE_VOTES, Tie.LESS_COST, Tie.EARLIER)
    seed: str = ""

    def __post_init__(self) -> None:
        if not self.ties or self.ties[-1] not in (Tie.EARLIER, Tie.LOT):
            raise ValueError("并列规则的最后一条应当是「序号在先」或者「抽签」")
        if self.completion is not Completion.NONE and self.method is not Method.EQUAL_SHARES:
            raise ValueError("只有等额份额法要写补足办法")
        if self.completion.raises is not (self.raised_by > 0):
            raise ValueError("逐步加份额的，要写明每次每人加多少分；不加的不写")


@dataclass(frozen=True, slots=True)
class Election:
    """Everything that decides the outcome, and nothing else (一次遴选)."""

    projects: tuple[Project, ...]
    ballots: tuple[Ballot, ...]
    limits: Limits
    rule: Rule
    form: Form = Form(Marking.APPROVAL)

    def __post_init__(self) -> None:
        keys = {project.key for project in self.projects}
        if len(keys) < len(self.projects):
            raise ValueError("有两个项目的代号相同")
        unknown = {key for ballot in self.ballots for key, _ in ballot.given} - keys
        if unknown:
            raise ValueError(f"票上有不在名单里的项目：{'、'.join(sorted(unknown))}")

    @property
    def people(self) -> int:
        """Return how many voted, with or without naming anything."""
        return sum(ballot.people for ballot in self.ballots)

    @property
    def share(self) -> Fraction:
        """Return everybody's equal part of the budget, in fen (每人一份)."""
        return Fraction(self.limits.budget, self.people) if self.people else Fraction(0)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people named each project, and how much they gave it together (得票)."""

    named: Mapping[str, int]
    score: Mapping[str, int]

    @classmethod
    def of(cls, election: Election) -> "Tally":
        """Count the ballots (计票)."""
        named: Counter[str] = Counter()
        score: Counter[str] = Counter()
        for ballot in election.ballots:
            for key, weight in ballot.given:
                named[key] += ballot.people
                score[key] += weight * ballot.people
        every = [project.key for project in election.projects]
        return cls({key: named[key] for key in every}, {key: score[key] for key in every})


def merged(ballots: Iterable[Ballot]) -> tuple[Ballot, ...]:
    """Put equal ballots together, in an order that tells nothing (合并相同的票)."""
    people: defaultdict[tuple[tuple[str, int], ...], int] = defaultdict(int)
    for ballot in ballots:
        people[tuple(sorted(ballot.given))] += ballot.people
    return tuple(Ballot(given, number) for given, number in sorted(people.items()))


def read_knapsack(marked: Iterable[str], projects: Mapping[str, Project], *, of: int) -> Ballot:
    """Read a ballot on which people spend the budget themselves; raise ``Refused`` above it (分钱票)."""
    ballot = Form(Marking.KNAPSACK).read(marked, projects)
    spent = sum(projects[key].cost for key, _ in ballot.given)
    if spent > of:
        raise _refused(f"所选项目一共 {yuan(spent)}，预算只有 {yuan(of)}。", "请去掉一些项目。")
    return ballot


def yuan(amount: int | Fraction) -> str:
    """Say an amount of fen in yuan: 12,000 元, 0.05 元, 约 33.33 元 when it does not come out even."""
    fen = round(amount)
    whole, rest = divmod(abs(fen), 100)
    sign, about = "-" if fen < 0 else "", "" if fen == amount else "约 "
    return f"{about}{sign}{whole:,}{f'.{rest:02}' if rest else ''} 元"


def _require_known(named: tuple[str, ...], projects: Mapping[str, Project]) -> None:
    unknown = [key for key in named if key not in projects]
    if unknown:
        raise _refused(f"票上没有这个项目：{'、'.join(unknown)}。", "请从列出的项目里选。")
    if len(set(named)) < len(named):
        raise _refused("同一个项目选了两次。", "请每个项目只选一次。")


def _refused(sentence: str, remedy: str) -> Refused:
    return Refused(Refusal(sentence, remedy=remedy, asked=_ASKED))


def _is_whole(number: object) -> bool:
    return isinstance(number, int) and not isinstance(number, bool)


_MARKING_TITLES: Mapping[Marking, str] = {
    Marking.APPROVAL: "勾选",
    Marking.POINTS: "打分",
    Marking.RANKED: "排名",
    Marking.KNAPSACK: "分钱",
}
