"""What happens by itself as time passes: terms lapse, overdue lines climb, letters leave (巡检)."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from linli.ballots.actions.ending import end_what_is_over
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

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Swept:
    """How much one sweep did (巡检结果)."""

    lapsed: int = 0
    escalated: int = 0

    def __bool__(self) -> bool:
        """Tell whether it did anything."""
        return bool(self.lapsed or self.escalated)

    def __add__(self, other: "Swept") -> "Swept":
        """Add what another part of the sweep did."""
        return Swept(self.lapsed + other.lapsed, self.escalated + other.escalated)


def sweep(*, at: datetime) -> Swept:
    """Bring everything that fell due by an instant up to date, however long ago it fell due (巡检).

    What takes effect does so at the instant it was due, so that it does not matter when a sweep runs. A line
    that could not be brought up to date waits for the next sweep, and does not keep this one from the others.
    """
    done = Swept()
    # What ends by itself may begin something that is due as well.
    while swept := _sweep_once(at=at):
        done += swept
    return done


def _sweep_once(*, at: datetime) -> Swept:
    done, after = Swept(), None
    while lines := matters.lines_due(at=at, after=after, limit=BATCH):
        done += _bring_up_to_date(lines)
        after = lines[-1]
    return done


def _bring_up_to_date(lines: "Sequence[Waiting]") -> Swept:
    """Show the lines together; those of a matter that may end by itself one by one, in their order."""
    ending = {line.matter_id for line in lines if _ends_by_itself(line)}
    done = _together([line for line in lines if line.matter_id not in ending])
    for line in lines:
        if line.matter_id in ending:
            done += _alone(line)
    return done


def _ends_by_itself(line: "Waiting") -> bool:
    return line.what == Wait.STEP and bool(matters.step_of(line.matter).on_due)


def _together(lines: "Sequence[Waiting]") -> Swept:
    try:
        return Swept(escalated=escalate(lines)) if lines else Swept()
    except Exception:  # noqa: BLE001  (whatever is wrong with one of them, the others do not wait for it)
        _LOG.warning(
            "%d lines could not be shown together, showing them one by one", len(lines), exc_info=True
        )
        return sum((_alone(line) for line in lines), Swept())


def _alone(line: "Waiting") -> Swept:
    try:
        if line.due_at and _ends_by_itself(line) and lapse(line.matter.number, at=line.due_at):
            return Swept(lapsed=1)
        return Swept(escalated=escalate([line]))
    except Refused:
        # Somebody acted on this matter in the same instant; the next sweep sees what came of it.
        return Swept()
    except Exception:  # noqa: BLE001  (as above; what it was stands in the log)
        _LOG.exception("%s was left out of the sweep", line.matter.number)
        return Swept()


def every_minute() -> None:
    """Sweep, end the ballots that are over and send letters: what the worker does each minute."""
    sweep(at=now())
    end_what_is_over(at=now())
    send_waiting(at=now())


def every_hour() -> None:
    """Seal what was written since the last checkpoint: what the worker does each hour."""
    seal(at=now())
