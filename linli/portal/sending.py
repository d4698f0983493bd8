"""Taking a resident's concern in, with its photos, exactly once (提交)."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from linli.bodies.actor import Actor
from linli.cases.actions import attaching, reporting
from linli.cases.actions.reporting import Report
from linli.deliberation.actions import breaching
from linli.frame.upload import Photo
from linli.matters import queries as matters

if TYPE_CHECKING:
    from linli.matters.models import Matter


@transaction.atomic
def send(told: Report, *, photos: Sequence[Photo], by: Actor, at: datetime, covenant: str = "") -> "Matter":
    """Open a matter from a form; the same form sent again finds the first one and adds nothing to it.

    ``covenant`` is the number of the one that is not kept, where it is about one.
    """
    matter = reporting.report(told, by=by, at=at)
    if photos and not matters.attachments(matter):
        attaching.attach(matter, photos=photos, act="report", at=at)
    if covenant:
        breaching.note(covenant, matter=matter.pk)
    return matter
