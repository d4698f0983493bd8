"""Who is entitled where, from what is registered (名册)."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from linli.bodies import queries
from linli.core.eligibility import Roll, Voter, is_of_age, owners_roll
from linli.core.forum import Electorate
from linli.core.law import Law
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.people import households
from linli.people import queries as register
from linli.people.households import Resident

# The office that puts somebody on a roll.
OFFICES = {Electorate.DELEGATES: "delegate", Electorate.PARTY_MEMBERS: "party_member"}
_OF_RESIDENTS = (Electorate.ADULTS, Electorate.HOUSEHOLDS)
_AGE, _HEADS, _AREAS = "RC-16", "O-3", "O-2"
_AGE_LEAST = "voter_age_least"
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """How the roll of an electorate stands: itself unless it is refused, and what it lacks (名册状况)."""

    electorate: Electorate
    roll: Roll | None
    gaps: tuple[str, ...] = ()
    refusals: tuple[Refusal, ...] = ()


def roll(electorate: Electorate, *, within: str, on: date, law: Law, body: int | None = None) -> Roll:
    """Return those entitled at a place on a day; ``body`` says whose members (应参加名册).

    Raises ``Refused`` for owners of a flat without an area or an owner.
    """
    match electorate:
        case Electorate.ADULTS:
            voters = _by_head(_grown_up(households.residents(within), on=on, law=law))
        case Electorate.HOUSEHOLDS:
            voters = _by_household(_grown_up(households.residents(within), on=on, law=law))
        case Electorate.OWNERS:
            return owners_roll(
                households.flats(within), heads=law.rule(_HEADS).clause, areas=law.rule(_AREAS).clause
            )
        case Electorate.DELEGATES | Electorate.PARTY_MEMBERS:
            voters = _in_office(OFFICES[electorate], within=within, on=on)
        case Electorate.MEMBERS:
            voters = _members(body, on=on)
        case Electorate.INVITED:
            voters = ()
    return Roll(electorate, voters)


def gaps(electorate: Electorate, *, within: str, on: date, law: Law) -> tuple[str, ...]:
    """Say what is missing for a whole roll at a place, each in one sentence (名册缺漏)."""
    return standing(electorate, within=within, on=on, law=law).gaps


def standing(electorate: Electorate, *, within: str, on: date, law: Law) -> Standing:
    """Return the roll of a place together with what it lacks; nothing is raised (名册状况)."""
    return standings((electorate,), within=within, on=on, law=law)[0]


def standings(electorates: Sequence[Electorate], *, within: str, on: date, law: Law) -> tuple[Standing, ...]:
    """Return several rolls of a place with what they lack; who lives there is read once (名册状况)."""
    of_residents = [one for one in electorates if one in _OF_RESIDENTS]
    people = households.residents(within) if of_residents else []
    return tuple(
        _standing_of_residents(one, people, on=on, law=law)
        if one in _OF_RESIDENTS
        else _standing(one, within=within, on=on, law=law)
        for one in electorates
    )


def _standing(electorate: Electorate, *, within: str, on: date, law: Law) -> Standing:
    try:
        found = roll(electorate, within=within, on=on, law=law)
    except Refused as refused:
        return Standing(electorate, None, refusals=refused.refusals)
    return Standing(electorate, found, _namesakes(found) if electorate is Electorate.OWNERS else ())


def _standing_of_residents(
    electorate: Electorate, people: Sequence[Resident], *, on: date, law: Law
) -> Standing:
    grown_up = _grown_up(people, on=on, law=law)
    voters = _by_head(grown_up) if electorate is Electorate.ADULTS else _by_household(grown_up)
    said = _of_unknown_age(people, grown_up, on=on, law=law)
    if electorate is Electorate.HOUSEHOLDS:
        said += _silent(grown_up)
    return Standing(electorate, Roll(electorate, voters), said)


def _of_unknown_age(
    people: Sequence[Resident], grown_up: Sequence[Resident], *, on: date, law: Law
) -> tuple[str, ...]:
    listed = {one.person for one in grown_up}
    unknown = [one.name for one in people if one.born_in is None]
    turning = [one.name for one in people if one.person not in listed and _turns(one, on=on, law=law)]
    said = []
    if unknown:
        said.append(f"{_some(unknown)}没有登记出生年份，没有列入名册。")
    if turning:
        said.append(f"{_some(turning)}今年满年龄，已过生日的请补登身份证号；现在没有列入名册。")
    return tuple(said)


def _silent(grown_up: Sequence[Resident]) -> tuple[str, ...]:
    living = {one.household for one in grown_up}
    silent = len(living) - len({one.household for one in grown_up if one.is_delegate})
    return (f"{silent} 户没有登记成年的户代表，暂由其中任何一位成年人代表。",) if silent else ()


def _namesakes(found: Roll) -> tuple[str, ...]:
    """Warn of owners of one name who count as several: one buyer of several flats is one head."""
    counted = Counter(voter.name for voter in found.voters)
    twice = [name for name, heads in counted.items() if heads > 1]
    if not twice:
        return ()
    return (f"{_some(twice)}同名，按不同的人计。是同一个人的，请在房屋页选同一个人，多套房按一人计。",)


def _by_head(people: Sequence[Resident]) -> tuple[Voter, ...]:
    return tuple(
        Voter(f"person:{one.person}", one.name, (one.person,), household=str(one.household)) for one in people
    )


def _by_household(people: Sequence[Resident]) -> tuple[Voter, ...]:
    """A household is one head: its delegate may act for it, or any adult of it where none is named."""
    members: defaultdict[int, list[Resident]] = defaultdict(list)
    for one in people:
        members[one.household].append(one)
    return tuple(_household(number, living) for number, living in members.items())


def _household(number: int, people: Sequence[Resident]) -> Voter:
    named = [one for one in people if one.is_delegate] or list(people)
    return Voter(
        f"household:{number}",
        f"{named[0].label} {named[0].name}",
        tuple(one.person for one in named),
        household=str(number),
    )


def _in_office(office: str, *, within: str, on: date) -> tuple[Voter, ...]:
    held = queries.offices_within(within, on=on, offices=(office,))
    names = {one.person_id: one.person.name for one in held}
    return tuple(Voter(f"person:{person}", name, (person,)) for person, name in names.items())


def _members(body: int | None, *, on: date) -> tuple[Voter, ...]:
    if body is None:
        return ()
    names = queries.names_of_members(body, on=on)
    return tuple(Voter(f"person:{person}", name, (person,)) for person, name in names.items())


def _grown_up(people: Sequence[Resident], *, on: date, law: Law) -> list[Resident]:
    """Leave out who is too young; in the year of the age the identity number tells the birthday (成年)."""
    age = law.rule(_AGE).count(_AGE_LEAST)
    turning = [one.person for one in people if _turns(one, on=on, law=law)]
    birthdays = register.birthdays(turning) if turning else {}
    born = ((one, birthdays.get(one.person, one.born_in)) for one in people)
    return [one for one, day in born if day is not None and is_of_age(day, on=on, age=age)]


def _turns(one: Resident, *, on: date, law: Law) -> bool:
    """Tell whether somebody comes of age in the year of a day, so that the year of birth does not tell."""
    return one.born_in is not None and on.year - one.born_in == law.rule(_AGE).count(_AGE_LEAST)


def _some(names: Sequence[str]) -> str:
    return "、".join(names[:_MOST_NAMED]) + (f"等 {len(names)} 人" if len(names) > _MOST_NAMED else "")
