"""Who keeps teams and activities, and who may sign up or sign in (权限)."""

from datetime import datetime

from linli.activities import queries
from linli.activities.models import Activity, Standing
from linli.bodies import access as bodies
from linli.bodies.actor import Actor
from linli.core.verdict import Verdict, no, yes
from linli.frame.clock import day_of


def may_keep(actor: Actor, *, path: str) -> Verdict:
    """Answer whether somebody may enter teams and hold activities at a place (办活动)."""
    if bodies.leads(actor, path):
        return yes()
    return no("队伍和活动由管这里的书记、调度员登记。", asked="登记", remedy="请把想办的活动告诉社区。")


def may_sign_up(activity: Activity, actor: Actor, *, at: datetime) -> Verdict:
    """Answer whether somebody may sign up: once, before it begins, with an account of their own (报名)."""
    if activity.cancelled_at is not None:
        return no("活动已经取消。", asked="报名")
    if at >= activity.starts_at:
        return no("活动已经开始，不再报名。", asked="报名", remedy="可以直接到场，扫码签到。")
    if not actor.is_known:
        return no("报名要本人登录。", asked="报名", remedy="没有账号的，当天直接到场，由工作人员计数。")
    mine = queries.sign_up(activity, actor.person_id)
    if mine is not None and mine.standing != Standing.WITHDRAWN:
        return no(f"您已经报名（{mine.get_standing_display()}）。", asked="报名")
    return yes()


def may_withdraw(activity: Activity, actor: Actor, *, at: datetime) -> Verdict:
    """Answer whether somebody may give their place back: before it begins (退出报名)."""
    mine = queries.sign_up(activity, actor.person_id)
    if mine is None or mine.standing not in (Standing.IN, Standing.WAITING):
        return no("您没有报名。", asked="退出报名")
    if activity.cancelled_at is not None or at >= activity.starts_at:
        return no("活动已经开始或者取消，不用再退。", asked="退出报名")
    return yes()


def takes_attendance(activity: Activity, *, at: datetime) -> Verdict:
    """Answer whether people may sign in now: from the day on which it begins to its end (签到时间)."""
    if activity.cancelled_at is not None:
        return no("活动已经取消，不能签到。", asked="签到")
    if day_of(at) < day_of(activity.starts_at):
        return no("活动当天才能签到。", asked="签到", remedy="请当天到场再扫码。")
    return yes()


def may_sign_in(activity: Activity, *, code: str, at: datetime) -> Verdict:
    """Answer whether somebody who scanned a code may sign in: on the day, with the code there (扫码签到)."""
    if code != activity.token:
        return no(
            "签到要扫现场的二维码。", asked="签到", remedy="请扫现场的二维码，或者找工作人员按名单签到。"
        )
    if day_of(at) > day_of(activity.ends_at):
        return no("活动已经结束，不能再扫码签到。", asked="签到", remedy="请找工作人员按名单补记。")
    return takes_attendance(activity, at=at)
