"""Keep no copy of a telephone number with a message: it is asked for when the message leaves."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("gateways", "0006_a_deadline_stands_with_its_matter")]

    operations = [migrations.RemoveField("message", "phone")]
