"""The social organisations of a place (社会组织)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Rung(models.TextChoices):
    """How far an organisation has come (培育阶梯)."""

    GRASSROOTS = "grassroots", "草根"
    FILED = "filed", "备案"
    INCUBATED = "incubated", "培育"
    REGISTERED = "registered", "登记"


class Society(models.Model):
    """An organisation with its kind, purpose, leader, members and how far it has come (社会组织)."""

    pack = models.CharField("方法包", max_length=32)
    place = models.ForeignKey("places.Place", models.PROTECT, verbose_name="地点", related_name="+")
    place_path = models.CharField("路径", max_length=48)
    name = models.CharField("名称", max_length=60)
    kind = models.CharField("类别", max_length=48)
    purpose = models.CharField("宗旨", max_length=200)
    leader = models.ForeignKey(
        "people.Person", models.SET_NULL, verbose_name="负责人", null=True, related_name="+"
    )
    persons = models.PositiveIntegerField("个人会员", default=0)
    institutions = models.PositiveIntegerField("单位会员", default=0)
    money = models.PositiveBigIntegerField("活动资金（分）", default=0)
    is_professional = models.BooleanField("专业社会组织", default=False)
    rung = models.CharField("阶梯", max_length=12, choices=Rung.choices, default=Rung.GRASSROOTS)
    sub_committee = models.CharField("下属委员会", max_length=40, blank=True)
    incubator = models.CharField("培育机构", max_length=60, blank=True)
    certificate = models.CharField("登记证号", max_length=40, blank=True)
    entered_at = models.DateTimeField("入库时间")
    closed_at = models.DateTimeField("注销时间", null=True)

    class Meta:
        verbose_name = "社会组织"
        verbose_name_plural = "社会组织"
        indexes: ClassVar = [models.Index(fields=["place_path", "name"], name="society_within")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["place", "name"], condition=Q(closed_at=None), name="society_once_at_a_place"
            ),
            models.CheckConstraint(
                condition=Q(rung=Rung.REGISTERED) & ~Q(certificate="")
                | ~Q(rung=Rung.REGISTERED) & Q(certificate=""),
                name="registered_society_has_a_certificate",
            ),
            models.CheckConstraint(
                condition=~Q(rung=Rung.INCUBATED) | ~Q(incubator=""),
                name="incubated_society_says_where",
            ),
        ]

    def __str__(self) -> str:
        return self.name
