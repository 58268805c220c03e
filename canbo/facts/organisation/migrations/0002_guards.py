"""The database refuses rewriting and deletion."""

from django.db import migrations

from canbo.foundation.audit import guards


class Migration(migrations.Migration):
    dependencies = [("organisation", "0001_initial"), ("audit", "0002_guards")]

    operations = [
        guards.guard_fact("organisation_unitversion"),
        guards.guard_event("organisation_unitlineage"),
        guards.guard_fact("organisation_target"),
    ]
