"""Erasing who raised a matter and what they sent with it (删除个人信息)."""

from collections.abc import Collection

from django.db import transaction

from linli.matters.models import Follower, Matter
from linli.matters.tokens import new_token


@transaction.atomic
def loosen(matter: Matter, *, title: str) -> None:
    """Let a closed matter lead back to nobody: no raiser, another secret, a masked title (脱离本人)."""
    matter.raised_by, matter.title, matter.token = None, title, new_token()
    matter.save(update_fields=["raised_by", "title", "token"])


@transaction.atomic
def take_pictures_away(matter: Matter, *, acts: Collection[str]) -> int:
    """Remove the pictures that came with some acts; their files are whoever asks to delete (删除附件)."""
    removed, _ = matter.attachments.filter(act__in=acts).delete()
    return removed


@transaction.atomic
def forget_followers(person: int) -> int:
    """Remove what a person said when they joined the matters of others (删除同遇信息)."""
    removed, _ = Follower.objects.filter(person_id=person).delete()
    return removed
