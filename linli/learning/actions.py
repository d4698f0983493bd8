"""Learning from decided cases; slow, and only for the worker (学习)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from linli.learning.choices import Question
from linli.learning.models import Learning
from linli.methods.lesson import Lesson

# Rare units must not outshout common ones; rare categories are as likely to be meant as common ones.
_EVEN = frozenset({Question.CATEGORY})


def learn(
    pack: str,
    question: Question,
    *,
    lessons: Sequence[Lesson],
    known: Sequence[Lesson] = (),
    at: datetime,
) -> Learning | None:
    """Learn anew from all lessons, in their order of time, and keep the score (学习).

    Where there are no two labels nothing can be learned: none.
    """
    # The library that learns takes seconds to load, and only the worker needs it.
    from linli.methods.teaching import teach  # noqa: PLC0415

    if len({lesson.label for lesson in (*lessons, *known)}) < 2:
        return None
    learned = teach(lessons, known=known, is_even=question in _EVEN)
    score = learned.score
    with transaction.atomic():
        Learning.objects.filter(pack=pack, question=question).update(weights=None)
        return Learning.objects.create(
            pack=pack,
            question=question,
            at=at,
            lessons=len(lessons),
            tried_on=score.tried_on if score else 0,
            first=score.first if score else None,
            within_three=score.within_three if score else None,
            macro_f1=score.macro_f1 if score else None,
            plain=score.plain if score else None,
            plain_three=score.plain_three if score else None,
            weights=learned.to_bytes(),
        )
