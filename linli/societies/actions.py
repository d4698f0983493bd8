"""Entering organisations, and letting them climb from a filed group to a registered one (社会组织)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from linli.bodies.access import speaks_as
from linli.bodies.actor import Actor
from linli.core.clause import Clause
from linli.core.law import LawRule
from linli.core.refusal import Refusal
from linli.core.society import Strength, may_register, yuan
from linli.core.verdict import Refused, Verdict, all_of, no, yes
from linli.pack.edition import Societies
from linli.people import actions as people
from linli.people import queries as register
from linli.places.queries import Spot
from linli.record import actions as record
from linli.rulebook import queries as rulebook
from linli.societies import access, queries
from linli.societies.models import Rung, Society

LAW = "C-4"
Figures = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Described:
    """What an organisation says of itself; money is in fen (情况)."""

    name: str
    kind: str
    purpose: str
    persons: int = 0
    institutions: int = 0
    money: int = 0
    is_professional: bool = False
    leader: str = ""
    phone: str = ""


@transaction.atomic
def enter(told: Described, *, place: Spot, certificate: str = "", by: Actor, at: datetime) -> Society:
    """Enter an organisation into the register of its place (入库).

    With a certificate it is one that the registration authority has registered already.
    """
    access.may_keep(by, path=place.path).require()
    _check(told, place=place)
    society = Society.objects.create(
        pack=place.pack, place_id=place.id, place_path=place.path, entered_at=at,
        rung=Rung.REGISTERED if certificate else Rung.GRASSROOTS, certificate=certificate,
        leader_id=_leader(told), **_facts(told),
    )  # fmt: skip
    _note(society, "enter_society", "入库", by=by, at=at, figures=_strength_told(told))
    return society


@transaction.atomic
def describe(number: int, told: Described, *, by: Actor, at: datetime) -> Society:
    """Bring what is known of an organisation up to date (更新情况)."""
    society = _open(number, by=by)
    spot = Spot(
        society.place_id, "", society.place_path, society.place.kind, society.place.name, society.pack
    )
    _check(told, place=spot, but=society.pk)
    for name, value in _facts(told).items():
        setattr(society, name, value)
    if told.leader:
        society.leader_id = _leader(told)
    society.save()
    _note(society, "describe_society", "更新情况", by=by, at=at, figures=_strength_told(told))
    return society


@transaction.atomic
def file(number: int, *, sub_committee: str = "", by: Actor, at: datetime) -> Society:
    """File a group with the street, under the sub-committee it belongs to (备案)."""
    society = _open(number, by=by)
    rule = law()
    all_of(access.may_file(by, path=society.place_path, rule=rule), can_be_filed(society)).require()
    committees = standard_of(society).sub_committees
    if sub_committee and sub_committee not in committees:
        raise Refused(Refusal("这里没有这个下属委员会。", asked="备案", remedy="从列出的里面选一个。"))
    society.sub_committee = sub_committee
    figures = (("下属委员会", sub_committee),) if sub_committee else ()
    return _climb(society, Rung.FILED, "file_society", by=by, at=at, clause=rule.clause, figures=figures)


@transaction.atomic
def incubate(number: int, *, incubator: str, by: Actor, at: datetime) -> Society:
    """Take a filed group into one of the tiers that help it grow (培育)."""
    society = _open(number, by=by)
    can_be_incubated(society).require()
    standard = standard_of(society)
    if incubator not in standard.incubators:
        raise Refused(Refusal("还没有选培育机构。", standard.clause, "从列出的里面选一个。", "培育"))
    society.incubator = incubator
    figures = (("培育机构", incubator),)
    return _climb(
        society, Rung.INCUBATED, "incubate_society", by=by, at=at, clause=standard.clause, figures=figures
    )


@transaction.atomic
def leave_incubation(number: int, *, words: str, by: Actor, at: datetime) -> Society:
    """Let a group out of incubation; it stays filed (退出培育)."""
    society = _open(number, by=by)
    if society.rung != Rung.INCUBATED:
        raise Refused(Refusal("这个组织不在培育。", asked="退出培育"))
    figures = (("培育机构", society.incubator),)
    society.incubator = ""
    return _climb(
        society, Rung.FILED, "leave_incubation", by=by, at=at, title="退出培育", figures=figures, words=words
    )


@transaction.atomic
def register_as(number: int, *, certificate: str, by: Actor, at: datetime) -> Society:
    """Note that a group was registered, if it has the members and the money the law asks for (登记)."""
    society = _open(number, by=by)
    can_be_registered(society).require()
    if not certificate.strip():
        raise Refused(Refusal("还没有写登记证号。", law().clause, "登记证由民政部门颁发，照证上写。", "登记"))
    society.certificate = certificate.strip()
    figures = (("登记证号", society.certificate), *_strength_told(society))
    return _climb(
        society, Rung.REGISTERED, "register_society", by=by, at=at, clause=law().clause, figures=figures
    )


@transaction.atomic
def close(number: int, *, words: str, by: Actor, at: datetime) -> Society:
    """Take an organisation that has ended out of the register, with the reason; its record stays (注销)."""
    society = _open(number, by=by)
    if not words.strip():
        raise Refused(Refusal("还没有写原因。", asked="注销", remedy="写明为什么注销，留在经过里。"))
    society.closed_at = at
    society.save(update_fields=["closed_at"])
    _note(society, "close_society", "注销", by=by, at=at, words=words.strip())
    return society


def forget_leader(person: int) -> None:
    """Take somebody off the organisations they lead, because they asked for it (删除)."""
    Society.objects.filter(leader_id=person).update(leader=None)


def can_be_filed(society: Society) -> Verdict:
    """Answer whether a group is ready to be filed: not yet so, and led by somebody (备案条件)."""
    clause = law().clause
    if society.rung != Rung.GRASSROOTS:
        return no(f"已经{society.get_rung_display()}，不用再备案。", clause, asked="备案")
    if society.leader_id is None:
        return no("还没有负责人。", clause, asked="备案", remedy="先在更新情况里写上负责人。")
    return yes()


def can_be_incubated(society: Society) -> Verdict:
    """Answer whether a group is ready for incubation: filed, where the place has tiers (培育条件)."""
    standard = standard_of(society)
    if not standard.incubators:
        return no("这里的方法包没有写培育机构。", standard.clause, asked="培育")
    if society.rung == Rung.GRASSROOTS:
        return no("先备案，再进培育。", standard.clause, asked="培育", remedy="请街道先办备案。")
    if society.rung != Rung.FILED:
        return no(f"已经{society.get_rung_display()}。", standard.clause, asked="培育")
    return yes()


def can_be_registered(society: Society) -> Verdict:
    """Answer whether a group may be registered: filed first, with members and money (登记条件)."""
    rule = law()
    if society.rung == Rung.REGISTERED:
        return no("已经登记。", rule.clause, asked="登记")
    if society.rung == Rung.GRASSROOTS:
        return no("先备案，再登记。", rule.clause, asked="登记", remedy="请街道先办备案。")
    return may_register(Strength(society.persons, society.institutions, society.money), rule=rule)


def law() -> LawRule:
    """Return the rule of the law on registering social associations (登记条件)."""
    return rulebook.law().rule(LAW)


def standard_of(society: Society) -> Societies:
    """Return what the pack of an organisation's place says of organisations."""
    return _standard(society.pack)


