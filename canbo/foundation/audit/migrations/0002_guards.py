"""The functions beneath every guard; the log itself is append-only."""

from django.db import migrations

from canbo.foundation.audit import guards


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [guards.install_functions(), guards.append_only("audit_auditentry")]
