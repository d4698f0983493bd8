"""Whether the worker is alive, and what it failed at: read from its own timetable (后台任务的脉搏)."""

from datetime import datetime, timedelta

from django.db.models import Min
from django_q.models import Failure, OrmQ, Schedule

MAY_BE_LATE = timedelta(minutes=5)


def late_by(*, at: datetime) -> timedelta | None:
    """Return how long the most belated timer has waited for the worker; none without timers."""
    due: datetime | None = Schedule.objects.aggregate(due=Min("next_run"))["due"]
    return None if due is None else max(at - due, timedelta())


def failed_since(at: datetime) -> int:
    """Count the jobs that failed since an instant."""
    failed: int = Failure.objects.filter(stopped__gte=at).count()
    return failed


def waiting() -> int:
    """Count the jobs that wait for the worker."""
    count: int = OrmQ.objects.count()
    return count
