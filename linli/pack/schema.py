"""What the files of a place's pack may say (方法包的格式)."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from linli.pack.numbers import NumberPart, Reference

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
RuleId = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9.\-]*$")]
TermText = Annotated[str, Field(pattern=r"^\d+ (minutes|hours|working_hours|days|working_days|months)$")]
Point = tuple[int, int]
PlaceKind = Literal[
    "city", "district", "county", "subdistrict", "township", "community", "village", "converted_village",
    "sector", "grid_cell", "estate", "lane", "courtyard", "hamlet", "building", "entrance",
]  # fmt: skip
ColumnKey = Literal[
    "number", "opened_on", "place", "lane", "title", "category", "order", "level", "source", "raiser", "step",
    "due", "lead", "joint", "answer", "closed_on", "days_used", "on_time", "rating",
]  # fmt: skip

Stands = Literal[
    "raiser", "covers", "responsible", "above", "lead", "joint", "summoned", "everyone", "system"
]


class Part(BaseModel):
    """Refuse fields nobody reads."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class LevelPart(Part):
    """One level of responsibility, from the smallest upwards (层级)."""

    key: Key
    title: str
    place_kinds: tuple[PlaceKind, ...]


class OfficePart(Part):
    """An office that people hold at a place or, when ``in_body``, in a body (职务)."""

    key: Key
    title: str
    duties: str = ""
    in_body: bool = False


class RolePart(Part):
    """A role in procedures: an office and how it stands to the matter (角色)."""

    key: Key
    title: str
    stands: Stands
    office: Key | Literal[""] = ""


class OrderPart(Part):
    """One kind of work order with its own clock (应急单/重点单/常规单)."""

    key: Key
    title: str
    when: str
    resolve: TermText
    rule: RuleId
    no_longer_than: str = ""


class ClosedClausePart(Part):
    """A bounded permission: how long after, under which rule (限期)."""

    within: TermText
    rule: RuleId


class IncompatiblePart(Part):
    """Offices of one place that nobody may hold at once, and the rule that forbids it (不得兼任).

    ``kin``: near kin may not hold them beside each other either; ``nested``: nor one of them at a place
    and another at a place within it.
    """

    offices: Annotated[tuple[Key, ...], Field(min_length=2)]
    rule: RuleId
    kin: bool = False
    nested: bool = False


class CrossSidePart(Part):
    """A kind of body and the offices in it that count; ``joined_as``: what those of the other side become."""

    body_kind: Key
    offices: Annotated[tuple[Key, ...], Field(min_length=1)]
    joined_as: Key | Literal[""] = ""


class CrossSeatPart(Part):
    """Which offices one person should hold in a community's body and in an estate's at once (交叉任职).

    ``goal``: the share of estates that should have such a person, where the place set itself one.
    """

    key: Key
    title: str
    place_kinds: Annotated[tuple[PlaceKind, ...], Field(min_length=1)]
    goal: Reference | Literal[""] = ""
    rule: RuleId
    community: Annotated[tuple[CrossSidePart, ...], Field(min_length=1)]
    estate: Annotated[tuple[CrossSidePart, ...], Field(min_length=1)]


class FacilityKindPart(Part):
    """A kind of facility: a goal for the whole, or one at each place of a kind (设施类别)."""

    key: Key
    title: str
    goal: Reference | None = None
    each: PlaceKind | None = None


class FacilitiesPart(Part):
    """Which stations and facilities a place has or lacks (服务设施)."""

    rule: RuleId
    kind: Annotated[tuple[FacilityKindPart, ...], Field(min_length=1)]


class SocietyKindPart(Part):
    """A kind of social organisation, as the place speaks of it (类别)."""

    key: Key
    title: str


class SocietyGoalPart(Part):
    """How many organisations of each sort a community should have, as numbers of a rule (培育目标)."""

    professional: Reference
    filed: Reference
    grassroots: Reference


class SocietiesPart(Part):
    """Which social organisations there are, who helps them grow, how many are wanted (社会组织)."""

    rule: RuleId
    kind: Annotated[tuple[SocietyKindPart, ...], Field(min_length=1)]
    place_kinds: tuple[PlaceKind, ...] = ()
    sub_committees: tuple[str, ...] = ()
    incubators: tuple[str, ...] = ()
    goal: SocietyGoalPart | None = None


class CriterionPart(Part):
    """What reviewers of grants look at, and how much of a hundred it weighs (评分项)."""

    key: Key
    title: str
    weight: Annotated[int, Field(ge=1, le=100)]


class TranchePart(Part):
    """Which part of a hundred of a grant is paid upon what (拨付比例)."""

    upon: Literal["agreement", "mid", "final"]
    share: Annotated[int, Field(ge=1, le=100)]


