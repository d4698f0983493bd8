"""What phones sent is kept only as long as one might send it again (只办一次)."""

from datetime import datetime, timedelta

import pytest
from django.core.files.storage import default_storage

from linli.frame import once, photos_ahead
from linli.frame.models import Sending, SentPhoto
from tests.frame.test_upload import picture, sent
from tests.world import TUESDAY

pytestmark = [pytest.mark.django_db, pytest.mark.req("A5")]


def sending(at: datetime) -> Sending:
    return Sending.objects.create(key=at.isoformat(), status=200, answer="{}", at=at)


def test_an_answer_is_forgotten_when_no_phone_will_ask_for_it_again() -> None:
    old, last = sending(TUESDAY - timedelta(seconds=1)), sending(TUESDAY)
    assert once.forget_old(before=TUESDAY) == 1
    assert list(Sending.objects.all()) == [last]
    assert old.pk


def test_a_photo_whose_form_never_came_is_removed_with_its_files() -> None:
    file = sent(picture())
    photos_ahead.take(file, key="a" * 16, account=1, at=TUESDAY - timedelta(seconds=1))
    kept = SentPhoto.objects.get()
    assert default_storage.exists(kept.file)
    assert photos_ahead.forget_old(before=TUESDAY) == 1
    assert not default_storage.exists(kept.file)
    assert not default_storage.exists(kept.preview)
