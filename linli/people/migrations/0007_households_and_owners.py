"""Know who lives together, who owns a flat, who is near kin."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0006_an_address_is_kept_once"),
        ("places", "0003_flats"),
    ]

    operations = [
        migrations.CreateModel(
            name="Household",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("place_path", models.CharField(db_index=True, max_length=48, verbose_name="路径")),
                (
                    "dwelling",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="household",
                        to="places.dwelling",
                        verbose_name="房屋",
                    ),
                ),
            ],
            options={
                "verbose_name": "户",
                "verbose_name_plural": "户",
            },
        ),
        migrations.CreateModel(
            name="Kin",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("relation", models.CharField(max_length=20, verbose_name="关系")),
                (
                    "one",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.person",
                        verbose_name="一方",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="people.person",
                        verbose_name="另一方",
                    ),
                ),
            ],
            options={
                "verbose_name": "近亲属",
                "verbose_name_plural": "近亲属",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("one__lt", models.F("other"))), name="kin_lower_number_first"
                    ),
                    models.UniqueConstraint(fields=("one", "other"), name="kin_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Member",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_delegate", models.BooleanField(default=False, verbose_name="户代表")),
                (
                    "household",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="members",
                        to="people.household",
                        verbose_name="户",
                    ),
                ),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="membership",
                        to="people.person",
                        verbose_name="人",
                    ),
                ),
            ],
            options={
                "verbose_name": "家庭成员",
                "verbose_name_plural": "家庭成员",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_delegate", True)),
                        fields=("household",),
                        name="one_delegate_of_a_household",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Ownership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "dwelling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="owners",
                        to="places.dwelling",
                        verbose_name="房屋",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="owns",
                        to="people.person",
                        verbose_name="业主",
                    ),
                ),
            ],
            options={
                "verbose_name": "产权",
                "verbose_name_plural": "产权",
                "constraints": [
                    models.UniqueConstraint(fields=("dwelling", "person"), name="an_owner_owns_once")
                ],
            },
        ),
    ]
