"""Who looked at what was masked, what people agreed to, and what they ask for (个人信息)."""

from django.db import models
from django.db.models import Q

from linli.frame.vault import EncryptedText
from linli.privacy.kinds import Item, Ruling, Wish


class Look(models.Model):
    """Somebody looked at something masked, for a reason; what they saw is not kept here (查看记录).

    The record holds the same as an entry of its own chain; this row is how it is found again.
    """

    about = models.BigIntegerField("本人", null=True)
    matter = models.BigIntegerField("事项", null=True)
    number = models.CharField("事项编号", max_length=24, blank=True)
    item = models.CharField("内容", max_length=12, choices=Item.choices)
    reason = models.CharField("事由", max_length=32)
    by = models.BigIntegerField("查看人")
    office = models.CharField("以何职务", max_length=120)
    place_path = models.CharField("路径", max_length=48)
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "查看记录"
        verbose_name_plural = "查看记录"
        indexes = (
            models.Index(fields=["about", "-at"], name="looks_about"),
            models.Index(fields=["matter", "-at"], name="looks_at_matter"),
            models.Index(fields=["by", "-at"], name="looks_by"),
            models.Index(fields=["at", "place_path"], name="looks_by_time"),
        )

    def __str__(self) -> str:
        return f"{self.number or self.about} {self.item}"


class Consent(models.Model):
    """A person agreed to a purpose as it was worded then, and may take it back (同意)."""

    person = models.ForeignKey("people.Person", models.CASCADE, verbose_name="本人", related_name="+")
    purpose = models.CharField("目的", max_length=32)
    wording = models.CharField("文本版本", max_length=40)
    given_at = models.DateTimeField("同意时间")
    withdrawn_at = models.DateTimeField("撤回时间", null=True)

    class Meta:
        verbose_name = "同意"
        verbose_name_plural = "同意"
        constraints = (
            models.UniqueConstraint(
                fields=["person", "purpose"], condition=Q(withdrawn_at=None), name="agreed_once_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id} {self.purpose}"


class Claim(models.Model):
    """Somebody asks for their data to be corrected or erased (个人信息申请)."""

    wish = models.CharField("申请事项", max_length=8, choices=Wish.choices)
    person = models.ForeignKey(
        "people.Person", models.SET_NULL, verbose_name="本人", null=True, related_name="+"
    )
    matter = models.BigIntegerField("事项", null=True)
    number = models.CharField("事项编号", max_length=24, blank=True)
    place_path = models.CharField("路径", max_length=48)
    words = EncryptedText("说明", blank=True)
    new_name = EncryptedText("更正后的称呼", blank=True)
    new_phone = EncryptedText("更正后的电话", blank=True)
    asked_at = models.DateTimeField("申请时间")
    due_at = models.DateTimeField("答复期限")
    decided_at = models.DateTimeField("答复时间", null=True)
    decided_by = models.BigIntegerField("答复人", null=True)
    ruling = models.CharField("处理结果", max_length=12, choices=Ruling.choices, blank=True)
    answer = models.TextField("答复", max_length=400, blank=True)

    class Meta:
        verbose_name = "个人信息申请"
        verbose_name_plural = "个人信息申请"
        constraints = (
            models.UniqueConstraint(
                fields=["person", "wish"],
                condition=Q(decided_at=None, matter=None),
                name="a_person_asks_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["matter", "wish"], condition=Q(decided_at=None), name="asked_once_of_a_matter"
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, ruling="") | (Q(decided_at__isnull=False) & ~Q(ruling="")),
                name="a_ruling_has_an_instant",
            ),
        )
        indexes = (
            models.Index(fields=["due_at"], condition=Q(decided_at=None), name="claims_waiting"),
            models.Index(fields=["person", "-asked_at"], name="claims_of_person"),
            models.Index(fields=["matter", "-asked_at"], name="claims_of_matter"),
        )

    def __str__(self) -> str:
        return f"{self.wish} {self.number or self.person_id}"
