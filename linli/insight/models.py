"""What the matters together show and a page must not reckon anew each time (高频问题)."""

from django.db import models
from django.db.models import F, Q


class HotProblem(models.Model):
    """The same kind of trouble at one place, far more often than is usual there (高频问题)."""

    place = models.ForeignKey("places.Place", models.CASCADE, verbose_name="地点", related_name="+")
    place_path = models.CharField("路径", max_length=48)
    category = models.CharField("分类", max_length=48)
    since = models.DateField("起始日")
    until = models.DateField("截止日")
    voices = models.PositiveIntegerField("反映和加入人次")
    usual = models.FloatField("平常人次")
    found_at = models.DateTimeField("发现时间")
    looked_at = models.DateTimeField("最近统计")
    cooled_at = models.DateTimeField("回落时间", null=True)

    class Meta:
        verbose_name = "高频问题"
        verbose_name_plural = "高频问题"
        constraints = (
            models.UniqueConstraint(
                fields=["place", "category"], condition=Q(cooled_at=None), name="one_hot_problem_of_a_kind"
            ),
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="hot_problem_has_its_days"),
        )
        indexes = (
            models.Index(fields=["place_path"], condition=Q(cooled_at=None), name="hot_problem_at_place"),
        )

    def __str__(self) -> str:
        return f"{self.place_path} {self.category}: {self.voices}"
