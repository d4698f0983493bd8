"""Questions about letters (查询)."""

from django.db.models import QuerySet

from linli.outbox.models import Channel, Letter


def inside(*, to: int) -> QuerySet[Letter]:
    """Return a person's letters in the product, newest first."""
    return Letter.objects.filter(to_id=to, channel=Channel.INSIDE).order_by("-pk")


def unread(*, to: int) -> int:
    """Count the letters a person has not seen, up to 99."""
    return Letter.objects.filter(to_id=to, channel=Channel.INSIDE, read_at=None)[:99].count()


def about(matter: int) -> QuerySet[Letter]:
    """Return the letters a matter caused."""
    return Letter.objects.filter(matter=matter).order_by("pk")
