"""Flats, their owners, households and near kin are written down by who serves there, on record (名册登记)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from linli.bodies.actor import Actor
from linli.core.eligibility import is_of_age
from linli.core.law import Law
from linli.core.refusal import Refusal
from linli.core.verdict import Refused, Verdict, no, yes
from linli.frame.clock import day_of
from linli.people import actions as people
from linli.people import households
from linli.people import queries as register
from linli.places import dwellings
from linli.places import queries as places
from linli.places.dwellings import Described
from linli.record import actions as record
from linli.record import queries as timeline

if TYPE_CHECKING:
    from linli.people.models import Person
    from linli.places.models import Dwelling

_AGE, _AGE_LEAST = "RC-16", "voter_age_least"
SQUARE_METRE = 10_000
WHERE, WHO = "房屋", "人员编号"


@dataclass(frozen=True, slots=True)
class Happening:
    """One act about a flat, and the names of the people it was about (名册经过)."""

    line: timeline.Line
    names: tuple[str, ...]

    @property
    def figures(self) -> tuple[tuple[str, str], ...]:
        """Return what else is on record of it: neither which flat nor the numbers of people."""
        return tuple((name, value) for name, value in self.line.figures if name not in (WHERE, WHO))


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody the register may not know yet, as they give themselves (新登记的人)."""

    name: str
    phone: str = ""
    born_in: int | None = None


def may_keep(actor: Actor, path: str) -> Verdict:
    """Answer whether somebody keeps the roll of a place: whoever serves there, or above it (登记名册)."""
    if actor.reaches(path):
        return yes()
    return no("这个地点不在您管的范围里。", asked="登记名册", remedy="请找管那里的工作人员。")


def may_stand(kind: str) -> Verdict:
    """Answer whether a flat is written down at a kind of place: where people have a door (楼栋)."""
    if kind in dwellings.HOLDING:
        return yes()
    return no("房屋要登记在楼栋下面。", asked="登记房屋", remedy="请先在名册里往下选到楼栋，再登记。")


@transaction.atomic
def enter(place: int, described: Described, *, by: Actor, at: datetime) -> "Dwelling":
    """Write down a flat that is not on the roll yet (登记房屋); ``place`` is the number of the building."""
    found = next(iter(places.all_places().filter(pk=place)), None)
    if found is None:
        raise Refused(Refusal("没有这个地点。", remedy="请回到名册再选。", asked="登记房屋"))
    may_keep(by, found.path).require()
    may_stand(found.kind).require()
    if dwellings.of_label(place, described.label):
        raise Refused(
            Refusal(
                f"{found.name}{described.label.strip()}已经在名册里。",
                remedy="请在房屋清单里打开它再改。",
                asked="登记房屋",
            )
        )
    (flat,) = dwellings.enter(found, (described,))
    _note(flat, "enter_flat", "登记房屋", by=by, at=at, figures=_facts(flat))
    return flat


@transaction.atomic
def describe(number: int, described: Described, *, by: Actor, at: datetime) -> "Dwelling":
    """Put the area of a flat right, or who built it while it is unsold (更正房屋); its label stays."""
    flat = _load(number, by=by)
    before = _facts(flat)
    (flat,) = dwellings.enter(flat.place, (replace(described, label=flat.label),))
    after = _facts(flat)
    if before != after:
        changed = tuple(
            (name, f"{was} → {value}") for (name, was), (_, value) in zip(before, after, strict=True)
        )
        _note(flat, "describe_flat", "更正房屋", by=by, at=at, figures=changed)
    return flat


@transaction.atomic
def strike_out(number: int, *, by: Actor, at: datetime) -> None:
    """Take a flat off the roll that nobody owns or lives in, as one entered by mistake (删去房屋)."""
    flat = _load(number, by=by)
    if households.owners(number) or households.members(number):
        raise Refused(
            Refusal("这套房屋还有业主或者住户。", remedy="先删去业主和家庭成员，再删房屋。", asked="删去房屋")
        )
    _note(flat, "strike_out_flat", "删去房屋", by=by, at=at, figures=_facts(flat))
    flat.delete()


@transaction.atomic
def add_owner(number: int, person: int, *, by: Actor, at: datetime) -> None:
    """Write down one more owner of a flat (登记业主)."""
    flat, known = _load(number, by=by), _owners(number)
    if person in known:
        raise Refused(Refusal("这个人已经是这套房的业主。", remedy="不用再登记。", asked="登记业主"))
    households.own(number, (*known, person))
    _note(flat, "add_owner", "登记业主", by=by, at=at, people=(person,))


@transaction.atomic
def remove_owner(number: int, person: int, *, by: Actor, at: datetime) -> None:
    """Strike out an owner of a flat (删去业主)."""
    flat, known = _load(number, by=by), _owners(number)
    if person not in known:
        raise Refused(Refusal("这个人不是这套房的业主。", remedy="请刷新页面再看。", asked="删去业主"))
    households.own(number, [one for one in known if one != person])
    _note(flat, "remove_owner", "删去业主", by=by, at=at, people=(person,))


@transaction.atomic
def add_member(number: int, person: int, *, by: Actor, at: datetime) -> None:
    """Write down that somebody lives in a flat; who lived in another one moves (登记家庭成员)."""
    flat, (known, delegate) = _load(number, by=by), _members(number)
    if person in known:
        raise Refused(Refusal("这个人已经在这一户里。", remedy="不用再登记。", asked="登记家庭成员"))
    before = households.of_person(person)
    if before is not None and before.dwelling_id is not None:
        left = dwellings.of_id(before.dwelling_id)
        if left is not None:
            may_keep(by, left.place_path).require()
            _note(left, "move_out", "迁出", by=by, at=at, people=(person,))
    households.house(number, (*known, person), delegate=delegate)
    _note(flat, "add_member", "登记家庭成员", by=by, at=at, people=(person,))


