import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("appraisal", "0001_initial"),
        ("bodies", "0001_initial"),
        ("matters", "0005_keep_followers_encrypted"),
        ("people", "0004_names_are_found"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="rating",
            name="rated_once",
        ),
        migrations.AddField(
            model_name="rating",
            name="follower",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="matters.follower",
                verbose_name="同遇人",
            ),
        ),
        migrations.AlterField(
            model_name="rating",
            name="aspect",
            field=models.CharField(
                choices=[
                    ("result", "办理结果"),
                    ("department", "报到部门"),
                    ("summoner", "吹哨方"),
                    ("joined", "同遇人的评价"),
                ],
                max_length=12,
                verbose_name="方面",
            ),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.UniqueConstraint(
                condition=models.Q(("body", None), ("follower", None)),
                fields=("matter", "aspect", "round"),
                name="rated_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.UniqueConstraint(
                condition=models.Q(("follower__isnull", False)),
                fields=("follower", "round"),
                name="follower_rated_once",
            ),
        ),
    ]
