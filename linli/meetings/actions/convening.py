"""Calling a meeting that the law allows: notice, agenda, roll, letters (召集会议)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from linli.bodies.actor import Actor
from linli.core import notice
from linli.core.eligibility import Roll
from linli.core.forum import Forum
from linli.core.refusal import Refusal
from linli.core.verdict import Refused, Verdict, yes
from linli.frame.clock import day_of
from linli.frame.upload_papers import Paper
from linli.matters import queries as matters
from linli.matters.letters import instant
from linli.matters.numbering import next_number
from linli.meetings import access, queries
from linli.meetings.access import Hall
from linli.meetings.actions.noting import note, noted
from linli.meetings.models import AgendaItem, Meeting, MeetingPaper, Progress, Seat, Sitter
from linli.outbox import actions as outbox
from linli.outbox.actions import Draft
from linli.places.queries import Spot
from linli.rulebook import queries as rulebook

_SERIES = "HY"
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Item:
    """One item to be dealt with; ``matter`` is the number of the matter it belongs to (议题)."""

    title: str
    words: str = ""
    matter: str = ""


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody invited without a vote, or to preside or record (受邀人)."""

    person: int
    name: str


@dataclass(frozen=True, slots=True)
class Call:
    """What a meeting is called for, when, where, and who presides and records (会议通知)."""

    forum: str
    title: str
    spots: tuple[Spot, ...]
    venue: str
    meets_at: datetime
    items: tuple[Item, ...]
    chair: Guest
    recorder: Guest
    guests: tuple[Guest, ...] = ()
    urgent: str = ""
    body: int | None = None
    is_public: bool = False


@transaction.atomic
def convene(call: Call, roll: Roll, *, by: Actor, at: datetime) -> Meeting:
    """Call a meeting, freeze its roll and agenda, and write to everybody on it (召集).

    Raises ``Refused`` for a notice that is too short, an empty roll or agenda, and whoever may not call it.
    """
    spot = call.spots[-1]
    edition = rulebook.current(spot.pack)
    access.may_convene(by, path=spot.path, edition=edition).require()
    forum = edition.forums[call.forum]
    told = judge_notice(forum, call.meets_at, reason=call.urgent, at=at).require()
    _is_whole(call, roll, forum)
    meeting = Meeting.objects.create(
        number=next_number(f"{edition.number_prefix}-{_SERIES}", year=day_of(at).year),
        pack=spot.pack,
        edition=edition.year,
        forum=forum.key,
        forum_title=forum.title,
        title=call.title.strip(),
        place_id=spot.id,
        place_path=spot.path,
        body_id=call.body,
        venue=call.venue.strip(),
        told_at=at,
        meets_at=call.meets_at,
        urgent=urgent_reason(told),
        is_public=call.is_public or forum.receives,
        called_by_id=by.person_id,
    )
    _enter_agenda(meeting, call.items, at=at)
    _enter_seats(meeting, call, roll)
    note(
        meeting,
        "convene",
        "召集会议",
        by=by,
        at=at,
        clause=told.clause or forum.clause,
        figures=(*told.figures, ("应到", f"{len(roll.voters)} 人"), ("议程", f"{len(call.items)} 项")),
        words=meeting.urgent,
    )
    tell(meeting, _invitation(meeting, call.items), at=at)
    return meeting


def judge_notice(forum: Forum, meets_at: datetime, *, reason: str, at: datetime) -> Verdict:
    """Say whether those entitled are told early enough (通知期)."""
    if forum.notice is None:
        if meets_at <= at:
            raise Refused(Refusal("开会时间已经过去。", clause=forum.clause, remedy="请另定开会时间。"))
        return yes("这类会议没有规定通知期。", forum.clause)
    return notice.judge(
        forum.notice, told_at=at, meets_at=meets_at, calendar=rulebook.calendar(), reason=reason
    )


def urgent_reason(told: Verdict) -> str:
    """Return the reason for which a shorter notice passed, none where it was long enough (特殊情况)."""
    return dict(told.figures).get("特殊情况", "")


@transaction.atomic
def add_item(hall: Hall, item: Item) -> AgendaItem:
    """Put one more item on the agenda; a forum that locks it takes none after the notice (追加议程)."""
    hall.require_running()
    if hall.forum.locks_agenda:
        raise Refused(
            Refusal(
                "通知里没有的事项不能在会上决定：通知已经发出，议程不能再加。",
                clause=hall.forum.notice.clause if hall.forum.notice else hall.forum.clause,
                remedy="请取消这次会议重新通知，或者放到下一次会议。",
                asked="追加议程",
            )
        )
    if hall.meeting.is_over:
        hall.require_open()
    position = max((one.position for one in queries.items(hall.meeting)), default=0) + 1
    added = _item(hall.meeting, position, item, at=hall.at)
    added.save()
    noted(hall, "add_item", "追加议程", words=added.title)
    return added


