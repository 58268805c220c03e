"""The database refuses rewriting and deletion."""

from django.db import migrations

from canbo.foundation.audit import guards


class Migration(migrations.Migration):
    dependencies = [("staffing", "0001_initial"), ("audit", "0002_guards")]

    operations = [
        guards.guard_fact("staffing_post"),
        guards.guard_fact("staffing_assignment"),
        guards.guard_fact("staffing_staffquota"),
    ]
