"""Flats of a list come onto the roll with owners and households, nobody twice (批量登记房屋)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from linli.frame.vault import blind_many
from linli.people.models import Household, Member, Ownership, Person
from linli.places import dwellings
from linli.places.dwellings import Known, Listed
from linli.places.path import inside


class Named(NamedTuple):
    """Somebody as a list names them; what is empty it does not say (名单上的人)."""

    name: str
    phone: str = ""
    born_in: int | None = None

    def and_also(self, other: "Named") -> "Named":
        """Return what both tell together; of two that differ, the first (合并)."""
        return Named(self.name, self.phone or other.phone, self.born_in or other.born_in)


class Flat(NamedTuple):
    """What a list says of one flat, who owns it and who lives there (一套房)."""

    told: Listed
    owners: tuple[Named, ...] = ()
    members: tuple[Named, ...] = ()
    delegate: str = ""

    @property
    def living(self) -> tuple[Named, ...]:
        """Return who lives there; an owner among them brings the telephone along."""
        phones = {one.name: one.phone for one in self.owners}
        return tuple(one._replace(phone=one.phone or phones.get(one.name, "")) for one in self.members)


class Found(StrEnum):
    """How a flat of a list stands to the roll (比对结果)."""

    NEW = "new"
    CHANGED = "changed"
    KNOWN = "known"
    WEAKER = "weaker"
    STRANGER = "stranger"
    TWICE = "twice"
    ELSEWHERE = "elsewhere"


# Somebody of the register by number, or of this list by what tells them apart.
Who = int | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A flat with the people found, as they are to stand (比对)."""

    flat: Flat
    told: Listed
    found: Found
    owners: tuple[Who, ...] = ()
    members: tuple[Who, ...] = ()
    delegate: Who | None = None


@dataclass(slots=True)
class _There:
    """What the roll holds of a flat: owners, members, and who speaks for them (已登记)."""

    owners: dict[int, str] = field(default_factory=dict)
    members: dict[int, str] = field(default_factory=dict)
    delegate: int | None = None

    def called(self, name: str) -> int | None:
        """Find somebody of the flat by name."""
        everybody = self.owners | self.members
        return next((number for number, known in everybody.items() if known == name), None)


class _Register:
    """Tells whether somebody of a list is known, and remembers newcomers (认人)."""

    def __init__(self, flats: Sequence[Flat]) -> None:
        named = [one for flat in flats for one in (*flat.owners, *flat.members)]
        marks = blind_many((one.phone for one in named), purpose="phone")
        self._marks = {one.phone: mark for one, mark in zip(named, marks, strict=True) if one.phone}
        self.newcomers: dict[Who, tuple[Named, int]] = {}
        self.updates: dict[int, Named] = {}
        self._facts: dict[int, tuple[str | None, int | None]] = {}
        self._by_phone: dict[tuple[str, str], int] = {}
        self._by_home: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
        homes, names = {flat.told.place_id for flat in flats}, {one.name for one in named}
        near = Q(phone_mark__in=set(self._marks.values())) | Q(lives_at__in=homes, name__in=names)
        self._remember(Person.objects.filter(near).order_by("-pk").values_list(*_PERSON))

    def know(self, people: Iterable[int]) -> None:
        """Read what is known of those who own or live in the flats already."""
        unread = set(people) - self._facts.keys()
        self._remember(Person.objects.filter(pk__in=unread).values_list(*_PERSON))

    def living_outside(self, path: str) -> set[int]:
        """Return who of those known lives in a flat outside a place."""
        living = Member.objects.filter(person__in=self._facts.keys())
        return set(
            living.exclude(inside(path, column="household__place_path")).values_list("person", flat=True)
        )

    def who(self, named: Named, *, flat: Flat, there: _There) -> Who:
        """Find somebody: by telephone and name, in the flat, at home in the building; else a newcomer."""
        mark = self._marks.get(named.phone, "")
        known = (
            self._by_phone.get((mark, named.name)) or there.called(named.name) or self._at_home(named, flat)
        )
        if known is not None:
            self._complete(known, named, mark)
            return known
        here = (str(flat.told.place_id), flat.told.label, named.name)
        newcomer: Who = (mark, named.name) if mark else here
        before, home = self.newcomers.get(newcomer, (named, flat.told.place_id))
        self.newcomers[newcomer] = (before.and_also(named), home)
        return newcomer

    def _at_home(self, named: Named, flat: Flat) -> int | None:
        found = self._by_home.get((flat.told.place_id, named.name), [])
        if len(found) != 1:
            return None
        mark, born = self._facts[found[0]]
        is_other = (named.phone and mark) or (named.born_in and born and named.born_in != born)
        return None if is_other else found[0]

    def _complete(self, known: int, named: Named, mark: str) -> None:
        """Note what the register does not say yet of somebody known."""
        has_mark, has_born = self._facts[known]
        if (mark and mark != has_mark) or (named.born_in and has_born is None):
            self.updates[known] = self.updates.get(known, named).and_also(named)

    def _remember(self, rows: Iterable[tuple[int, str, str | None, int | None, int | None]]) -> None:
        for number, name, mark, born, home in rows:
            self._facts[number] = (mark, born)
            if mark:
                self._by_phone[mark, name] = number
            if home is not None:
                self._by_home[home, name].append(number)