def chain_of(number: int) -> str:
    """Name the chain of the record that an organisation has (记录链)."""
    return f"society-{number}"


def _standard(pack: str) -> Societies:
    found = rulebook.current(pack).societies
    if found is None:
        raise Refused(
            Refusal("这里的方法包没有写社会组织的类别。", remedy="先写进 pack.toml 的 societies，再来登记。")
        )
    return found


def _check(told: Described, *, place: Spot, but: int = 0) -> None:
    standard = _standard(place.pack)
    if told.kind not in standard.kinds:
        raise Refused(Refusal("这里没有这一类社会组织。", standard.clause, "从列出的里面选一类。", "入库"))
    namesakes = Society.objects.filter(place_id=place.id, name=told.name, closed_at=None)
    if namesakes.exclude(pk=but).exists():
        raise Refused(
            Refusal(f"{place.name}已经有「{told.name}」。", standard.clause, "核对是不是同一个。", "入库")
        )


def _facts(told: Described) -> dict[str, str | int | bool]:
    names = ("name", "kind", "purpose", "persons", "institutions", "money", "is_professional")
    return {name: getattr(told, name) for name in names}


def _leader(told: Described) -> int | None:
    """Find whoever has this name and telephone, or enter them into the register."""
    if not told.leader:
        return None
    known = register.of_phone(told.phone) if told.phone else []
    found = next((one for one in known if one.name == told.leader), None)
    return (found or people.enrol(name=told.leader, phone=told.phone)).pk


def _open(number: int, *, by: Actor) -> Society:
    society = queries.of_id(number, to_act=True)
    if society is None:
        raise Refused(Refusal("没有这个社会组织。", remedy="回到组织库再选。"))
    access.may_keep(by, path=society.place_path).require()
    if society.closed_at is not None:
        raise Refused(Refusal("这个组织已经注销。", remedy="重新成立的，作为新的组织入库。"))
    return society


def _climb(
    society: Society, rung: Rung, act: str, *, by: Actor, at: datetime, title: str = "",
    clause: Clause | None = None, figures: Figures = (), words: str = "",
) -> Society:  # fmt: skip
    society.rung = rung
    society.save()
    _note(society, act, title or str(rung.label), by=by, at=at, clause=clause, figures=figures, words=words)
    return society


def _strength_told(told: Described | Society) -> Figures:
    return (
        ("个人会员", f"{told.persons} 人"),
        ("单位会员", f"{told.institutions} 个"),
        ("活动资金", yuan(told.money)),
    )


def _note(
    society: Society, act: str, title: str, *, by: Actor, at: datetime,
    clause: Clause | None = None, figures: Figures = (), words: str = "",
) -> None:  # fmt: skip
    record.write(
        chain=chain_of(society.pk), act=act, title=title, by=by.person_id,
        office=speaks_as(by, path=society.place_path), at=at, clause=clause, figures=figures, words=words,
    )  # fmt: skip
