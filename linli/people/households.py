"""Households, who owns a flat, who is near kin: what decides who counts (户、产权、近亲属)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q, QuerySet

from linli.core.eligibility import Flat, Kinship, Owner
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.frame.compiled import Question
from linli.people.models import Household, Kin, Member, Ownership, Person
from linli.places import dwellings
from linli.places.path import inside

if TYPE_CHECKING:
    from linli.places.models import Dwelling


@dataclass(frozen=True, slots=True)
class Resident:
    """A member of a household as plain values (住户成员)."""

    person: int
    name: str
    born_in: int | None
    household: int
    is_delegate: bool
    label: str
    place: int


@dataclass(frozen=True, slots=True)
class Occupants:
    """Who owns a flat, who lives there, and who speaks for them, by name (业主、住户、户代表)."""

    owners: tuple[str, ...]
    members: tuple[str, ...]
    delegate: str


_KNOWN = Question(
    lambda person, owned, lived, home: Person.objects.filter(
        Q(pk__in=Ownership.objects.filter(owned, person=person).values("person"))
        | Q(pk__in=Member.objects.filter(lived, person=person).values("person"))
        | home,
        pk=person,
    ).values_list("pk", flat=True)
)
# What a roll may lack of a flat, as a condition on it.
_LACKS = {
    "area": Q(area=None),
    "owner": Q(owners=None, developer=""),
    "household": Q(household__members=None),
    "delegate": Q(household__members__isnull=False)
    & ~Q(pk__in=Member.objects.filter(is_delegate=True).values("household__dwelling")),
    "born": Q(pk__in=Member.objects.filter(person__born_in=None).values("household__dwelling")),
}


def residents(path: str) -> list[Resident]:
    """Return everybody who is registered in a household within a place, household by household."""
    rows = Member.objects.filter(inside(path, column="household__place_path"))
    fields = (
        "person_id", "person__name", "person__born_in", "household_id", "is_delegate",
        "household__dwelling__label", "household__dwelling__place_id",
    )  # fmt: skip
    return [Resident(*row) for row in rows.order_by("household_id", "pk").values_list(*fields)]


def of_person(person: int | None) -> Household | None:
    """Return the household that somebody belongs to, if one is registered (所属户)."""
    if person is None:
        return None
    return Household.objects.select_related("dwelling").filter(members__person=person).first()


def flats(path: str) -> list[Flat]:
    """Return every flat within a place with its owners, as the rules count them (专有部分)."""
    owners: dict[int, list[Owner]] = {}
    rows = Ownership.objects.filter(inside(path, column="dwelling__place_path"))
    for dwelling, person, name in rows.order_by("pk").values_list("dwelling_id", "person_id", "person__name"):
        owners.setdefault(dwelling, []).append(Owner(str(person), name, person))
    told = dwellings.within(path).values_list("pk", "place__name", "label", "area", "developer")
    return [
        Flat(
            key=str(number),
            address=f"{building}{label}",
            area=area,
            owners=tuple(owners.get(number, ())),
            developer=Owner(developer, developer) if developer else None,
        )
        for number, building, label, area, developer in told
    ]


def members(dwelling: int) -> list[Member]:
    """Return who lives in a flat, whoever speaks for the household first (家庭成员)."""
    rows = Member.objects.filter(household__dwelling=dwelling).select_related("person")
    return list(rows.order_by("-is_delegate", "pk"))


def owners(dwelling: int) -> list[Ownership]:
    """Return who owns a flat (业主)."""
    return list(Ownership.objects.filter(dwelling=dwelling).select_related("person").order_by("pk"))


def within(*paths: str) -> QuerySet[Person]:
    """Return whom a place knows: who lives there, or owns or lives in one of its flats (当地的人)."""
    owning = Ownership.objects.filter(inside(*paths, column="dwelling__place_path")).values("person")
    living = Member.objects.filter(inside(*paths, column="household__place_path")).values("person")
    known = Q(pk__in=owning) | Q(pk__in=living) | inside(*paths, column="lives_at__path")
    return Person.objects.filter(known).select_related("lives_at").order_by("name", "pk")


def is_of(person: int, *, path: str) -> bool:
    """Tell whether somebody lives within a place, or owns a flat there (是不是当地的人)."""
    found = _KNOWN.first(
        person=person,
        owned=inside(path, column="dwelling__place_path"),
        lived=inside(path, column="household__place_path"),
        home=inside(path, column="lives_at__path"),
    )
    return found is not None


def lacking(path: str, what: str = "") -> "QuerySet[Dwelling]":
    """Return the flats within a place, or those of them that lack something a roll needs (缺漏)."""
    found = dwellings.within(path)
    return found.filter(_LACKS[what]).distinct() if what in _LACKS else found


def held_by_name(typed: str) -> QuerySet[Ownership, Any]:
    """Return the numbers of the flats whose owners' names hold some words (按业主找房屋)."""
    return Ownership.objects.filter(person__name__contains=typed).values("dwelling")


