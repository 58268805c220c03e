"""The database refuses rewriting and deletion."""

from django.db import migrations

from canbo.foundation.audit import guards


class Migration(migrations.Migration):
    dependencies = [("party", "0001_initial"), ("audit", "0002_guards")]

    operations = [
        guards.guard_fact(
            "party_membership",
            "admitted_on",
            "ceremony_on",
            "official_on",
            "admitted_precision",
            "ceremony_precision",
            "official_precision",
            "card_number",
            "file_number",
        ),
        guards.guard_event("party_card", "number"),
        guards.guard_event("party_badge", "number"),
    ]
