"""Give every person the tokens of its name, and index them."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from linli.frame.finding import IndexTokens, NameTokensField, fill_names


def fill(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    fill_names(apps.get_model("people", "Person"), using=editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [("people", "0003_keep_numbers_encrypted")]

    operations = [
        migrations.AddField("person", "tokens", NameTokensField(of="name", verbose_name="检索词")),
        migrations.RunPython(fill, migrations.RunPython.noop),
        IndexTokens("person"),
    ]
