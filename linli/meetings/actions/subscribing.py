"""Giving somebody the secret address of their calendar (日历订阅)."""

import secrets
from datetime import datetime

from django.db import transaction

from linli.meetings.models import CalendarFeed

_BYTES = 24


@transaction.atomic
def subscribe(person: int, *, at: datetime) -> CalendarFeed:
    """Make a new secret address for a person's calendar; an older one is gone (订阅)."""
    facts = {"token": secrets.token_urlsafe(_BYTES), "made_at": at}
    return CalendarFeed.objects.update_or_create(person_id=person, defaults=facts)[0]


def unsubscribe(person: int) -> None:
    """Take the secret address of a person's calendar away (取消订阅)."""
    CalendarFeed.objects.filter(person_id=person).delete()
