from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("matters", "0002_an_inbox_is_one_range")]

    operations = [
        migrations.AlterField(
            model_name="matter",
            name="channel",
            field=models.CharField(
                choices=[
                    ("web", "网页"),
                    ("grid", "网格"),
                    ("window", "窗口"),
                    ("phone", "电话"),
                    ("12345", "12345 热线"),
                    ("110", "110"),
                    ("lane", "巷理事"),
                    ("system", "对接系统"),
                    ("import", "导入"),
                ],
                max_length=8,
                verbose_name="渠道",
            ),
        ),
    ]
