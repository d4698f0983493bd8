"""The minutes of a meeting, written from what happened (会议纪要)."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from linli.core.floor import Kind, Side, Stage
from linli.core.funnel import Count, Measure, Tier
from linli.frame.clock import day_of
from linli.frame.wording import moment
from linli.meetings import access, models, queries
from linli.meetings.models import AgendaItem, Meeting, Seat

_MOST_NAMED = 300


@dataclass(frozen=True, slots=True)
class Section:
    """What was done on one item of the agenda, line by line, and what was decided (一项议程)."""

    number: int
    title: str
    matter: str
    lines: tuple[str, ...]
    decisions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Minutes:
    """The minutes as they stand: facts in pairs, one section for each item, whoever signed (会议纪要)."""

    number: str
    title: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    remarks: tuple[str, ...]
    signed: tuple[str, ...]

    @property
    def digest(self) -> str:
        """Return a digest of everything but the signatures; whoever signs, signs this."""
        said = (self.number, self.title, *map(str, self.facts), *map(str, self.sections), *self.remarks)
        return hashlib.sha256("\n".join(said).encode()).hexdigest()


def write(meeting: Meeting) -> Minutes:
    """Write the minutes of a meeting from what happened in it (写纪要)."""
    seats = list(queries.seats(meeting))
    names = {seat.key: seat.name for seat in seats}
    remarks = queries.remarks(meeting)
    return Minutes(
        number=meeting.number,
        title=f"{meeting.title}纪要",
        facts=_facts(meeting, seats, names),
        sections=tuple(_section(item, names, remarks) for item in queries.items(meeting)),
        remarks=tuple(one.words for one in remarks if one.item_id is None),
        signed=tuple(
            f"{one.get_role_display()} {one.name} {_moment(one.at)}" for one in queries.signatures(meeting)
        ),
    )


def sat(meeting: Meeting) -> tuple[tuple[str, str], ...]:
    """Say of each sitting before the present one when it was and how it ended (会次)."""
    return tuple((f"第 {one.number} 次", _sat(one)) for one in queries.sittings(meeting))


def attendance_words(meeting: Meeting) -> str:
    """Say who is there now, as the minutes keep it of a sitting that ends (到会情况)."""
    seats = list(queries.seats(meeting))
    said = (f"{name}：{words.rstrip('。')}" for name, words in _came(meeting, seats) if words)
    return f"{'；'.join(said)}。"


def _came(meeting: Meeting, seats: Sequence[Seat]) -> tuple[tuple[str, str], ...]:
    forum = queries.forum_of(meeting)
    attendance = queries.attendance(meeting, forum)
    came = [one for one in seats if one.signed_in_at]
    return (
        ("应到", _amounts(attendance.counts, Tier.ENTITLED)),
        ("到会", _amounts(attendance.counts, Tier.ATTENDING)),
        ("法定人数", access.quorum(forum, attendance).sentence),
        ("到会人员", _named(one.name for one in came if one.is_entitled)),
        ("委托到会", _named(f"{one.name}（委托{one.held_by}）" for one in seats if one.is_represented)),
        ("列席", _named(one.name for one in came if not one.is_entitled)),
        ("请假", _named(one.name for one in seats if one.answer == models.Answer.NO)),
        ("中途离会", _named(f"{one.name}（{_clock(one.left_at)}）" for one in seats if one.left_at)),
    )


def _facts(meeting: Meeting, seats: Sequence[Seat], names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    told = (
        ("会议形式", f"{meeting.forum_title}（{queries.forum_of(meeting).clause}）"),
        *((f"第 {one.number} 次", f"{_sat(one)}{one.came}") for one in queries.sittings(meeting)),
        *_last(meeting),
        (
            "通知",
            f"{_moment(meeting.told_at)}发出" + (f"，提前召集：{meeting.urgent}" if meeting.urgent else ""),
        ),
        ("主持人", names.get(meeting.presiding, "")),
        ("记录人", names.get(meeting.recorder, "")),
        *(() if meeting.is_broken_off else _came(meeting, seats)),
        ("委托登记", "；".join(_given(one) for one in queries.proxies(meeting))),
    )
    return tuple((name, words) for name, words in told if words)


def _last(meeting: Meeting) -> tuple[tuple[str, str], ...]:
    """Say when and where the last sitting is or was, or why there was no other (最后一次)."""
    if not meeting.is_broken_off:
        return (("时间", _span(meeting)), ("会场", meeting.venue))
    ended, due = _moment(meeting.closed_at or meeting.meets_at), _moment(meeting.meets_at)
    return (("散会", f"原定{due}继续，{ended}宣布不再复会：{meeting.reason}"),)


def _sat(sitting: models.Sitting) -> str:
    """Say when and where a sitting was that did not end the meeting, and how it ended."""
    if sitting.opened_at is None:
        span = f"原定{_moment(sitting.meets_at)}，没有开成"
    else:
        span = f"{_moment(sitting.opened_at)} 至 {_clock(sitting.ended_at)}，休会"
    return f"{sitting.venue}，{span}：{sitting.reason}。"


def _given(proxy: models.SeatProxy) -> str:
    ended = f"，{_clock(proxy.ended_at)} {proxy.get_ended_display()}" if proxy.ended_at else ""
    return f"{proxy.seat.name}委托{proxy.holder.name}，凭据：{proxy.paper}{ended}"


def _section(item: AgendaItem, names: Mapping[str, str], remarks: Sequence[models.Remark]) -> Section:
    motions = queries.motions(item)
    lines = [
        *(f"回避：{names.get(key, key)}，{reason}。" for key, reason in queries.recused(item).items()),
        *_happened(item, motions, names),
        *(one.words for one in remarks if one.item_id == item.pk),
    ]
    decided = [one for one in motions if one.kind == Kind.MAIN.value and one.settled_at]
    return Section(
        item.position,
        item.title,
        item.matter.number if item.matter else "",
        (*lines, *_unsaid(item, has_lines=bool(lines))),
        tuple(_decision(one) for one in decided),
    )


def _unsaid(item: AgendaItem, *, has_lines: bool) -> tuple[str, ...]:
    """Say what the lines do not: that nobody spoke, or that the item was not finished (没有议完)."""
    if item.began_at is None:
        return () if has_lines else ("没有议到。",)
    if item.ended_at is None and item.meeting.is_broken_off:
        return ("没有议完就散会，没有作决定。",)
    return () if has_lines else ("没有人发言。",)


def _happened(item: AgendaItem, motions: Sequence[models.Motion], names: Mapping[str, str]) -> list[str]:
    """Say in the order of time what was moved, who spoke, and how it ended."""
    said = [
        *((one.moved_at, _moved(one, names)) for one in motions),
        *((one.began_at, _spoke(one, names)) for one in queries.speeches(item) if one.began_at),
        *(
            (one.raised_at, _ruled(one, names))
            for one in queries.points(item.meeting)
            if one.item_id == item.pk
        ),
        *((one.settled_at, _result(one)) for one in motions if one.settled_at),
    ]
    last = item.meeting.began_at
    return [f"{_when(at, last)} {words}" for at, words in sorted(said, key=lambda one: one[0])]


def _moved(motion: models.Motion, names: Mapping[str, str]) -> str:
    seconder = f"，{names.get(motion.seconder, '')}附议" if motion.seconder else ""
    return f"{names.get(motion.mover, '')}提出{Kind(motion.kind).title}{seconder}：{motion.words}"


def _spoke(speech: models.Speech, names: Mapping[str, str]) -> str:
    return f"{names.get(speech.speaker, '')}发言（{Side(speech.side).title}）。"


def _ruled(point: models.PointOfOrder, names: Mapping[str, str]) -> str:
    ruling = {True: "成立", False: "不成立", None: "没有裁定"}[point.upheld]
    return f"{names.get(point.raiser, '')}提出秩序问题：{point.words}，主持人裁定{ruling}。"


def _result(motion: models.Motion) -> str:
    kind, stage = Kind(motion.kind).title, Stage(motion.stage).title
    return f"{kind}{stage}。{_votes(motion)}{motion.said}"


def _decision(motion: models.Motion) -> str:
    basis = f"依据：{motion.clause}。" if motion.clause else ""
    return f"{motion.words}——{Stage(motion.stage).title}。{_votes(motion)}{motion.said}{basis}"


def _votes(motion: models.Motion) -> str:
    if motion.agreeing is None:
        return ""
    return f"赞成 {motion.agreeing} 票，反对 {motion.against} 票，弃权 {motion.abstaining} 票。"


def _amounts(counts: Sequence[Count], tier: Tier) -> str:
    shown = (
        one.measure.show(amount)
        for one in counts
        if one.measure is not Measure.DELEGATE and (amount := one.at(tier)) is not None
    )
    return "，".join(shown)


def _named(names: Iterable[str]) -> str:
    listed = list(names)
    more = f"等 {len(listed)} 人" if len(listed) > _MOST_NAMED else ""
    return "、".join(listed[:_MOST_NAMED]) + more


def _span(meeting: Meeting) -> str:
    if meeting.began_at is None or meeting.is_coming:
        return _moment(meeting.meets_at)
    end = f" 至 {_clock(meeting.closed_at)}" if meeting.closed_at else ""
    return f"{_moment(meeting.began_at)}{end}"


def _moment(at: datetime) -> str:
    return f"{day_of(at).year}年{moment(at, today=day_of(at))}"


def _when(at: datetime, last: datetime | None) -> str:
    """Say the hour; of what was on an earlier day than the last sitting, the day too."""
    return _clock(at) if last is None or day_of(at) == day_of(last) else _moment(at)


def _clock(at: datetime | None) -> str:
    return moment(at, today=day_of(at)).rpartition(" ")[2] if at else ""
