"""The tables of the books; database triggers refuse to alter a transfer or a posting (账本)."""

from django.db import models
from django.db.models import Q

from linli.core.ledger import Unit


class Purse(models.Model):
    """One book in one unit, whose accounts sum to zero (账本)."""

    number = models.CharField("编号", max_length=24, unique=True)
    name = models.CharField("名称", max_length=80)
    unit = models.CharField("单位", max_length=8, choices=[(unit.value, unit.title) for unit in Unit])
    place = models.ForeignKey(
        "places.Place", models.PROTECT, verbose_name="地点", related_name="+", db_index=False
    )
    place_path = models.CharField("路径", max_length=48, db_index=True)
    opened_at = models.DateTimeField("建账时间")

    class Meta:
        verbose_name = "账本"
        verbose_name_plural = "账本"

    def __str__(self) -> str:
        return self.number


class LedgerAccount(models.Model):
    """One line of a purse; only a source may stand below zero (账户)."""

    purse = models.ForeignKey(
        Purse, models.PROTECT, verbose_name="账本", related_name="accounts", db_index=False
    )
    code = models.CharField("户号", max_length=40)
    name = models.CharField("户名", max_length=80)
    is_source = models.BooleanField("来源", default=False)
    balance = models.BigIntegerField("余额", default=0)

    class Meta:
        verbose_name = "账户"
        verbose_name_plural = "账户"
        constraints = (
            models.UniqueConstraint(fields=["purse", "code"], name="one_account_for_a_code"),
            models.CheckConstraint(
                condition=Q(balance__gte=0) | Q(is_source=True), name="account_is_not_overdrawn"
            ),
        )

    def __str__(self) -> str:
        return self.code


class Transfer(models.Model):
    """One whole movement between accounts of a purse; never changed, only reversed (记账凭证)."""

    purse = models.ForeignKey(
        Purse, models.PROTECT, verbose_name="账本", related_name="transfers", db_index=False
    )
    key = models.CharField("凭证号", max_length=80)
    title = models.CharField("摘要", max_length=80)
    at = models.DateTimeField("入账时间")
    reverses = models.OneToOneField(
        "self", models.PROTECT, verbose_name="冲正哪一笔", null=True, related_name="reversed_by"
    )

    class Meta:
        verbose_name = "记账凭证"
        verbose_name_plural = "记账凭证"
        constraints = (models.UniqueConstraint(fields=["purse", "key"], name="one_transfer_for_a_key"),)

    def __str__(self) -> str:
        return self.key


class Posting(models.Model):
    """What one transfer does to one account, and how the account stands after it (分录)."""

    transfer = models.ForeignKey(
        Transfer, models.PROTECT, verbose_name="记账凭证", related_name="postings", db_index=False
    )
    account = models.ForeignKey(
        LedgerAccount, models.PROTECT, verbose_name="账户", related_name="postings", db_index=False
    )
    amount = models.BigIntegerField("金额")
    balance = models.BigIntegerField("入账后余额")

    class Meta:
        verbose_name = "分录"
        verbose_name_plural = "分录"
        constraints = (
            models.UniqueConstraint(fields=["transfer", "account"], name="one_posting_for_an_account"),
            models.CheckConstraint(condition=~Q(amount=0), name="posting_moves_something"),
        )
        indexes = (models.Index(fields=["account", "-id"], name="posting_of_account"),)

    def __str__(self) -> str:
        return f"{self.amount}"
