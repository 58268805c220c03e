"""The database refuses rewriting and deletion of positions, placements and committees."""

from django.db import migrations

from canbo.foundation.audit import guards


class Migration(migrations.Migration):
    dependencies = [("staffing", "0003_positions_committees"), ("audit", "0002_guards")]

    operations = [
        guards.guard_fact("staffing_positionapproval"),
        guards.guard_fact("staffing_jobposition"),
        guards.guard_fact("staffing_positiondescription"),
        guards.guard_fact("staffing_placement"),
        guards.guard_fact("staffing_committee"),
    ]
