"""Erasing who raised a matter and what they sent with it (删除个人信息)."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from linli.matters.models import Follower, Matter
from linli.matters.tokens import new_token

_NOTHING: dict[str, Any] = {"name": "", "phone": "", "words": "", "is_open": False}


@transaction.atomic
def loosen(matter: Matter, *, title: str) -> None:
    """Let a closed matter lead back to nobody: no raiser, another secret, a masked title (脱离本人)."""
    # When it was merged into another, its raiser came along as a follower since the day it was opened.
    Follower.objects.filter(merged_from=matter, joined_at=matter.opened_at).update(**_NOTHING)
    matter.raised_by, matter.title, matter.token = None, title, new_token()
    matter.save(update_fields=["raised_by", "title", "token"])


@transaction.atomic
def take_pictures_away(matter: Matter, *, acts: Collection[str]) -> int:
    """Remove the pictures that came with some acts; their files are whoever asks to delete (删除附件)."""
    removed, _ = matter.attachments.filter(act__in=acts).delete()
    return removed


@transaction.atomic
def forget_followers(person: int) -> int:
    """Erase who a person was when they joined the matters of others; their voice stays (删除同遇信息)."""
    return Follower.objects.filter(person_id=person).update(person=None, **_NOTHING)


def contacts_of_followers(*, closed_before: datetime) -> QuerySet[Follower]:
    """Return who joined matters closed before an instant and can still be reached (逾期的联系方式)."""
    kept = Q(phone__empty=False) | Q(name__empty=False)
    return Follower.objects.filter(kept, matter__closed_at__lt=closed_before)


def forget_contacts(*, closed_before: datetime) -> int:
    """Erase how to reach those who joined matters closed long ago (删除联系方式)."""
    return contacts_of_followers(closed_before=closed_before).update(name="", phone="")
