"""What another calendar would move, reckoned without keeping anything (预估)."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from linli.core.calendar import Calendar
from linli.matters import waiting
from linli.matters.models import Matter, Waiting

_BATCH = 500


def moved_by(calendar: Calendar, *, numbers: Sequence[str], at: datetime) -> int:
    """Count the matters of which a deadline would move under a calendar (预估重算)."""
    batches = (numbers[start : start + _BATCH] for start in range(0, len(numbers), _BATCH))
    return sum(_moved_in(batch, calendar=calendar, at=at) for batch in batches)


def _moved_in(numbers: Sequence[str], *, calendar: Calendar, at: datetime) -> int:
    matters = list(Matter.objects.filter(number__in=numbers))
    lines: defaultdict[int, list[Waiting]] = defaultdict(list)
    for line in Waiting.objects.filter(matter__in=[matter.pk for matter in matters]):
        lines[line.matter_id].append(line)
    return sum(_moves(matter, lines[matter.pk], calendar=calendar, at=at) for matter in matters)


def _moves(matter: Matter, lines: list[Waiting], *, calendar: Calendar, at: datetime) -> bool:
    old = matter.due_at
    if matter.countdown is not None and matter.answered_at is None:
        waiting.write_clock(matter, matter.countdown, calendar=calendar)
    return waiting.reckon(lines, matter=matter, calendar=calendar, at=at) or matter.due_at != old
