"""The words of the letters that a matter sends (通知用语)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from linli.core.masking import mask_text
from linli.core.procedure import ActRule, Procedure, Step
from linli.frame import wording
from linli.frame.clock import day_of
from linli.matters import followers
from linli.matters.choices import Channel
from linli.matters.models import Matter
from linli.outbox import actions as outbox
from linli.outbox.actions import Draft


def instant(at: datetime | None) -> str:
    """Say an instant as people do: 11月24日 周二 17:00; midnight is 24:00 of the day before."""
    if at is None:
        return "暂停计时"
    return wording.deadline(at, today=day_of(at))


def until(at: datetime | None) -> str:
    """Say until when something is to be done, or that the clock stands still."""
    return f"到 {instant(at)}" if at else "计时已暂停，恢复后另行告知期限"


def opened(matter: Matter, *, procedure: Procedure, at: datetime) -> None:
    """Tell whoever raised a matter its number and the date by which it must be answered."""
    drafts = _to_those_concerned(
        matter,
        f"已收到：{matter.title}",
        f"编号 {matter.number}。现在是「{procedure.first.title}」，最晚 {instant(matter.due_at)} 前答复您。",
    )
    outbox.write(drafts, matter=matter.pk, at=at)


@dataclass(frozen=True, slots=True)
class Handing:
    """To whom a move hands a matter, with their addresses, and what is asked of them (交办).

    ``asked`` is a sentence in which ``{due}`` stands for the deadline.
    """

    readers: Mapping[int, str]
    asked: str


def moved(
    matter: Matter, *, step: Step, rule: ActRule, words: str, at: datetime, handing: Handing | None = None
) -> None:
    """Tell whoever raised or joined a matter that it moved on, and whom it is handed to what is asked."""
    said = f"办理说明：{words}" if words and step.stops_clock else ""
    if matter.merged_into:
        body = _merged(matter, matter.merged_into)
    elif step.ends:
        body = f"编号 {matter.number}，已办结。{said}"
    elif step.stops_clock:
        body = f"编号 {matter.number}，{rule.name}，现在是「{step.title}」。{said}"
    else:
        body = f"编号 {matter.number}，现在是「{step.title}」，应于 {instant(matter.due_at)} 前办结。"
    drafts = _to_those_concerned(matter, f"{step.title}：{matter.title}", body)
    if handing:
        asked = handing.asked.format(due=instant(matter.due_at))
        drafts += _asking(matter, asked, readers=handing.readers)
    outbox.write(drafts, matter=matter.pk, at=at)


def _merged(matter: Matter, main: Matter) -> str:
    return (
        f"编号 {matter.number}，和 {main.number} 是同一件事，已经并在一起办，"
        f"最晚 {instant(main.due_at)} 前答复您。您的编号和查询码照旧能用，每一步都会告诉您。"
    )


def told(matter: Matter, *, sentence: str, at: datetime) -> None:
    """Tell whoever raised or joined a matter one more thing about it."""
    drafts = _to_those_concerned(matter, f"进展：{matter.title}", f"编号 {matter.number}。{sentence}")
    outbox.write(drafts, matter=matter.pk, at=at)


def asked(matter: Matter, *, readers: Iterable[int], asked: str, words: str = "", at: datetime) -> None:
    """Tell people at work what is asked of them, and by when (交办)."""
    drafts = _asking(matter, asked + words, readers=dict.fromkeys(readers))
    outbox.write(drafts, matter=matter.pk, at=at)


def _asking(matter: Matter, asked: str, *, readers: Mapping[int, str | None]) -> list[Draft]:
    subject, body = f"请办理：{matter.title}", f"编号 {matter.number}。{asked}"
    return [Draft(reader, subject, body, address) for reader, address in sorted(readers.items())]


def _to_those_concerned(matter: Matter, subject: str, body: str) -> list[Draft]:
    """Draft a letter to whoever raised a matter and, masked, to all who joined or received it."""
    reader = matter.raised_by
    drafts = [Draft(reader.pk, subject, body, reader.email)] if reader is not None else []
    others = _others(matter)
    if others:
        names = (reader.name,) if reader is not None else ()
        subject, body = mask_text(subject, names=names), mask_text(body, names=names)
        drafts += [Draft(person, subject, body, email) for person, email in others.items()]
    return drafts


def _others(matter: Matter) -> dict[int, str]:
    """Return who joined a matter or received it, each once and without whoever raised it."""
    joined = followers.addressed(matter) if matter.joined else []
    may_be_heard = matter.joined or matter.channel == Channel.RECEPTION
    heard = followers.hearers(matter) if may_be_heard else []
    return {person: email for person, email in (*joined, *heard) if person != matter.raised_by_id}