_OUTSIDE = (0, "")
_PERSON = ("pk", "name", "phone_mark", "born_in", "lives_at_id")


def compare(flats: Sequence[Flat], *, within: str) -> list[Found]:
    """Say how each flat of a list stands to the roll, and change nothing (比对)."""
    return [line.found for line in _lines(flats, _Register(flats), within=within)]


@transaction.atomic
def enter(flats: Sequence[Flat], *, within: str) -> list[Found]:
    """Enter what is new and write what changed; ``within`` is what the list speaks for (登记)."""
    register = _Register(flats)
    lines = _lines(flats, register, within=within)
    written = [line for line in lines if line.found in (Found.NEW, Found.CHANGED)]
    numbers = dwellings.write([line.told for line in written])
    people = _people(written, register)
    _own(written, numbers, people)
    _house(written, numbers, people)
    return [line.found for line in lines]


def _lines(flats: Sequence[Flat], register: _Register, *, within: str) -> list[_Line]:
    known = dwellings.known({flat.told.place_id for flat in flats})
    there = _there([one.id for one in known.values()])
    register.know(person for one in there.values() for person in (*one.owners, *one.members))
    # Whoever lives outside what the list speaks for is not taken away from there by it.
    housed: dict[Who, tuple[int, str]] = dict.fromkeys(register.living_outside(within), _OUTSIDE)
    return [_line(flat, known.get(flat.told.key), there, register, housed) for flat in flats]


def _line(
    flat: Flat,
    known: Known | None,
    there: dict[int, _There],
    register: _Register,
    housed: dict[Who, tuple[int, str]],
) -> _Line:
    here = there.get(known.id, _There()) if known else _There()
    if known and dwellings.is_weaker(flat.told.area_source, than=known.area_source):
        return _Line(flat, flat.told, Found.WEAKER)
    before = len(register.updates)
    owners = tuple(dict.fromkeys(register.who(one, flat=flat, there=here) for one in flat.owners))
    members = tuple(dict.fromkeys(register.who(one, flat=flat, there=here) for one in flat.living))
    homes = {housed.setdefault(one, flat.told.key) for one in members} - {flat.told.key}
    if homes:
        return _Line(flat, flat.told, Found.ELSEWHERE if _OUTSIDE in homes else Found.TWICE)
    living = {one: named.name for one, named in zip(members, flat.members, strict=False)} or here.members
    delegate = next((one for one, name in living.items() if name == flat.delegate), None)
    if flat.delegate and delegate is None:
        return _Line(flat, flat.told, Found.STRANGER)
    keeps = here.delegate if here.delegate in living else None
    told = _merged(flat, known)
    line = _Line(flat, told, Found.CHANGED, owners or tuple(here.owners), tuple(living), delegate or keeps)
    if known is None:
        return replace(line, found=Found.NEW)
    is_same = (
        told == known.listed
        and set(line.owners) == set(here.owners)
        and set(line.members) == set(here.members)
        and line.delegate == here.delegate
        and len(register.updates) == before
    )
    return replace(line, found=Found.KNOWN) if is_same else line


