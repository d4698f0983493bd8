"""Rating the work (评价)."""

from datetime import datetime

from django.db import IntegrityError, transaction

from linli.appraisal.aspects import SCORES, Aspect
from linli.appraisal.models import Rating
from linli.core.refusal import Refusal
from linli.core.verdict import Refused


def rate(
    matter_id: int,
    *,
    aspect: Aspect,
    score: int,
    by: int | None,
    at: datetime,
    turn: int = 0,
    body_id: int | None = None,
    words: str = "",
) -> Rating:
    """Keep a rating, one for each aspect, body and round (评价); ``turn`` counts reopenings."""
    return _keep(
        Rating(
            matter_id=matter_id,
            aspect=aspect,
            body_id=body_id,
            by_id=by,
            round=turn,
            score=score,
            words=words,
            rated_at=at,
        )
    )


def rate_joined(
    matter_id: int, *, follower: int, score: int, by: int | None, at: datetime, turn: int, words: str = ""
) -> Rating:
    """Keep how somebody who joined rates the result, one for each of them and each round (同遇人评价)."""
    return _keep(
        Rating(
            matter_id=matter_id,
            aspect=Aspect.JOINED,
            follower_id=follower,
            by_id=by,
            round=turn,
            score=score,
            words=words,
            rated_at=at,
        )
    )


def _keep(rating: Rating) -> Rating:
    if rating.score not in SCORES:
        sentence = f"没有 {rating.score} 分。"
        raise Refused(Refusal(sentence, remedy="请在 1 分到 5 分中选一个。", asked="评价"))
    try:
        with transaction.atomic():
            rating.save(force_insert=True)
            return rating
    except IntegrityError:
        raise Refused(
            Refusal("已经评价过了，一次办理只评价一次。", remedy="想补充的话，可以写「补充说明」。")
        ) from None
