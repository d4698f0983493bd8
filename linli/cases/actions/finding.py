"""Finding something on the spot: reported and solved or called up in one piece (发现即办)."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from linli.bodies.actor import Actor
from linli.cases import access
from linli.cases.actions import attaching, reporting, stepping
from linli.cases.actions.reporting import Report
from linli.cases.actions.stepping import NOTHING, Said
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.frame.upload import Photo

if TYPE_CHECKING:
    from linli.matters.models import Matter


@transaction.atomic(savepoint=False)
def find(
    told: Report,
    *,
    by: Actor,
    at: datetime,
    then: str = "",
    said: Said = NOTHING,
    photos: Sequence[Photo] = (),
) -> "Matter":
    """Report what was found and do the first act on it at once (网格发现).

    ``then`` is the act, such as 就地解决 or 呼叫社区; when it is refused, nothing is reported either.
    The same outside number sent twice counts once.
    """
    matter, is_new = reporting.report_once(told, by=by, at=at)
    if not is_new:
        return matter
    attaching.attach(matter, photos=photos, act="open", at=at)
    if not then:
        return matter
    desk = access.sit(matter.number, by=by, at=at, to_act=True)
    if desk is None:
        raise Refused(Refusal("这个地方不在您的网格里。", remedy="请选自己网格里的地点。", asked="发现问题"))
    return stepping.step(desk, then, said)
