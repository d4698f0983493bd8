"""Remember the deadline of whoever hands a matter over: it holds under every order kind."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("matters", "0005_keep_followers_encrypted")]

    operations = [
        migrations.AddField("matter", "due_by", models.DateTimeField(null=True, verbose_name="对方期限")),
    ]
