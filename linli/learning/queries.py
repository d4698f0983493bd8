"""What was learned here, ready to suggest (查询)."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from linli.frame.compiled import Question as Asked
from linli.learning.choices import Question
from linli.learning.models import Learning
from linli.methods.learned import Learned, Suggestion
from linli.methods.traits import Traits

# Below so many decided cases, the keywords of the pack are all there is to go by.
ENOUGH_LESSONS = 50
_HELD_AT_ONCE = 24


def suggest(
    pack: str, question: Question, traits: Callable[[], Traits], *, most: int = 3
) -> tuple[Suggestion, ...]:
    """Return what was learned to suggest, the likeliest first; nothing until enough was learned (建议).

    The traits are asked for only when there is something to hold them against.
    """
    found = _LAST.first(pack=pack, question=question)
    if found is None or found[1] < ENOUGH_LESSONS:
        return ()
    learned = _read(found[0], found[2])
    return learned.suggest(traits(), most=most) if learned else ()


class Score(NamedTuple):
    """How well one time of learning guessed what it had not seen (检验)."""

    pack: str
    question: str
    at: datetime
    lessons: int
    tried_on: int
    first: float | None
    within_three: float | None
    macro_f1: float | None
    plain: float | None


def scores(packs: Sequence[str]) -> tuple[Score, ...]:
    """Return every time of learning of some packs with its score, newest first (历次检验)."""
    rows = Learning.objects.filter(pack__in=packs).order_by("-pk")
    return tuple(Score(*row) for row in rows.values_list(*Score._fields))


_LAST = Asked(
    lambda pack, question: (
        Learning.objects.filter(pack=pack, question=question, weights__isnull=False)
        .order_by("-pk")
        .values_list("pk", "lessons", "at")[:1]
    )
)


@lru_cache(maxsize=_HELD_AT_ONCE)
def _read(key: int, _at: datetime) -> Learned | None:
    """Read some weights; none when newer ones took their place in this very moment."""
    weights = Learning.objects.values_list("weights", flat=True).get(pk=key)
    return Learned.from_bytes(bytes(weights)) if weights else None
