"""Who counts in a decision, and as how many: age, kin, one flat one head, proxies (表决资格)."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from linli.core.clause import Clause
from linli.core.forum import Electorate, Proxies
from linli.core.funnel import Measure
from linli.core.refusal import Refusal
from linli.core.verdict import Refused, Verdict, no, yes

_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Voter:
    """Hold one head of a roll: who may act for it, its household, its floor area in cm² (表决权人)."""

    key: str
    name: str
    person_ids: tuple[int, ...]
    household: str = ""
    area: int = 0


@dataclass(frozen=True, slots=True)
class Roll:
    """Hold those entitled, as they stand when a meeting is convened or a ballot opens (名册)."""

    electorate: Electorate
    voters: tuple[Voter, ...]

    def __post_init__(self) -> None:
        twice = [key for key, count in Counter(voter.key for voter in self.voters).items() if count > 1]
        if twice:
            raise ValueError(f"名册里「{twice[0]}」出现了两次")

    @property
    def measures(self) -> tuple[Measure, ...]:
        """List what can be counted in this roll; heads always (计量)."""
        counted = {
            Measure.HEADCOUNT: True,
            Measure.HOUSEHOLD: any(voter.household for voter in self.voters),
            Measure.FLOOR_AREA: self.electorate is Electorate.OWNERS,
            Measure.DELEGATE: self.electorate is Electorate.DELEGATES,
        }
        return tuple(measure for measure in Measure if counted[measure])

    def entitled(self, measure: Measure) -> int:
        """Count all who are entitled under a measure; nothing under one that this roll does not know."""
        return weigh(self.voters, measure) if measure in self.measures else 0

    def of_person(self, person: int) -> tuple[Voter, ...]:
        """Return the heads that a person may act for."""
        return tuple(voter for voter in self.voters if person in voter.person_ids)

    def without(self, keys: Iterable[str]) -> "Roll":
        """Return the roll less those who may not take part (回避)."""
        left_out = frozenset(keys)
        return Roll(self.electorate, tuple(voter for voter in self.voters if voter.key not in left_out))


def weigh(voters: Iterable[Voter], measure: Measure) -> int:
    """Add up some voters under a measure; a household counts once, area is in cm² (计量)."""
    match measure:
        case Measure.HEADCOUNT | Measure.DELEGATE:
            return sum(1 for _ in voters)
        case Measure.HOUSEHOLD:
            return len({voter.household for voter in voters if voter.household})
        case Measure.FLOOR_AREA:
            return sum(voter.area for voter in voters)


@dataclass(frozen=True, slots=True)
class Owner:
    """Name a buyer of a flat; ``person_id`` when the neighbourhood knows the person (业主)."""

    key: str
    name: str
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Flat:
    """Describe one exclusive unit: its area in cm² if known, and whose it is (专有部分).

    ``developer`` holds it as long as it is unsold or undelivered, whoever has signed for it.
    """

    key: str
    address: str
    area: int | None
    owners: tuple[Owner, ...] = ()
    developer: Owner | None = None


def owners_roll(flats: Sequence[Flat], *, heads: Clause, areas: Clause) -> Roll:
    """Count one flat as one head, one buyer of several as one, a developer's stock as one (业主名册, O-3).

    Co-owners are one head together. Raises ``Refused`` naming the flats without an area (O-2) or an owner.
    """
    _require_areas(flats, areas)
    _require_owners(flats, heads)
    held: defaultdict[tuple[Owner, ...], int] = defaultdict(int)
    stock: defaultdict[Owner, int] = defaultdict(int)
    for flat in flats:
        if flat.developer is not None:
            stock[flat.developer] += flat.area or 0
        else:
            held[_buyers(flat)] += flat.area or 0
    voters = [_voter("owner", buyers, area) for buyers, area in held.items()]
    voters += [_voter("developer", (developer,), area) for developer, area in stock.items()]
    return Roll(Electorate.OWNERS, tuple(voters))


def is_of_age(born: date | int, *, on: date, age: int, clause: Clause | None = None) -> Verdict:
    """Tell whether somebody has reached an age; of a mere year of birth only what is certain (年龄).

    The birthday itself counts; who was born on 29 February has it on the 28th of a common year.
    """
    if isinstance(born, int):
        if on.year - born > age:
            return yes(f"已满 {age} 周岁。", clause)
        if on.year - born < age:
            return no(f"未满 {age} 周岁。", clause, asked=f"年满 {age} 周岁")
        return no(
            f"只登记了出生年份，不能确定已满 {age} 周岁。",
            clause,
            remedy="请补登出生日期。",
            asked=f"年满 {age} 周岁",
        )
    if _birthday(born, years=age) <= on:
        return yes(f"已满 {age} 周岁。", clause)
    return no(f"未满 {age} 周岁。", clause, asked=f"年满 {age} 周岁")


@dataclass(frozen=True, slots=True)
class Kinship:
    """Hold who is near kin of whom, each pair once (近亲属)."""

    pairs: frozenset[frozenset[int]]

    def are_kin(self, one: int, other: int) -> bool:
        """Tell whether two people are near kin."""
        return frozenset((one, other)) in self.pairs

    def concerned(self, people: Iterable[int], *, among: Iterable[int]) -> frozenset[int]:
        """Return those ``among`` some who are concerned themselves, or near kin of one who is (回避)."""
        about = tuple(people)
        return frozenset(
            one for one in among if one in about or any(self.are_kin(one, other) for other in about)
        )


def must_leave(committee: Iterable[int], *, candidates: Iterable[int], kin: Kinship) -> frozenset[int]:
    """Return the election committee's members who must leave it: candidates and their near kin (RC-15)."""
    return kin.concerned(candidates, among=committee)


