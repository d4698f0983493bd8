"""Who is entitled where, from what is registered (名册)."""

from collections.abc import Sequence
from datetime import date

from linli.bodies import queries
from linli.core.eligibility import Roll, Voter, is_of_age, owners_roll
from linli.core.forum import Electorate
from linli.core.law import Law
from linli.people import households
from linli.people.households import Resident

DELEGATE, PARTY_MEMBER = "delegate", "party_member"
_AGE, _HEADS, _AREAS = "RC-16", "O-3", "O-2"
_AGE_LEAST = "voter_age_least"


def roll(electorate: Electorate, *, within: str, on: date, law: Law, body: int | None = None) -> Roll:
    """Return those entitled at a place on a day; ``body`` says whose members (应参加名册).

    Raises ``Refused`` for owners of a flat without an area or an owner.
    """
    match electorate:
        case Electorate.ADULTS:
            voters = _adults(within, on=on, law=law)
        case Electorate.HOUSEHOLDS:
            voters = _households(within, on=on, law=law)
        case Electorate.OWNERS:
            return owners_roll(
                households.flats(within), heads=law.rule(_HEADS).clause, areas=law.rule(_AREAS).clause
            )
        case Electorate.DELEGATES:
            voters = _in_office(DELEGATE, within=within, on=on)
        case Electorate.PARTY_MEMBERS:
            voters = _in_office(PARTY_MEMBER, within=within, on=on)
        case Electorate.MEMBERS:
            voters = _members(body, on=on)
        case Electorate.INVITED:
            voters = ()
    return Roll(electorate, voters)


def gaps(electorate: Electorate, *, within: str, on: date, law: Law) -> tuple[str, ...]:
    """Say what is missing for a whole roll at a place, each in one sentence (名册缺漏)."""
    if electorate not in (Electorate.ADULTS, Electorate.HOUSEHOLDS):
        return ()
    people = households.residents(within)
    unknown = [one.name for one in people if not _is_certain(one, on=on, law=law)]
    silent = len({one.household for one in people}) - len(
        {one.household for one in people if one.is_delegate}
    )
    said = []
    if unknown:
        said.append(f"{_some(unknown)}没有登记出生年份，或者今年才满年龄，没有列入名册。")
    if silent and electorate is Electorate.HOUSEHOLDS:
        said.append(f"{silent} 户没有登记户代表，暂由其中任何一位成年人代表。")
    return tuple(said)


def _adults(within: str, *, on: date, law: Law) -> tuple[Voter, ...]:
    return tuple(
        Voter(f"person:{one.person}", one.name, (one.person,), household=str(one.household))
        for one in households.residents(within)
        if _is_adult(one, on=on, law=law)
    )


def _households(within: str, *, on: date, law: Law) -> tuple[Voter, ...]:
    """A household is one head: its delegate may act for it, or any adult of it where none is named."""
    members: dict[int, list[Resident]] = {}
    for one in households.residents(within):
        if _is_adult(one, on=on, law=law):
            members.setdefault(one.household, []).append(one)
    return tuple(_household(number, people) for number, people in members.items())


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


def _is_adult(one: Resident, *, on: date, law: Law) -> bool:
    rule = law.rule(_AGE)
    return one.born_in is not None and bool(is_of_age(one.born_in, on=on, age=rule.count(_AGE_LEAST)))


def _is_certain(one: Resident, *, on: date, law: Law) -> bool:
    return one.born_in is not None and on.year - one.born_in != law.rule(_AGE).count(_AGE_LEAST)


def _some(names: Sequence[str]) -> str:
    return "、".join(names[:3]) + (f"等 {len(names)} 人" if len(names) > 3 else "")
