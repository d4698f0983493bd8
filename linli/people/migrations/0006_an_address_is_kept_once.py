"""Keep the address of a person with the person alone, where it lies encrypted."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0005_trade_a_person_works_in")]

    operations = [migrations.RemoveField("account", "email")]
