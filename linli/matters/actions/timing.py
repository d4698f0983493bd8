"""Standing still, running on, extending and changing the clock of a matter (计时)."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from linli.core.term import Term
from linli.matters import letters, queries, tally, waiting
from linli.matters.actions.moving import Move, note, seize, stand_of
from linli.matters.choices import Wait
from linli.matters.models import Extension, Matter, Waiting
from linli.pack.edition import PauseReason
from linli.record import actions as record
from linli.rulebook import queries as rulebook


@transaction.atomic
def pause(matter: Matter, act: Move, *, reason: PauseReason) -> Matter:
    """Let the clock stand still for a reason that the pack allows (暂停计时)."""
    was, calendar = stand_of(matter), rulebook.calendar()
    countdown = matter.countdown
    if countdown is None:
        return matter
    names = waiting.write_clock(matter, countdown.pause(act.at, calendar=calendar), calendar=calendar)
    matter.pause_reason, matter.paused_at = reason.key, act.at
    seize(matter, act, was=was, columns=(*names, "pause_reason", "paused_at"))
    _stop_lines(matter, at=act.at)
    note(matter, replace(act, figures=(("事由", reason.title),)))
    letters.told(matter, sentence=f"计时已暂停：{reason.title}。{act.words}", at=act.at)
    return matter


@transaction.atomic
def resume(matter: Matter, act: Move) -> Matter:
    """Let the clock run on with exactly what was left (恢复计时)."""
    was, calendar = stand_of(matter), rulebook.calendar()
    countdown = matter.countdown
    if countdown is None:
        return matter
    names = waiting.write_clock(matter, countdown.resume(act.at), calendar=calendar)
    matter.pause_reason, matter.paused_at = "", None
    seize(matter, act, was=was, columns=(*names, "pause_reason", "paused_at"))
    _restart_lines(matter, at=act.at)
    note(matter, replace(act, figures=(("新的期限", letters.instant(matter.due_at)),)))
    letters.told(matter, sentence=f"恢复计时，新的期限是 {letters.instant(matter.due_at)}。", at=act.at)
    return matter


@transaction.atomic
def ask_extension(matter: Matter, act: Move, *, term: Term, approver: str) -> Extension:
    """Ask for more time; the approver's office gets a line in its inbox (申请延期)."""
    seize(matter, act, was=stand_of(matter))
    extension = Extension.objects.create(
        matter=matter, term=str(term), reason=act.words, asked_by_id=act.by.person_id, asked_at=act.at
    )
    role = queries.procedure_of(matter).roles[approver]
    place = queries.seat_of(matter).place
    waiting.wait(
        matter, what=Wait.EXTENSION, title="批准延期", role=role.key, office=role.office,
        place_id=place.id, at=act.at, calendar=rulebook.calendar(),
    )  # fmt: skip
    note(matter, replace(act, figures=(("申请延长", term.words),)))
    return extension


@transaction.atomic
def grant_extension(matter: Matter, act: Move, *, extension: Extension) -> Matter:
    """Grant the extension: the deadline moves once, and the resident is told why (批准延期)."""
    was, calendar, before = stand_of(matter), rulebook.calendar(), tally.shape(matter)
    countdown = matter.countdown
    if countdown is None:
        return matter
    term = Term.parse(extension.term)
    names = waiting.write_clock(matter, countdown.extend(term), calendar=calendar)
    seize(matter, act, was=was, columns=names)
    Extension.objects.filter(pk=extension.pk).update(ruled_at=act.at, is_granted=True)
    waiting.done(matter, what=Wait.EXTENSION)
    Waiting.objects.filter(matter=matter, what=Wait.STEP).update(due_at=matter.due_at, escalated_at=None)
    tally.change(before, tally.shape(matter), slot=matter.pk)
    until = letters.instant(matter.due_at)
    note(matter, replace(act, figures=(("延长", term.words), ("新的期限", until))))
    letters.told(
        matter, sentence=f"办理期限延长 {term.words}，到 {until}。理由：{extension.reason}", at=act.at
    )
    return matter


@transaction.atomic
def refuse_extension(matter: Matter, act: Move, *, extension: Extension) -> Matter:
    """Refuse the extension: the deadline stays (不批准延期)."""
    seize(matter, act, was=stand_of(matter))
    Extension.objects.filter(pk=extension.pk).update(ruled_at=act.at)
    waiting.done(matter, what=Wait.EXTENSION)
    note(matter, act)
    return matter


@transaction.atomic
def regrade(matter: Matter, act: Move, *, order: str) -> Matter:
    """Change the order kind; the time already used stays used (调整缓急)."""
    was, calendar, before = stand_of(matter), rulebook.calendar(), tally.shape(matter)
    edition = queries.edition_of(matter)
    old, new = edition.orders[matter.order], edition.orders[order]
    matter.order = order
    names: tuple[str, ...] = ()
    if matter.countdown is not None:
        names = waiting.write_clock(matter, matter.countdown.retime(new.resolve), calendar=calendar)
    seize(matter, act, was=was, columns=(*names, "order"))
    _shorten_lines(matter)
    tally.change(before, tally.shape(matter), slot=matter.pk)
    note(matter, replace(act, figures=(("原", old.title), ("改为", new.title), ("时限", new.resolve.words))))
    return matter


@transaction.atomic
def follow_calendar(matter: Matter, *, at: datetime, source: str) -> bool:
    """Reckon a deadline anew after an official calendar came in; tell whether it moved (重算期限)."""
    before = tally.shape(matter)
    countdown, calendar, old = matter.countdown, rulebook.calendar(), matter.due_at
    if countdown is None or old is None:
        return False
    waiting.write_clock(matter, countdown, calendar=calendar)
    if matter.due_at == old:
        return False
    matter.save(update_fields=waiting.CLOCK_COLUMNS)
    Waiting.objects.filter(matter=matter, due_at=old).update(due_at=matter.due_at)
    tally.change(before, tally.shape(matter), slot=matter.pk)
    until = letters.instant(matter.due_at)
    record.write(
        chain=matter.number, act="follow_calendar", title="重算期限", by=None, office="系统", at=at,
        figures=(("原期限", letters.instant(old)), ("新期限", until), ("依据", source)),
    )  # fmt: skip
    letters.told(matter, sentence=f"节假日安排已公布（{source}），期限改为 {until}。", at=at)
    return True


def _stop_lines(matter: Matter, *, at: datetime) -> None:
    calendar = rulebook.calendar()
    lines = [line for line in Waiting.objects.filter(matter=matter) if line.countdown]
    for line in lines:
        line.matter = matter
    countdowns = [line.countdown.pause(at, calendar=calendar) for line in lines if line.countdown]
    waiting.change_clocks(lines, countdowns=countdowns, calendar=calendar)
    Waiting.objects.filter(matter=matter).update(due_at=None)


def _restart_lines(matter: Matter, *, at: datetime) -> None:
    calendar = rulebook.calendar()
    Waiting.objects.filter(matter=matter).update(due_at=matter.due_at)
    lines = [line for line in Waiting.objects.filter(matter=matter) if line.countdown and line.is_paused]
    for line in lines:
        line.matter = matter
    countdowns = [line.countdown.resume(at) for line in lines if line.countdown]
    waiting.change_clocks(lines, countdowns=countdowns, calendar=calendar)


def _shorten_lines(matter: Matter) -> None:
    if matter.due_at is not None:
        Waiting.objects.filter(matter=matter, due_at__gt=matter.due_at).update(due_at=matter.due_at)
