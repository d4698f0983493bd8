"""One edition of a place's pack, as values the house can ask (方法包的一版)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from linli.core.clause import Clause
from linli.core.dispatch import Level, Route
from linli.core.forum import Forum
from linli.core.grant import Criterion, Portion
from linli.core.law import Number
from linli.core.procedure import Procedure, Stand
from linli.core.share import Share
from linli.core.term import Term


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its text and numbers, local or of the law (规则); what a place filled in is editable."""

    clause: Clause
    title: str
    text: str
    is_editable: bool = False
    numbers: Mapping[str, Number] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OfficeData:
    """An office and its duties (职务); one held in a body opens only what that body works on."""

    key: str
    title: str
    duties: str
    is_in_body: bool = False


@dataclass(frozen=True, slots=True)
class Incompatible:
    """Offices at one place that nobody may hold at once, nor near kin where ``kin`` says so (不得兼任).

    ``is_nested``: nor at a place and one within it.
    """

    offices: frozenset[str]
    clause: Clause
    kin: bool = False
    is_nested: bool = False


@dataclass(frozen=True, slots=True)
class CrossSide:
    """A kind of body, the offices in it that count, and as what those of the other side enter (一方)."""

    body_kind: str
    title: str
    offices: tuple[str, ...]
    joined_as: str = ""


@dataclass(frozen=True, slots=True)
class CrossSeat:
    """Which offices one person should hold in a community's body and in an estate's at once (交叉任职)."""

    key: str
    title: str
    place_kinds: tuple[str, ...]
    goal: Share | None
    clause: Clause
    community: tuple[CrossSide, ...]
    estate: tuple[CrossSide, ...]


@dataclass(frozen=True, slots=True)
class FacilityKind:
    """A kind of facility, how many the whole should have, and at which places each one (设施类别)."""

    key: str
    title: str
    goal: int | None
    each: str


@dataclass(frozen=True, slots=True)
class Facilities:
    """Which stations and facilities a place knows, and by which rule (服务设施)."""

    kinds: tuple[FacilityKind, ...]
    clause: Clause


@dataclass(frozen=True, slots=True)
class SocietyGoal:
    """How many organisations of each sort a community should have (培育目标)."""

    professional: int
    filed: int
    grassroots: int


@dataclass(frozen=True, slots=True)
class Societies:
    """Which social organisations a place knows, who helps them grow, what it wants (社会组织).

    ``sub_committees``: the committee's own, each of which should have a filed group.
    """

    kinds: Mapping[str, str]
    place_kinds: tuple[str, ...]
    sub_committees: tuple[str, ...]
    incubators: tuple[str, ...]
    goal: SocietyGoal | None
    clause: Clause


@dataclass(frozen=True, slots=True)
class Grants:
    """Who may apply for a grant, how applications are scored, shown and paid (公益创投)."""

    kinds: Mapping[str, str]
    criteria: tuple[Criterion, ...]
    shares: tuple[Portion, ...]
    reviewers_least: int
    completes: Term
    shown_for: Term
    clause: Clause
    scoring: Clause
    shown: Clause


@dataclass(frozen=True, slots=True)
class Order:
    """A kind of work order, when it is used and the time it allows (单别)."""

    key: str
    title: str
    when: str
    resolve: Term
    clause: Clause


@dataclass(frozen=True, slots=True)
class PauseReason:
    """A reason for which the clock may stand still (暂停事由)."""

    key: str
    title: str
    clause: Clause


@dataclass(frozen=True, slots=True)
class Limit:
    """A time within which something may be done (限期)."""

    within: Term
    clause: Clause


@dataclass(frozen=True, slots=True)
class Hot:
    """When a trouble counts as recurring (高频问题): ``times`` the usual, and enough of it."""

    weeks: int
    usual_weeks: int
    at_least: int
    times: int
    clause: Clause


@dataclass(frozen=True, slots=True)
class Extension:
    """How much a term may be extended, and how often (延期)."""

    at_most: Term
    times: int
    clause: Clause


@dataclass(frozen=True, slots=True)
class GridStandard:
    """What a well-cut grid looks like, and what its worker does (网格标准)."""

    households_from: int
    households_to: int
    people_to: int
    duties: tuple[str, ...]
    supervision: str
    clause: Clause


