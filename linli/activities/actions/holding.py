"""Announcing an activity, changing it, calling it off; whoever signed up is told (办活动)."""

import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from linli.activities import access, queries
from linli.activities.models import Activity, Standing, Team
from linli.bodies.access import speaks_as
from linli.bodies.actor import RESIDENT, Actor
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.frame.clock import day_of, local
from linli.matters.numbering import next_number
from linli.outbox import actions as outbox
from linli.outbox.actions import Draft
from linli.places.queries import Spot
from linli.record import actions as record
from linli.rulebook import queries as rulebook

_SERIES = "HD"
_TOKEN_BYTES = 12


@dataclass(frozen=True, slots=True)
class Held:
    """What is held, where, when, for how many; a capacity of nought takes everybody (活动)."""

    title: str
    kind: str
    venue: str
    starts_at: datetime
    ends_at: datetime
    capacity: int = 0
    words: str = ""


@transaction.atomic
def announce(told: Held, *, place: Spot, team: int | None = None, by: Actor, at: datetime) -> Activity:
    """Announce an activity, so that people may sign up (发布活动)."""
    access.may_keep(by, path=place.path).require()
    _times(told, at=at)
    prefix = rulebook.current(place.pack).number_prefix
    activity = Activity.objects.create(
        number=next_number(f"{prefix}-{_SERIES}", year=day_of(at).year), pack=place.pack, place_id=place.id,
        place_path=place.path, team=_team(team, place) if team else None, posted_at=at,
        token=secrets.token_urlsafe(_TOKEN_BYTES), **asdict(told),
    )  # fmt: skip
    note(activity, "announce_activity", "发布活动", by=by, at=at, figures=(("名额", _seats(told.capacity)),))
    return activity


@transaction.atomic
def change(number: str, told: Held, *, by: Actor, at: datetime) -> Activity:
    """Change an activity that has not begun; who signed up is told, who waited may move up (改期改地点)."""
    activity = held(number, by=by)
    _ahead(activity, asked="更改", at=at)
    _times(told, at=at)
    taken = queries.taken(activity)
    if 0 < told.capacity < taken:
        raise Refused(
            Refusal(f"已经报上 {taken} 人，名额不能少于这个数。", remedy="请先问有没有人退出。", asked="更改")
        )
    for name, value in asdict(told).items():
        setattr(activity, name, value)
    activity.turn += 1
    activity.save()
    words = f"{when(activity)}在{activity.venue}。来不了的，请在活动页面退出，让给候补的人。"
    tell(activity, _line(activity), f"活动有变动：{activity.title}", words, at=at)
    promote(activity, at=at)
    note(activity, "change_activity", "更改活动", by=by, at=at, figures=(("名额", _seats(told.capacity)),))
    return activity


@transaction.atomic
def cancel(number: str, *, words: str, by: Actor, at: datetime) -> Activity:
    """Call an activity off before it begins, with the reason; everybody who signed up is told (取消活动)."""
    activity = held(number, by=by)
    _ahead(activity, asked="取消", at=at)
    if not words.strip():
        raise Refused(Refusal("还没有写原因。", remedy="报名的人会收到这个原因。", asked="取消"))
    if activity.visits:
        raise Refused(Refusal("已经有人签到，不能再取消。", asked="取消"))
    activity.cancelled_at, activity.cancelled_why = at, words.strip()
    activity.turn += 1
    activity.save(update_fields=["cancelled_at", "cancelled_why", "turn"])
    told = _line(activity)
    tell(activity, told, f"活动取消：{activity.title}", f"{when(activity)}的活动取消：{words.strip()}", at=at)
    figures = (("通知", f"{len(told)} 人"),)
    note(activity, "cancel_activity", "取消活动", by=by, at=at, figures=figures, words=words.strip())
    return activity


def held(number: str, *, by: Actor) -> Activity:
    """Return an activity that somebody keeps, held until the act is done; else ``Refused``."""
    activity = queries.of_number(number, to_act=True)
    if activity is None:
        raise Refused(Refusal("没有这个活动。", remedy="请回到活动页面再选。"))
    access.may_keep(by, path=activity.place_path).require()
    return activity


def promote(activity: Activity, *, at: datetime) -> tuple[int, ...]:
    """Move the first of the waiting list up while places are free, and tell them (候补递补)."""
    free = None if not activity.capacity else max(activity.capacity - queries.taken(activity), 0)
    up = list(queries.waiting(activity)[:free])
    for one in up:
        one.standing = Standing.IN
        one.save(update_fields=["standing"])
    people = tuple(one.person_id for one in up)
    words = f"有人退出或者加了名额，您已经报上。{when(activity)}在{activity.venue}。"
    tell(activity, people, f"候补成功：{activity.title}", words, at=at)
    return people


def tell(activity: Activity, people: Iterable[int], subject: str, words: str, *, at: datetime) -> None:
    """Write to people about an activity (通知)."""
    drafts = [Draft(person, subject, f"{words}\n编号 {activity.number}。") for person in people]
    outbox.write(drafts, matter=None, at=at)


def when(activity: Activity) -> str:
    """Say in words when an activity begins (时间)."""
    begins = local(activity.starts_at)
    return f"{begins.month}月{begins.day}日 {begins:%H:%M} "


def note(
    activity: Activity, act: str, title: str, *, by: Actor, at: datetime,
    figures: tuple[tuple[str, str], ...] = (), words: str = "", is_own: bool = False,
) -> None:  # fmt: skip
    """Put one act on the record of an activity; what one does for oneself is done for no office (留痕)."""
    office = RESIDENT if is_own else speaks_as(by, path=activity.place_path)
    record.write(
        chain=activity.number, act=act, title=title, by=by.person_id, office=office, at=at,
        figures=figures, words=words,
    )  # fmt: skip


def _line(activity: Activity) -> list[int]:
    return [one.person_id for one in queries.line(activity)]


def _ahead(activity: Activity, *, asked: str, at: datetime) -> None:
    if activity.cancelled_at is not None:
        raise Refused(Refusal("活动已经取消。", remedy="要再办，请重新发布。", asked=asked))
    if at >= activity.starts_at:
        raise Refused(Refusal("活动已经开始。", remedy="没有办成的，在到场人次里写 0。", asked=asked))


def _times(told: Held, *, at: datetime) -> None:
    if told.starts_at <= at:
        raise Refused(Refusal("开始时间已经过去。", remedy="请选以后的时间。", asked="发布活动"))
    if told.ends_at <= told.starts_at:
        raise Refused(Refusal("结束时间要晚于开始时间。", remedy="请核对两个时间。", asked="发布活动"))


def _team(number: int, place: Spot) -> Team:
    team = queries.team(number)
    if team is None or team.closed_at is not None or not team.place_path.startswith(place.path):
        raise Refused(Refusal("这里没有这支队伍。", remedy="从列出的里面选。", asked="发布活动"))
    return team


def _seats(capacity: int) -> str:
    return f"{capacity} 人" if capacity else "不限"
