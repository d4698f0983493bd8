"""Questions about letters (查询)."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from linli.frame.compiled import Question
from linli.outbox.models import Channel, Letter

# After so many tries, each twice as long after the one before, a letter stays where it is.
MOST_ATTEMPTS = 8


def inside(*, to: int) -> QuerySet[Letter]:
    """Return a person's letters in the product, newest first."""
    return Letter.objects.filter(to_id=to, channel=Channel.INSIDE).order_by("-pk")


def written_since(at: datetime, *, to: Sequence[int]) -> QuerySet[Letter]:
    """Return the letters in the product that were written to some people since an instant."""
    fresh = Letter.objects.filter(to__in=to, channel=Channel.INSIDE, written_at__gte=at)
    return fresh.select_related("to").order_by("pk")


def unread(*, to: int) -> int:
    """Count the letters a person has not seen, up to 99."""
    return len(_UNREAD.ask(to=to))


def waiting() -> int:
    """Count the letters that are still to leave, given up ones left out."""
    return _unsent().filter(claimed_at=None, attempts__lt=MOST_ATTEMPTS).count()


def given_up() -> int:
    """Count the letters that could not be sent and are tried no more."""
    return _unsent().filter(claimed_at=None, attempts__gte=MOST_ATTEMPTS).count()


def unsure(*, before: datetime) -> int:
    """Count the letters taken to be sent before an instant of which nobody knows whether they left."""
    return _unsent().filter(claimed_at__lt=before).count()


def addressed(*, before: datetime) -> int:
    """Count the letters that left before an instant and still hold an address."""
    return Letter.objects.filter(sent_at__lt=before, address__empty=False).count()


def about(matter: int) -> QuerySet[Letter]:
    """Return the letters a matter caused."""
    return Letter.objects.filter(matter=matter).order_by("pk")


def _unsent() -> QuerySet[Letter]:
    return Letter.objects.filter(sent_at=None).exclude(channel=Channel.INSIDE)


# Asked with every page of the staff door; a page writes no larger number.
_UNREAD = Question(
    lambda to: Letter.objects.filter(to=to, channel=Channel.INSIDE, read_at=None).values_list("pk")[:99]
)
