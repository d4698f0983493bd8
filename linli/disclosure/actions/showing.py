"""Showing a matter to everybody, and taking it down again (公开)."""

from collections.abc import Sequence
from datetime import datetime

from linli.core.masking import mask_text
from linli.disclosure.models import Publication
from linli.frame.compiled import Change

_SHOWN = Change(lambda matter: Publication.objects.filter(matter=matter, taken_down_at=None))


def publish(
    matter_id: int, *, title: str, words: str, answer: str, at: datetime, names: Sequence[str] = ()
) -> Publication:
    """Show the masked face of a matter (公开); no personal data in it, 个人信息保护法 art. 25.

    ``names`` are those of the people concerned, which the text may hold.
    """
    shown = Publication(
        matter_id=matter_id,
        title=mask_text(title, names=names),
        words=mask_text(words, names=names),
        answer=mask_text(answer, names=names),
        shown_from=at,
    )
    columns = [one.name for one in Publication._meta.concrete_fields if not one.primary_key]
    Publication.objects.bulk_create(
        [shown], update_conflicts=True, unique_fields=["matter"], update_fields=columns
    )
    return shown


def take_down(matter_id: int, *, reason: str, at: datetime) -> None:
    """Stop showing a matter; what was shown, and why it stopped, is kept (停止公开)."""
    Publication.objects.filter(matter_id=matter_id).update(taken_down_at=at, reason=reason)


def show_answer(matter_id: int, *, answer: str, names: Sequence[str] = ()) -> None:
    """Put the answer on a matter that is already shown (公开结果)."""
    _SHOWN.make({"answer": mask_text(answer, names=names)}, matter=matter_id)
