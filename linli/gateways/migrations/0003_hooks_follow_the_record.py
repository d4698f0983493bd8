import django.db.models.deletion
from django.db import migrations, models

import linli.frame.vault


class Migration(migrations.Migration):
    dependencies = [
        ("gateways", "0002_words_are_matched"),
    ]

    operations = [
        migrations.CreateModel(
            name="Hook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("url", models.CharField(max_length=400, verbose_name="网址")),
                ("secret", linli.frame.vault.EncryptedText(verbose_name="签名密钥")),
                ("followed", models.PositiveBigIntegerField(verbose_name="已读到的条目")),
                ("began_at", models.DateTimeField(verbose_name="开始时间")),
                ("failures", models.PositiveSmallIntegerField(default=0, verbose_name="连续失败次数")),
                ("resting_until", models.DateTimeField(null=True, verbose_name="歇到")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="停用时间")),
                (
                    "system",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hooks",
                        to="gateways.system",
                        verbose_name="对接系统",
                    ),
                ),
            ],
            options={
                "verbose_name": "回调",
                "verbose_name_plural": "回调",
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("entry", models.PositiveBigIntegerField(verbose_name="记录条目")),
                ("event", models.CharField(max_length=20, verbose_name="事件")),
                ("number", models.CharField(max_length=24, verbose_name="事项编号")),
                ("body", models.TextField(verbose_name="内容")),
                ("made_at", models.DateTimeField(verbose_name="发生时间")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="尝试次数")),
                ("try_after", models.DateTimeField(null=True, verbose_name="下次尝试")),
                ("arrived_at", models.DateTimeField(null=True, verbose_name="送达时间")),
                ("given_up_at", models.DateTimeField(null=True, verbose_name="放弃时间")),
                ("trouble", models.CharField(blank=True, max_length=120, verbose_name="没送到的原因")),
                (
                    "hook",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="gateways.hook",
                        verbose_name="回调",
                    ),
                ),
            ],
            options={
                "verbose_name": "投递",
                "verbose_name_plural": "投递",
            },
        ),
        migrations.AddConstraint(
            model_name="hook",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("system", "url"),
                name="an_address_is_called_once",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("arrived_at", None), ("given_up_at", None)),
                fields=["hook", "id"],
                name="deliveries_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(fields=("hook", "entry"), name="an_entry_is_told_a_hook_once"),
        ),
    ]