def occupants(numbers: Iterable[int]) -> dict[int, Occupants]:
    """Return who owns and who lives in some flats, in two queries (业主、住户)."""
    wanted = tuple(numbers)
    owning: dict[int, list[str]] = {}
    rows = Ownership.objects.filter(dwelling__in=wanted).order_by("pk")
    for dwelling, name in rows.values_list("dwelling_id", "person__name"):
        owning.setdefault(dwelling, []).append(name)
    living: dict[int, list[tuple[str, bool]]] = {}
    inhabiting = Member.objects.filter(household__dwelling__in=wanted).order_by("pk")
    for dwelling, name, is_delegate in inhabiting.values_list(
        "household__dwelling_id", "person__name", "is_delegate"
    ):
        living.setdefault(dwelling, []).append((name, is_delegate))
    return {
        one: Occupants(
            tuple(owning.get(one, ())),
            tuple(name for name, _ in living.get(one, ())),
            next((name for name, speaks in living.get(one, ()) if speaks), ""),
        )
        for one in wanted
    }


def told_of(person: int) -> list[tuple[tuple[str, str], ...]]:
    """Say what is kept of a person's flats, household and kin; of others only how they are related (查阅)."""
    owning = Ownership.objects.filter(person=person).select_related("dwelling__place").order_by("pk")
    living = Member.objects.filter(person=person).select_related("household__dwelling__place")
    return [
        *((("房屋", _address(one.dwelling)), ("身份", "业主")) for one in owning),
        *(
            (
                ("房屋", _address(one.household.dwelling)),
                ("身份", "户代表" if one.is_delegate else "家庭成员"),
            )
            for one in living
        ),
        *((("近亲属", pair.relation),) for pair in kin_of(person)),
    ]


def _address(flat: "Dwelling") -> str:
    return f"{flat.place.name}{flat.label}"


def kinship(people: Iterable[int]) -> Kinship:
    """Return who of some people, or near them, is near kin of whom (近亲属)."""
    about = tuple(people)
    pairs = Kin.objects.filter(Q(one__in=about) | Q(other__in=about)).values_list("one_id", "other_id")
    return Kinship(frozenset(frozenset(pair) for pair in pairs))


def kin_of(*people: int) -> list[Kin]:
    """Return the pairs of near kin that some people belong to."""
    rows = Kin.objects.filter(Q(one__in=people) | Q(other__in=people)).select_related("one", "other")
    return list(rows.order_by("pk"))


@transaction.atomic
def house(dwelling: int, members: Sequence[int], *, delegate: int | None = None) -> Household:
    """Write down who lives in a flat, and who of them speaks for the household (登记户).

    Somebody who lived elsewhere moves. Raises ``Refused`` for a delegate who does not live there.
    """
    if delegate is not None and delegate not in members:
        raise Refused(Refusal("户代表要是这一户的人。", remedy="请先把他登记为家庭成员。", asked="户代表"))
    found = dwellings.of_id(dwelling)
    if found is None:
        raise Refused(Refusal("没有这套房屋。", remedy="请回到名册再选。", asked="登记户"))
    household, _ = Household.objects.get_or_create(
        dwelling_id=dwelling, defaults={"place_path": found.place_path}
    )
    Member.objects.filter(Q(household=household) | Q(person__in=members)).delete()
    Member.objects.bulk_create(
        Member(household=household, person_id=one, is_delegate=one == delegate)
        for one in dict.fromkeys(members)
    )
    return household


@transaction.atomic
def own(dwelling: int, people: Sequence[int]) -> None:
    """Write down who owns a flat, all of them together (登记产权)."""
    Ownership.objects.filter(dwelling=dwelling).delete()
    Ownership.objects.bulk_create(
        Ownership(dwelling_id=dwelling, person_id=one) for one in dict.fromkeys(people)
    )


@transaction.atomic
def relate(one: Person, other: Person, *, relation: str) -> Kin:
    """Write down that two people are near kin (登记近亲属); raises ``Refused`` for one and the same."""
    if one.pk == other.pk:
        raise Refused(Refusal("一个人不能是自己的近亲属。", remedy="请选另一个人。", asked="登记近亲属"))
    first, second = sorted((one.pk, other.pk))
    kin, _ = Kin.objects.update_or_create(one_id=first, other_id=second, defaults={"relation": relation})
    return kin


@transaction.atomic
def unrelate(one: int, other: int) -> bool:
    """Strike out that two people are near kin (删去近亲属); tell whether they were."""
    first, second = sorted((one, other))
    return bool(Kin.objects.filter(one=first, other=second).delete()[0])
