"""The tables of the record; database triggers refuse to alter what is in them (留痕)."""

from typing import ClassVar

from django.db import models

from linli.core.digest import SHA256


class Entry(models.Model):
    """Keep what one act was: who, for which office, when, under which clause, with which figures (记录条目).

    Nothing here may point at a person by name: an entry can never be erased, free words in ``Words`` can.
    """

    chain = models.CharField("所属的链", max_length=40)
    seq = models.PositiveIntegerField("链内序号")
    at = models.DateTimeField("时刻")
    by = models.PositiveBigIntegerField("办理人编号", null=True)
    office = models.TextField("以何职务")
    act = models.CharField("动作", max_length=40)
    title = models.TextField("动作名称")
    clause = models.TextField("规则编号", blank=True)
    clause_words = models.TextField("依据", blank=True)
    figures = models.JSONField("数字", default=list)
    words_digest = models.CharField("文字摘要", max_length=64, blank=True)
    algorithm = models.CharField("摘要算法", max_length=12, default=SHA256)
    prev = models.CharField("前一条的摘要", max_length=64, blank=True)
    digest = models.CharField("摘要", max_length=64)

    class Meta:
        verbose_name = "记录条目"
        verbose_name_plural = "记录条目"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["chain", "seq"], name="one_entry_per_place_in_a_chain"),
            models.CheckConstraint(condition=models.Q(seq__gte=1), name="a_chain_counts_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.chain} 第 {self.seq} 条 {self.title}"


class Words(models.Model):
    """Keep an entry's free words apart, so that they can be erased while the chain stays whole (文字)."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="words")
    text = models.TextField("文字")
    salt = models.CharField("盐", max_length=32)

    class Meta:
        verbose_name = "条目文字"
        verbose_name_plural = "条目文字"

    def __str__(self) -> str:
        return self.text


class Checkpoint(models.Model):
    """Bind the heads of all chains that moved, and the checkpoint before, under one root (检查点)."""

    number = models.PositiveIntegerField("序号", primary_key=True)
    at = models.DateTimeField("时刻")
    count = models.PositiveIntegerField("链头数")
    last_entry = models.PositiveBigIntegerField("最后一条的编号")
    tree = models.CharField("链头树的根值", max_length=64)
    prev = models.CharField("前一检查点的根值", max_length=64, blank=True)
    algorithm = models.CharField("摘要算法", max_length=12, default=SHA256)
    root = models.CharField("根值", max_length=64)

    class Meta:
        verbose_name = "检查点"
        verbose_name_plural = "检查点"

    def __str__(self) -> str:
        return f"检查点 {self.number} {self.root}"