@transaction.atomic
def remove_member(number: int, person: int, *, by: Actor, at: datetime) -> None:
    """Strike out that somebody lives in a flat (删去家庭成员)."""
    flat, (known, delegate) = _load(number, by=by), _members(number)
    if person not in known:
        raise Refused(Refusal("这个人不在这一户里。", remedy="请刷新页面再看。", asked="删去家庭成员"))
    still = delegate if delegate != person else None
    households.house(number, [one for one in known if one != person], delegate=still)
    _note(flat, "remove_member", "删去家庭成员", by=by, at=at, people=(person,))


@transaction.atomic
def name_delegate(number: int, person: int, *, law: Law, by: Actor, at: datetime) -> None:
    """Name who of a household speaks for it: somebody of age (定户代表)."""
    flat, (known, _) = _load(number, by=by), _members(number)
    rule = law.rule(_AGE)
    found = register.of_id(person)
    if found is not None and found.born_in is not None:
        born = register.birthdays((person,)).get(person, found.born_in)
        is_of_age(born, on=day_of(at), age=rule.count(_AGE_LEAST), clause=rule.clause).require()
    households.house(number, known, delegate=person)
    _note(flat, "name_delegate", "定户代表", by=by, at=at, people=(person,))


@transaction.atomic
def relate(number: int, one: int, other: int, *, relation: str, by: Actor, at: datetime) -> None:
    """Write down whom somebody of a flat is near kin of (登记近亲属)."""
    flat = _load(number, by=by)
    first, second = register.of_id(one), register.of_id(other)
    if first is None or second is None or one not in _of_flat(number):
        raise Refused(Refusal("没有这个人。", remedy="请再找一次。", asked="登记近亲属"))
    households.relate(first, second, relation=relation)
    _note(flat, "relate", "登记近亲属", by=by, at=at, people=(one, other), words=relation)


@transaction.atomic
def unrelate(number: int, one: int, other: int, *, by: Actor, at: datetime) -> None:
    """Strike out that two people are near kin (删去近亲属)."""
    flat = _load(number, by=by)
    if not {one, other} & _of_flat(number) or not households.unrelate(one, other):
        raise Refused(Refusal("没有登记这一对近亲属。", remedy="请刷新页面再看。", asked="删去近亲属"))
    _note(flat, "unrelate", "删去近亲属", by=by, at=at, people=(one, other))


@transaction.atomic
def enrol(newcomer: Newcomer, *, lives_at: int | None = None) -> "Person":
    """Enter somebody into the register, unless name and telephone are already somebody's there (登记人)."""
    known = register.of_phone(newcomer.phone) if newcomer.phone else []
    same = next((one for one in known if one.name == newcomer.name), None)
    return same or people.enrol(
        name=newcomer.name, phone=newcomer.phone, born_in=newcomer.born_in, lives_at=lives_at
    )


def chain_of(number: int) -> str:
    """Name the chain of the record that a flat has (记录链)."""
    return f"flat-{number}"


def history(number: int) -> tuple[Happening, ...]:
    """Return what was done about a flat, newest first, with today's names of whom it was about (名册经过)."""
    lines = timeline.timeline(chain_of(number), newest_first=True)
    about = [[int(one) for one in dict(line.figures).get(WHO, "").split("、") if one] for line in lines]
    named = register.names({one for people in about for one in people})
    return tuple(
        Happening(line, tuple(named[one] for one in people if one in named))
        for line, people in zip(lines, about, strict=True)
    )


def metres(area: int | None) -> str:
    """Say a floor area in square metres, or that none is known (平方米)."""
    return f"{plain_metres(area)} 平方米" if area else "没有登记"


def plain_metres(area: int) -> str:
    """Write square centimetres as square metres, exactly and without needless zeros."""
    whole, rest = divmod(area, SQUARE_METRE)
    return f"{whole}.{rest:04}".rstrip("0").rstrip(".")


def _facts(flat: "Dwelling") -> tuple[tuple[str, str], ...]:
    return (
        ("面积", metres(flat.area)),
        ("面积依据", flat.get_area_source_display() or "没有"),
        ("建设单位", flat.developer or "没有"),
    )


def _load(number: int, *, by: Actor) -> "Dwelling":
    flat = dwellings.to_act_on(number)
    if flat is None:
        raise Refused(Refusal("没有这套房屋。", remedy="请回到名册再选。", asked="登记名册"))
    may_keep(by, flat.place_path).require()
    return flat


def _owners(number: int) -> list[int]:
    return [one.person_id for one in households.owners(number)]


def _members(number: int) -> tuple[list[int], int | None]:
    living = households.members(number)
    return [one.person_id for one in living], next((one.person_id for one in living if one.is_delegate), None)


def _of_flat(number: int) -> set[int]:
    return {*_owners(number), *_members(number)[0]}


def _note(
    flat: "Dwelling",
    act: str,
    title: str,
    *,
    by: Actor,
    at: datetime,
    figures: tuple[tuple[str, str], ...] = (),
    people: Sequence[int] = (),
    words: str = "",
) -> None:
    """Put an act on the flat's record; whom it is about stands there by number only, never by name."""
    about = ((WHO, "、".join(map(str, people))),) if people else ()
    record.write(
        chain=chain_of(flat.pk),
        act=act,
        title=title,
        by=by.person_id,
        office=by.words_for(flat.place_path),
        at=at,
        figures=((WHERE, f"{flat.place.name}{flat.label}"), *about, *figures),
        words=words,
    )
