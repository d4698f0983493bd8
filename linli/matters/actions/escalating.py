"""What happens when lines of inboxes are overdue: it is recorded and shown one level up (升级)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from linli.bodies.staff import Staff
from linli.core.calendar import Calendar
from linli.core.procedure import Role, Stand
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.frame.clock import day_of
from linli.matters import queries, waiting
from linli.matters.choices import Wait
from linli.matters.letters import instant
from linli.matters.models import Waiting
from linli.matters.responsible import Seat
from linli.outbox import actions as outbox
from linli.outbox.actions import Draft, Sheaf
from linli.places import queries as places
from linli.places.queries import Spot
from linli.record import actions as record
from linli.record.actions import Note
from linli.rulebook import queries as rulebook


@dataclass(frozen=True, slots=True)
class _Overdue:
    """One overdue line, with whoever oversees it and where they sit."""

    line: Waiting
    due_at: datetime
    overseer: Role | None
    above: Spot | None

    @property
    def on(self) -> date:
        return day_of(self.due_at)


@transaction.atomic
def escalate(lines: Sequence[Waiting]) -> int:
    """Show overdue lines to the level above, in the same few statements for any number (逾期升级).

    Each takes effect at the instant it was due. Lines of a matter that somebody is just acting on are left
    for later; returns how many were shown, raises ``Refused`` when they changed meanwhile.
    """
    held = queries.hold_overdue([line.pk for line in lines])
    if not held:
        return 0
    if queries.mark_escalated([line.pk for line in held]) != len(held):
        raise Refused(Refusal("就在刚才，有人先办了。", remedy="下一次巡检再看。"))
    overdue, calendar = _oversee(held), rulebook.calendar()
    record.write_all([_note(one) for one in overdue])
    shown = [
        _shown(one, one.overseer, one.above, calendar=calendar)
        for one in overdue
        if one.overseer and one.above
    ]
    waiting.add(*shown)
    _write_letters(overdue)
    return len(held)


def _oversee(lines: Sequence[Waiting]) -> list[_Overdue]:
    chains = places.chains([line.matter.place_path for line in lines])
    return [_overdue(line, line.due_at, chains[line.matter.place_path]) for line in lines if line.due_at]


def _overdue(line: Waiting, due_at: datetime, chain: tuple[Spot, ...]) -> _Overdue:
    matter = line.matter
    roles = queries.procedure_of(matter).roles.values()
    overseer = next((one for one in roles if one.stands is Stand.ABOVE), None)
    return _Overdue(line, due_at, overseer, Seat(queries.edition_of(matter), chain, matter.level).above)


def _note(of: _Overdue) -> Note:
    matter, line = of.line.matter, of.line
    return Note(
        chain=matter.number, act="overdue", title="逾期", by=None, office="系统", at=of.due_at,
        clause=queries.step_of(matter).clause or queries.procedure_of(matter).clause,
        figures=(("应办", line.title), ("责任人", queries.holder_of(line)), ("应于", instant(of.due_at))),
    )  # fmt: skip


def _shown(of: _Overdue, overseer: Role, above: Spot, *, calendar: Calendar) -> Waiting:
    return waiting.line_for(
        of.line.matter, what=Wait.ESCALATION, title=f"督办：{of.line.title}", role=overseer.key,
        office=overseer.office, place_id=above.id, at=of.due_at, calendar=calendar,
    )  # fmt: skip


def _write_letters(overdue: Sequence[_Overdue]) -> None:
    at = [one.line.place_id for one in overdue] + [one.above.id for one in overdue if one.above]
    staff = Staff(
        places={place for place in at if place},
        bodies={one.line.body_id for one in overdue if one.line.body_id},
    )
    outbox.write_all([_sheaf(one, staff) for one in overdue])


def _sheaf(of: _Overdue, staff: Staff) -> Sheaf:
    matter, line = of.line.matter, of.line
    who = queries.holder_of(line)
    sentence = f"编号 {matter.number}。「{line.title}」应由{who}于 {instant(of.due_at)} 前办理，现已逾期。"
    readers = sorted(_late(line, staff, on=of.on) | _overseers(of, staff))
    drafts = tuple(Draft(reader, f"逾期：{matter.title}", sentence) for reader in readers)
    return Sheaf(drafts, matter=matter.pk, at=of.due_at)


def _late(line: Waiting, staff: Staff, *, on: date) -> set[int]:
    if line.body_id:
        return staff.members(line.body_id, on=on)
    if line.place_id:
        return staff.holders(on=on, office=line.office, place_id=line.place_id)
    return {line.person_id} if line.person_id else set()


def _overseers(of: _Overdue, staff: Staff) -> set[int]:
    if of.above is None or of.overseer is None:
        return set()
    return staff.holders(on=of.on, office=of.overseer.office, place_id=of.above.id)
