"""The database refuses rewriting and deletion."""

from django.db import migrations

from canbo.foundation.audit import guards


class Migration(migrations.Migration):
    dependencies = [("training", "0001_initial"), ("audit", "0002_guards")]

    operations = [
        guards.guard_event("training_enrolment", "mode", "place", "result", "ended_on"),
    ]
