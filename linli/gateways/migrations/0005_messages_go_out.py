import django.db.models.deletion
from django.db import migrations, models

import linli.frame.vault


class Migration(migrations.Migration):
    dependencies = [
        ("gateways", "0004_outside_apps"),
        ("outbox", "0003_a_letter_is_claimed_before_it_leaves"),
        ("people", "0002_must_change_password"),
        ("places", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Carrier",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place_path", models.CharField(db_index=True, max_length=48, verbose_name="路径")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("dingtalk", "钉钉"),
                            ("feishu", "飞书"),
                            ("wecom", "企业微信"),
                            ("sms", "短信"),
                        ],
                        max_length=8,
                        verbose_name="方式",
                    ),
                ),
                ("url", linli.frame.vault.EncryptedText(verbose_name="通道地址")),
                ("made_at", models.DateTimeField(verbose_name="设置时间")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="停用时间")),
                (
                    "place",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="places.place",
                        verbose_name="范围",
                    ),
                ),
            ],
            options={
                "verbose_name": "消息通道",
                "verbose_name_plural": "消息通道",
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "letter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="outbox.letter",
                        verbose_name="信件",
                    ),
                ),
                ("phone", linli.frame.vault.EncryptedText(blank=True, verbose_name="电话")),
                ("text", models.CharField(max_length=300, verbose_name="内容")),
                ("group_key", models.CharField(blank=True, max_length=64, verbose_name="同一条")),
                ("written_at", models.DateTimeField(verbose_name="写信时间")),
                ("claimed_at", models.DateTimeField(null=True, verbose_name="取走时间")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="尝试次数")),
                ("try_after", models.DateTimeField(null=True, verbose_name="下次尝试")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="发出时间")),
                ("trouble", models.CharField(blank=True, max_length=120, verbose_name="未发出的原因")),
                (
                    "carrier",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="messages",
                        to="gateways.carrier",
                        verbose_name="消息通道",
                    ),
                ),
            ],
            options={
                "verbose_name": "外发消息",
                "verbose_name_plural": "外发消息",
            },
        ),
        migrations.CreateModel(
            name="Reaching",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("dingtalk", "钉钉"),
                            ("feishu", "飞书"),
                            ("wecom", "企业微信"),
                            ("sms", "短信"),
                        ],
                        max_length=8,
                        verbose_name="方式",
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.person",
                        verbose_name="人",
                    ),
                ),
            ],
            options={
                "verbose_name": "收信方式",
                "verbose_name_plural": "收信方式",
            },
        ),
        migrations.AddConstraint(
            model_name="carrier",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)),
                fields=("place", "kind"),
                name="a_place_has_one_carrier_of_a_kind",
            ),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("claimed_at", None), ("sent_at", None)),
                fields=["try_after"],
                name="messages_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(
                condition=models.Q(("group_key", ""), _negated=True),
                fields=("carrier", "group_key"),
                name="a_group_is_told_once",
            ),
        ),
    ]
