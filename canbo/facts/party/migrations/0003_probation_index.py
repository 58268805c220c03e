"""Finds probationers among all members."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("party", "0002_guards")]

    operations = [
        migrations.AddIndex(
            "membership",
            models.Index(
                condition=models.Q(("voided_on__isnull", True)), fields=["official_on"], name="membership_official"
            ),
        )
    ]
