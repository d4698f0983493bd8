"""Offices are filled and ended, and their holders given a way in, each on record (任免)."""

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction

from linli.bodies import access, roster
from linli.bodies.actions import seat, unseat
from linli.bodies.actor import Actor
from linli.bodies.models import Office
from linli.core.refusal import Refusal
from linli.core.verdict import Refused, Verdict, all_of, no, yes
from linli.frame.clock import day_of
from linli.pack.edition import Incompatible
from linli.people import actions as people
from linli.people import households
from linli.people import queries as register
from linli.places.path import is_within
from linli.record import actions as record

if TYPE_CHECKING:
    from linli.people.models import Account

# Without letters and digits that look alike on a slip of paper.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _LENGTH = 3, 4


@dataclass(frozen=True, slots=True)
class Post:
    """An office at a place, or in a body that stands there, whoever holds it (岗位)."""

    office: str
    title: str
    place_id: int
    path: str
    where: str
    body_id: int | None = None


@transaction.atomic
def appoint(
    person_id: int, *, post: Post, since: date, by: Actor, at: datetime, incompatible: Iterable[Incompatible]
) -> Office:
    """Fill an office, if whoever appoints may and it is not incompatible with one held there (任职).

    Near kin in an incompatible office are in the way where a rule says so (RC-36).
    """
    access.may_seat(by, office=post.office, path=post.path).require()
    present = roster.held_by(person_id, on=day_of(at))
    rules = tuple(incompatible)
    may_hold_both(present, post=post, incompatible=rules).require()
    may_hold_beside_kin(_of_kin(person_id, at=at), post=post, incompatible=rules).require()
    if any(_is(held, post) for held in present):
        raise Refused(
            Refusal(f"已经在任：{post.where} {post.title}。", asked="任职", remedy="不用再办，核对姓名即可。")
        )
    office = seat(
        person_id, office=post.office, title=post.title, place_id=post.place_id, since=since,
        body_id=post.body_id,
    )  # fmt: skip
    figures = (("职务", f"{post.where} {post.title}"), ("人员编号", str(person_id)), ("开始", f"{since}"))
    _note(office, "appoint", "任职", by=by, at=at, path=post.path, figures=figures)
    return office


@transaction.atomic
def relieve(office_id: int, *, until: date, by: Actor, at: datetime) -> Office:
    """End an office on a day, which is the last one in it (离任)."""
    office = _load(office_id, by=by)
    if until < office.since:
        raise Refused(Refusal(f"{until} 早于任职开始的 {office.since}。", asked="离任", remedy="核对日期。"))
    if office.until and office.until <= until:
        raise Refused(Refusal(f"已经定在 {office.until} 离任。", asked="离任", remedy="不用再办。"))
    unseat(office.pk, until=until)
    figures = (("人员编号", str(office.person_id)), ("任职到", f"{until}"))
    _note(office, "relieve", "离任", by=by, at=at, path=office.place.path, figures=figures)
    return office


@transaction.atomic
def let_in(office_id: int, *, username: str, by: Actor, at: datetime) -> str:
    """Open an account for whoever holds an office, and return the starting password (开设账号)."""
    office = _load(office_id, by=by)
    may_vouch(by, office=office, at=at).require()
    if register.account_of(office.person):
        raise Refused(Refusal("已经有账号，一人一个。", asked="开设账号", remedy="直接登录即可。"))
    password = starting_password()
    people.open_account(office.person, username=username, password=password, must_change=True)
    figures = (("人员编号", str(office.person_id)),)
    _note(office, "let_in", "开设账号", by=by, at=at, path=office.place.path, figures=figures)
    return password


@transaction.atomic
def let_in_again(office_id: int, *, by: Actor, at: datetime) -> str:
    """Return a new starting password in place of one that was lost (重发起始密码)."""
    office = _load(office_id, by=by)
    account = register.account_of(office.person)
    may_renew(by, office=office, account=account, at=at).require()
    password = starting_password()
    if account:
        people.start_over(account, password=password)
    figures = (("人员编号", str(office.person_id)),)
    _note(office, "let_in_again", "重发起始密码", by=by, at=at, path=office.place.path, figures=figures)
    return password


