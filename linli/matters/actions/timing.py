"""Standing still, running on, extending and changing the clock of a matter (计时)."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from linli.core.term import Term
from linli.matters import letters, queries, tally, waiting
from linli.matters.actions.moving import Move, note, seize, stand_of
from linli.matters.actions.opening import term_by
from linli.matters.choices import Wait
from linli.matters.models import Extension, Matter
from linli.pack.edition import PauseReason
from linli.record import actions as record
from linli.rulebook import queries as rulebook


@transaction.atomic(savepoint=False)
def pause(matter: Matter, act: Move, *, reason: PauseReason) -> Matter:
    """Let the clock stand still for a reason that the pack allows (暂停计时)."""
    was, calendar = stand_of(matter), act.calendar
    countdown = matter.countdown
    if countdown is None:
        return matter
    names = waiting.write_clock(matter, countdown.pause(act.at, calendar=calendar), calendar=calendar)
    matter.pause_reason, matter.paused_at = reason.key, act.at
    seize(matter, act, was=was, columns=(*names, "pause_reason", "paused_at"))
    waiting.follow_clock(matter, calendar=calendar, at=act.at)
    note(matter, replace(act, figures=(("事由", reason.title),)))
    letters.told(matter, sentence=f"计时已暂停：{reason.title}。{act.words}", at=act.at)
    return matter


@transaction.atomic(savepoint=False)
def resume(matter: Matter, act: Move) -> Matter:
    """Let the clock run on with exactly what was left (恢复计时)."""
    was, calendar = stand_of(matter), act.calendar
    countdown = matter.countdown
    if countdown is None:
        return matter
    names = waiting.write_clock(matter, countdown.resume(act.at), calendar=calendar)
    matter.pause_reason, matter.paused_at = "", None
    seize(matter, act, was=was, columns=(*names, "pause_reason", "paused_at"))
    waiting.follow_clock(matter, calendar=calendar, at=act.at)
    note(matter, replace(act, figures=(("新的期限", letters.instant(matter.due_at)),)))
    letters.told(matter, sentence=f"恢复计时，新的期限是 {letters.instant(matter.due_at)}。", at=act.at)
    return matter


@transaction.atomic(savepoint=False)
def ask_extension(matter: Matter, act: Move, *, term: Term, approver: str) -> Extension:
    """Ask for more time; the approver's office gets a line in its inbox (申请延期)."""
    seize(matter, act, was=stand_of(matter))
    extension = Extension.objects.create(
        matter=matter, term=str(term), reason=act.words, asked_by_id=act.by.person_id, asked_at=act.at
    )
    role = queries.procedure_of(matter).roles[approver]
    post = waiting.post_of(role, seat=queries.seat_of(matter, spots=act.spots), at=act.at)
    line = waiting.line_for(
        matter, what=Wait.EXTENSION, title="批准延期", role=role.key, office=role.office,
        place_id=post, at=act.at, calendar=act.calendar,
    )  # fmt: skip
    waiting.add(line)
    note(matter, replace(act, figures=(("申请延长", term.words),)))
    return extension


@transaction.atomic(savepoint=False)
def grant_extension(matter: Matter, act: Move, *, extension: Extension) -> Matter:
    """Grant the extension: the deadline moves once, and the resident is told why (批准延期)."""
    was, calendar, before = stand_of(matter), act.calendar, tally.shape(matter)
    countdown = matter.countdown
    if countdown is None:
        return matter
    term = Term.parse(extension.term)
    names = waiting.write_clock(matter, countdown.extend(term), calendar=calendar)
    seize(matter, act, was=was, columns=names)
    Extension.objects.filter(pk=extension.pk).update(ruled_at=act.at, is_granted=True)
    waiting.done(matter, what=Wait.EXTENSION)
    waiting.follow_clock(matter, calendar=calendar, at=act.at)
    tally.change(before, tally.shape(matter), slot=matter.pk)
    note(matter, replace(act, figures=(("延长", term.words), ("新的期限", letters.instant(matter.due_at)))))
    letters.told(
        matter,
        sentence=f"办理期限延长 {term.words}，{letters.until(matter.due_at)}。理由：{extension.reason}",
        at=act.at,
    )
    return matter


@transaction.atomic(savepoint=False)
def refuse_extension(matter: Matter, act: Move, *, extension: Extension) -> Matter:
    """Refuse the extension: the deadline stays (不批准延期)."""
    seize(matter, act, was=stand_of(matter))
    Extension.objects.filter(pk=extension.pk).update(ruled_at=act.at)
    waiting.done(matter, what=Wait.EXTENSION)
    note(matter, act)
    return matter


@transaction.atomic(savepoint=False)
def regrade(matter: Matter, act: Move, *, order: str) -> Matter:
    """Change the order kind; time used stays used, an earlier deadline set outside holds (调整缓急)."""
    was, calendar, before = stand_of(matter), act.calendar, tally.shape(matter)
    edition = queries.edition_of(matter)
    old, new = edition.orders[matter.order], edition.orders[order]
    matter.order = order
    term = new.resolve
    names: tuple[str, ...] = ()
    if countdown := matter.countdown:
        term = term_by(matter.due_by, own=term, at=countdown.started_at, calendar=calendar)
        names = waiting.write_clock(matter, countdown.retime(term), calendar=calendar)
    seize(matter, act, was=was, columns=(*names, "order"))
    waiting.regrade(matter, step=queries.step_of(matter), calendar=calendar, at=act.at)
    tally.change(before, tally.shape(matter), slot=matter.pk)
    note(matter, replace(act, figures=(("原", old.title), ("改为", new.title), ("时限", term.words))))
    letters.told(
        matter,
        sentence=f"由{old.title}改为{new.title}，{letters.until(matter.due_at)}。理由：{act.words}",
        at=act.at,
    )
    return matter


@transaction.atomic(savepoint=False)
def follow_calendar(number: str, *, at: datetime, source: str) -> bool:
    """Reckon a matter's deadlines anew after an official calendar came in; tell whether any moved (重算期限).

    An answered matter keeps the deadline it was answered under; what it still waits for is reckoned anew.
    """
    matter = queries.to_act_on(number)
    if matter is None or matter.closed_at is not None:
        return False
    before, calendar, old = tally.shape(matter), rulebook.calendar(), matter.due_at
    if matter.countdown is not None and matter.answered_at is None:
        waiting.write_clock(matter, matter.countdown, calendar=calendar)
        matter.save(update_fields=waiting.CLOCK_COLUMNS)
    moved = waiting.follow_clock(matter, calendar=calendar, at=at)
    if matter.due_at == old and not moved:
        return False
    tally.change(before, tally.shape(matter), slot=matter.pk)
    _tell_of_calendar(matter, old=old, at=at, source=source)
    return True


def _tell_of_calendar(matter: Matter, *, old: datetime | None, at: datetime, source: str) -> None:
    until = letters.instant(matter.due_at)
    record.write(
        chain=matter.number, act="follow_calendar", title="重算期限", by=None, office="系统", at=at,
        figures=(("原期限", letters.instant(old)), ("新期限", until), ("依据", source)),
    )  # fmt: skip
    if matter.due_at != old:
        letters.told(matter, sentence=f"节假日安排已公布（{source}），期限改为 {until}。", at=at)
