"""What rules are in force here: installed editions and official calendar days (规则库)."""

from django.db import models


class Installed(models.Model):
    """An edition of a pack that was put in force here (已装版本)."""

    pack = models.CharField("方法包", max_length=32)
    edition = models.CharField("版本", max_length=16)
    digest = models.CharField("摘要", max_length=64)
    installed_at = models.DateTimeField("启用时间")

    class Meta:
        verbose_name = "已装版本"
        verbose_name_plural = "已装版本"
        constraints = (models.UniqueConstraint(fields=["pack", "edition"], name="edition_installed_once"),)

    def __str__(self) -> str:
        return f"{self.pack} {self.edition}"


class CalendarYear(models.Model):
    """The official arrangement of one year, imported when the notice came out (节假日安排)."""

    year = models.PositiveSmallIntegerField("年份", unique=True)
    source = models.CharField("通知", max_length=120)
    holidays = models.JSONField("放假日", default=list)
    makeup_days = models.JSONField("调休上班日", default=list)
    imported_at = models.DateTimeField("录入时间")

    class Meta:
        verbose_name = "节假日安排"
        verbose_name_plural = "节假日安排"

    def __str__(self) -> str:
        return f"{self.year} 年"
