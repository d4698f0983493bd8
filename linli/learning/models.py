"""What was learned here, and how well it guessed what it had not seen (学习)."""

from django.db import models

from linli.learning.choices import Question


class Learning(models.Model):
    """One time of learning: its score stays, of the weights only the newest are kept (一次学习)."""

    pack = models.CharField("方法包", max_length=32)
    question = models.CharField("建议什么", max_length=12, choices=Question.choices)
    at = models.DateTimeField("学习时间")
    lessons = models.PositiveIntegerField("样本数")
    tried_on = models.PositiveIntegerField("检验数", default=0)
    first = models.FloatField("第一个就对", null=True)
    within_three = models.FloatField("前三个里有", null=True)
    macro_f1 = models.FloatField("各类平均 F1", null=True)
    plain = models.FloatField("只猜最常见的", null=True)
    plain_three = models.FloatField("只猜最常见的三个", null=True)
    weights = models.BinaryField("权重", null=True)

    class Meta:
        verbose_name = "学习"
        verbose_name_plural = "学习"
        indexes = (models.Index(fields=["pack", "question", "-id"], name="learned_last"),)

    def __str__(self) -> str:
        return f"{self.pack} {self.question} {self.at:%Y-%m-%d}"
