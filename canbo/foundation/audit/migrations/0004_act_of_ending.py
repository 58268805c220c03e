"""The guard of facts is told which kinds say by which act they end, instead of asking the catalogue for every row."""

from django.db import migrations

from canbo.foundation.audit import guards


class Migration(migrations.Migration):
    dependencies = [("audit", "0003_faster_guards")]

    operations = [guards.renew_functions()]