@dataclass(frozen=True, slots=True)
class Reference:
    """Where the origin of the plan lies on the globe, in degrees; x runs east, y south (基准点)."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class PlaceData:
    """A place as the pack names it (地点)."""

    key: str
    parent: str
    kind: str
    name: str
    households: int
    people: int
    estate_kind: str
    outline: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class BodyData:
    """A body as the pack names it (组织)."""

    key: str
    kind: str
    kind_title: str
    name: str
    place: str
    parent: str
    telephone: str


@dataclass(frozen=True, slots=True)
class Tier:
    """One tier of an organisation chain (层级)."""

    title: str
    body_kind: str
    place_kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """An organisation that should reach from top to bottom (组织体系)."""

    key: str
    title: str
    tiers: tuple[Tier, ...]
    clause: Clause


@dataclass(frozen=True, slots=True)
class Category:
    """What a case is about (分类)."""

    key: str
    title: str
    parent: str
    words: tuple[str, ...]
    is_private: bool
    is_fallback: bool


@dataclass(frozen=True, slots=True)
class Register:
    """A register: which view, which columns, how often it is drawn up (清单)."""

    key: str
    title: str
    about: str
    every: str
    columns: tuple[str, ...]
    clause: Clause


@dataclass(frozen=True, slots=True)
class Edition:
    """Everything one place has decided about its own method (版本)."""

    key: str
    year: str
    title: str
    about: str
    seed: str
    number_prefix: str
    place: str
    telephone: str
    levels: tuple[Level, ...]
    offices: Mapping[str, OfficeData]
    orders: Mapping[str, Order]
    pauses: Mapping[str, PauseReason]
    extension: Extension
    reopen: Limit
    give_back: Limit
    report_in: Limit
    joining: Clause
    hot: Hot
    grid: GridStandard
    wording: Mapping[str, str]
    rules: Mapping[str, Rule]
    places: tuple[PlaceData, ...]
    bodies: tuple[BodyData, ...]
    chains: tuple[Chain, ...]
    categories: Mapping[str, Category]
    routes: tuple[Route, ...]
    procedures: Mapping[str, Procedure]
    serves: Mapping[str, tuple[str, ...]]
    forums: Mapping[str, Forum]
    incompatible: tuple[Incompatible, ...]
    registers: Mapping[str, Register]
    digest: str
    reference: Reference | None = None
    trades: Mapping[str, str] = field(default_factory=dict)
    cross_seats: tuple[CrossSeat, ...] = ()
    societies: Societies | None = None
    facilities: Facilities | None = None
    grants: Grants | None = None

    @property
    def body_offices(self) -> frozenset[str]:
        """Return the offices that are held in a body, not at a place (单位职务)."""
        of_bodies = (Stand.LEAD, Stand.JOINT, Stand.SUMMONED)
        roles = (role for procedure in self.procedures.values() for role in procedure.roles.values())
        acting = {role.office for role in roles if role.office and role.stands in of_bodies}
        return frozenset(acting | {key for key, office in self.offices.items() if office.is_in_body})

    def procedure_for(self, subject: str) -> Procedure:
        """Return the one procedure that serves a kind of subject (concern, incident, campaign)."""
        (key,) = self.serves[subject]
        return self.procedures[key]

    def methods_for(self, subject: str, *, place_kind: str = "") -> tuple[Procedure, ...]:
        """Return the procedures of which one is chosen for a subject, those of the place first (方法).

        Only those that may be run at such a place, when its kind is given.
        """
        found = (self.procedures[key] for key in self.serves.get(subject, ()))
        return tuple(one for one in found if not place_kind or one.may_run_at(place_kind))

    def offices_for(self, *acts: str) -> frozenset[str]:
        """Return the offices that some procedure lets do any of some acts (经办职务)."""
        rules = (
            (procedure, rule)
            for procedure in self.procedures.values()
            for rule in (*procedure.anytime, *(rule for step in procedure.steps for rule in step.acts))
            if rule.act in acts
        )
        found = (procedure.roles[key].office for procedure, rule in rules for key in rule.by)
        return frozenset(office for office in found if office)

    def level(self, key: str) -> Level:
        """Return a level by its key."""
        return next(level for level in self.levels if level.key == key)

    @property
    def fallback(self) -> Category:
        """Return the category of what fits nowhere else (其他)."""
        return next(one for one in self.categories.values() if one.is_fallback)

    def category_chain(self, key: str) -> tuple[str, ...]:
        """Return the parents of a category, nearest first."""
        chain: list[str] = []
        parent = self.categories[key].parent
        while parent:
            chain.append(parent)
            parent = self.categories[parent].parent
        return tuple(chain)

    def say(self, key: str, default: str) -> str:
        """Return the place's own word for something, or the general one."""
        return self.wording.get(key, default)
