"""The stations and facilities of a place (服务设施)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Facility(models.Model):
    """A station or facility: where it stands, how large, when it is open, who can get in (服务设施)."""

    pack = models.CharField("方法包", max_length=32)
    place = models.ForeignKey("places.Place", models.PROTECT, verbose_name="地点", related_name="+")
    place_path = models.CharField("路径", max_length=48)
    name = models.CharField("名称", max_length=60)
    kind = models.CharField("类别", max_length=48)
    address = models.CharField("具体位置", max_length=120)
    hours = models.CharField("开放时间", max_length=120)
    area = models.PositiveIntegerField("面积（平方米）", default=0)
    is_accessible = models.BooleanField("轮椅能进", default=False)
    phone = models.CharField("公开电话", max_length=20, blank=True)
    entered_at = models.DateTimeField("登记时间")
    closed_at = models.DateTimeField("停用时间", null=True)

    class Meta:
        verbose_name = "服务设施"
        verbose_name_plural = "服务设施"
        indexes: ClassVar = [models.Index(fields=["place_path", "kind"], name="facility_within")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["place", "name"], condition=Q(closed_at=None), name="facility_once_at_a_place"
            )
        ]

    def __str__(self) -> str:
        return self.name
