"""Signing up, withdrawing, signing in, and the list that staff keep of who came (报名、签到)."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from linli.activities import access, queries
from linli.activities.actions.holding import held, note, promote
from linli.activities.models import Activity, SignUp, Standing, Team, TeamMember
from linli.bodies.actor import Actor
from linli.core.refusal import Refusal
from linli.core.verdict import Refused

_MOST_OTHERS = 1_000_000


@transaction.atomic
def sign_up(number: str, *, by: Actor, at: datetime) -> SignUp:
    """Sign up for an activity; when it is full, take the next place on the waiting list (报名)."""
    activity = _found(number)
    access.may_sign_up(activity, by, at=at).require()
    # Whoever waits came first: a place that is free in the same moment is theirs.
    free = not activity.capacity or queries.taken(activity) < activity.capacity
    standing = Standing.IN if free and not queries.waiting(activity).exists() else Standing.WAITING
    mine, _ = SignUp.objects.update_or_create(
        activity=activity, person_id=by.person_id or 0,
        defaults={"standing": standing, "line": queries.next_in_line(activity), "asked_at": at},
    )  # fmt: skip
    note(activity, "sign_up", "报名", by=by, at=at, figures=(("报名情况", str(standing.label)),), is_own=True)
    return mine


@transaction.atomic
def withdraw(number: str, *, by: Actor, at: datetime) -> None:
    """Give one's place back; the first who waits moves up and is told (退出报名)."""
    activity = _found(number)
    access.may_withdraw(activity, by, at=at).require()
    SignUp.objects.filter(activity=activity, person_id=by.person_id or 0).update(standing=Standing.WITHDRAWN)
    up = promote(activity, at=at)
    note(
        activity, "withdraw", "退出报名", by=by, at=at, figures=(("候补递补", f"{len(up)} 人"),), is_own=True
    )


@transaction.atomic
def sign_in(number: str, *, code: str, by: Actor, at: datetime) -> SignUp:
    """Sign in with the code that hangs where it is held, signed up before or not; once counts (扫码签到)."""
    activity = _found(number)
    access.may_sign_in(activity, code=code, at=at).require()
    if by.person_id is None:
        raise Refused(Refusal("扫码签到要本人登录。", remedy="没有账号的，请工作人员计数。", asked="签到"))
    mine = queries.sign_up(activity, by.person_id)
    if mine is not None and mine.came_at is not None:
        return mine
    if mine is None:
        mine = SignUp(activity=activity, person_id=by.person_id or 0, line=queries.next_in_line(activity))
        mine.asked_at, mine.standing = at, Standing.WALKED_IN
    elif mine.standing == Standing.WITHDRAWN:
        mine.standing = Standing.WALKED_IN
    mine.came_at = at
    mine.save()
    activity.came += 1
    activity.save(update_fields=["came"])
    note(activity, "sign_in", "签到", by=by, at=at, is_own=True)
    return mine


@transaction.atomic
def keep_list(number: str, *, came: Collection[int], others: int, by: Actor, at: datetime) -> Activity:
    """Write down who of those signed up came, and how many came without an account (按名单签到)."""
    activity = held(number, by=by)
    access.takes_attendance(activity, at=at).require()
    if not 0 <= others <= _MOST_OTHERS:
        raise Refused(Refusal("人数不对。", remedy="没有账号的到场人数写 0 或正整数。", asked="签到"))
    known = {one.person_id: one for one in queries.line(activity)}
    if strange := set(came) - set(known):
        raise Refused(
            Refusal(
                f"有 {len(strange)} 人不在名单上。", remedy="没有报名的，算在没有账号的人数里。", asked="签到"
            )
        )
    for person, one in known.items():
        wanted = (one.came_at or at) if person in came else None
        if one.came_at != wanted:
            one.came_at = wanted
            one.save(update_fields=["came_at"])
    activity.came, activity.others = len(set(came)), others
    activity.save(update_fields=["came", "others"])
    figures = (("按名单", f"{activity.came} 人次"), ("没有账号", f"{others} 人次"))
    note(activity, "keep_list", "登记到场", by=by, at=at, figures=figures)
    return activity


@transaction.atomic
def forget(person: int, *, at: datetime) -> None:
    """Take somebody out of teams and lists, because they asked for it; that one more came stays (删除)."""
    for one in queries.signed_up_ever(person):
        activity = _found(one.activity.number)
        one.delete()
        if one.came_at is not None:
            activity.came, activity.others = activity.came - 1, activity.others + 1
            activity.save(update_fields=["came", "others"])
        elif at < activity.starts_at and activity.cancelled_at is None:
            promote(activity, at=at)
    TeamMember.objects.filter(person_id=person).delete()
    Team.objects.filter(leader_id=person).update(leader=None)


def _found(number: str) -> Activity:
    activity = queries.of_number(number, to_act=True)
    if activity is None:
        raise Refused(Refusal("没有这个活动。", remedy="请回到活动页面再选。"))
    return activity
