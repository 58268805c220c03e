"""The database refuses rewriting and deletion."""

from django.db import migrations

from canbo.foundation.audit import guards


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("audit", "0002_guards")]

    operations = [
        guards.guard_fact("people_personrecord", "died_on"),
        guards.guard_event("people_grade"),
        guards.guard_event("people_award"),
        guards.guard_fact("people_discipline"),
    ]
