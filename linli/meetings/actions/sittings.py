"""Breaking a meeting off to go on another day, or for good, and putting one off (休会、散会、改期)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from linli.core import rules_of_order as order
from linli.core.refusal import Refusal
from linli.core.verdict import Refused, Verdict
from linli.matters.letters import instant
from linli.meetings import minutes, queries
from linli.meetings.access import Hall
from linli.meetings.actions.convening import judge_notice, tell, urgent_reason
from linli.meetings.actions.noting import Figures, note, noted, turned
from linli.meetings.models import Answer, Meeting, Progress, Seat, Sitting, Way

_TOO_FEW = "到会没有达到法定人数"


@dataclass(frozen=True, slots=True)
class Again:
    """When and where a meeting comes together again; no venue is the same one (下一次)."""

    meets_at: datetime
    venue: str = ""
    words: str = ""


@transaction.atomic
def adjourn(hall: Hall, again: Again) -> None:
    """Break an open meeting off; it goes on from the same item at a stated time and place (休会).

    Raises ``Refused`` during a speech or a vote, without a reason, and for a time that has gone by.
    """
    hall.require_running()
    hall.require_open()
    order.may_adjourn(hall.floor, by=hall.meeting.chair).require()
    _require_told(hall, again)
    _end_sitting(hall, reason=again.words.strip())
    _set(hall, again, progress=Progress.ADJOURNED)
    _note(hall, "adjourn", "休会", words=again.words.strip())
    _tell(hall, "休会，另日继续", "没有议完的接着议")


@transaction.atomic
def end(hall: Hall, *, words: str) -> None:
    """End an adjourned meeting that will not go on; what was not finished stays undecided (不再复会).

    Raises ``Refused`` for a meeting that is not adjourned, and without a reason.
    """
    hall.require_running()
    reason = words.strip().rstrip("。")
    _require_adjourned(hall, reason)
    Meeting.objects.filter(pk=hall.meeting.pk).update(
        progress=Progress.CLOSED, closed_at=hall.at, reason=reason
    )
    noted(hall, "end", "散会，不再复会", words=reason)
    said = f"原定 {instant(hall.meeting.meets_at)} 继续的会议不开了：{reason}。没有议完的事没有作决定。"
    tell(hall.meeting, ("会议不再继续", said), at=hall.at)


@transaction.atomic
def put_off(hall: Hall, again: Again) -> Verdict:
    """Put a meeting off for which too few came, with a new notice that is long enough (改期).

    Raises ``Refused`` before its hour, when enough are there, and for a notice that is too short.
    """
    hall.require_running()
    _require_too_few(hall)
    told = judge_notice(hall.forum, again.meets_at, reason=again.words, at=hall.at).require()
    _end_sitting(hall, reason=_TOO_FEW)
    _set(hall, again, told_at=hall.at, urgent=urgent_reason(told))
    _note(hall, "put_off", "改期", words=urgent_reason(told), figures=told.figures)
    _tell(hall, "会议改期", "上一次到会的人没有达到法定人数")
    return told


def _require_told(hall: Hall, again: Again) -> None:
    troubles = (
        (again.meets_at <= hall.at, "下一次开会的时间已经过去。", "请另定时间。"),
        (not again.words.strip(), "还没有写休会的理由。", "写一两句，会写进通知和纪要。"),
    )
    for is_so, sentence, remedy in troubles:
        if is_so:
            raise Refused(Refusal(sentence, clause=hall.forum.clause, remedy=remedy, asked="休会"))


def _require_adjourned(hall: Hall, reason: str) -> None:
    adjourned = hall.meeting.is_adjourned
    troubles = (
        (not adjourned, "会议没有休会。", "正在开会的，直接散会；还没有开的，可以取消。"),
        (not reason, "还没有写为什么不再继续。", "写一两句，会写进通知和纪要。"),
    )
    for is_so, sentence, remedy in troubles:
        if is_so:
            raise Refused(Refusal(sentence, clause=hall.forum.clause, remedy=remedy, asked="散会"))


def _require_too_few(hall: Hall) -> None:
    quorum, called = hall.quorum(), hall.meeting.is_coming
    troubles = (
        (not called, "只有还没有开始的会议可以改期。", "正在开会的，可以休会，另日继续。"),
        (hall.at < hall.meeting.meets_at, "还没有到开会时间，不知道到会的人够不够。", "到时再判定。"),
        (quorum.is_yes, "到会的人已经够了，不用改期。", "请宣布开会。"),
    )
    for is_so, sentence, remedy in troubles:
        if is_so:
            clause = quorum.clause or hall.forum.clause
            raise Refused(Refusal(sentence, clause=clause, remedy=remedy, asked="改期"))


def _end_sitting(hall: Hall, *, reason: str) -> None:
    """Keep what this sitting was, and let everybody answer and sign in anew for the next."""
    meeting = hall.meeting
    Sitting.objects.create(
        meeting=meeting,
        number=len(queries.sittings(meeting)) + 1,
        venue=meeting.venue,
        told_at=meeting.told_at,
        meets_at=meeting.meets_at,
        opened_at=meeting.began_at if meeting.is_open else None,
        ended_at=hall.at,
        reason=reason,
        came=minutes.attendance_words(meeting),
    )
    Seat.objects.filter(meeting=meeting).update(
        signed_in_at=None,
        signed_in_way=Way.NONE,
        left_at=None,
        answer=Answer.NONE,
        answered_way=Way.NONE,
        answered_by=None,
        confirmed_at=None,
    )


def _set(hall: Hall, again: Again, **changes: object) -> None:
    """Set the next time and place, in the row and in what the letters read."""
    changes |= {"meets_at": again.meets_at, "venue": again.venue.strip() or hall.meeting.venue}
    Meeting.objects.filter(pk=hall.meeting.pk).update(**changes)
    hall.meeting.refresh_from_db()


def _note(hall: Hall, act: str, title: str, *, words: str, figures: Figures = ()) -> None:
    meeting = hall.meeting
    turned(meeting)
    held = (("下一次", instant(meeting.meets_at)), ("会场", meeting.venue))
    clause = hall.forum.notice.clause if figures and hall.forum.notice else hall.forum.clause
    note(
        meeting, act, title, by=hall.actor, at=hall.at, clause=clause, figures=(*figures, *held), words=words
    )


def _tell(hall: Hall, subject: str, why: str) -> None:
    meeting = hall.meeting
    urgent = f"因特殊情况提前召集：{meeting.urgent}。" if meeting.urgent else ""
    said = f"{why}，定于 {instant(meeting.meets_at)} 在{meeting.venue}再开，议程不变。{urgent}"
    tell(meeting, (subject, f"{said}请重新回复是否参加；到会时重新签到。"), at=hall.at)
