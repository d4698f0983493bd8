"""From a reception to the case that a resident brought there (接待 → 诉求)."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from linli.bodies.actor import Actor
from linli.core.refusal import Refusal
from linli.core.verdict import Refused
from linli.meetings import access
from linli.meetings.actions import receiving

if TYPE_CHECKING:
    from collections.abc import Callable

    from linli.matters.models import Matter
    from linli.meetings.access import Hall


@transaction.atomic
def receive(number: str, open_case: "Callable[[], Matter]", *, by: Actor, at: datetime) -> "Matter":
    """Open the case that a resident brought to a reception, and put it on record there (接待登记).

    Raises ``Refused`` where nobody is received now, and opens nothing then.
    """
    hall = require_receiving(number, by=by, at=at, to_act=True)
    matter = open_case()
    receiving.receive(hall, matter)
    return matter


def require_receiving(number: str, *, by: Actor, at: datetime, to_act: bool = False) -> "Hall":
    """Return the reception that somebody runs now; raises ``Refused`` with the reason (接待)."""
    hall = access.sit(number, by=by, at=at, to_act=to_act)
    if hall is None:
        raise Refused(Refusal("没有这次接待，或者不在您的范围里。", remedy="请从会议页面进来。"))
    receiving.may_receive(hall).require()
    return hall
