"""A resident's browser, at the hour of the small community."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from linli.bodies.actor import Actor
from tests import make
from tests.world import PACK, TUESDAY

HOME = f"{PACK}.tonghua_e1"


@pytest.fixture(autouse=True)
def at_ten_on_tuesday(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stop the clock of the pages where the stories begin."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: TUESDAY)


@pytest.fixture
def enter(client: Client) -> Callable[[Actor], Client]:
    """Let somebody of the cast sign in."""

    def entered(actor: Actor) -> Client:
        client.force_login(make.account(actor))
        return client

    return entered


def picture(name: str = "盖板.jpg", *, kind: str = "JPEG", side: int = 80) -> SimpleUploadedFile:
    """Make a small picture to send."""
    out = BytesIO()
    Image.new("RGB", (side, side), "grey").save(out, kind)
    return SimpleUploadedFile(name, out.getvalue(), content_type="image/jpeg")


def text_of(answer: object) -> str:
    """Read the words of an answer."""
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]