def is_free_of(voter: Voter, *, concerned: Iterable[int], kin: Kinship, clause: Clause) -> Verdict:
    """Tell whether nobody who acts for a voter is concerned or near kin of one who is (回避)."""
    if kin.concerned(concerned, among=voter.person_ids):
        return no(f"{voter.name} 与本事项有利害关系或者是当事人的近亲属：应当回避。", clause, asked="回避")
    return yes(clause=clause)


def may_hold(proxies: Proxies | None, *, held: int, is_candidate: bool) -> Verdict:
    """Tell whether a person who holds so many proxies may take one more (委托, RC-19, O-10)."""
    if proxies is None or proxies.most == 0:
        clause = proxies.clause if proxies else None
        return no("这次表决不得委托。", clause, remedy="请本人表决。", asked="委托表决")
    if is_candidate:
        return no("候选人不得接受委托。", proxies.clause, remedy="请委托别人。", asked="委托表决")
    if held >= proxies.most:
        return no(
            f"受托人已经接受 {held} 人委托，最多 {proxies.most} 人：不能再接受。",
            proxies.clause,
            remedy="请委托别人。",
            asked="委托表决",
            已受委托=f"{held} 人",
            最多=f"{proxies.most} 人",
        )
    return yes(f"受托人已接受 {held} 人委托，最多 {proxies.most} 人。", proxies.clause)


def _require_areas(flats: Iterable[Flat], clause: Clause) -> None:
    missing = [flat.address for flat in flats if not flat.area]
    if missing:
        raise Refused(
            Refusal(
                f"{_named(missing)}没有登记专有部分面积：不能形成业主名册。",
                clause=clause,
                remedy="请按不动产登记簿补登面积；没有登记的按实测，没有实测的按买卖合同。",
                asked="业主名册",
            )
        )


def _require_owners(flats: Iterable[Flat], clause: Clause) -> None:
    missing = [flat.address for flat in flats if not flat.owners and flat.developer is None]
    if missing:
        raise Refused(
            Refusal(
                f"{_named(missing)}没有登记业主：不能形成业主名册。",
                clause=clause,
                remedy="请补登业主；尚未出售或者尚未交付的登记建设单位。",
                asked="业主名册",
            )
        )


def _named(addresses: Sequence[str]) -> str:
    named = "、".join(addresses[:_MOST_NAMED])
    return named if len(addresses) <= _MOST_NAMED else f"{named}等 {len(addresses)} 套"


def _buyers(flat: Flat) -> tuple[Owner, ...]:
    return tuple(sorted(dict.fromkeys(flat.owners), key=lambda owner: owner.key))


def _voter(kind: str, owners: tuple[Owner, ...], area: int) -> Voter:
    return Voter(
        key=f"{kind}:{'+'.join(owner.key for owner in owners)}",
        name="、".join(owner.name for owner in owners),
        person_ids=tuple(owner.person_id for owner in owners if owner.person_id is not None),
        area=area,
    )


def _birthday(born: date, *, years: int) -> date:
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1) - timedelta(days=1)
