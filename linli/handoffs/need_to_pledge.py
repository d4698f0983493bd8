"""From a case or a topic to the pledge of an institution that takes it up (需求 → 承诺)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from linli.bodies.access import speaks_as
from linli.bodies.actor import Actor
from linli.cases import access as cases
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.deliberation import access as topics
from linli.places import queries as places
from linli.pledges.actions import listing, pledging
from linli.pledges.actions.listing import Line
from linli.pledges.actions.pledging import Promise
from linli.record import actions as record

if TYPE_CHECKING:
    from linli.matters.models import Matter
    from linli.pledges.models import Pledge


@transaction.atomic
def take_up(number: str, told: Promise, *, need: str, by: Actor, at: datetime) -> "Pledge":
    """List what a matter needs and let an institution pledge it; whoever raised it will rate it (认领)."""
    matter = readable(number, by=by, at=at)
    if matter.closed_at is not None:
        raise Refused(Refusal(f"{matter.number} 已经办结。", remedy="还有需要的，直接列入需求清单。"))
    line = Line("need", need, matter_number=matter.number, asked_by=matter.raised_by_id)
    place = places.chain(matter.place_path)[-1]
    listed = listing.list_one(line, place=place, by=by, at=at)
    pledge = pledging.promise(listed.pk, told, by=by, at=at)
    record.write(
        chain=matter.number, act="take_up_pledge", title="驻区单位认领", by=by.person_id,
        office=speaks_as(by, path=matter.place_path), at=at,
        figures=(("单位", pledge.institution.name), ("承诺编号", pledge.number)),
    )  # fmt: skip
    return pledge


def readable(number: str, *, by: Actor, at: datetime) -> "Matter":
    """Return the case or the topic that somebody may read whole; raises ``Refused`` (事项)."""
    for sit in (cases.sit, topics.sit):
        desk = sit(number, by=by, at=at)
        if desk is not None and desk.sees_all:
            return desk.matter
    raise Refused(Refusal(f"没有 {number}，或者不在您的范围里。", remedy="请从事项页面进来。"))
