"""Forgetting what a person offered and asked for; minutes that were confirmed stay, without words (删除)."""

from datetime import datetime

from django.db import transaction

from linli.timebank.models import Need, Service, Stage, Volunteer


@transaction.atomic
def forget(person: int, *, at: datetime) -> None:
    """Erase what somebody offers and what was written of their needs that are over (删除)."""
    Volunteer.objects.filter(pk=person).update(
        free=[], skills=[], proven=[], is_strong=False, guardian_agrees=False, insured_until=None, branch="",
        reported_at=None, ended_at=at,
    )  # fmt: skip
    Service.objects.filter(volunteer=person, stage=Stage.ASKED).delete()
    over = Need.objects.filter(recipient=person, ends_at__lt=at)
    over.update(words="", contact_name="", contact_phone="", recipient=None)
