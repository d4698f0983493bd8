"""What people say of the work (评价)."""

from django.db import models
from django.db.models import Q

from linli.appraisal.aspects import SCORES, Aspect


class Rating(models.Model):
    """One rating of one aspect of a matter, from 1 to 5 (评价)."""

    matter = models.ForeignKey("matters.Matter", models.CASCADE, verbose_name="事项", related_name="ratings")
    aspect = models.CharField("方面", max_length=12, choices=Aspect.choices)
    body = models.ForeignKey("bodies.Body", models.PROTECT, verbose_name="组织", null=True, related_name="+")
    by = models.ForeignKey(
        "people.Person", models.SET_NULL, verbose_name="评价人", null=True, related_name="+"
    )
    follower = models.ForeignKey(
        "matters.Follower", models.CASCADE, verbose_name="同遇人", null=True, related_name="+"
    )
    round = models.PositiveSmallIntegerField("第几次办理", default=0)
    score = models.PositiveSmallIntegerField("分")
    words = models.CharField("评语", max_length=400, blank=True)
    rated_at = models.DateTimeField("评价时间")

    class Meta:
        verbose_name = "评价"
        verbose_name_plural = "评价"
        constraints = (
            models.CheckConstraint(condition=Q(score__gte=1, score__lte=5), name="score_from_1_to_5"),
            models.UniqueConstraint(
                fields=["matter", "aspect", "round"], condition=Q(body=None, follower=None), name="rated_once"
            ),
            models.UniqueConstraint(
                fields=["follower", "round"], condition=Q(follower__isnull=False), name="follower_rated_once"
            ),
            models.UniqueConstraint(
                fields=["matter", "aspect", "round", "body"], condition=~Q(body=None), name="body_rated_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.matter_id} {self.aspect}: {self.score}"

    @property
    def title(self) -> str:
        """Say the score in words: 很满意."""
        return SCORES[self.score]
