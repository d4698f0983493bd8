"""The only place that reads the clock (时钟)."""

from datetime import date, datetime

from django.utils import timezone


def now() -> datetime:
    """Read the present instant, aware."""
    return timezone.now()


def today() -> date:
    """Read the present day where the site stands."""
    return timezone.localdate()


def day_of(at: datetime) -> date:
    """Say on which day an instant falls where the site stands."""
    return timezone.localdate(at)
