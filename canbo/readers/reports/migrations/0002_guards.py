"""The database refuses rewriting and deletion of what was issued."""

from django.db import migrations

from canbo.foundation.audit import guards


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial"), ("audit", "0002_guards")]

    operations = [guards.append_only("reports_issue")]
