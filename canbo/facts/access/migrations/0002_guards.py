"""The database refuses rewriting and deletion."""

from django.db import migrations

from canbo.foundation.audit import guards


class Migration(migrations.Migration):
    dependencies = [("access", "0001_initial"), ("audit", "0002_guards")]

    operations = [
        guards.guard_fact("access_grant"),
        guards.guard_fact("access_delegation"),
        guards.append_only("access_breakglass"),
    ]
