"""Acts that change nothing but what is known: words, pictures, visibility, other rooms' lines (附记)."""

from datetime import datetime

from django.db import transaction

from linli.matters.actions.moving import Move, note, seize, stand_of
from linli.matters.choices import Visibility
from linli.matters.models import Attachment, Matter


@transaction.atomic(savepoint=False)
def remark(matter: Matter, act: Move) -> Matter:
    """Put an act on record that leaves the step as it is (附记)."""
    seize(matter, act, was=stand_of(matter))
    note(matter, act)
    return matter


@transaction.atomic(savepoint=False)
def show(matter: Matter, act: Move, *, is_public: bool) -> Matter:
    """Let anybody see a matter, or only those concerned (公开、停止公开)."""
    was = stand_of(matter)
    matter.visibility = Visibility.PUBLIC if is_public else Visibility.PARTIES
    seize(matter, act, was=was, columns=("visibility",))
    note(matter, act)
    return matter


def attach(matter: Matter, *, file: str, preview: str, words: str, act: str, at: datetime) -> Attachment:
    """Keep a picture with a matter (附件)."""
    return Attachment.objects.create(
        matter=matter, file=file, preview=preview, words=words, act=act, added_at=at
    )
