"""Keep the addresses that letters go to encrypted."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from linli.frame.converting import decrypt_columns, encrypt_columns
from linli.frame.vault import EncryptedText


def encrypt(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    encrypt_columns(apps.get_model("outbox", "Letter"), "address")


def decrypt(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    decrypt_columns(apps.get_model("outbox", "Letter"), "address")


class Migration(migrations.Migration):
    dependencies = [("outbox", "0001_initial")]

    operations = [
        migrations.AlterField("letter", "address", models.TextField(blank=True, verbose_name="地址")),
        migrations.RunPython(encrypt, decrypt),
        migrations.AlterField("letter", "address", EncryptedText(blank=True, verbose_name="地址")),
    ]
