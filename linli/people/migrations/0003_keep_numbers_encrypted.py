"""Keep telephone, e-mail and identity numbers encrypted, and find people by marks of them."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from linli.frame.converting import decrypt_columns, encrypt_columns
from linli.frame.vault import BlindIndex, EncryptedText


def encrypt(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    marks = {"phone_mark": ("phone", "phone")}
    encrypt_columns(apps.get_model("people", "Person"), "phone", "email", marks=marks)


def decrypt(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    decrypt_columns(apps.get_model("people", "Person"), "phone", "email")


class Migration(migrations.Migration):
    dependencies = [("people", "0002_must_change_password")]

    operations = [
        migrations.AlterField("person", "phone", models.TextField(blank=True, verbose_name="电话")),
        migrations.AlterField("person", "email", models.TextField(blank=True, verbose_name="电子邮箱")),
        migrations.AddField(
            "person", "phone_mark", BlindIndex(of="phone", purpose="phone", verbose_name="电话的检索标记")
        ),
        migrations.AddField(
            "person",
            "id_number",
            EncryptedText(blank=True, default="", verbose_name="公民身份号码"),
            preserve_default=False,
        ),
        migrations.AddField(
            "person",
            "id_number_mark",
            BlindIndex(of="id_number", purpose="id_number", verbose_name="公民身份号码的检索标记"),
        ),
        migrations.AddConstraint(
            "person",
            models.UniqueConstraint(fields=["id_number_mark"], name="one_person_of_an_id_number"),
        ),
        migrations.AddIndex("person", models.Index(fields=["phone_mark"], name="person_of_phone")),
        migrations.RunPython(encrypt, decrypt),
        migrations.AlterField("person", "phone", EncryptedText(blank=True, verbose_name="电话")),
        migrations.AlterField("person", "email", EncryptedText(blank=True, verbose_name="电子邮箱")),
    ]
