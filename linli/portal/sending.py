"""Taking a resident's concern in, with its photos, exactly once (提交)."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from linli.bodies.actor import Actor
from linli.cases.actions import attaching, reporting
from linli.cases.actions.reporting import Report
from linli.frame.upload import Photo
from linli.matters import queries as matters

if TYPE_CHECKING:
    from linli.matters.models import Matter


def send(told: Report, *, photos: Sequence[Photo], by: Actor, at: datetime) -> "Matter":
    """Open a matter from a form; the same form sent again, even at the same instant, finds the first one."""
    try:
        return _once(told, photos, by=by, at=at)
    except IntegrityError:
        known = matters.taken_in(channel=told.channel, external_ref=told.external_ref)
        if known is None:
            raise
        return known


@transaction.atomic
def _once(told: Report, photos: Sequence[Photo], *, by: Actor, at: datetime) -> "Matter":
    known = matters.taken_in(channel=told.channel, external_ref=told.external_ref)
    if known:
        return known
    matter = reporting.report(told, by=by, at=at)
    attaching.attach(matter, photos=photos, act="report", at=at)
    return matter
