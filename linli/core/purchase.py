"""What was bought under a budget, round by round, and why the others were not (遴选账目)."""

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from hashlib import sha256

from linli.core.refusal import Refusal
from linli.core.selection import Election, Project, Tally, Tie
from linli.core.verdict import Refused


class Stage(Enum):
    """Say which part of the rule bought a project (阶段)."""

    VOTES = "votes"
    VOTES_PER_COST = "votes_per_cost"
    EQUAL_SHARES = "equal_shares"


class Bar(Enum):
    """Say what kept a project from being bought (落选原因)."""

    UNNAMED = "unnamed"
    TOO_FEW = "too_few"
    BUDGET = "budget"
    DISTRICT = "district"
    CATEGORY = "category"
    EXCLUDED = "excluded"
    SUPPORTERS_SHORT = "supporters_short"


@dataclass(frozen=True, slots=True)
class Part:
    """So many people paid so much together (一部分人一共出多少)."""

    people: int = 0
    total: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Round:
    """One project bought: by which stage, from what was left, and who paid which part (一轮).

    ``price`` is what one vote (one point) paid: ``full`` by those who could, ``rest`` by those who gave all
    that they had left.
    """

    number: int
    stage: Stage
    key: str
    cost: int
    left_before: int
    price: Fraction = Fraction(0)
    full: Part = Part()
    rest: Part = Part()


@dataclass(frozen=True, slots=True)
class Passed:
    """One project passed over: what stood against it, how much there was, how much it wanted (落选).

    ``by`` is the project that excludes it, where one does; ``after`` the round after which it was so.
    """

    key: str
    bar: Bar
    had: Fraction
    wanted: int
    by: str = ""
    after: int = 0


@dataclass(frozen=True, slots=True)
class Selection:
    """What came out: the rounds, the losers, and what everybody's share was in the end (遴选结果)."""

    rounds: tuple[Round, ...]
    passed: tuple[Passed, ...]
    share: Fraction
    raises: int
    left: int

    @property
    def winners(self) -> tuple[str, ...]:
        """Return the keys of what was bought, in the order of the rounds."""
        return tuple(one.key for one in self.rounds)


def paid(election: Election, selection: Selection) -> tuple[Fraction, ...]:
    """Return what each of the people of each ballot paid, by going through the rounds again (各人出资)."""
    left = [selection.share] * len(election.ballots)
    for one in selection.rounds:
        if one.stage is Stage.EQUAL_SHARES:
            for place, ballot in enumerate(election.ballots):
                weight = next((weight for key, weight in ballot.given if key == one.key), 0)
                left[place] -= min(left[place], one.price * weight)
    return tuple(selection.share - one for one in left)


class Purse:
    """The money that is left, in all and for each district and category (余额)."""

    def __init__(self, election: Election, tally: Tally) -> None:
        limits = election.limits
        self.election, self.tally = election, tally
        self.left = limits.budget
        self.bought: list[str] = []
        self.blocked: dict[str, Passed] = {}
        self._districts, self._categories = dict(limits.districts), dict(limits.categories)

    def bar(self, project: Project, *, regardless_of_budget: bool = False) -> Passed | None:
        """Return what stands against a project now; once something does, it always will."""
        if project.key in self.blocked:
            return self.blocked[project.key]
        found = self._support(project) or self._limit(project)
        if not found and not regardless_of_budget and project.cost > self.left:
            found = self._passed(project, Bar.BUDGET, self.left, project.cost)
        if found:
            self.blocked[project.key] = found
        return found

    def take(self, project: Project) -> None:
        """Buy a project."""
        self.left -= project.cost
        self.bought.append(project.key)
        if project.district in self._districts:
            self._districts[project.district] -= project.cost
        if project.category in self._categories:
            self._categories[project.category] -= project.cost

    def _support(self, project: Project) -> Passed | None:
        named = self.tally.named[project.key]
        if not named:
            return self._passed(project, Bar.UNNAMED, 0, 1)
        return self._passed(project, Bar.TOO_FEW, named, project.least) if named < project.least else None

    def _limit(self, project: Project) -> Passed | None:
        for group in self.election.limits.exclusive:
            rival = next((key for key in self.bought if key in group), "") if project.key in group else ""
            if rival:
                return self._passed(project, Bar.EXCLUDED, 0, 0, by=rival)
        district = self._districts.get(project.district)
        if district is not None and project.cost > district:
            return self._passed(project, Bar.DISTRICT, district, project.cost)
        category = self._categories.get(project.category)
        if category is not None and project.cost > category:
            return self._passed(project, Bar.CATEGORY, category, project.cost)
        return None

    def _passed(self, project: Project, bar: Bar, had: int, wanted: int, *, by: str = "") -> Passed:
        return Passed(project.key, bar, Fraction(had), wanted, by, len(self.bought))


class Tied(Refused):
    """Stop where the lot must decide and its seed is not published yet (待抽签)."""

    def __init__(self, *keys: str, titles: str) -> None:
        super().__init__(
            Refusal(
                f"{titles}并列，规则规定抽签决定：还没有抽签。",
                remedy="请当众公布抽签的种子，再算一次。",
                asked="选项目",
            )
        )
        self.keys = keys


def break_tie(level: list[Project], election: Election, tally: Tally) -> Project:
    """Choose among projects that stand level, by the rule's order; raise ``Tied`` before the lot (定先后)."""
    if len(level) == 1:
        return level[0]
    for tie in election.rule.ties:
        level = _best(level, tie, election, tally)
        if len(level) == 1:
            return level[0]
    raise AssertionError("the last tie rule leaves one")


def lot(seed: str, key: str) -> str:
    """Draw for a project from the published seed: the SHA-256 of both; the smallest comes first (抽签)."""
    return sha256(f"{seed}\n{key}".encode()).hexdigest()


def _best(level: list[Project], tie: Tie, election: Election, tally: Tally) -> list[Project]:
    if tie is Tie.MORE_VOTES:
        most = max(tally.score[one.key] for one in level)
        return [one for one in level if tally.score[one.key] == most]
    if tie is Tie.LESS_COST:
        least = min(one.cost for one in level)
        return [one for one in level if one.cost == least]
    if tie is Tie.EARLIER:
        return [min(level, key=election.projects.index)]
    if not election.rule.seed:
        titles = "、".join(f"「{one.title}」" for one in level)
        raise Tied(*(one.key for one in level), titles=titles)
    return [min(level, key=lambda one: lot(election.rule.seed, one.key))]
