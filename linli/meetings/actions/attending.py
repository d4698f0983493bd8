"""Saying whether one comes, signing in, leaving early, taking no part (到会)."""

from django.db import transaction

from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.meetings import queries
from linli.meetings.access import Hall
from linli.meetings.actions import proxies
from linli.meetings.actions.noting import noted, stirred, turned
from linli.meetings.models import Answer, Recusal, Seat, Way


@transaction.atomic
def answer(hall: Hall, key: str, *, comes: bool) -> Seat:
    """Say whether one comes; what staff enter for somebody stands until that person confirms it (回执)."""
    seat = _seat(hall, key)
    if hall.meeting.is_over:
        raise Refused(Refusal("会议已经结束，不用再回复。", clause=hall.forum.clause))
    own = any(one.key == seat.key for one in hall.mine)
    seat.answer = Answer.YES if comes else Answer.NO
    seat.answered_way = Way.PHONE if own else Way.STAFF
    seat.answered_by_id = hall.actor.person_id
    seat.confirmed_at = hall.at if own else None
    seat.save(update_fields=("answer", "answered_way", "answered_by", "confirmed_at"))
    stirred(hall.meeting)
    return seat


@transaction.atomic
def sign_in(hall: Hall, key: str, *, code: str = "") -> Seat:
    """Sign somebody in: by the code in the hall for oneself, by name through whoever runs it (签到).

    Whoever comes needs nobody to stand for them: their written proxy ends.
    """
    seat = _seat(hall, key)
    own = any(one.key == seat.key for one in hall.mine)
    if hall.meeting.is_over:
        raise Refused(Refusal("会议已经结束，不能签到。", clause=hall.forum.clause))
    if not hall.runs and code != hall.meeting.token:
        raise Refused(
            Refusal(
                "签到要扫会场的二维码。",
                clause=hall.forum.clause,
                remedy="请扫会场墙上的二维码，或者找会务人员按姓名签到。",
                asked="签到",
            )
        )
    if seat.is_present:
        return seat
    seat.signed_in_at, seat.left_at = seat.signed_in_at or hall.at, None
    seat.signed_in_way = Way.QR if own and code == hall.meeting.token else Way.STAFF
    seat.save(update_fields=("signed_in_at", "left_at", "signed_in_way"))
    proxies.end_by_coming(hall, seat)
    stirred(hall.meeting)
    return seat


@transaction.atomic
def leave(hall: Hall, key: str) -> Seat:
    """Note that somebody left before the end; the quorum is counted without them (离会)."""
    seat = _seat(hall, key)
    if not seat.is_present:
        raise Refused(Refusal(f"{seat.name}不在会场。", clause=hall.forum.clause))
    seat.left_at = hall.at
    seat.save(update_fields=("left_at",))
    turned(hall.meeting)
    return seat


@transaction.atomic
def recuse(hall: Hall, key: str, *, reason: str) -> None:
    """Note that somebody takes no part in the present item, and why (回避)."""
    if hall.item is None:
        raise Refused(Refusal("还没有进入议程。", clause=hall.forum.clause, remedy="先进入一项议程。"))
    if not reason.strip():
        raise Refused(Refusal("还没有写回避的事由。", clause=hall.forum.clause, remedy="写明是什么关系。"))
    seat = _seat(hall, key)
    Recusal.objects.get_or_create(
        seat=seat, item=hall.item, defaults={"reason": reason.strip(), "at": hall.at}
    )
    noted(hall, "recuse", "回避", words=f"{seat.name}：{reason.strip()}")


def _seat(hall: Hall, key: str) -> Seat:
    own = next((one for one in hall.mine if one.key == key or not key), None)
    found = own or (queries.seat(hall.meeting, key) if hall.runs else None)
    if found is None:
        raise Refused(
            Refusal("您不在这次会议的名册里。", clause=hall.forum.clause, remedy="请找会务人员核对名册。")
        )
    return found
