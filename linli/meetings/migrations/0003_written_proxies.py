import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0002_a_ballot_by_its_number"),
        ("people", "0007_households_and_owners"),
    ]

    operations = [
        migrations.AddField(
            model_name="seat",
            name="held_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="holds",
                to="meetings.seat",
                verbose_name="受托席位",
            ),
        ),
        migrations.CreateModel(
            name="SeatProxy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("paper", models.CharField(max_length=200, verbose_name="书面凭据")),
                ("noted_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "ended",
                    models.CharField(
                        blank=True,
                        choices=[("", "没有终止"), ("back", "已经撤销"), ("came", "本人到会，委托终止")],
                        default="",
                        max_length=4,
                        verbose_name="终止",
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True, verbose_name="终止时间")),
                (
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                        verbose_name="受托人",
                    ),
                ),
                (
                    "noted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                        verbose_name="登记人",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="proxies",
                        to="meetings.seat",
                        verbose_name="委托席位",
                    ),
                ),
            ],
            options={
                "verbose_name": "会议委托书",
                "verbose_name_plural": "会议委托书",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("seat",), name="one_proxy_of_a_seat"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("paper", ""), _negated=True), name="seat_proxy_is_written"
                    ),
                ],
            },
        ),
    ]
