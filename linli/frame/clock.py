"""The only place that reads the clock (时钟)."""

from datetime import date, datetime, time

from django.utils import timezone


def now() -> datetime:
    """Read the present instant, aware."""
    return timezone.now()


def today() -> date:
    """Read the present day where the site stands."""
    return day_of(now())


def local(at: datetime) -> datetime:
    """Write an instant as the clocks show it where the site stands; raises ``ValueError`` without a zone."""
    if at.tzinfo is None:
        raise ValueError(at)
    # The site has one zone; Django's own way asks each time whether a thread has chosen another.
    return at.astimezone(timezone.get_default_timezone())


def day_of(at: datetime) -> date:
    """Say on which day an instant falls where the site stands."""
    return local(at).date()


def start_of(on: date) -> datetime:
    """Return the instant at which a day begins where the site stands."""
    return timezone.make_aware(datetime.combine(on, time()))
