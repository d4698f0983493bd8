"""Reading the record on behalf of hooks: what happened since becomes parcels on their way (跟读)."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from linli.core.procedure import Procedure
from linli.gateways import seen
from linli.gateways.api import writing
from linli.gateways.models import Delivery, Hook
from linli.gateways.seen import Face
from linli.matters import queries as matters
from linli.record import queries as record
from linli.record.actions import last_settled_entry

if TYPE_CHECKING:
    from linli.matters.models import Matter

BATCH = 500
OPENED, MOVED, ANSWERED, CLOSED = "matter.opened", "matter.moved", "matter.answered", "matter.closed"
EVENTS = {OPENED: "立项", MOVED: "进到下一步", ANSWERED: "有了结果", CLOSED: "办结"}
Written = tuple[int, str, int, datetime]


def follow_all() -> int:
    """Let every hook read on in the record; return how many parcels were made."""
    hooks = list(Hook.objects.filter(ended_at=None, system__ended_at=None).select_related("system__place"))
    if not hooks:
        return 0
    upto = last_settled_entry()
    return sum(_follow(hook, upto=upto) for hook in hooks)


def events_of(procedure: Procedure, acts: Sequence[str]) -> list[str]:
    """Say for each act of a matter's chain what it was to an outsider; empty when it was nothing (事件)."""
    here, told = procedure.first.key, []
    for act in acts:
        rule = procedure.rule(procedure.step(here), act)
        if act == "open":
            told.append(OPENED)
        elif rule and rule.to:
            here = rule.to
            told.append(_arrived(procedure, here))
        else:
            told.append("")
    return told


def _follow(hook: Hook, *, upto: int) -> int:
    made = 0
    while found := record.written_after(hook.followed, upto=upto, limit=BATCH):
        parcels = _parcels(hook, found)
        with transaction.atomic():
            mine = Hook.objects.filter(pk=hook.pk, followed=hook.followed).update(followed=found[-1][0])
            if not mine:
                return made
            Delivery.objects.bulk_create(parcels, ignore_conflicts=True)
        hook.followed = found[-1][0]
        made += len(parcels)
    return made


def _parcels(hook: Hook, found: Sequence[Written]) -> list[Delivery]:
    chains = {chain for _, chain, _, _ in found}
    visible = list(seen.visible_to(hook.system).filter(number__in=chains))
    faces = {face.matter.number: face for face in seen.briefly(visible, to=hook.system)}
    events = {face.matter.number: _events(face.matter) for face in faces.values()}
    return [
        parcel
        for line in found
        if line[1] in faces and (parcel := _parcel(hook, line, faces[line[1]], events[line[1]]))
    ]


def _parcel(hook: Hook, line: Written, face: Face, events: Mapping[int, str]) -> Delivery | None:
    entry, number, seq, at = line
    event = events.get(seq, "")
    if not event:
        return None
    told = {"type": event, "timestamp": at.isoformat(), "data": writing.brief(face).model_dump(mode="json")}
    body = json.dumps(told, ensure_ascii=False)
    return Delivery(hook=hook, entry=entry, event=event, number=number, body=body, made_at=at)


def _events(matter: "Matter") -> dict[int, str]:
    told = events_of(matters.procedure_of(matter), record.acts(matter.number))
    return dict(enumerate(told, start=1))


def _arrived(procedure: Procedure, key: str) -> str:
    step = procedure.step(key)
    if step.ends:
        return CLOSED
    return ANSWERED if step.stops_clock else MOVED
