"""Campaigns and the matters whose trouble they take up (专项治理)."""

from django.db import models
from django.db.models import F, Q


class Campaign(models.Model):
    """What only a campaign has: a goal, measures, the body that is to own it, a result (专项治理)."""

    matter = models.OneToOneField(
        "matters.Matter", models.CASCADE, verbose_name="事项", primary_key=True, related_name="campaign"
    )
    goal = models.CharField("目标", max_length=400)
    measures = models.TextField("措施", max_length=2000, blank=True)
    owner = models.ForeignKey(
        "bodies.Body", models.PROTECT, verbose_name="牵头单位", null=True, related_name="+"
    )
    since = models.DateField("统计起始日")
    weeks = models.PositiveSmallIntegerField("统计周数")
    result = models.TextField("治理结果", max_length=2000, blank=True)
    begun_at = models.DateTimeField("立项时间", null=True)
    told_at = models.DateTimeField("反馈时间", null=True)

    class Meta:
        verbose_name = "专项治理"
        verbose_name_plural = "专项治理"
        constraints = (
            models.CheckConstraint(
                condition=Q(told_at=None) | Q(begun_at=None) | Q(told_at__gte=F("begun_at")),
                name="campaign_is_told_after_it_began",
            ),
        )

    def __str__(self) -> str:
        return str(self.matter_id)


class Included(models.Model):
    """A matter whose trouble a campaign takes up (涉及事项)."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, verbose_name="专项治理", related_name="included")
    matter = models.OneToOneField(
        "matters.Matter", models.CASCADE, verbose_name="事项", related_name="included_in"
    )
    added_at = models.DateTimeField("归入时间")

    class Meta:
        verbose_name = "涉及事项"
        verbose_name_plural = "涉及事项"

    def __str__(self) -> str:
        return f"{self.campaign_id} ← {self.matter_id}"
