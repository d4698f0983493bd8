"""Imports under way and done, the rows they sent back, and the mappings kept for the next time (导入)."""

from typing import ClassVar

from django.db import models


class Step(models.TextChoices):
    """Where an import stands."""

    MATCHING = "matching", "核对列"
    TRYING = "trying", "试读"
    TRIED = "tried", "待确认"
    RUNNING = "running", "录入"
    STOPPED = "stopped", "停下"
    DONE = "done", "录完"
    DROPPED = "dropped", "作废"


class Intake(models.Model):
    """One file that is brought in, from sending it to its last row (导入)."""

    kind = models.CharField("种类", max_length=16)
    place = models.ForeignKey("places.Place", models.PROTECT, verbose_name="范围", related_name="+")
    place_path = models.CharField("路径", max_length=48)
    name = models.CharField("文件名", max_length=200)
    digest = models.CharField("文件摘要", max_length=64, db_index=True)
    note = models.CharField("说明", max_length=300, blank=True)
    header = models.JSONField("列名", default=list)
    header_line = models.PositiveIntegerField("列名所在行", default=1)
    mapping = models.JSONField("对照", default=dict)
    rows = models.PositiveIntegerField("行数", default=0)
    step = models.CharField("步骤", max_length=16, choices=Step.choices, default=Step.MATCHING)
    reached = models.PositiveIntegerField("读到的行", default=0)
    new = models.PositiveIntegerField("新增", default=0)
    changed = models.PositiveIntegerField("有变化", default=0)
    known = models.PositiveIntegerField("已有", default=0)
    bad = models.PositiveIntegerField("退回", default=0)
    sample = models.JSONField("前几行", default=list)
    wants_stop = models.BooleanField("要停下", default=False)
    held_until = models.DateTimeField("占用到", null=True)
    trouble = models.CharField("意外", max_length=200, blank=True)
    by = models.ForeignKey(
        "people.Person", models.PROTECT, verbose_name="经办人", null=True, related_name="+"
    )
    office = models.CharField("职务", max_length=120)
    sent_at = models.DateTimeField("送来")
    ended_at = models.DateTimeField("结束", null=True)

    class Meta:
        verbose_name = "导入"
        verbose_name_plural = "导入"
        indexes: ClassVar = [
            models.Index(fields=["place_path", "id"], name="intake_within"),
            models.Index(
                fields=["id"], name="intake_under_way", condition=models.Q(step__in=("trying", "running"))
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def done(self) -> int:
        """Return how many rows were looked at (已读行数)."""
        return self.new + self.changed + self.known + self.bad


class SentBack(models.Model):
    """A row that did not go in, and why (退回的行)."""

    intake = models.ForeignKey(Intake, models.CASCADE, verbose_name="导入", related_name="sent_back")
    line = models.PositiveIntegerField("行号")
    reason = models.CharField("原因", max_length=500)

    class Meta:
        verbose_name = "退回的行"
        verbose_name_plural = "退回的行"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["intake", "line"], name="a_row_is_sent_back_once")
        ]

    def __str__(self) -> str:
        return self.reason


class KeptMapping(models.Model):
    """A mapping under a name, taken again by itself for a file with the same columns (存下的对照)."""

    kind = models.CharField("种类", max_length=16)
    place = models.ForeignKey("places.Place", models.CASCADE, verbose_name="范围", related_name="+")
    name = models.CharField("名称", max_length=60)
    header = models.JSONField("列名", default=list)
    mapping = models.JSONField("对照", default=dict)
    kept_at = models.DateTimeField("存下")

    class Meta:
        verbose_name = "对照"
        verbose_name_plural = "对照"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "place", "name"], name="a_mapping_has_one_name")
        ]

    def __str__(self) -> str:
        return self.name


class Reckoning(models.Model):
    """Open deadlines reckoned anew after an official calendar came in, some at a time (重算期限)."""

    year = models.PositiveSmallIntegerField("年份")
    since_year = models.PositiveSmallIntegerField("从哪年到期的算起")
    source = models.CharField("通知", max_length=120)
    days_off = models.PositiveSmallIntegerField("放假天数")
    makeup_days = models.PositiveSmallIntegerField("调休上班天数")
    by = models.PositiveBigIntegerField("经办人编号", null=True)
    office = models.CharField("职务", max_length=120)
    total = models.PositiveIntegerField("要看的事项")
    looked_at = models.PositiveIntegerField("看过的事项", default=0)
    moved = models.PositiveIntegerField("改动的事项", default=0)
    reached = models.PositiveBigIntegerField("看到哪一件", default=0)
    begun_at = models.DateTimeField("开始")
    stirred_at = models.DateTimeField("最近进展")
    ended_at = models.DateTimeField("结束", null=True)

    class Meta:
        verbose_name = "重算期限"
        verbose_name_plural = "重算期限"
        indexes: ClassVar = [
            models.Index(fields=["id"], name="reckoning_under_way", condition=models.Q(ended_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.looked_at}/{self.total}"
