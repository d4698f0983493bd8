"""Keep the name and the telephone of whoever joined a matter encrypted."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from linli.frame.converting import decrypt_columns, encrypt_columns
from linli.frame.vault import EncryptedText


def encrypt(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    encrypt_columns(apps.get_model("matters", "Follower"), "name", "phone")


def decrypt(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    decrypt_columns(apps.get_model("matters", "Follower"), "name", "phone")


class Migration(migrations.Migration):
    dependencies = [("matters", "0004_somebody_joins_a_matter")]

    operations = [
        migrations.AlterField("follower", "name", models.TextField(blank=True, verbose_name="称呼")),
        migrations.AlterField("follower", "phone", models.TextField(blank=True, verbose_name="电话")),
        migrations.RunPython(encrypt, decrypt),
        migrations.AlterField("follower", "name", EncryptedText(blank=True, verbose_name="称呼")),
        migrations.AlterField("follower", "phone", EncryptedText(blank=True, verbose_name="电话")),
    ]
