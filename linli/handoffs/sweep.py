"""What happens by itself as time passes: terms lapse, overdue lines climb, letters leave (巡检)."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from linli.cases.actions.lapsing import lapse
from linli.core.verdict import Refused
from linli.frame.clock import now
from linli.matters import queries as matters
from linli.matters.actions.escalating import escalate
from linli.matters.choices import Wait
from linli.outbox.actions import send_waiting
from linli.record.actions import seal

if TYPE_CHECKING:
    from linli.matters.models import Waiting

BATCH = 500
LAPSED, ESCALATED = "lapsed", "escalated"


@dataclass(frozen=True, slots=True)
class Swept:
    """How much one sweep did (巡检结果)."""

    lapsed: int = 0
    escalated: int = 0


def sweep(*, at: datetime) -> Swept:
    """Bring everything that fell due by an instant up to date, however long ago it fell due (巡检).

    What takes effect does so at the instant it was due, so that it does not matter when a sweep runs.
    """
    lapsed = escalated = 0
    while lines := matters.lines_due(at=at, limit=BATCH):
        done = [_bring_up_to_date(line) for line in lines]
        lapsed += done.count(LAPSED)
        escalated += done.count(ESCALATED)
        if not any(done):
            break
    return Swept(lapsed, escalated)


def _bring_up_to_date(line: "Waiting") -> str:
    if line.due_at is None:
        return ""
    ends_by_itself = line.what == Wait.STEP and matters.step_of(line.matter).on_due
    try:
        if ends_by_itself and lapse(line.matter.number, at=line.due_at):
            return LAPSED
        return ESCALATED if escalate(line, at=line.due_at) else ""
    except Refused:
        # Somebody acted on this matter in the same instant; the next sweep sees what came of it.
        return ""


def every_minute() -> None:
    """Sweep and send letters: what the worker does each minute."""
    sweep(at=now())
    send_waiting(at=now())


def every_hour() -> None:
    """Seal what was written since the last checkpoint: what the worker does each hour."""
    seal(at=now())