class GrantsPart(Part):
    """Who may apply for a grant, how applications are scored, how a grant is paid (公益创投)."""

    rule: RuleId
    scoring: RuleId
    kind: Annotated[tuple[SocietyKindPart, ...], Field(min_length=1)]
    criterion: Annotated[tuple[CriterionPart, ...], Field(min_length=1)]
    tranche: Annotated[tuple[TranchePart, ...], Field(min_length=1)]
    reviewers_least: Reference
    completes: Reference
    shown_for: Reference


class JoiningPart(Part):
    """Under which rule a trouble that several people met is worked on as one (同一件事一起办)."""

    rule: RuleId


class HotPart(Part):
    """From when on a trouble recurs (高频问题): so many in so many weeks, and above the usual."""

    weeks: Annotated[int, Field(ge=1, le=26)]
    usual_weeks: Annotated[int, Field(ge=1, le=52)]
    at_least: Annotated[int, Field(ge=2)]
    times: Annotated[int, Field(ge=1)]
    rule: RuleId


class ExtensionPart(Part):
    """How a term may be extended (延期)."""

    at_most: TermText
    times: Literal[0, 1]
    rule: RuleId
    no_longer_than: str = ""


class PauseReasonPart(Part):
    """One reason for which the clock may stand still (暂停事由)."""

    key: Key
    title: str
    rule: RuleId


class GridStandardPart(Part):
    """What a well-cut grid looks like (网格划分标准)."""

    households_from: int
    households_to: int
    people_to: int
    rule: RuleId
    duties: tuple[str, ...]
    supervision: str


class ReferencePart(Part):
    """Where the origin of the plan lies on the globe, in degrees; x runs east, y south (基准点)."""

    latitude: Annotated[float, Field(ge=-89, le=89)]
    longitude: Annotated[float, Field(ge=-180, le=180)]


class TradePart(Part):
    """One trade of those who work on the streets and belong to no unit there (新就业群体)."""

    key: Key
    title: str


USUAL_TRADES = (
    TradePart(key="courier", title="快递员"),
    TradePart(key="delivery_rider", title="外卖骑手"),
    TradePart(key="ride_driver", title="网约车司机"),
    TradePart(key="lorry_driver", title="货车司机"),
)


class PackFile(Part):
    """pack.toml: who the place is, its levels, offices, roles, clocks and words."""

    key: Key
    title: str
    edition: str
    law: str
    number_prefix: Annotated[str, Field(pattern=r"^[A-Z]{2,4}$")]
    place: Key
    seed: str
    about: str
    telephone: str = ""
    level: tuple[LevelPart, ...]
    office: tuple[OfficePart, ...]
    role: tuple[RolePart, ...]
    incompatible: tuple[IncompatiblePart, ...] = ()
    cross_seat: tuple[CrossSeatPart, ...] = ()
    order: tuple[OrderPart, ...]
    pause: tuple[PauseReasonPart, ...]
    extension: ExtensionPart
    reopen: ClosedClausePart
    give_back: ClosedClausePart
    report_in: ClosedClausePart
    joining: JoiningPart
    hot: HotPart
    grid: GridStandardPart
    reference: ReferencePart | None = None
    trade: tuple[TradePart, ...] = USUAL_TRADES
    societies: SocietiesPart | None = None
    facilities: FacilitiesPart | None = None
    grants: GrantsPart | None = None
    wording: dict[str, str] = {}


class RulePart(Part):
    """A local rule: the sentence behind a step, with its numbers (本地规则)."""

    id: RuleId
    title: str
    source: str
    article: str = ""
    mark: Literal["V", "S", "M", "L"] = "L"
    text: str
    editable: bool = False
    numbers: dict[Key, NumberPart] = {}


class RulesFile(Part):
    """rules.toml."""

    rule: tuple[RulePart, ...]


class PlacePart(Part):
    """One place of the tree, with its outline on a plan in metres (地点)."""

    key: Key
    parent: Key | Literal[""] = ""
    kind: PlaceKind
    name: str
    households: int = 0
    people: int = 0
    estate_kind: Literal["", "aged", "market", "subsidised", "resettled"] = ""
    outline: tuple[Point, ...] = ()


class PlacesFile(Part):
    """places.toml: parents before children."""

    place: tuple[PlacePart, ...]


class BodyPart(Part):
    """A body that acts: a committee, an office, a department (组织)."""

    key: Key
    kind: Key
    name: str
    place: Key
    parent: Key | Literal[""] = ""
    telephone: str = ""


class TierPart(Part):
    """One tier of an organisation chain: every such place should have such a body (组织层级)."""

    title: str
    body_kind: Key
    place_kinds: tuple[PlaceKind, ...]


class ChainPart(Part):
    """An organisation that should reach from top to bottom (组织体系)."""

    key: Key
    title: str
    rule: RuleId
    tier: tuple[TierPart, ...]


