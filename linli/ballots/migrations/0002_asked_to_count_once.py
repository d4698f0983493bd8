"""Remember that those who run a ballot were asked to count it, and find those that wait for it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ballots", "0001_a_roll_decides")]

    operations = [
        migrations.AddField(
            model_name="ballot",
            name="reminded_at",
            field=models.DateTimeField(null=True, verbose_name="提醒计票时间"),
        ),
        migrations.AddIndex(
            model_name="ballot",
            index=models.Index(
                fields=["closes_at"],
                name="ballot_not_yet_ended",
                condition=models.Q(cancelled_at=None, closed_at=None, reminded_at=None),
            ),
        ),
    ]
