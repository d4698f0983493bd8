"""What is shown to everybody (公开)."""

from django.db import models
from django.db.models import F, Q


class Publication(models.Model):
    """The public face of a matter: masked words only (公开件)."""

    matter = models.OneToOneField(
        "matters.Matter", models.CASCADE, verbose_name="事项", primary_key=True, related_name="publication"
    )
    title = models.CharField("标题", max_length=80)
    words = models.TextField("内容", blank=True)
    answer = models.TextField("办理结果", blank=True)
    shown_from = models.DateTimeField("公开时间")
    taken_down_at = models.DateTimeField("停止公开", null=True)
    reason = models.CharField("停止理由", max_length=400, blank=True)

    class Meta:
        verbose_name = "公开件"
        verbose_name_plural = "公开件"
        constraints = (
            models.CheckConstraint(
                condition=Q(taken_down_at=None) | Q(taken_down_at__gte=F("shown_from")),
                name="publication_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        return self.title