class BodiesFile(Part):
    """bodies.toml."""

    kind: dict[Key, str]
    body: tuple[BodyPart, ...]
    chain: tuple[ChainPart, ...] = ()


class CategoryPart(Part):
    """What a case is about (事项分类); the one that is ``fallback`` takes what fits nowhere else."""

    key: Key
    title: str
    parent: Key | Literal[""] = ""
    words: tuple[str, ...] = ()
    private: bool = False
    fallback: bool = False


class RoutePart(Part):
    """Who takes a category, how urgently (派单规则); ``lead`` and ``joint`` are body keys or body kinds."""

    category: Key
    lead: Key | Literal[""] = ""
    joint: tuple[Key, ...] = ()
    order: Key | Literal[""] = ""
    level: Key | Literal[""] = ""
    place: Key | Literal[""] = ""
    rule: RuleId


class CategoriesFile(Part):
    """categories.toml."""

    category: tuple[CategoryPart, ...]
    route: tuple[RoutePart, ...]


class ActPart(Part):
    """An act that a step opens (动作)."""

    act: Key
    by: tuple[Key, ...]
    to: Key | Literal[""] = ""
    title: str = ""
    needs: tuple[Key, ...] = ()
    bars: tuple[Key, ...] = ()
    climbs: Literal[-1, 0, 1] = 0
    during: tuple[Key, ...] = ()
    rule: RuleId | Literal[""] = ""


class StepPart(Part):
    """A station of a procedure (步骤); ``within`` maps an order kind or ``any`` to a term.

    What is counted is named as the number of a rule, like RC-34.shown_for.
    """

    key: Key
    kind: Key
    title: str
    waits_for: tuple[Key, ...] = ()
    within: dict[Key, TermText] = {}
    no_longer_than: str = ""
    stops_clock: bool = False
    on_due: Literal["", "lapse"] = ""
    forum: Key | Literal[""] = ""
    shown_for: Reference | Literal[""] = ""
    no_shorter_than: Reference | Literal[""] = ""
    supporters: Reference | Literal[""] = ""
    calls: Key | Literal[""] = ""
    signs: Reference | Literal[""] = ""
    renews: Reference | Literal[""] = ""
    rule: RuleId | Literal[""] = ""
    acts: tuple[ActPart, ...] = ()


class MergePart(Part):
    """An office that may act in several functions of a procedure, and the rule that lets it (一肩挑)."""

    office: Key
    rule: RuleId


class ProcedurePart(Part):
    """A procedure of the place (程序); ``lasts`` names a number of a rule."""

    key: Key
    title: str
    about: str = ""
    serves: tuple[Key, ...]
    starts_at: Key
    runs_at: tuple[PlaceKind, ...] = ()
    lasts: Reference | Literal[""] = ""
    rule: RuleId
    merges: tuple[MergePart, ...] = ()
    step: tuple[StepPart, ...]
    anytime: tuple[ActPart, ...] = ()


class ProceduresFile(Part):
    """procedures.toml."""

    procedure: tuple[ProcedurePart, ...]


class ForumPart(Part):
    """A kind of meeting (会议形式); whatever is counted is named as the number of a rule: RC-27.quorum.

    ``stands_for`` is the forum of the law that a place's own one takes the place of, never weaker than it.
    """

    key: Key
    title: str
    rule: RuleId
    electorate: Literal["adults", "households", "delegates", "owners", "party_members", "members", "invited"]
    stands_for: Key | Literal[""] = ""
    body_kind: Key | Literal[""] = ""
    invites: tuple[Key, ...] = ()
    held_at: tuple[PlaceKind, ...] = ()
    notice: Reference | Literal[""] = ""
    notice_may_be_shorter: bool = False
    quorum: Reference | Literal[""] = ""
    passes: Reference | Literal[""] = ""
    calls: tuple[Reference, ...] = ()
    proxies: Reference | Literal[""] = ""
    window: RuleId | Literal[""] = ""
    debate: RuleId | Literal[""] = ""
    meets_every: Reference | Literal[""] = ""
    meets_on: Reference | Literal[""] = ""
    is_secret: bool = False
    locks_agenda: bool = False
    receives: bool = False


class ForumsFile(Part):
    """forums.toml."""

    forum: tuple[ForumPart, ...]


class SharedProceduresFile(Part):
    """procedures.toml of the law: the procedures that every place shares, and the roles in them."""

    role: tuple[RolePart, ...]
    procedure: tuple[ProcedurePart, ...]


class RegisterPart(Part):
    """A register: a view of the place's matters (清单)."""

    key: Literal["problem", "service", "solution", "lane"]
    title: str
    about: str
    every: Literal["", "week", "month"] = ""
    rule: RuleId
    columns: tuple[ColumnKey, ...]


class RegistersFile(Part):
    """registers.toml."""

    registers: tuple[RegisterPart, ...] = Field(alias="register")
