from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_meetings")]

    operations = [
        migrations.RemoveField(model_name="motion", name="ballot"),
        migrations.AddField(
            model_name="motion",
            name="ballot",
            field=models.CharField(blank=True, default="", max_length=24, verbose_name="表决"),
            preserve_default=False,
        ),
    ]
