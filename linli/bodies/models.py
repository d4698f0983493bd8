"""Bodies that act, and the offices people hold (组织与职务)."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class Body(models.Model):
    """A committee, an office, a department, a company (组织)."""

    key = models.CharField("代号", max_length=64, unique=True)
    kind = models.CharField("类型", max_length=48)
    kind_title = models.CharField("类型名称", max_length=60)
    name = models.CharField("名称", max_length=80)
    place = models.ForeignKey("places.Place", models.PROTECT, verbose_name="地点", related_name="+")
    place_path = models.CharField("路径", max_length=48, db_index=True)
    pack = models.CharField("方法包", max_length=32)
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name="上级组织", null=True, related_name="children"
    )
    telephone = models.CharField("电话", max_length=30, blank=True)

    class Meta:
        verbose_name = "组织"
        verbose_name_plural = "组织"
        indexes: ClassVar = [models.Index(fields=["pack", "kind", "place_path"], name="body_of_kind")]

    def __str__(self) -> str:
        return self.name


class Office(models.Model):
    """An office that a person holds at a place or in a body, from a day to a day (职务)."""

    person = models.ForeignKey("people.Person", models.CASCADE, verbose_name="人", related_name="+")
    office = models.CharField("职务", max_length=48)
    title = models.CharField("职务名称", max_length=60)
    place = models.ForeignKey("places.Place", models.PROTECT, verbose_name="地点", related_name="+")
    body = models.ForeignKey(Body, models.PROTECT, verbose_name="组织", null=True, related_name="offices")
    since = models.DateField("开始")
    until = models.DateField("结束", null=True)

    class Meta:
        verbose_name = "职务"
        verbose_name_plural = "职务"
        indexes: ClassVar = [
            models.Index(fields=["person"], name="office_of_person"),
            models.Index(fields=["place", "office"], name="office_at_place"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="office_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["person", "office", "place"],
                condition=Q(body=None, until=None),
                name="office_held_once_at_a_place",
            ),
            models.UniqueConstraint(
                fields=["person", "office", "body"],
                condition=~Q(body=None) & Q(until=None),
                name="office_held_once_in_a_body",
            ),
        ]

    def __str__(self) -> str:
        return self.title
