"""A membership says by which act it ends."""

from django.db import migrations

from canbo.foundation.audit import guards


class Migration(migrations.Migration):
    dependencies = [("party", "0004_reorganisation"), ("audit", "0004_act_of_ending")]

    operations = [
        guards.ends_by_act(
            "party_membership",
            "admitted_on",
            "ceremony_on",
            "official_on",
            "admitted_precision",
            "ceremony_precision",
            "official_precision",
            "card_number",
            "file_number",
        )
    ]
