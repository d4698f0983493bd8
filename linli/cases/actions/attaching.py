"""Keeping photos with a case (附照片)."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from linli.frame.upload import Photo
from linli.matters.actions import remarks

if TYPE_CHECKING:
    from linli.matters.models import Matter


@transaction.atomic(savepoint=False)
def attach(matter: "Matter", *, photos: Sequence[Photo], act: str, at: datetime) -> None:
    """Keep photos with a matter, in two sizes each (附照片)."""
    for photo in photos:
        name = f"photos/{matter.number}/{uuid4().hex}"
        file = default_storage.save(f"{name}.jpg", ContentFile(photo.content))
        preview = default_storage.save(f"{name}-s.jpg", ContentFile(photo.thumbnail))
        remarks.attach(matter, file=file, preview=preview, words="现场照片", act=act, at=at)
