"""Keep the name and the telephone left with a case encrypted, and find cases by a mark of the telephone."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from linli.frame.converting import decrypt_columns, encrypt_columns
from linli.frame.vault import BlindIndex, EncryptedText


def encrypt(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    marks = {"contact_mark": ("contact_phone", "phone")}
    encrypt_columns(apps.get_model("cases", "Case"), "contact_name", "contact_phone", marks=marks)


def decrypt(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    decrypt_columns(apps.get_model("cases", "Case"), "contact_name", "contact_phone")


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_lists_of_bodies_in_order")]

    operations = [
        migrations.AlterField("case", "contact_name", models.TextField(blank=True, verbose_name="称呼")),
        migrations.AlterField("case", "contact_phone", models.TextField(blank=True, verbose_name="电话")),
        migrations.AddField(
            "case",
            "contact_mark",
            BlindIndex(of="contact_phone", purpose="phone", verbose_name="电话的检索标记"),
        ),
        migrations.AddIndex("case", models.Index(fields=["contact_mark"], name="cases_of_phone")),
        migrations.RunPython(encrypt, decrypt),
        migrations.AlterField("case", "contact_name", EncryptedText(blank=True, verbose_name="称呼")),
        migrations.AlterField("case", "contact_phone", EncryptedText(blank=True, verbose_name="电话")),
    ]