@transaction.atomic
def attach(hall: Hall, sent: Paper) -> MeetingPaper:
    """Lay one more paper before those who come (会议材料)."""
    hall.require_running()
    paper = MeetingPaper(meeting=hall.meeting, title=sent.title, added_at=hall.at)
    paper.file.save(f"meetings/{hall.meeting.number}/{sent.stored_as}", sent.file, save=True)
    noted(hall, "attach", "加入会议材料", words=sent.title)
    return paper


@transaction.atomic
def cancel(hall: Hall, *, words: str) -> None:
    """Call a meeting off that has not begun, and tell everybody why (取消会议)."""
    hall.require_running()
    if hall.meeting.progress != Progress.CALLED:
        raise Refused(
            Refusal(
                "会议已经开始，不能取消。",
                clause=hall.forum.clause,
                remedy="正在开会的，可以散会；已经休会的，写明理由也可以散会。",
            )
        )
    if not words.strip():
        raise Refused(Refusal("还没有写取消的理由。", clause=hall.forum.clause, remedy="写一两句。"))
    Meeting.objects.filter(pk=hall.meeting.pk).update(progress=Progress.CANCELLED, reason=words.strip())
    noted(hall, "cancel", "取消会议", words=words.strip())
    tell(hall.meeting, ("会议取消", f"{_when(hall.meeting)}的会议不开了：{words.strip()}"), at=hall.at)


def _is_whole(call: Call, roll: Roll, forum: Forum) -> None:
    if not roll.voters:
        raise Refused(
            Refusal(
                f"名册是空的：{forum.title}没有应到的人。", clause=forum.clause, remedy="请先登记应参加的人。"
            )
        )
    if not call.items:
        raise Refused(Refusal("还没有议程。", clause=forum.clause, remedy="至少写一项议题。", asked="议程"))


def _enter_agenda(meeting: Meeting, items: Sequence[Item], *, at: datetime) -> None:
    AgendaItem.objects.bulk_create(
        _item(meeting, position, item, at=at) for position, item in enumerate(items, start=1)
    )


def _item(meeting: Meeting, position: int, item: Item, *, at: datetime) -> AgendaItem:
    matter = matters.of_number(item.matter) if item.matter.strip() else None
    if item.matter.strip() and matter is None:
        raise Refused(
            Refusal(
                f"没有编号为 {item.matter.strip()} 的事项。", remedy="请核对编号，或者不填。", asked="议程"
            )
        )
    return AgendaItem(
        meeting=meeting,
        position=position,
        title=item.title.strip(),
        words=item.words.strip(),
        matter=matter,
        added_at=at,
    )


def _enter_seats(meeting: Meeting, call: Call, roll: Roll) -> None:
    """Seat everybody on the roll, then whoever is invited, presides or records without being on it."""
    seated = [
        (
            Seat(meeting=meeting, key=voter.key, name=voter.name, household=voter.household, area=voter.area),
            voter.person_ids,
        )
        for voter in roll.voters
    ]
    keys = {person: seat.key for seat, people in reversed(seated) for person in people}
    for guest in dict.fromkeys((call.chair, call.recorder, *call.guests)):
        if guest.person not in keys:
            keys[guest.person] = f"guest:{guest.person}"
            seat = Seat(meeting=meeting, key=keys[guest.person], name=guest.name, is_entitled=False)
            seated.append((seat, (guest.person,)))
    Seat.objects.bulk_create([seat for seat, _ in seated], batch_size=_BATCH)
    sitters = [Sitter(seat=seat, person_id=person) for seat, people in seated for person in set(people)]
    Sitter.objects.bulk_create(sitters, batch_size=_BATCH)
    meeting.chair = meeting.presiding = keys[call.chair.person]
    meeting.recorder = keys[call.recorder.person]
    meeting.save(update_fields=("chair", "presiding", "recorder"))


def _invitation(meeting: Meeting, items: Sequence[Item]) -> tuple[str, str]:
    agenda = "；".join(f"{place}. {item.title}" for place, item in enumerate(items, start=1))
    urgent = f"因特殊情况提前召集：{meeting.urgent}。" if meeting.urgent else ""
    called = f"{meeting.forum_title}定于 {_when(meeting)} 在{meeting.venue}召开。议程：{agenda}。{urgent}"
    return "会议通知", f"{called}请在「我的会议」里回复是否参加；到会时扫会场的二维码签到。"


def _when(meeting: Meeting) -> str:
    return instant(meeting.meets_at)


def tell(meeting: Meeting, letter: tuple[str, str], *, at: datetime) -> None:
    """Write a letter, its subject and its words, to everybody who sits in a meeting (通知)."""
    subject, body = letter
    drafts = [
        Draft(person, f"{subject}：{meeting.title}", f"编号 {meeting.number}。{body}")
        for person in queries.people_of(meeting)
    ]
    outbox.write(drafts, matter=None, at=at)
