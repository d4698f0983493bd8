import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("matters", "0004_somebody_joins_a_matter"),
        ("places", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="System",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="名称")),
                ("owner", models.CharField(max_length=120, verbose_name="主管单位和联系人")),
                ("place_path", models.CharField(db_index=True, max_length=48, verbose_name="路径")),
                ("pack", models.CharField(max_length=32, verbose_name="方法包")),
                ("reads", models.BooleanField(default=False, verbose_name="读事项")),
                ("writes", models.BooleanField(default=False, verbose_name="报事项")),
                ("hands_over", models.BooleanField(default=False, verbose_name="热线转办")),
                (
                    "way",
                    models.CharField(
                        choices=[("system", "对接系统"), ("12345", "12345 热线"), ("110", "110")],
                        default="system",
                        max_length=8,
                        verbose_name="渠道",
                    ),
                ),
                ("purpose", models.CharField(blank=True, max_length=200, verbose_name="使用个人信息的目的")),
                ("most_a_minute", models.PositiveIntegerField(default=120, verbose_name="每分钟最多次数")),
                ("connected_at", models.DateTimeField(verbose_name="接入时间")),
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
                "verbose_name": "对接系统",
                "verbose_name_plural": "对接系统",
            },
        ),
        migrations.CreateModel(
            name="Key",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("prefix", models.CharField(max_length=12, unique=True, verbose_name="开头")),
                ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                ("made_at", models.DateTimeField(verbose_name="生成时间")),
                ("expires_at", models.DateTimeField(verbose_name="有效期至")),
                ("revoked_at", models.DateTimeField(null=True, verbose_name="作废时间")),
                (
                    "system",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="keys",
                        to="gateways.system",
                        verbose_name="对接系统",
                    ),
                ),
            ],
            options={
                "verbose_name": "对接密钥",
                "verbose_name_plural": "对接密钥",
            },
        ),
        migrations.CreateModel(
            name="Handover",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("external_ref", models.CharField(max_length=64, verbose_name="对方编号")),
                ("digest", models.CharField(max_length=64, verbose_name="内容摘要")),
                ("due_at", models.DateTimeField(null=True, verbose_name="对方期限")),
                ("taken_in_at", models.DateTimeField(verbose_name="接收时间")),
                ("recalled_at", models.DateTimeField(null=True, verbose_name="撤单时间")),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="matters.matter",
                        verbose_name="事项",
                    ),
                ),
                (
                    "system",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handovers",
                        to="gateways.system",
                        verbose_name="对接系统",
                    ),
                ),
            ],
            options={
                "verbose_name": "交接单",
                "verbose_name_plural": "交接单",
            },
        ),
        migrations.CreateModel(
            name="Use",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "door",
                    models.CharField(
                        choices=[("api", "REST 接口"), ("open311", "Open311"), ("hotline", "热线转办")],
                        max_length=8,
                        verbose_name="接口",
                    ),
                ),
                ("on", models.DateField(verbose_name="日期")),
                ("calls", models.PositiveIntegerField(default=0, verbose_name="次数")),
                ("minute", models.PositiveSmallIntegerField(default=0, verbose_name="分钟")),
                ("in_minute", models.PositiveIntegerField(default=0, verbose_name="这一分钟的次数")),
                ("last_at", models.DateTimeField(verbose_name="最近一次")),
                (
                    "system",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="uses",
                        to="gateways.system",
                        verbose_name="对接系统",
                    ),
                ),
            ],
            options={
                "verbose_name": "调用次数",
                "verbose_name_plural": "调用次数",
            },
        ),
        migrations.AddConstraint(
            model_name="system",
            constraint=models.UniqueConstraint(
                fields=("place", "name"), name="a_system_is_connected_once_at_a_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="system",
            constraint=models.CheckConstraint(
                condition=models.Q(("most_a_minute__gte", 1)), name="a_system_may_call_at_all"
            ),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.UniqueConstraint(fields=("system", "external_ref"), name="handed_over_once"),
        ),
        migrations.AddConstraint(
            model_name="handover",
            constraint=models.UniqueConstraint(
                fields=("system", "matter"), name="a_matter_has_one_number_there"
            ),
        ),
        migrations.AddConstraint(
            model_name="use",
            constraint=models.UniqueConstraint(
                fields=("system", "door", "on"), name="a_day_of_a_door_is_counted_once"
            ),
        ),
    ]
