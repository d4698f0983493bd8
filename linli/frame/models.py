"""What a phone sent, so that it counts once however often it arrives (发送)."""

from django.db import models


class Sending(models.Model):
    """One form that a phone sent under its own key, and what it was answered (一次发送)."""

    key = models.CharField("编号", max_length=64, unique=True)
    account = models.BigIntegerField("账号", null=True)
    status = models.PositiveSmallIntegerField("答复", default=0)
    answer = models.TextField("内容", blank=True)
    at = models.DateTimeField("收到")

    class Meta:
        verbose_name = "一次发送"
        verbose_name_plural = "发送"
        indexes = (models.Index(fields=["at"], name="sending_received"),)

    def __str__(self) -> str:
        return self.key


class SentPhoto(models.Model):
    """A photo that came ahead of its form (先到的照片)."""

    key = models.CharField("编号", max_length=64, unique=True)
    account = models.BigIntegerField("账号", null=True)
    name = models.CharField("文件名", max_length=120)
    file = models.CharField("文件", max_length=120)
    preview = models.CharField("缩略图", max_length=120)
    width = models.PositiveIntegerField("宽")
    height = models.PositiveIntegerField("高")
    at = models.DateTimeField("收到")

    class Meta:
        verbose_name = "先到的照片"
        verbose_name_plural = "先到的照片"
        indexes = (models.Index(fields=["at"], name="sent_photo_received"),)

    def __str__(self) -> str:
        return self.name


class Try(models.Model):
    """Until when a try is held against the address it came from, in milliseconds since 1970 (尝试)."""

    key = models.CharField("编号", max_length=64)
    held_until = models.BigIntegerField("计到", db_index=True)

    class Meta:
        verbose_name = "尝试"
        verbose_name_plural = "尝试"
        indexes = (models.Index(fields=["key", "held_until"], name="tries_of_an_address"),)

    def __str__(self) -> str:
        return self.key
