"""What happens when a line of an inbox is overdue: it is recorded and shown one level up (升级)."""

from datetime import datetime

from django.db import transaction

from linli.bodies import queries as bodies
from linli.core.procedure import Role, Stand
from linli.frame.clock import day_of
from linli.matters import queries, waiting
from linli.matters.actions.remarks import record_missed
from linli.matters.choices import Wait
from linli.matters.letters import instant
from linli.matters.models import Matter, Waiting
from linli.outbox import actions as outbox
from linli.outbox.actions import Draft
from linli.places.queries import Spot
from linli.rulebook import queries as rulebook


@transaction.atomic
def escalate(line: Waiting, *, at: datetime) -> bool:
    """Show an overdue line to the level above (逾期升级); tell whether this call was the one that did it."""
    matter = queries.to_act_on(line.matter.number)
    if matter is None or line.due_at is None:
        return False
    if not Waiting.objects.filter(pk=line.pk, due_at=line.due_at, escalated_at=None).update(escalated_at=at):
        return False
    who = queries.holder_of(line)
    record_missed(matter, title=line.title, who=who, due=instant(line.due_at), at=at)
    overseer, place = _overseer(matter)
    if overseer and place:
        _show(matter, overseer, place, line=line, at=at)
    _write_letters(matter, line, who=who, place=place, overseer=overseer, at=at)
    return True


def _overseer(matter: Matter) -> tuple[Role | None, Spot | None]:
    roles = queries.procedure_of(matter).roles.values()
    role = next((one for one in roles if one.stands is Stand.ABOVE), None)
    return role, queries.seat_of(matter).above


def _show(matter: Matter, overseer: Role, place: Spot, *, line: Waiting, at: datetime) -> None:
    waiting.wait(
        matter, what=Wait.ESCALATION, title=f"督办：{line.title}", role=overseer.key, office=overseer.office,
        place_id=place.id, at=at, calendar=rulebook.calendar(),
    )  # fmt: skip


def _write_letters(
    matter: Matter, line: Waiting, *, who: str, place: Spot | None, overseer: Role | None, at: datetime
) -> None:
    on = day_of(at)
    readers = set(queries.people_of(line, on=on))
    if place and overseer:
        readers |= set(bodies.holders(on=on, office=overseer.office, place_id=place.id))
    sentence = f"编号 {matter.number}。「{line.title}」应由{who}于 {instant(line.due_at)} 前办理，现已逾期。"
    outbox.write(
        [Draft(reader, f"逾期：{matter.title}", sentence) for reader in sorted(readers)],
        matter=matter.pk,
        at=at,
    )
