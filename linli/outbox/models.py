"""Letters to people, written with the act that causes them and sent later (信件)."""

from django.db import models
from django.db.models import Q

from linli.frame.leaving import Outgoing
from linli.frame.vault import EncryptedText


class Channel(models.TextChoices):
    """How a letter travels."""

    INSIDE = "inside", "站内"
    EMAIL = "email", "电子邮件"


class Letter(Outgoing):
    """A letter to one person (通知)."""

    to = models.ForeignKey(
        "people.Person", models.CASCADE, verbose_name="收信人", related_name="+", db_index=False
    )
    channel = models.CharField("方式", max_length=8, choices=Channel.choices, default=Channel.INSIDE)
    address = EncryptedText("地址", blank=True)
    matter = models.BigIntegerField("事项", null=True, db_index=True)
    subject = models.CharField("标题", max_length=160)
    body = models.TextField("正文")
    written_at = models.DateTimeField("写信时间")
    read_at = models.DateTimeField("阅读时间", null=True)
    trouble = models.CharField("未发出的原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "信件"
        verbose_name_plural = "信件"
        indexes = (
            models.Index(fields=["to", "-id"], name="letters_to"),
            models.Index(
                fields=["channel", "try_after"],
                condition=Q(sent_at=None, claimed_at=None),
                name="letters_waiting",
            ),
        )

    def __str__(self) -> str:
        return self.subject
