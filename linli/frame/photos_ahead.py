"""Photos come one by one before their form, so that a bad network never has to begin again (逐张发送)."""

from datetime import datetime
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from linli.frame import files, phone, upload
from linli.frame.models import SentPhoto
from linli.frame.upload import Photo, PhotoAhead

_FIELD = "photos"
_LONGEST_NAME = 120


def take(file: "UploadedFile[bytes]", *, key: str, account: int | None, at: datetime) -> None:
    """Keep a photo until its form comes; the same key again keeps nothing more (照片先到)."""
    if SentPhoto.objects.filter(key=key).exists():
        return
    photo, name = upload.photo(file), uuid4().hex
    stored = default_storage.save(f"ahead/{name}.jpg", ContentFile(photo.content))
    preview = default_storage.save(f"ahead/{name}-s.jpg", ContentFile(photo.thumbnail))
    kept = {"account": account, "name": (file.name or "")[:_LONGEST_NAME], "file": stored, "preview": preview}
    size = {"width": photo.width, "height": photo.height, "at": at}
    _, is_new = SentPhoto.objects.get_or_create(key=key, defaults={**kept, **size})
    if not is_new:
        files.delete((stored, preview))


def hand_over(request: HttpRequest) -> None:
    """Put the photos that came ahead into the form they belong to; they are gone when the form is done."""
    keys = phone.photo_keys(request)
    if not keys:
        return
    rows = SentPhoto.objects.filter(key__in=keys, account=request.user.pk)
    found = {row.key: row for row in rows}
    in_order = [found[key] for key in keys if key in found]
    request.FILES.setlist(_FIELD, [_ahead(row) for row in in_order])
    names = [name for row in in_order for name in (row.file, row.preview)]
    rows.delete()
    files.delete_once_through(names)


def missing(request: HttpRequest) -> tuple[str, ...]:
    """Return the keys of the photos a form names that never came."""
    keys = phone.photo_keys(request)
    there = SentPhoto.objects.filter(key__in=keys, account=request.user.pk).values_list("key", flat=True)
    return tuple(key for key in keys if key not in set(there))


def forget_old(*, before: datetime) -> int:
    """Remove photos whose form never came; returns how many (清理)."""
    rows = SentPhoto.objects.filter(at__lt=before)
    names = [name for pair in rows.values_list("file", "preview") for name in pair]
    count = rows.delete()[0]
    files.delete(names)
    return count


def _ahead(row: SentPhoto) -> PhotoAhead:
    content, thumbnail = (_read(name) for name in (row.file, row.preview))
    photo = Photo(content=content, thumbnail=thumbnail, width=row.width, height=row.height)
    return PhotoAhead(photo, name=row.name)


def _read(name: str) -> bytes:
    with default_storage.open(name) as file:
        return bytes(file.read())
