"""Questions about ratings (查询)."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef

from linli.appraisal.aspects import Aspect
from linli.appraisal.models import Rating
from linli.frame.compiled import Question

_OF_MATTER = Question(
    lambda matter: Rating.objects.filter(matter=matter).select_related("body").order_by("pk")
)


def of_matter(matter_id: int) -> list[Rating]:
    """Return the ratings of a matter, oldest first."""
    return _OF_MATTER.ask(matter=matter_id)


def is_rated(matter: OuterRef) -> Exists:
    """Tell in a query whether anything was ever rated (评价过)."""
    return Exists(Rating.objects.filter(matter=matter))


def result(matter_id: int, *, turn: int) -> Rating | None:
    """Return how the result was rated in one round."""
    return Rating.objects.filter(matter_id=matter_id, aspect=Aspect.RESULT, round=turn).first()


def of_follower(follower_id: int, *, turn: int) -> Rating | None:
    """Return how somebody who joined rated the result in one round."""
    return Rating.objects.filter(follower_id=follower_id, round=turn).first()


def joined_scores(matter_id: int) -> list[int]:
    """Return how those who joined rated the result, each in their latest round."""
    rows = Rating.objects.filter(matter_id=matter_id, aspect=Aspect.JOINED).order_by("round")
    return list(dict(rows.values_list("follower_id", "score")).values())


def scores_of(matter_ids: Sequence[int]) -> dict[int, int]:
    """Return the latest score of the result of several matters in one query."""
    rows = Rating.objects.filter(matter_id__in=matter_ids, aspect=Aspect.RESULT).order_by("round")
    return dict(rows.values_list("matter_id", "score"))
