"""Steps taken are added, never changed."""

from django.db import migrations

from canbo.foundation.audit import guards


class Migration(migrations.Migration):
    dependencies = [("restructuring", "0001_initial"), ("audit", "0002_guards")]

    operations = [guards.append_only("restructuring_step")]