def _merged(flat: Flat, known: Known | None) -> Listed:
    """Leave what a list does not say; owners without a developer mean that the flat was handed over."""
    told = flat.told
    if known is None:
        return told
    area, source = (told.area, told.area_source) if told.area else (known.area, known.area_source)
    developer = told.developer if told.developer or flat.owners else known.developer
    return told._replace(area=area, area_source=source, developer=developer)


def _there(numbers: Sequence[int]) -> dict[int, _There]:
    found: defaultdict[int, _There] = defaultdict(_There)
    owning = Ownership.objects.filter(dwelling__in=numbers).order_by("pk")
    for flat, person, name in owning.values_list("dwelling_id", "person_id", "person__name"):
        found[flat].owners[person] = name
    living = Member.objects.filter(household__dwelling__in=numbers).order_by("pk")
    for flat, person, name, speaks in living.values_list(
        "household__dwelling_id", "person_id", "person__name", "is_delegate"
    ):
        found[flat].members[person] = name
        if speaks:
            found[flat].delegate = person
    return found


def _people(lines: Sequence[_Line], register: _Register) -> dict[Who, int]:
    """Enter the newcomers whom some flats need, complete who is known, and return everybody's number."""
    wanted = {one for line in lines for one in (*line.owners, *line.members)}
    new = [(who, told) for who, told in register.newcomers.items() if who in wanted]
    rows = Person.objects.bulk_create(
        Person(name=named.name, phone=named.phone, born_in=named.born_in, lives_at_id=home)
        for _, (named, home) in new
    )
    for person in Person.objects.filter(pk__in=register.updates.keys() & wanted):
        named = register.updates[person.pk]
        person.phone, person.born_in = named.phone or person.phone, person.born_in or named.born_in
        person.save()
    known: dict[Who, int] = {who: who for who in wanted if isinstance(who, int)}
    return known | {who: row.pk for (who, _), row in zip(new, rows, strict=True)}


def _own(lines: Sequence[_Line], numbers: dict[tuple[int, str], int], people: dict[Who, int]) -> None:
    flats = [numbers[line.told.key] for line in lines]
    Ownership.objects.filter(dwelling__in=flats).delete()
    Ownership.objects.bulk_create(
        Ownership(dwelling_id=number, person_id=people[one])
        for number, line in zip(flats, lines, strict=True)
        for one in line.owners
    )


def _house(lines: Sequence[_Line], numbers: dict[tuple[int, str], int], people: dict[Who, int]) -> None:
    lived_in = [(numbers[line.told.key], line) for line in lines if line.members]
    known = dict(
        Household.objects.filter(dwelling__in=[number for number, _ in lived_in]).values_list(
            "dwelling", "pk"
        )
    )
    fresh = Household.objects.bulk_create(
        Household(dwelling_id=number, place_path=line.told.place_path)
        for number, line in lived_in
        if number not in known
    )
    homes = known | {one.dwelling_id: one.pk for one in fresh}
    moving = [people[one] for _, line in lived_in for one in line.members]
    Member.objects.filter(Q(household__in=homes.values()) | Q(person__in=moving)).delete()
    Member.objects.bulk_create(
        Member(household_id=homes[number], person_id=people[one], is_delegate=one == line.delegate)
        for number, line in lived_in
        for one in line.members
    )
