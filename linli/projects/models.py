"""What residents need, who supports it, and what the initial selection said of it (需求征集、需求初选)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Field(models.TextChoices):
    """What a need is about (项目类别)."""

    ELDERLY = "elderly", "为老服务"
    CULTURE = "culture", "文化服务"
    SANITATION = "sanitation", "环境卫生"
    SELF_RULE = "self_rule", "自治管理"
    YOUTH = "youth", "青少年服务"


class Stage(models.TextChoices):
    """How far a need is (进度)."""

    OPEN = "open", "正在征集"
    SELECTED = "selected", "初选入选"
    DECLINED = "declined", "初选未入选"
    MERGED = "merged", "已合并"


class Wish(models.Model):
    """Something residents need, supported by neighbours until the initial selection (需求).

    ``supports`` is kept beside the rows of its backers, so that a list costs the same however many they are.
    """

    number = models.CharField("编号", max_length=32, unique=True)
    pack = models.CharField("方法包", max_length=32)
    place = models.ForeignKey("places.Place", models.PROTECT, verbose_name="地点", related_name="+")
    place_path = models.CharField("路径", max_length=48)
    field = models.CharField("类别", max_length=12, choices=Field.choices)
    title = models.CharField("需求", max_length=80)
    words = models.CharField("说明", max_length=600, blank=True)
    raised_by = models.ForeignKey(
        "people.Person", models.SET_NULL, verbose_name="提出人", null=True, related_name="+"
    )
    raised_at = models.DateTimeField("提出时间")
    supports = models.PositiveIntegerField("支持人数", default=0)
    stage = models.CharField("进度", max_length=10, choices=Stage.choices, default=Stage.OPEN)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, verbose_name="并入", null=True, related_name="merged"
    )
    decided_at = models.DateTimeField("初选时间", null=True)
    reason = models.CharField("理由", max_length=400, blank=True)

    class Meta:
        verbose_name = "居民需求"
        verbose_name_plural = "居民需求"
        indexes: ClassVar = [models.Index(fields=["place_path", "stage"], name="wish_within")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(merged_into=None) ^ Q(stage=Stage.MERGED), name="merged_wish_says_into_which"
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=(Stage.SELECTED, Stage.DECLINED))
                | (Q(decided_at__isnull=False) & ~Q(reason="")),
                name="decided_wish_says_when_and_why",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        """Tell whether neighbours may still support it (正在征集)."""
        return self.stage == Stage.OPEN


class Backer(models.Model):
    """One person who supports a need, once (支持需求的人)."""

    need = models.ForeignKey(Wish, models.CASCADE, verbose_name="需求", related_name="backers")
    person = models.ForeignKey("people.Person", models.CASCADE, verbose_name="支持人", related_name="+")
    at = models.DateTimeField("支持时间")

    class Meta:
        verbose_name = "需求支持人"
        verbose_name_plural = "需求支持人"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["need", "person"], name="one_support_a_person_for_a_wish")
        ]

    def __str__(self) -> str:
        return f"{self.need_id}:{self.person_id}"