def may_vouch(by: Actor, *, office: Office, at: datetime) -> Verdict:
    """Answer whether somebody may give a person a way in: they may fill every office held (开账号).

    Otherwise a password handed out for a small office would open a great one.
    """
    others = roster.held_by(office.person_id, on=day_of(at))
    return all_of(yes(), *(access.may_seat(by, office=one.office, path=one.place.path) for one in others))


def may_renew(by: Actor, *, office: Office, account: "Account | None", at: datetime) -> Verdict:
    """Answer whether somebody may hand out a new starting password (重发起始密码).

    A password that its owner chose is replaced by the site's own keeper only.
    """
    if account is None:
        return no("还没有账号。", asked="重发起始密码", remedy="先开设账号。")
    if by.runs_site:
        return yes()
    if account.runs_site or not account.must_change_password:
        return no("对方已经改过密码，只有系统管理员能重发。", asked="重发起始密码", remedy="请找系统管理员。")
    return may_vouch(by, office=office, at=at)


def may_hold_both(present: Iterable[Office], *, post: Post, incompatible: Iterable[Incompatible]) -> Verdict:
    """Answer whether somebody may hold an office beside those they hold at the same place (不得兼任)."""
    for held, rule in _in_the_way(present, post=post, incompatible=incompatible):
        return no(
            f"已经在任{_where(held)}{held.title}，不能兼任{post.title}。",
            rule.clause,
            asked="任职",
            remedy="另选他人，或者先免去原来的职务。",
        )
    return yes()


def may_hold_beside_kin(
    present: Iterable[Office], *, post: Post, incompatible: Iterable[Incompatible]
) -> Verdict:
    """Answer whether somebody may hold an office beside what their near kin hold there (近亲属回避)."""
    strict = [one for one in incompatible if one.kin]
    for held, rule in _in_the_way(present, post=post, incompatible=strict):
        return no(
            f"近亲属在任{_where(held)}{held.title}，不能任{post.title}。",
            rule.clause,
            asked="任职",
            remedy="另选他人；近亲属登记错了的，先在名册里更正。",
        )
    return yes()


def _of_kin(person_id: int, *, at: datetime) -> list[Office]:
    pairs = households.kin_of(person_id)
    near = {one for pair in pairs for one in (pair.one_id, pair.other_id)} - {person_id}
    return [held for one in sorted(near) for held in roster.held_by(one, on=day_of(at))]


def _in_the_way(
    present: Iterable[Office], *, post: Post, incompatible: Iterable[Incompatible]
) -> Iterator[tuple[Office, Incompatible]]:
    rules = tuple(incompatible)
    for held in present:
        pair = {held.office, post.office}
        forbidding = (one for one in rules if len(pair) == 2 and pair <= one.offices)
        rule = next((one for one in forbidding if _meets(held.place.path, post.path, rule=one)), None)
        if rule:
            yield held, rule


def _meets(path: str, other: str, *, rule: Incompatible) -> bool:
    """Tell whether two offices stand where a rule forbids both: at one place, or one within the other."""
    return path == other or (rule.is_nested and (is_within(path, other) or is_within(other, path)))


def _where(held: Office) -> str:
    return held.body.name if held.body else held.place.name


def starting_password() -> str:
    """Draw a password that can be read from a slip of paper (起始密码)."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(_LENGTH)) for _ in range(_GROUPS))


def chain_of(office_id: int) -> str:
    """Name the chain of the record that an office has (记录链)."""
    return f"office-{office_id}"


def _load(office_id: int, *, by: Actor) -> Office:
    office = roster.to_act_on(office_id)
    if office is None:
        raise Refused(Refusal("没有这条任职。", asked="任免", remedy="回到名册再选。"))
    access.may_seat(by, office=office.office, path=office.place.path).require()
    return office


def _is(held: Office, post: Post) -> bool:
    return held.until is None and (held.office, held.place_id, held.body_id) == (
        post.office,
        post.place_id,
        post.body_id,
    )


def _note(
    office: Office, act: str, title: str, *, by: Actor, at: datetime, path: str,
    figures: tuple[tuple[str, str], ...],
) -> None:  # fmt: skip
    record.write(
        chain=chain_of(office.pk), act=act, title=title, by=by.person_id,
        office=access.speaks_as(by, path=path), at=at, figures=figures,
    )  # fmt: skip
