"""The database refuses rewriting and deletion."""

from django.db import migrations

from canbo.foundation.audit import guards


class Migration(migrations.Migration):
    dependencies = [("decisions", "0001_initial"), ("audit", "0002_guards")]

    operations = [
        guards.guard_decisions(),
        guards.append_only("decisions_decisionitem"),
    ]
